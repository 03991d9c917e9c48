"""What is said to type for the windows fits what installed deskbreak."""

import shlex
import sys
from importlib.metadata import requires
from pathlib import Path

import pytest

from deskbreak.adapters.programs import adding_qt, needs_qt

PACKAGE = shlex.quote("PySide6-Essentials" + ("" if sys.version_info >= (3, 12) else "!=6.12.0"))
UV_MADE = "home = /usr/bin\nuv = 0.8.0\nversion_info = 3.12.3\n"


@pytest.mark.parametrize(
    ("files", "command"),
    [
        (
            {"pipx_metadata.json": "{}", "pyvenv.cfg": "home = /usr/bin\n"},
            "pipx inject deskbreak {package}",
        ),
        ({"pipx_metadata.json": "{}", "pyvenv.cfg": UV_MADE}, "pipx inject deskbreak {package}"),
        ({"uv-receipt.toml": "", "pyvenv.cfg": UV_MADE}, "uv tool install --with {package} "),
        ({"pyvenv.cfg": UV_MADE}, "uv pip install --python {home}/bin/python3 {package}"),
        ({"pyvenv.cfg": "home = /usr/bin\n"}, "{home}/bin/python3 -m pip install {package}"),
        ({}, "{home}/bin/python3 -m pip install {package}"),
    ],
    ids=["pipx", "pipx with uv", "uv tool", "uv", "venv", "system"],
)
def test_the_command_is_that_of_what_installed_deskbreak(
    tmp_path: Path, files: dict[str, str], command: str
) -> None:
    home = tmp_path / "deskbreak"
    home.mkdir()
    for name, text in files.items():
        (home / name).write_text(text)
    assert adding_qt(home).startswith(command.format(home=home, package=PACKAGE))


def test_a_folder_with_spaces_can_be_pasted(tmp_path: Path) -> None:
    home = tmp_path / "my programs"
    home.mkdir()
    assert shlex.split(adding_qt(home))[0] == f"{home}/bin/python3"


def test_what_is_named_is_what_the_extra_asks_for() -> None:
    asked = [
        one for one in requires("deskbreak") or () if "extra == 'gui'" in one.replace('"', "'")
    ]
    assert asked
    assert all(one.lower().startswith("pyside6-essentials") for one in asked)


def test_a_window_that_cannot_open_says_what_to_type() -> None:
    assert needs_qt() == f"windows need PySide6: {adding_qt()}"
