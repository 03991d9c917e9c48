"""A folder of the person's own files, named like modules of Python: nothing in it is ever run."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from deskbreak.adapters.child import Child, Program
from deskbreak.adapters.programs import environment, python
from tests.cli.typed import ROOT, Machine
from tests.servers import private_environment
from tests.waiting import spin

_PYTHONS_OWN = subprocess.run(
    [sys.executable, "-P", "-E", "-c", "import runpy, importlib.util, sys; print(*sys.modules)"],
    capture_output=True, text=True, check=True,
).stdout.split()  # fmt: skip
"""What Python loads before it comes to a module that it is to run: nobody can do anything there."""

NAMES = sorted(
    {name for name in sys.stdlib_module_names if not name.startswith("_")} - set(_PYTHONS_OWN)
    | {"sitecustomize", "usercustomize", "click", "icalendar", "rich", "PySide6"}
)
STRANGER = "import sys\nopen({shadow!r}, 'a').write({name!r} + chr(10))\n"


class Folder:
    """Files named like modules; each that is imported writes its name down."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.shadow = path.with_name(f"{path.name}.shadow")
        path.mkdir()
        for name in NAMES:
            file = path / f"{name}.py"
            file.write_text(STRANGER.format(shadow=str(self.shadow), name=name))

    @property
    def ran(self) -> list[str]:
        return self.shadow.read_text().splitlines() if self.shadow.exists() else []


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "folder")


@pytest.fixture
def env(tmp_path: Path, folder: Folder) -> dict[str, str]:
    """Every variable that would make a Python run what lies in the folder."""
    home = tmp_path / "home"
    home.mkdir()
    startup = str(folder.path / "random.py")
    steering = {"PYTHONPATH": str(folder.path), "PYTHONSTARTUP": startup, "PYTHONINSPECT": ""}
    return private_environment(home) | steering | {"QT_QPA_PLATFORM": "offscreen"}


def run(
    words: Sequence[str], folder: Folder, env: dict[str, str]
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        words, env=env, cwd=folder.path, capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_the_folder_would_be_run(folder: Folder, env: dict[str, str]) -> None:
    run([sys.executable, "-c", "import calendar"], folder, env)
    assert "calendar" in folder.ran


def _programs() -> Iterator[str]:
    """Every module of ours that is a program."""
    for path in sorted((ROOT / "deskbreak").rglob("*.py")):
        if any(_asks_whether_it_is_one(node) for node in ast.parse(path.read_text()).body):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(part for part in parts if part != "__main__")


def _asks_whether_it_is_one(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"


PROGRAMS = list(_programs())


def test_the_programs_are_found() -> None:
    assert {"deskbreak", "deskbreak.app", "deskbreak.calendars", "deskbreak.desks"} < set(PROGRAMS)
    assert "deskbreak.windows.player" in PROGRAMS
    assert "deskbreak.adapters.sound.voice" in PROGRAMS


@pytest.mark.parametrize("program", PROGRAMS)
def test_no_program_of_ours_imports_from_where_it_is_started(
    program: str, folder: Folder, env: dict[str, str]
) -> None:
    run(python(program, "--help"), folder, env)
    assert folder.ran == []


@pytest.mark.parametrize(
    "words", [["--help"], ["status"], ["stats"], ["config", "show"], ["routines", "list"]]
)
def test_nor_does_the_command_run_as_a_module(
    words: list[str], folder: Folder, env: dict[str, str]
) -> None:
    ran = run([sys.executable, "-m", "deskbreak", *words], folder, env | {"PYTHONPATH": ""})
    assert folder.ran == []
    assert "Traceback" not in ran.stderr


def test_nor_the_command_beside_other_scripts(
    tmp_path: Path, folder: Folder, env: dict[str, str]
) -> None:
    script = folder.path / "deskbreak"
    script.write_text("import sys\nfrom deskbreak.__main__ import main\nsys.exit(main())\n")
    link = tmp_path / "link"
    link.symlink_to(script)
    for command in (script, link):
        ran = run([sys.executable, str(command), "stats"], folder, env | {"PYTHONPATH": ""})
        assert folder.ran == []
        assert ran.returncode == 0, ran.stderr


def test_nor_the_command_in_a_folder_that_is_gone(tmp_path: Path, env: dict[str, str]) -> None:
    away = tmp_path / "away"
    script = f"rmdir {away}; exec {sys.executable} -m deskbreak --version"
    away.mkdir()
    done = subprocess.run(
        ["sh", "-c", script], cwd=away, env=env | {"PYTHONPATH": ""}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("deskbreak ")


def test_a_running_deskbreak_and_all_it_starts_run_nothing_of_it(
    tmp_path: Path, folder: Folder
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    made = Machine(home)
    made.env["PYTHONPATH"] = ""
    calendar = home / "work.ics"
    calendar.write_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")
    made.sets(f'[calendar]\nfiles = ["{calendar}"]\n')
    words = [sys.executable, "-m", "deskbreak", "run", "--no-tray"]
    try:
        made.starts(words=words, folder=folder.path)
        ran = run([sys.executable, "-m", "deskbreak", "calendar"], folder, made.env)
        assert ran.returncode == 0, ran.stderr
    finally:
        made.stops()
    assert folder.ran == []


def test_the_person_s_own_programs_get_no_variable_that_steers_a_python(
    monkeypatch: pytest.MonkeyPatch, loop: object, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("PYTHONSTARTUP", "/somewhere/else")
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    assert not [name for name in environment() if name.startswith("PYTHON")]
    assert environment()["PATH"] == os.environ["PATH"]
    ended: list[int] = []
    with (tmp_path / "said").open("wb") as said:
        Child(loop, Program(["env"], stdout=said), ended.append)  # type: ignore[arg-type]
        spin(loop, lambda: ended)  # type: ignore[arg-type]
    assert ended == [0]
    assert "\nPYTHON" not in "\n" + (tmp_path / "said").read_text()
