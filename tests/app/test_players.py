"""What a player is told of the person."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from deskbreak.adapters.programs import python
from deskbreak.adapters.store.state import is_acknowledged
from deskbreak.app.environment import Places
from deskbreak.app.programs import PlayerArguments, hush_on_calls
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
def arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notes: Notes) -> PlayerArguments:
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    places = Places.of_user()
    return PlayerArguments(
        places, Tuning(places.config), ADVISER, notes.noted, notes.note, status, tuple
    )


def asked(arguments: PlayerArguments, routine: str = "stand-hips") -> Any:
    """The command as the player understands it."""
    words = list(arguments.command("a.player", routine))
    start = python("a.player")
    assert words[: len(start)] == start
    return parser("", "").parse_args(words[len(start) :])


def hard(*exercises: str) -> Sequence[Play]:
    return [Play("stand-hips", 5.0, 1.0, Feedback.TOO_HARD, one) for one in exercises]


def test_what_was_too_hard_twice_begins_easier_where_it_occurs(arguments: PlayerArguments) -> None:
    steps = [step.exercise.id for step in ADVISER.catalogue.routines["stand-hips"].steps]
    twice = replace(arguments, plays=lambda: hard(steps[0], steps[0], steps[1], "plank", "plank"))
    assert asked(arguments).easier == []
    assert asked(twice).easier == [steps[0]]
    assert asked(twice, "plank").easier == ["plank"]
    assert asked(twice, "gone").easier == []


def test_the_notice_comes_until_it_is_accepted(arguments: PlayerArguments, notes: Notes) -> None:
    assert asked(arguments).notice
    arguments.acknowledged()
    assert not asked(arguments).notice
    assert is_acknowledged(arguments.places.acknowledged)
    arguments.places.acknowledged.unlink()
    notes.note("acknowledged", True)  # as an earlier version kept it
    assert not asked(arguments).notice


def test_a_safety_line_need_not_come_again_the_same_day(
    arguments: PlayerArguments, notes: Notes
) -> None:
    now = status(break_=replace(stretch(), routine="desk-hips"))
    playing = replace(arguments, status=lambda: now)
    assert asked(playing, "desk-hips").seen == []
    playing.painted()
    assert asked(playing, "desk-hips").seen == ["T9"]


def test_it_is_quiet_during_a_call(arguments: PlayerArguments) -> None:
    assert not asked(arguments).quiet
    assert asked(replace(arguments, status=lambda: status(holds=(hold(),)))).quiet


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
