"""The built-in catalogue: complete, sound, and true to the rules it was designed by."""

import tomllib
from collections import Counter

import pytest

from deskbreak.content.load import load_catalogue
from deskbreak.content.model import (
    Area,
    Equipment,
    Exercise,
    Kind,
    Mode,
    Origin,
    Phase,
    Place,
    Routine,
    Sides,
)
from tests.content.builtin import FOLDER, builtin
from tools.catalogue_rules import check, exercise_texts, unkind_word

EXERCISES = sorted(builtin().exercises.values(), key=lambda e: e.id)
ROUTINES = sorted(builtin().routines.values(), key=lambda r: r.id)


def ident(entry: Exercise | Routine) -> str:
    return entry.id


def test_it_loads_without_a_problem_and_is_complete() -> None:
    loaded = load_catalogue([FOLDER])
    assert loaded.problems == ()
    assert (len(loaded.catalogue.exercises), len(loaded.catalogue.routines)) == (70, 46)


def test_what_is_loaded_is_what_a_plain_toml_reader_finds() -> None:
    files = [*FOLDER.glob("exercises/*.toml"), *FOLDER.glob("routines/*.toml")]
    documents = [tomllib.loads(file.read_text("utf-8")) for file in files]
    raw = {e["id"]: e for document in documents for e in document.get("exercise", [])}
    assert sorted(raw) == sorted(builtin().exercises)
    for exercise in EXERCISES:
        for key in ("name", "kind", "level", "cue", "easier", "default_seconds", "also_standing"):
            assert getattr(exercise, key) == raw[exercise.id][key], (exercise.id, key)
        for key in ("areas", "steps", "avoid_if", "loads", "equipment", "mistakes"):
            assert list(getattr(exercise, key)) == raw[exercise.id][key], (exercise.id, key)
    steps = {
        r["id"]: [(s["exercise"], s["side"], s["seconds"]) for s in r["steps"]]
        for document in documents
        for r in document.get("routine", [])
    }
    for routine in ROUTINES:
        ours = [(s.exercise.id, str(s.exercise.sides), s.seconds) for s in routine.steps]
        assert ours == steps[routine.id]


def test_it_keeps_every_rule_of_its_own() -> None:
    assert [str(problem) for problem in check(builtin())] == []


def test_its_make_up_is_the_one_that_was_designed() -> None:
    origins = Counter(exercise.origin for exercise in EXERCISES)
    assert origins == {Origin.SEED: 37, Origin.OFFICE_VERSION: 21, Origin.ADDITION: 12}
    assert Counter(exercise.level for exercise in EXERCISES) == {1: 46, 2: 20, 3: 4}
    assert Counter(exercise.place for exercise in EXERCISES) == {
        Place.DESK: 21, Place.STANDING: 20, Place.STAIRS: 3, Place.WALK: 1, Place.FLOOR: 25,
    }  # fmt: skip


@pytest.mark.parametrize("routine", ROUTINES, ids=ident)
def test_a_routine_is_two_minutes_in_a_sensible_order(routine: Routine) -> None:
    assert 110 <= routine.total_s <= 130
    assert routine.steps[0].exercise.level == 1
    order = [
        list(Phase).index(step.exercise.phase)
        for step in routine.steps
        if step.exercise.kind not in (Kind.EYES, Kind.BREATH)
    ]
    assert order == sorted(order)
    assert routine.tagline


@pytest.mark.parametrize("routine", ROUTINES, ids=ident)
def test_a_routine_is_about_what_it_says(routine: Routine) -> None:
    if routine.focus is Area.WHOLE_BODY and Area.WHOLE_BODY not in routine.areas:
        assert len(routine.areas) >= 5
    else:
        assert routine.focus in routine.areas[:3]


