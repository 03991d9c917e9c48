"""The program in the menu of the desktop: found by those who look there, and taken away again."""

import os
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest

from deskbreak.app.environment import Places
from deskbreak.app.installed import Installed
from deskbreak.systems import here
from deskbreak.systems.linux.launcher import Launched
from tests.cli.typed import Machine, at_home, typed


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    return at_home(monkeypatch, tmp_path)


@pytest.fixture
def data(home: Machine) -> Path:
    return Path(home.env["XDG_DATA_HOME"])


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


MENU = {
    "applications/deskbreak.desktop",
    "icons/hicolor/48x48/apps/deskbreak.png",
    "icons/hicolor/128x128/apps/deskbreak.png",
    "icons/hicolor/scalable/apps/deskbreak.svg",
    "man/man1/deskbreak.1",
}


def entry(data: Path) -> dict[str, str]:
    parser = RawConfigParser(strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(data / "applications" / "deskbreak.desktop")
    return dict(parser["Desktop Entry"])


def test_it_comes_where_desktops_look_and_goes_without_a_trace(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stranger = data / "applications" / "other.desktop"
    stranger.parent.mkdir(parents=True)
    stranger.touch()
    before = files(data)
    for _ in range(2):
        ran = typed(capsys, "install")
        where = data / "applications" / "deskbreak.desktop"
        assert (ran.code, ran.out) == (0, f"deskbreak is in the menu of programs ({where}).\n")
        assert files(data) - before == MENU
    ran = typed(capsys, "uninstall")
    assert ran.code == 0
    assert [f"Removed {data / name}" in ran.out for name in MENU] == [True] * len(MENU)
    assert files(data) == before
    assert "Removed" not in typed(capsys, "uninstall").out


def test_the_entry_names_a_command_that_is_there_and_an_icon_that_is_found(
    home: Machine, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(capsys, "install")
    said = entry(data)
    assert Path(said["TryExec"]).is_file()
    assert said["Exec"].endswith(" open")
    assert (data / "icons/hicolor/scalable/apps" / f"{said['Icon']}.svg").is_file()
    app_id = said["Icon"]  # windows and notifications name the entry by it
    assert (data / "applications" / f"{app_id}.desktop").is_file()
    if check := shutil.which("desktop-file-validate"):
        subprocess.run([check, data / "applications" / "deskbreak.desktop"], check=True)


def test_starting_at_login_puts_it_into_the_menu_and_uninstall_takes_both(
    home: Machine, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at_login = Path(home.env["XDG_CONFIG_HOME"], "autostart", "deskbreak.desktop")
    typed(capsys, "autostart", "on")
    assert at_login.is_file()
    assert files(data) >= MENU
    typed(capsys, "autostart", "off")
    assert files(data) >= MENU
    typed(capsys, "autostart", "on")
    assert f"Removed {at_login}" in typed(capsys, "uninstall").out
    assert not at_login.exists()


def test_uninstall_leaves_settings_and_history_and_says_where_they_are(
    capsys: pytest.CaptureFixture[str], home: Machine
) -> None:
    where = Places.of_user()
    assert "stays" not in typed(capsys, "uninstall").out
    kept = (where.config, where.history, where.state)
    for path in kept:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    said = typed(capsys, "uninstall").out
    assert all(path.is_file() for path in kept)
    assert f"What is yours stays: {', '.join(str(path.parent) for path in kept)}." in said


def test_desktops_are_told_to_look_at_the_icons_again(tmp_path: Path) -> None:
    theme = tmp_path / "icons" / "hicolor"
    for change in (Launched(tmp_path).put, Launched(tmp_path).take_away):
        theme.mkdir(parents=True, exist_ok=True)
        os.utime(theme, (0, 0))
        change()
        assert theme.stat().st_mtime > 0


@pytest.mark.parametrize("words", [("install",), ("autostart", "on"), ("uninstall",)])
def test_what_cannot_be_changed_is_named(
    data: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    in_the_way = data / "man" / "man1" / "deskbreak.1"
    in_the_way.mkdir(parents=True)
    ran = typed(capsys, *words)
    assert ran.code == 1
    assert f"{in_the_way} could not be changed" in ran.err


def test_the_tray_switches_it_and_says_what_is_in_the_way(home: Machine) -> None:
    installed, said = Installed(here(), Places.of_user()), list[str]()
    assert installed.starts_at_login() is False
    installed.try_at_login(said.append, True)
    assert installed.starts_at_login() is True
    installed.try_at_login(said.append, False)
    assert (installed.starts_at_login(), said) == (False, [])
    Path(home.env["XDG_CONFIG_HOME"], "autostart").rmdir()
    Path(home.env["XDG_CONFIG_HOME"], "autostart").write_text("in the way")
    installed.try_at_login(said.append, True)
    assert "could not be changed" in said[0]
