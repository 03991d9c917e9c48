"""What a player is told of the person."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from deskbreak.adapters.programs import python
from deskbreak.adapters.store.state import Acknowledged
from deskbreak.app.environment import Places
from deskbreak.app.programs import Told, hush_on_calls
from deskbreak.app.settings_file import Tuning
from deskbreak.core.enums import Feedback, HoldReason
from deskbreak.core.moment import Moment
from deskbreak.core.progress import Play
from deskbreak.core.records import Happening, HoldOver, HoldStarted, Skipped
from deskbreak.struct import replace
from deskbreak.windows.options import parser
from tests.core.weeks import ADVISER
from tests.fakes.player import FakePlayer
from tests.statuses import hold, status, stretch


class Notes:
    """What was kept."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def noted(self, name: str) -> Any:
        return self.kept.get(name)

    def note(self, name: str, value: Any) -> None:
        self.kept[name] = value


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notes: Notes) -> Told:
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    places = Places.of_user()
    return Told(places, Tuning(places.config), ADVISER, notes, status, tuple)


def asked(told: Told, routine: str = "stand-hips") -> Any:
    """The command as the player understands it."""
    words = list(told.command("a.player", routine))
    start = python("a.player")
    assert words[: len(start)] == start
    return parser("", "").parse_args(words[len(start) :])


def hard(*exercises: str) -> Sequence[Play]:
    return [Play("stand-hips", 5.0, 1.0, Feedback.TOO_HARD, one) for one in exercises]


def test_what_was_too_hard_twice_begins_easier_where_it_occurs(told: Told) -> None:
    steps = [step.exercise.id for step in ADVISER.catalogue.routines["stand-hips"].steps]
    twice = replace(told, plays=lambda: hard(steps[0], steps[0], steps[1], "plank", "plank"))
    assert asked(told).easier == []
    assert asked(twice).easier == [steps[0]]
    assert asked(twice, "plank").easier == ["plank"]
    assert asked(twice, "gone").easier == []


def test_the_notice_comes_until_it_is_accepted(told: Told, notes: Notes) -> None:
    assert asked(told).notice
    told.acknowledged()
    assert not asked(told).notice
    assert Acknowledged(told.places.acknowledged).given
    told.places.acknowledged.unlink()
    notes.note("acknowledged", True)  # as an earlier version kept it
    assert not asked(told).notice


def test_a_safety_line_need_not_come_again_the_same_day(told: Told, notes: Notes) -> None:
    now = status(break_=replace(stretch(), routine="desk-hips"))
    playing = replace(told, status=lambda: now)
    assert asked(playing, "desk-hips").seen == []
    playing.painted()
    assert asked(playing, "desk-hips").seen == ["T9"]


def test_it_is_quiet_during_a_call(told: Told) -> None:
    assert not asked(told).quiet
    assert asked(replace(told, status=lambda: status(holds=(hold(),)))).quiet


@pytest.mark.parametrize(
    ("happening", "silent"),
    [
        (HoldStarted(HoldReason.CALL), True),
        (HoldStarted(HoldReason.CAMERA), True),
        (HoldStarted(HoldReason.SCREEN_SHARE), True),
        (HoldStarted(HoldReason.FULLSCREEN), False),
        (HoldStarted(HoldReason.CALENDAR), False),
        (HoldOver(HoldReason.CALL), False),
        (Skipped(), False),
    ],
)
def test_a_routine_falls_silent_when_a_call_begins(happening: Happening, silent: bool) -> None:
    player = FakePlayer(lambda _: None)
    player.start(1, "stand-hips")
    hush_on_calls(player)(happening, Moment(0.0, 0.0, 0.0))
    assert player.hushed is silent
    assert player.open == 1