@pytest.mark.parametrize("routine", ROUTINES, ids=ident)
def test_every_step_is_a_whole_dose(routine: Routine) -> None:
    for step in routine.steps:
        exercise = step.exercise
        if exercise.rep_s:
            assert step.seconds % exercise.rep_s == 0
            assert step.seconds // exercise.rep_s >= 2
            if exercise.sides is Sides.ALTERNATE:
                assert step.seconds // exercise.rep_s % 2 == 0
        if exercise.mode is Mode.STATIC:
            assert 10 <= step.seconds / (exercise.reps or 1) <= 30


@pytest.mark.parametrize("exercise", EXERCISES, ids=ident)
def test_an_exercise_is_complete(exercise: Exercise) -> None:
    assert 3 <= len(exercise.steps) <= 4
    assert all((exercise.cue, exercise.breathing, exercise.easier, exercise.harder))
    if exercise.mode is Mode.STATIC:
        assert exercise.hold_s is not None
        assert 10 <= exercise.hold_s <= 30
    if exercise.kind is Kind.STRETCH:
        assert exercise.mode is Mode.STATIC
    assert (FOLDER / "poses" / f"{exercise.id}.toml").is_file(), "every exercise has a figure"
    assert bool(exercise.moves) is bool(exercise.tempo)
    assert all(len(move) <= 14 for move in exercise.moves), "read at a glance, from two metres"


def test_every_exercise_is_in_a_routine() -> None:
    used = {step.exercise.id for routine in ROUTINES for step in routine.steps}
    assert used == set(builtin().exercises)


def test_no_shown_text_frightens_anybody() -> None:
    texts = [text for exercise in EXERCISES for text in exercise_texts(exercise).values()]
    texts += [text for routine in ROUTINES for text in (routine.name, routine.tagline)]
    assert len(texts) > 800
    assert {text: unkind_word(text) for text in texts if unkind_word(text)} == {}


def test_no_gym_gear_and_no_shrugs() -> None:
    gear = {item for exercise in EXERCISES for item in exercise.equipment}
    assert gear <= set(Equipment)
    assert not [exercise.id for exercise in EXERCISES if "shrug" in exercise.name.lower()]
    assert builtin().exercises["shoulder_roll"].kind is Kind.MOBILITY


@pytest.mark.parametrize("ident", ["wide_squat", "split_squat", "reverse_lunge", "step_up"])
def test_squats_lunges_and_steps_speak_of_heels_or_soft_knees(ident: str) -> None:
    exercise = builtin().exercises[ident]
    words = " ".join([*exercise.steps, exercise.cue, *exercise.mistakes]).lower()
    assert "heel" in words or "knee" in words


def test_body_mechanics_for_the_whole_day_are_there() -> None:
    used = {step.exercise.id for routine in ROUTINES for step in routine.steps}
    assert {"hip_hinge", "golfer_lift", "easy_walk", "stair_climb"} <= used


def test_every_focus_is_reachable_gently_and_without_a_mat() -> None:
    gentle = {r.focus for r in ROUTINES if r.level == 1 and Place.FLOOR not in r.places}
    assert gentle == {routine.focus for routine in ROUTINES}
    assert sum(routine.focus is Area.ANKLES for routine in ROUTINES) >= 3


def test_six_routines_suit_a_call() -> None:
    assert sum(routine.call_friendly for routine in ROUTINES) >= 6


def test_fourteen_routines_need_the_mat() -> None:
    assert sum(Place.FLOOR in routine.places for routine in ROUTINES) == 14


@pytest.mark.parametrize("routine", ROUTINES, ids=ident)
def test_the_safety_lines_of_a_routine(routine: Routine) -> None:
    gear = set(routine.equipment)
    assert ("T8" in routine.notes) == bool(gear & {"mat", "stairs", "step"})
    assert ("T11" in routine.notes) == ("balance" in routine.avoid_if)
    if "T9" in routine.notes:
        assert not routine.standing_ok


def test_the_two_routines_for_a_sore_day() -> None:
    assert {r.id for r in ROUTINES if r.sore_day} == {"sore-back-desk", "sore-back-floor"}


def test_only_the_stroll_can_go_on() -> None:
    assert {r.id: r.extend_to_s for r in ROUTINES if r.extend_to_s} == {"after-lunch-stroll": 600}
