"""The settings window, end to end: opened from the tray and the command line, used by keyboard."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.person import COMMAND, Person
from tests.desktop.traymenu import chooses
from tests.servers import desktop, require, require_qt, running
from tests.waiting import until

MINE = """\
# what suits me
[breaks]  # the heart of it
sit_limit = "25m"  # half an hour was long
"""


@pytest.fixture
def person() -> Iterator[Person]:
    require("Xvfb", "dbus-daemon", "xfce4-panel", "xfce4-notifyd", "xdotool", "import", "openbox")
    require_qt()
    with desktop(
        width=1000, height=800, notifications="xfce", panel=True, window_manager=True
    ) as here:
        person = Person(here)
        config(person).parent.mkdir(parents=True)
        config(person).write_text(MINE)
        yield person
        person.stops()


def config(person: Person) -> Path:
    return Path(person.here.env["XDG_CONFIG_HOME"], "deskbreak", "config.toml")


def windows(person: Person) -> list[str]:
    search = "xdotool search --onlyvisible --name '^Settings' || true"
    return person.here.run("sh", "-c", search).split()


def presses(person: Person, *keys: str) -> None:
    person.here.run("xdotool", "key", "--delay", "60", *keys)


def has_the_keyboard(person: Person) -> bool:
    focused = person.here.run("sh", "-c", "xdotool getwindowfocus getwindowname || true")
    return focused.startswith("Settings")


def test_a_setting_is_changed_by_keyboard_and_the_daemon_follows(person: Person) -> None:
    with person.running_deskbreak():
        assert person.status()["limit_s"] == 1500
        chooses(person, "Settings…")
        until(lambda: windows(person), what="the window opens from the tray")
        until(lambda: has_the_keyboard(person), what="it has the keyboard")
        presses(person, "Tab")  # into the first of the basics
        person.here.run("xdotool", "type", "--delay", "60", "50m")
        presses(person, "Return")
        written = MINE.replace('"25m"', '"50m"')
        until(lambda: config(person).read_text() == written, what="the change, comments kept")
        person.waits_for("the daemon's limit", limit_s=3000)
        person.looks("settings")
        presses(person, "ctrl+z")
        until(lambda: config(person).read_text() == MINE, what="the change is taken back")
        person.waits_for("the daemon's limit again", limit_s=1500)
        presses(person, "Escape")
        until(lambda: not windows(person), what="Esc closes it")


def test_a_second_start_from_the_menu_of_programs_shows_the_day(person: Person) -> None:
    person.says("install")
    data = Path(person.here.env["XDG_DATA_HOME"])
    entry = (data / "applications" / "deskbreak.desktop").read_text()
    command = re.search(r"^Exec=(.*)$", entry, re.M)
    assert command is not None
    search = "xdotool search --onlyvisible --name 'deskbreak$' || true"
    start = ["sh", "-c", f"exec {command[1]}"]
    with person.running_deskbreak(), running(start, person.here.env):
        until(lambda: person.here.run("sh", "-c", search), what="the statistics are shown")
        person.looks("second-start")


def test_the_command_opens_it_for_another_file_and_remembers_its_size(person: Person) -> None:
    other = person.here.home / "other.toml"
    other.write_text("[ui]\nweekly_note = true\n")
    words = [*COMMAND, "settings", "--config", str(other), "--page", "ui"]
    for size in ((700, 600), (640, 500)):
        with running(words, person.here.env) as process:
            window = until(lambda: windows(person), what="the window")[0]
            if size == (640, 500):
                assert geometry(person, window) == (700, 600)
            person.here.run("xdotool", "windowsize", "--sync", window, *map(str, size))
            person.here.run("xdotool", "windowactivate", "--sync", window)
            until(lambda: has_the_keyboard(person), what="it has the keyboard")
            presses(person, "Escape")
            assert process.wait(60) == 0
    assert config(person).read_text() == MINE


def geometry(person: Person, window: str) -> tuple[int, int]:
    said = person.here.run("xdotool", "getwindowgeometry", "--shell", window)
    at = dict(line.split("=") for line in said.split())
    return int(at["WIDTH"]), int(at["HEIGHT"])


def test_without_a_display_it_points_to_the_editor(person: Person) -> None:
    env = {key: value for key, value in person.here.env.items() if key != "DISPLAY"}
    done = subprocess.run(
        [*COMMAND, "settings"], env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert "display" in done.stderr
    assert "`deskbreak config edit`" in done.stderr
