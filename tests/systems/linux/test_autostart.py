"""The autostart entry: written as desktops read it, and taken away again."""

import configparser
import subprocess
import sys
from pathlib import Path

import pytest

from deskbreak.app.environment import Places
from deskbreak.systems import here
from deskbreak.systems.system import Autostart
from tests.cli.typed import Machine, at_home, typed


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    return at_home(monkeypatch, tmp_path)


@pytest.fixture
def entry(home: Machine) -> Autostart:
    return here().autostart(Places.of_user().config.parent.parent)


def fields(entry: Autostart) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(entry.path.read_text())
    return parser["Desktop Entry"]


def words(value: str) -> list[str]:
    """The words of Exec, as the desktop entry specification has them read."""
    unescaped = value.replace("\\\\", "\\")
    script = f"for word in {unescaped}; do printf '%s\\n' \"$word\"; done"  # the same quoting rules
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    return [word.replace("%%", "%") for word in done.stdout.splitlines()]


def test_it_is_in_the_autostart_folder_of_the_config_home(home: Machine, entry: Autostart) -> None:
    assert entry.path == Path(home.env["XDG_CONFIG_HOME"], "autostart", "deskbreak.desktop")
    assert not entry.is_on()


def test_a_relative_config_home_counts_as_unset(
    home: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    expected = Path(home.env["HOME"], ".config", "autostart", "deskbreak.desktop")
    assert here().autostart(Places.of_user().config.parent.parent).path == expected


def test_on_and_off(entry: Autostart) -> None:
    entry.switch_on()
    entry.switch_on()
    assert entry.is_on()
    entry.switch_off()
    entry.switch_off()
    assert not entry.is_on()


def test_it_starts_this_very_deskbreak_from_anywhere(entry: Autostart) -> None:
    entry.switch_on()
    exec_words = words(fields(entry)["Exec"])
    assert exec_words[-1] == "run"
    assert Path(exec_words[0]).is_absolute()
    assert fields(entry)["TryExec"] == exec_words[0]
    done = subprocess.run(
        [*exec_words[:-1], "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("deskbreak ")


@pytest.mark.parametrize("folder", ["plain", "a b", 'quo"te', "per%cent", "back\\slash", "do$lar`"])
def test_any_path_survives_the_quoting(
    entry: Autostart, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: str
) -> None:
    python = tmp_path / folder / "python"
    python.parent.mkdir()
    script = python.with_name("deskbreak")
    script.touch()
    monkeypatch.setattr(sys, "executable", str(python))
    entry.switch_on()
    assert words(fields(entry)["Exec"]) == [str(script), "run"]


@pytest.mark.parametrize(
    "line", ["Hidden=true", "X-GNOME-Autostart-enabled=false", "Hidden = true"]
)
def test_an_entry_that_the_desktop_has_switched_off_is_off(entry: Autostart, line: str) -> None:
    entry.switch_on()
    entry.path.write_text(entry.path.read_text() + line + "\n")
    assert not entry.is_on()
    entry.switch_on()
    assert entry.is_on()


def test_the_command(home: Machine, entry: Autostart, capsys: pytest.CaptureFixture[str]) -> None:
    off = "deskbreak does not start by itself; `deskbreak autostart on` changes that.\n"
    on = f"deskbreak starts when you log in ({entry.path}).\n"
    assert typed(capsys, "autostart").out == off
    assert typed(capsys, "autostart", "on").out == on
    assert typed(capsys, "autostart", "status").out == on
    assert typed(capsys, "autostart", "off").out == off
    assert typed(capsys, "autostart", "maybe").code == 2


def test_a_folder_that_cannot_be_made_is_said(
    home: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(home.env["XDG_CONFIG_HOME"], "autostart").write_text("in the way")
    ran = typed(capsys, "autostart", "on")
    assert ran.code == 1
    assert "could not be changed" in ran.err
