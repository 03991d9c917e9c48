"""What survives a restart, and what is done about a state that makes no sense (B9)."""

import re
import tomllib
from collections.abc import Callable
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.core.engine import Engine
from deskbreak.simulate.world import World
from tests.desk import Desk, PlainAdviser
from tests.thorough import examples

FULL = (
    "breaks.heads_up=2m",
    'reminder=[{name="eyes", every="1h"}]',
    "standing.enabled=true",
    "schedule.meals=12:30",
)


def full() -> Desk:
    """A desk with something in every corner of its memory."""
    desk = Desk(*FULL).works("10m").asks("stretch").waits("2m").plays().judges("it_hurt", "squat")
    desk.works("30m").answers("snooze", "20m").holds().works("3m").pauses("2h").rests("90s")
    desk.is_sore("hips").chooses_level(2)
    return desk.nudges("1s").waits("3s").says("standing").asks("walk")


def restored(state: dict[str, Any], desk: Desk) -> Engine:
    engine = Engine(desk.world.settings, PlainAdviser(), desk.world.now)
    engine.restore(state, desk.world.now, same_clock=True)
    return engine


@pytest.mark.parametrize(
    "desk",
    [full, Desk, lambda: Desk().works("31m"), lambda: Desk().pauses("17:00"),
     lambda: Desk().works("30m").answers("snooze"), lambda: Desk().reads().rests("5m")],
)  # fmt: skip
def test_what_is_saved_is_restored_to_the_same(desk: Callable[[], Desk]) -> None:
    sitting = desk()
    state = sitting.world.engine.memory()
    again = restored(state, sitting)
    second = again.memory()
    numbered = {"last_prompt_id"}  # a prompt that is shown again gets a number of its own
    assert {k: v for k, v in second.items() if k not in numbered} == {
        k: v for k, v in state.items() if k not in numbered
    }
    assert again.status().bout == sitting.status.bout
    assert again.status().state == sitting.status.state


def test_it_fits_into_toml() -> None:
    state = full().world.engine.memory()
    assert tomllib.loads(tomli_w.dumps(state)) == state


def test_other_entries_are_no_business_of_ours() -> None:
    desk = Desk().works("5m")
    assert (
        restored(desk.world.engine.memory() | {"boot": "abc"}, desk).status().bout.length_s == 300
    )


def test_a_state_of_before_the_build_up_loses_nothing() -> None:
    desk = full().senses("standing")
    state = desk.world.engine.memory()
    assert (state.pop("desk_said"), state.pop("practice")) == ("standing", {"days": 0})
    again = restored(state, desk)
    assert again.status().bout == desk.status.bout
    assert again.memory()["practice"] == {"days": 0}


def _without(state: Any, path: tuple[str, ...]) -> Any:
    if not path:
        return None
    return {
        key: _without(value, path[1:]) if key == path[0] else value
        for key, value in state.items()
        if (key,) != path
    }


def _with(state: Any, path: tuple[str, ...], value: Any) -> Any:
    changed = dict(state)
    changed[path[0]] = value if len(path) == 1 else _with(state[path[0]], path[1:], value)
    return changed


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (("version",), "state: version: found nothing, allowed: a whole number"),
        (("wall",), "state: wall: found nothing, allowed: a number"),
        (("bout",), "state: bout: found nothing, allowed: a table"),
        (("bout", "length"), "state.bout: length: found nothing, allowed: a number"),
        (("bout", "posture"), "state.bout: posture: found None, which is not a word here"),
        (("natural_given",), "state: natural_given: found nothing, allowed: true or false"),
        (("holds",), "state: holds: found nothing, allowed: a list"),
        (("taking",), "state: phase: found 'walking', which does not go with its break"),
    ],
)
def test_what_is_missing_is_named(path: tuple[str, ...], message: str) -> None:
    desk = full()
    with pytest.raises(ValueError, match=f"^{message}$"):
        restored(_without(desk.world.engine.memory(), path), desk)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("version",), 2, "state: version: found 2, allowed: 1"),
        (("wall",), True, "state: wall: found True, allowed: a number"),
        (("wall",), float("nan"), "state: wall: found nan, allowed: a number"),
        (("wall",), float("inf"), "state: wall: found inf, allowed: a number"),
        (("phase",), "dancing", "state: phase: found 'dancing', which is not a word here"),
        (
            ("phase",),
            "counting",
            "state: phase: found 'counting', which does not go with its break",
        ),
        (("ledger", "day"), 5, "state.ledger: day: found 5, allowed: a text"),
        (("ledger", "spans"), [[-2, -1]], "state.ledger.spans: activity: found None"),
        (
            ("ledger", "spans"),
            [["a", 2, "away"]],
            "state.ledger.spans: begin: found 'a', allowed: a number",
        ),
        (
            ("bout", "length"),
            9.9e10,
            "state.bout: length: found 99000000000.0, allowed: a number from 0 to 3.2e+08",
        ),
        (("ledger", "sums"), {"away": 5.0}, "state.ledger: its parts do not add up to the day"),
        (("bout", "deferred"), {"jump": 1.0}, "'jump' is not a valid PromptKind"),
        (("past", "plays"), [["x"]], "state.past.plays: wall: found nothing"),
        (
            ("past", "plays"),
            [["x", 5.0, 1.0, "lovely", ""]],
            "state.past.plays: feedback: found 'lovely', which is not a word here",
        ),
        (("sore", "day"), "tomorrow", "Invalid isoformat string: 'tomorrow'"),
        (("last_run",), 1.5, "state: last_run: found 1.5, allowed: a whole number"),
    ],
)
def test_what_makes_no_sense_is_named(path: tuple[str, ...], value: Any, message: str) -> None:
    desk = full()
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        restored(_with(desk.world.engine.memory(), path, value), desk)


