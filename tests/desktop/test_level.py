"""The next level and a sore day on a real screen: a click on a button, ticks in the tray menu."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.core.enums import BreakKind, Outcome
from deskbreak.core.moment import Moment
from deskbreak.core.records import BreakEnded, BreakStarted
from tests.desktop.person import Person
from tests.desktop.traymenu import chooses, stands_on
from tests.servers import desktop, require, running
from tests.waiting import until

MINE = """\
# Mine, with a word on everything.
[breaks]
sit_limit = "10m"  # not now
settle = "0s"

[routines]  # gentle for now
level = 1  # one at a time
style = "dynamic"
"""


@pytest.fixture
def person() -> Iterator[Person]:
    require("Xvfb", "dbus-daemon", "xfce4-panel", "xfce4-notifyd", "xdotool", "import")
    with desktop(
        width=1000, height=700, notifications="xfce", panel=True, window_manager=True
    ) as here:
        person = Person(here)
        config(person).parent.mkdir(parents=True)
        config(person).write_text(MINE)
        yield person
        person.stops()


def config(person: Person) -> Path:
    return Path(person.here.env["XDG_CONFIG_HOME"], "deskbreak", "config.toml")


def played_for_days(person: Person) -> None:
    """A history of twelve routines on the four days before; what was saved beside it is lost."""
    file = Path(person.here.env["XDG_DATA_HOME"], "deskbreak", "history.sqlite3")
    history = SqliteHistory(file, pytest.fail)
    for number in range(12):
        when = datetime.now(UTC) - timedelta(days=4 - number // 3, minutes=-5 * (number % 3))
        at = Moment(when.timestamp(), 0.0, 0.0)
        history.record(BreakStarted(BreakKind.STRETCH, "desk-hips"), at)
        history.record(BreakEnded(Outcome.DONE, 116, BreakKind.STRETCH, "desk-hips"), at)
    history.close()


def test_the_next_level_is_offered_after_a_routine_and_taken_by_a_click(person: Person) -> None:
    played_for_days(person)
    with person.running_deskbreak("--player-speed", "30"):
        person.types()
        person.says("break", "stretch", "desk-hips")
        person.accepts_the_notice()
        answer_good(person)
        found = until(lambda: person.status()["level"], what="the level")
        assert found["now"] == 1
        until(lambda: person.status()["level"]["offered"] == 2, what="the offer")
        buttons = person.buttons(2)
        person.looks("level-offer")
        person.here.click(*buttons[0])
        until(lambda: person.status()["level"] == {"now": 2, "offered": None}, what="level 2")
        until(person.no_banner, what="the offer is gone")
    assert config(person).read_text() == MINE.replace("level = 1", "level = 2")


def answer_good(person: Person) -> None:
    """Press 1 all the time, for at this speed the question how it was is gone within a second."""
    keys = ["xdotool", "key", "--repeat", "100000", "--delay", "50", "1"]
    with running(keys, person.here.env):
        until(lambda: "feedback" in [event for event, _ in person.history()], what="the answer")


def test_a_sore_day_is_ticked_in_the_tray_menu(person: Person) -> None:
    with person.running_deskbreak():
        person.types()
        chooses(person, "Sore today", "Hips")
        until(lambda: person.status()["sore"] == ["hips"], what="sore hips")
        stands_on(person, "Sore today", "Keep it easy until midnight")
        person.looks("tray-menu-sore-today")
        person.here.run("xdotool", "key", "Return")
        until(lambda: person.status()["sore"] is None, what="no sore day")


@pytest.mark.parametrize("label", ["About deskbreak", "When to see a doctor"])
def test_what_is_there_to_be_read_is_a_click_away(person: Person, label: str) -> None:
    with person.running_deskbreak():
        person.types()
        chooses(person, "Help and safety", label)
        assert person.banner()[3] > 150
        person.looks(label.lower().replace(" ", "-"))
