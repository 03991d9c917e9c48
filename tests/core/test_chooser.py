"""The choice of the next break: rules never broken, every area visited, always the same answer."""

from datetime import time
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from deskbreak.content.load import load_catalogue
from deskbreak.content.model import Area, Catalogue, Kind, Place, Routine, Sides, Tag, TimeOfDay
from deskbreak.core.chooser import (
    FIRST_FOCI,
    Context,
    Profile,
    allowed,
    choose,
    last_resort,
    on_sore_day,
    profile_from,
    time_of_day,
    walk_allowed,
    walk_due,
)
from deskbreak.core.enums import Posture
from deskbreak.settings.model import Routines
from deskbreak.struct import replace
from tests.content.builtin import builtin
from tests.thorough import examples

CATALOGUE = builtin()
IDS = sorted(CATALOGUE.exercises)
FOCI = sorted({routine.focus for routine in CATALOGUE.routines.values()})
HOME = frozenset(Place)

profiles = st.builds(
    Profile,
    places=st.frozensets(st.sampled_from(list(Place)), min_size=1),
    level=st.integers(1, 3),
    levels=st.dictionaries(st.sampled_from(list(Area)), st.integers(1, 3), max_size=3),
    avoid=st.frozensets(st.sampled_from(IDS), max_size=20),
    tags=st.frozensets(st.sampled_from(list(Tag)), max_size=4),
    sore=st.frozensets(st.sampled_from(list(Area)), max_size=2),
    style=st.sampled_from(["dynamic", "static"]),
    acute=st.booleans(),
    sore_day=st.booleans(),
    seed=st.integers(0, 5),
)
contexts = st.builds(
    Context,
    posture=st.sampled_from(list(Posture)),
    in_call=st.booleans(),
    time_of_day=st.sampled_from(list(TimeOfDay)),
)
histories = st.lists(st.sampled_from([*CATALOGUE.routines, "gone"]), max_size=30)


def day(profile: Profile, context: Context, breaks: int = 40) -> list[Routine]:
    """What a person is offered who takes every break."""
    history: list[str] = []
    taken = []
    for _ in range(breaks):
        routine = choose(CATALOGUE, profile, context, history)
        if routine is None:
            break
        taken.append(routine)
        history.append(routine.id)
    return taken


def reachable(profile: Profile, context: Context) -> set[Area]:
    return {
        routine.focus
        for routine in CATALOGUE.routines.values()
        if routine.places != (Place.WALK,) and allowed(routine, profile, context)
    }


@settings(max_examples=examples(400), deadline=None)
@given(profiles, contexts, histories)
def test_no_rule_is_ever_broken(profile: Profile, context: Context, past: list[str]) -> None:
    """I1, I2 and the second half of I12."""
    routine = choose(CATALOGUE, profile, context, past)
    if routine is None:
        assert not reachable(profile, context)
        return
    assert set(routine.places) <= profile.places
    assert routine.level <= profile.level
    assert context.posture is Posture.SITTING or routine.standing_ok
    assert not context.in_call or routine.call_friendly
    for step in routine.steps:
        exercise = step.exercise
        assert exercise.id not in profile.avoid
        assert not set(exercise.avoid_if) & profile.tags
        assert exercise.level < 2 or not set(exercise.loads) & profile.sore
        assert all(exercise.level <= profile.levels.get(area, 3) for area in exercise.areas)
        assert not profile.acute or (exercise.level == 1 and exercise.kind is not Kind.STRENGTH)


@pytest.mark.parametrize("profile", [Profile(), Profile(level=3, places=HOME)], ids=["new", "all"])
def test_within_three_weeks_most_of_what_is_allowed_has_come_up(profile: Profile) -> None:
    fit = [r for r in CATALOGUE.routines.values() if r.places != (Place.WALK,)]
    fit = [r for r in fit if allowed(r, profile, Context())]
    shown: list[str] = []
    for _ in range(110):  # about seven routines a working day
        routine = choose(CATALOGUE, profile, Context(), shown)
        assert routine is not None
        shown.append(routine.id)
    assert len(set(shown)) >= 0.7 * len(fit)