def test_after_a_problem_nothing_has_changed() -> None:
    desk = Desk().works("5m")
    with pytest.raises(ValueError, match="version"):
        desk.world.engine.restore({}, desk.world.now, same_clock=True)
    assert desk.works("1m").bout == 360


NAN, INF = float("nan"), float("inf")
JUNK: list[Any] = [
    None, "", "x", True, [], {}, [1], {"a": 1}, [[]], [{}], NAN, INF, -INF, 1e308, -1e308, 1e18,
    9.9e10, -9.9e10, 2**80, -1e6, 1e6, -1, 0, 1, 0.5, 1e-9, "2026-13-45", "0001-01-01",
    "9999-12-31", "9999-12-31T23:59:59", "0001-01-01T00:00", "2026-03-02T09:00:00+14:00",
]  # fmt: skip


def _places(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to everything in a state, into its lists as well."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, part in inside:
        found.append((*above, key))
        if isinstance(part, dict | list):
            found += _places(part, (*above, key))
    return found


def _put(value: Any, place: tuple[Any, ...], junk: Any) -> Any:
    copy = value.copy()
    copy[place[0]] = junk if len(place) == 1 else _put(value[place[0]], place[1:], junk)
    return copy


def lives_on(state: dict[str, Any], desk: Desk) -> None:
    """A day and a bit from that state, or a refusal that leaves all as it was."""
    world = World(desk.world.settings, PlainAdviser(), desk.world.now)
    try:
        world.engine.restore(state, world.now, same_clock=True)
    except ValueError:
        assert world.engine.status().bout.length_s == 0.0
        return
    for _ in range(60):
        assert world.engine.next_moment() >= 0
        now = world.engine._desk
        parts = world.engine.status().today.ledger
        assert min(parts.values()) >= 0
        so_far = max(0.0, world.now.wall - now.ledger.start)
        assert sum(parts.values()) == pytest.approx(so_far, abs=2.0)
        world.run_until(world.t + 1800.0)
    Engine(world.settings, PlainAdviser(), world.now).restore(
        world.engine.memory(), world.now, same_clock=True
    )


STATES: list[Callable[[], Desk]] = [
    full,
    lambda: Desk().works("30m").asks("stretch").waits("30s"),
    lambda: Desk(at="2026-03-02 03:50").works("9m50s").reads(length="45m").rests("30s"),
    lambda: Desk().works("40m").answers("snooze").pauses("17:00").rests("90s").nudges("1s"),
]


@settings(max_examples=examples(200), deadline=None, derandomize=True)
@given(st.data())
def test_junk_in_any_place_is_refused_or_harmless(data: st.DataObject) -> None:
    desk = data.draw(st.sampled_from(STATES))()
    state = desk.world.engine.memory()
    place = data.draw(st.sampled_from(_places(state)))
    lives_on(_put(state, place, data.draw(st.sampled_from(JUNK))), desk)


@pytest.mark.parametrize(
    "place",
    [
        ("ledger", "sums", "not_running"), ("ledger", "stepped"), ("ledger", "start"),
        ("bout", "length"), ("presence", "last_input"), ("meeting_s",), ("tally", "prompts"),
        ("taking", "awake_s"), ("last_run",), ("wall",),
    ],
)  # fmt: skip
@pytest.mark.parametrize("number", [NAN, INF, -INF, -1e15, 9.9e14])
def test_a_number_that_cannot_be_is_refused(place: tuple[str, ...], number: float) -> None:
    desk = full()
    with pytest.raises(ValueError, match=re.escape(place[-1])):
        restored(_put(desk.world.engine.memory(), place, number), desk)
