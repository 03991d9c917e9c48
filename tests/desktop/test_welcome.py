"""The first minute on a real screen: the questions come by themselves once, and can be answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.person import Person
from tests.desktop.traymenu import chooses
from tests.servers import desktop, require, require_qt
from tests.waiting import until


@pytest.fixture
def person() -> Iterator[Person]:
    require("Xvfb", "dbus-daemon", "xfce4-panel", "xfce4-notifyd", "xdotool", "import", "openbox")
    require_qt()
    with desktop(
        width=1000, height=800, notifications="xfce", panel=True, window_manager=True
    ) as here:
        person = Person(here)
        yield person
        person.stops()


def windows(person: Person) -> list[str]:
    search = "xdotool search --onlyvisible --name '^Welcome' || true"
    return person.here.run("sh", "-c", search).split()


def has_the_keyboard(person: Person) -> bool:
    focused = person.here.run("sh", "-c", "xdotool getwindowfocus getwindowname || true")
    return focused.startswith("Welcome")


def presses(person: Person, *keys: str) -> None:
    until(lambda: has_the_keyboard(person), what="it has the keyboard")
    person.here.run("xdotool", "key", "--delay", "60", *keys)


def test_a_first_start_asks_and_the_daemon_follows_the_answers(person: Person) -> None:
    config = Path(person.here.env["XDG_CONFIG_HOME"], "deskbreak", "config.toml")
    with person.running_deskbreak():
        until(lambda: windows(person), what="the questions come by themselves")
        assert person.status()["limit_s"] == 1800
        person.looks("welcome")
        presses(person, "Right", "space", "shift+Tab", "Return")  # 45 minutes; the last button
        until(lambda: not windows(person), what="it is closed")
        assert config.read_text() == '[breaks]\nsit_limit = "45m"\n'
        person.waits_for("the daemon's limit", limit_s=2700)
        chooses(person, "Help and safety", "Welcome…")
        until(lambda: windows(person), what="the tray opens it again")
        presses(person, "Escape")
        until(lambda: not windows(person), what="Esc closes it")
    config.unlink()
    with person.running_deskbreak():
        person.says("break", "walk")
        person.says("done")
        assert not windows(person)