@settings(max_examples=examples(150), deadline=None)
@given(profiles, contexts)
def test_every_reachable_area_is_visited_in_turn(profile: Profile, context: Context) -> None:
    """I3, I4 and I5, over forty breaks in a row."""
    areas = reachable(profile, context)
    assume(areas)
    taken = [routine.focus for routine in day(profile, context)]
    if len(areas) >= 2:
        assert all(a is not b for a, b in pairwise(taken))
    least = 5 if len(areas) <= 6 else 4 if len(areas) <= 8 else 3
    least -= profile.sore_day  # which leans towards two routines, for that one day
    assert min(taken.count(area) for area in areas) >= least
    for area in areas:
        visits = [-1, *(n for n, focus in enumerate(taken) if focus is area), len(taken)]
        assert max(b - a for a, b in pairwise(visits)) <= len(areas) + 3


@settings(max_examples=examples(60), deadline=None)
@given(
    profiles,
    contexts,
    st.dictionaries(st.sampled_from(FOCI), st.floats(0.1, 3), max_size=6),
)
def test_no_weight_starves_an_area(
    profile: Profile, context: Context, weights: dict[str, float]
) -> None:
    weighted = replace(profile, weights=weights)
    areas = reachable(weighted, context)
    assume(areas)
    taken = [routine.focus for routine in day(weighted, context, 60)]
    assert set(taken) == areas


@settings(max_examples=examples(100), deadline=None)
@given(profiles, contexts, histories)
def test_the_same_question_has_the_same_answer(
    profile: Profile, context: Context, past: list[str]
) -> None:
    """I10; the order of the files makes no difference either."""
    turned = Catalogue(
        CATALOGUE.exercises, dict(reversed(list(CATALOGUE.routines.items()))), CATALOGUE.timing
    )
    first = choose(CATALOGUE, profile, context, past)
    assert choose(CATALOGUE, profile, context, list(past)) is first
    assert choose(turned, profile, context, past) is first


@given(st.floats(0, 1))
def test_walks_keep_their_share(share: float) -> None:
    """I12."""
    walks = 0
    for breaks in range(200):
        walks += walk_due(walks, breaks, share)
        assert abs(walks - share * (breaks + 1)) < 1


