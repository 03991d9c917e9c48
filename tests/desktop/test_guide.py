"""The guide on a real screen: slow to open, and killed under, and still its result is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.person import Person
from tests.servers import desktop, require
from tests.waiting import until


@pytest.fixture
def person() -> Iterator[Person]:
    require("Xvfb", "dbus-daemon", "xfce4-notifyd", "xdotool", "import", "xterm", "openbox")
    with desktop(width=1000, height=700, notifications="xfce", window_manager=True) as here:
        person = Person(here)
        person.sets(natural_break="30m")  # however slowly the next start comes, it is none
        yield person
        person.stops()


def stretches(person: Person) -> None:
    """Begin a routine, and read the notice before the first."""
    person.says("break", "stretch", "stand-hips")
    person.accepts_the_notice()


def sockets(person: Person) -> list[Path]:
    return list(Path(person.here.env["XDG_RUNTIME_DIR"], "deskbreak").glob("player-*"))


def ended(person: Person) -> list[tuple[str, str]]:
    rows = [data for event, data in person.history() if event == "break_ended"]
    return [(row["outcome"], row["kind"]) for row in rows]


def test_a_guide_outlives_its_daemon_again_and_again_and_its_result_is_kept(
    person: Person,
) -> None:
    person.starts()
    stretches(person)
    for _ in range(4):
        person.kills()
        assert len(person.player()) == 1
        person.starts()
        assert (person.status()["break"] or {}).get("routine") == "stand-hips"
    until(lambda: ended(person), 60, "the break has ended")
    assert ended(person) == [("done", "stretch")]
    until(lambda: not person.player(), 120, "the guide has gone")
    assert sockets(person) == []
    person.kills()
    person.starts()
    assert ended(person) == [("done", "stretch")]
    assert person.status()["break"] is None


def test_a_guide_that_is_over_before_the_next_daemon_tells_it_all_the_same(
    person: Person,
) -> None:
    person.starts("--player-speed", "200")
    stretches(person)
    person.kills()
    until(lambda: not person.player(), 60, "the guide has gone")
    person.starts()
    until(lambda: ended(person), 60, "the break has ended")
    assert ended(person) == [("done", "stretch")]
    assert sockets(person) == []


def test_a_guide_that_hangs_is_ended_and_said(person: Person) -> None:
    with person.running_deskbreak():
        stretches(person)
        ours = person.here.env["XDG_CONFIG_HOME"]  # other tests have a guide open beside this one
        hung = person.here.run("pgrep", "-f", f"windows.player stand-hips.*{ours}").split()
        person.here.run("kill", "-STOP", *hung)
        until(lambda: ended(person), 120, "the break has ended")
        until(lambda: not person.player(), what="the guide has gone")
        person.banner()
        person.looks("guide-hung")
        assert person.status()["break"] is None
