"""What is suggested, with the real catalogue: fallbacks, a suggestion that is kept, easier ones."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deskbreak.app.adviser import CatalogueAdviser
from deskbreak.content.safety import STAND_UP
from deskbreak.core import chooser
from deskbreak.core.enums import BreakKind, Feedback, Posture
from deskbreak.core.progress import Past, Play
from deskbreak.core.state import Situation
from deskbreak.settings.files import shipped
from tests.core.weeks import ADVISER
from tests.desk import Desk, settings_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ONLY_FLOOR = "routines.places=floor"
NOTHING = "routines.avoid=far_focus"


def situation(**other: Any) -> Situation:
    usual: dict[str, Any] = {"posture": Posture.SITTING, "in_call": False, "local": NOON}
    return Situation(**(usual | {"past": Past()} | other))


def test_where_no_routine_is_left_a_walk_is_suggested() -> None:
    settings = settings_of("routines.places=floor, walk", "breaks.walk=7m")
    found = ADVISER.stretch(situation(posture=Posture.STANDING), settings)
    assert found is not None
    assert (found.kind, found.length_s, found.routine) == (BreakKind.WALK, 420.0, None)


def test_without_a_walk_looking_far_away_and_standing_up() -> None:
    found = ADVISER.stretch(situation(posture=Posture.STANDING), settings_of(ONLY_FLOOR))
    assert found is not None
    assert (found.kind, found.routine, found.text) == (BreakKind.STRETCH, "far_focus", STAND_UP)


def test_without_even_that_nothing_but_a_text() -> None:
    assert (
        ADVISER.stretch(situation(posture=Posture.STANDING), settings_of(ONLY_FLOOR, NOTHING))
        is None
    )


@pytest.mark.parametrize("call", [False, True])
@pytest.mark.parametrize(
    "places", ["desk", "standing", "walk", "stairs", "floor", "floor, walk", "desk, standing"]
)
@pytest.mark.parametrize("more", ["", NOTHING])
def test_no_prompt_is_ever_empty(places: str, call: bool, more: str) -> None:
    words = [
        f"routines.places={places}",
        "hold.calls=false",
        "hold.camera=false",
        *([more] if more else []),
    ]
    desk = Desk(*words, "standing.enabled=true", adviser=ADVISER).works("1m")
    desk = desk.holds() if call else desk
    desk.works("35m")
    prompt = desk.status.prompt
    assert prompt is not None
    from deskbreak.text.prompts import prompt_words

    body = prompt_words(prompt).body
    assert "How about" in body or STAND_UP in body
    assert ("walk" in prompt.actions) <= ("walk" in places and not call)
    assert "skip" in prompt.actions


class Counting(CatalogueAdviser, frozen=False):
    """Counts how often it has to think."""

    thought: int = 0

    def _choose(self, *args: Any) -> Any:
        self.thought += 1
        return super()._choose(*args)


def test_a_suggestion_is_kept_while_nothing_it_rests_on_has_changed() -> None:
    adviser = Counting([shipped("microroutines")])
    desk = Desk("breaks.walk_share=0", adviser=adviser).works("30m")
    first = desk.status.prompt
    desk.works("20m")
    assert desk.status.prompt is not None
    assert first is not None
    assert desk.status.prompt.id > first.id
    assert desk.status.prompt.suggestion == first.suggestion
    assert adviser.thought == 1
    desk.answers("stretch").plays().works("30m")
    assert adviser.thought == 2
    assert desk.status.prompt is not None
    assert desk.status.prompt.suggestion != first.suggestion


@pytest.mark.parametrize(
    "change",
    [
        {"posture": Posture.STANDING},
        {"in_call": True},
        {"sore": ()},
        {"local": NOON + timedelta(hours=3)},
        {"local": NOON + timedelta(days=1)},
        {"past": Past((Play("stand-hips", NOON.timestamp(), 1.0),))},
        {"past": Past(level_set=5.0)},
    ],
)
def test_it_thinks_again_when_something_has(change: dict[str, Any]) -> None:
    adviser = Counting([shipped("microroutines")])
    settings = settings_of()
    adviser.stretch(situation(), settings)
    adviser.stretch(situation(), settings)
    assert adviser.thought == 1
    adviser.stretch(situation(**change), settings)
    assert adviser.thought == 2
    adviser.stretch(situation(**change), settings_of("routines.level=2"))
    assert adviser.thought == 3


def test_what_is_kept_is_what_would_be_chosen_anew() -> None:
    kept, settings = CatalogueAdviser([shipped("microroutines")]), settings_of("routines.level=2")
    for minute in range(0, 600, 7):
        now = situation(local=NOON + timedelta(minutes=minute))
        fresh = CatalogueAdviser([shipped("microroutines")], ADVISER.loaded)
        assert kept.stretch(now, settings) == fresh.stretch(now, settings)


def test_too_hard_twice_begins_easier() -> None:
    once = Play("stand-hips", 5.0, 1.0, Feedback.TOO_HARD, "standing_march")
    assert ADVISER.eased((once,)) == frozenset()
    assert ADVISER.eased((once, once)) == {"standing_march"}


def test_on_a_sore_day_the_profile_is_that_of_a_sore_day() -> None:
    settings = settings_of("routines.level=3")
    profile = ADVISER._profile(situation(sore=("hips",)), settings)
    assert profile == chooser.on_sore_day(ADVISER._profile(situation(), settings), ("hips",))