def test_walks_none_all_and_every_other() -> None:
    assert [walk_due((n + 1) // 2, n, 0.5) for n in range(4)] == [True, False, True, False]
    assert not walk_due(0, 50, 0.0)
    assert walk_due(50, 50, 1.0)


@settings(max_examples=examples(200), deadline=None)
@given(profiles, contexts)
def test_the_last_resort_is_one_exercise_that_is_allowed(
    profile: Profile, context: Context
) -> None:
    if walk_allowed(CATALOGUE, profile, context):
        assert Place.WALK in profile.places
        assert not context.in_call
    rest = last_resort(CATALOGUE, profile)
    assert rest is not None or {"far_focus"} & profile.avoid or profile.tags
    if rest:
        assert [step.exercise.id for step in rest.steps] == ["far_focus"]
        assert "far_focus" not in profile.avoid


def test_the_steps_of_falling_back() -> None:
    profile = Profile(places=frozenset({Place.FLOOR, Place.WALK}))
    standing = Context(Posture.STANDING)
    assert choose(CATALOGUE, profile, standing, []) is None
    assert walk_allowed(CATALOGUE, profile, standing)
    assert not walk_allowed(CATALOGUE, profile, replace(standing, in_call=True))
    last = last_resort(CATALOGUE, profile)
    assert last is not None
    assert last.id == "far_focus"
    avoided = replace(profile, avoid=frozenset({"far_focus", "easy_walk"}))
    assert not walk_allowed(CATALOGUE, avoided, standing)
    assert last_resort(CATALOGUE, avoided) is None
    empty = Catalogue()
    assert choose(empty, profile, standing, []) is None
    assert walk_allowed(empty, profile, standing)


def test_walks_are_not_chosen_as_routines() -> None:
    only = Profile(places=frozenset({Place.WALK}))
    assert choose(CATALOGUE, only, Context(), []) is None


def test_a_new_profile_begins_with_the_middle_of_the_body() -> None:
    first = day(Profile(), Context(), 3)
    assert all(routine.focus in FIRST_FOCI for routine in first)
    assert all(routine.level == 1 for routine in first)


def test_a_skipped_area_comes_back() -> None:
    history = [routine.id for routine in day(Profile(), Context(), 12)]
    wanted = choose(CATALOGUE, Profile(), Context(), history)
    assert wanted
    other = next(r for r in CATALOGUE.routines.values() if r.focus is not wanted.focus)
    history.append(other.id)  # only what was started is remembered
    soon = []
    for _ in range(4):
        routine = choose(CATALOGUE, Profile(), Context(), history)
        assert routine
        soon.append(routine.focus)
        history.append(routine.id)
    assert wanted.focus in soon


def test_the_same_routine_does_not_come_twice_where_there_is_another() -> None:
    profile = Profile(
        places=frozenset({Place.DESK}),
        weights={area: 0.0 for area in FOCI if area != Area.NECK},
    )
    taken = [routine.id for routine in day(profile, Context(), 6)]
    assert set(taken) == {"desk-neck", "stand-neck"}
    assert all(a != b for a, b in pairwise(taken))


def test_an_area_that_is_off_is_off() -> None:
    profile = Profile(weights={Area.WRISTS: 0.0})
    assert Area.WRISTS not in {routine.focus for routine in day(profile, Context())}


def test_an_area_that_matters_more_comes_more_often() -> None:
    usual = [routine.focus for routine in day(Profile(), Context())]
    more = [routine.focus for routine in day(Profile(weights={Area.NECK: 3.0}), Context())]
    assert more.count(Area.NECK) > usual.count(Area.NECK)


def two(first: Routine, **changes: object) -> Catalogue:
    """A routine and its twin, which differs in one thing."""
    twin = replace(first, id="zz-twin", **changes)
    return Catalogue(CATALOGUE.exercises, {first.id: first, twin.id: twin}, CATALOGUE.timing)


def test_more_movement_wins_and_under_static_the_less() -> None:
    still = CATALOGUE.routines["desk-glutes"]
    pair = two(still, dynamic_share=0.9)
    assert choose(pair, Profile(), Context(), []) is pair.routines["zz-twin"]
    assert choose(pair, Profile(style="static"), Context(), []) is still


def test_the_time_of_day_is_a_hint() -> None:
    spine = CATALOGUE.routines["desk-hips"]
    pair = two(spine, time_of_day=TimeOfDay.MORNING)
    morning = Context(time_of_day=TimeOfDay.MORNING)
    assert choose(pair, Profile(), morning, []) is pair.routines["zz-twin"]
    assert choose(pair, Profile(), Context(), []) is spine


def test_the_one_that_changes_posture_and_the_one_at_the_level_win() -> None:
    seated = CATALOGUE.routines["desk-glutes"]
    pair = two(seated, standing_ok=True)
    assert choose(pair, Profile(), Context(), []) is pair.routines["zz-twin"]
    pair = two(seated, level=2)
    assert choose(pair, Profile(level=2), Context(), []) is pair.routines["zz-twin"]


def test_a_tie_goes_to_the_first_id_unless_a_seed_says_otherwise() -> None:
    pair = two(CATALOGUE.routines["desk-glutes"])
    chosen = {choose(pair, Profile(seed=seed), Context(), []) for seed in range(10)}
    assert choose(pair, Profile(), Context(), []) is CATALOGUE.routines["desk-glutes"]
    assert len(chosen) == 2


def test_recent_pain_means_gentle_and_no_strength() -> None:
    profile = Profile(places=HOME, level=3, acute=True)
    calm = [r for r in CATALOGUE.routines.values() if allowed(r, profile, Context())]
    assert len(calm) == 11
    taken = day(profile, Context())
    assert {step.exercise.kind for routine in taken for step in routine.steps}.isdisjoint(
        {Kind.STRENGTH}
    )


def test_a_sore_back_is_not_drilled_and_the_neighbours_still_get_their_turn() -> None:
    profile = Profile(places=HOME, level=3, sore=frozenset({Area.LOW_BACK}))
    taken = day(profile, Context())
    steps = [step.exercise for routine in taken for step in routine.steps]
    assert not [e.id for e in steps if e.level >= 2 and Area.LOW_BACK in e.loads]
    assert len({routine.focus for routine in taken}) == len(FOCI)


def test_a_sore_day_is_gentle_and_prefers_what_was_made_for_it() -> None:
    profile = on_sore_day(Profile(places=HOME, level=3), [Area.LOW_BACK])
    taken = day(profile, Context(), 8)
    assert taken[0].id in ("sore-back-desk", "sore-back-floor")
    assert {routine.level for routine in taken} == {1}
    assert sum(routine.sore_day for routine in taken) >= 2


@pytest.mark.parametrize(
    "profile",
    [
        Profile(places=HOME, level=3, sore=frozenset({Area.HIPS})),
        Profile(places=HOME, level=3, tags=frozenset({Tag.KNEE})),
    ],
)
def test_sore_hips_or_a_knee_mean_no_squats_lunges_steps_or_stairs(profile: Profile) -> None:
    forbidden = {"wide_squat", "sit_to_stand", "split_squat", "reverse_lunge", "step_up"}
    done = {step.exercise.id for routine in day(profile, Context()) for step in routine.steps}
    assert not done & (forbidden | {"stair_climb"})


def test_a_lowered_area_gets_only_what_is_gentle() -> None:
    profile = Profile(places=HOME, level=3, levels={Area.CORE: 1})
    for routine in day(profile, Context()):
        assert all(s.exercise.level == 1 for s in routine.steps if Area.CORE in s.exercise.areas)


def test_on_a_call_only_what_nobody_notices() -> None:
    taken = day(Profile(), Context(in_call=True))
    assert len({routine.id for routine in taken}) >= 5
    assert all(step.exercise.call_friendly for routine in taken for step in routine.steps)


def test_the_profile_of_the_settings() -> None:
    routines = Routines(
        places=("desk", "floor"),
        level=2,
        weights={"neck": 0},
        avoid=("plank",),
        avoid_if=("knee",),
        sore=("hips",),
        recent_pain="under_6_weeks",
        style="static",
        seed=7,
    )
    profile = profile_from(routines, {"bird_dog"}, {"core": 1})
    assert profile == Profile(
        places=frozenset({Place.DESK, Place.FLOOR}),
        level=2,
        levels={Area.CORE: 1},
        avoid=frozenset({"plank", "bird_dog"}),
        tags=frozenset({Tag.KNEE}),
        sore=frozenset({Area.HIPS}),
        weights={Area.NECK: 0},
        style="static",
        acute=True,
        seed=7,
    )
    taken = day(profile, Context())
    assert taken
    assert Area.NECK not in {routine.focus for routine in taken}
    assert profile_from(Routines()) == Profile()


def test_longer_pain_takes_nothing_off_the_menu() -> None:
    assert not profile_from(Routines(recent_pain="longer")).acute


@pytest.mark.parametrize(
    ("clock", "meals", "said"),
    [
        (time(9), (), TimeOfDay.MORNING),
        (time(10, 30), (), TimeOfDay.ANY),
        (time(14), (), TimeOfDay.AFTERNOON),
        (time(2), (), TimeOfDay.ANY),
        (time(12, 44), (time(12),), TimeOfDay.ANY),
        (time(12, 45), (time(12),), TimeOfDay.AFTER_LUNCH),
        (time(14), (time(12),), TimeOfDay.AFTER_LUNCH),
        (time(14, 1), (time(12),), TimeOfDay.AFTERNOON),
        (time(0, 30), (time(23, 30),), TimeOfDay.AFTER_LUNCH),
    ],
)
def test_what_the_clock_says(clock: time, meals: tuple[time, ...], said: TimeOfDay) -> None:
    assert time_of_day(clock, meals) is said


def test_own_routines_take_part(tmp_path_factory: pytest.TempPathFactory) -> None:
    from tests.content.builtin import EXERCISE, FOLDER, ROUTINE

    folder = tmp_path_factory.mktemp("own")
    (folder / "mine.toml").write_text(
        "schema = 1\n" + EXERCISE + ROUTINE.replace('"ankles"', '"shoulders"')
    )
    mine = load_catalogue([FOLDER, folder]).catalogue
    assert mine.exercises["toe_wiggle"].sides is Sides.BOTH
    history: list[str] = []
    for _ in range(20):
        routine = choose(mine, Profile(), Context(), history)
        assert routine
        history.append(routine.id)
    assert "my-toes" in history
