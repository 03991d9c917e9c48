"""What follows from steps: times, places, levels."""

from deskbreak.content.derive import (
    alone,
    find,
    pauses,
    seconds_by_area,
    total_s,
)
from deskbreak.content.model import Area, Place, Position, Step, Timing
from deskbreak.struct import replace
from tests.content.builtin import builtin
from tools.catalogue_rules import phase_order_holds


def step(ident: str, seconds: int) -> Step:
    return Step(builtin().exercises[ident], seconds)


def test_a_change_of_position_takes_longer() -> None:
    steps = [step("seated_pelvic_tilt", 16), step("weight_shift", 12), step("easy_walk", 30)]
    found = pauses(steps, Timing())
    assert [(pause.seconds, pause.changes_position) for pause in found] == [
        (5, False),
        (8, True),
        (5, False),
    ]


def test_what_also_works_on_the_feet_changes_no_position() -> None:
    steps = [step("weight_shift", 12), step("shoulder_roll", 18), step("calf_raise", 16)]
    assert not any(pause.changes_position for pause in pauses(steps, Timing()))
    seated = [step("seated_pelvic_tilt", 16), step("shoulder_roll", 18), step("calf_raise", 16)]
    assert [pause.changes_position for pause in pauses(seated, Timing())] == [False, False, True]


def test_each_side_counts_with_the_switch() -> None:
    assert total_s([step("seated_figure_four", 20)], Timing()) == 5 + 20 + 3 + 20
    assert total_s([step("weight_shift", 12)], Timing()) == 5 + 12


def test_the_first_area_counts_fully_and_the_others_half() -> None:
    seconds = seconds_by_area([step("seated_march", 24), step("hip_hinge", 20)], Timing())
    assert seconds == {
        Area.HIPS: 24, Area.HAMSTRINGS: 20, Area.CORE: 12, Area.GLUTES: 10, Area.LOW_BACK: 10,
    }  # fmt: skip
    assert next(iter(seconds)) is Area.HIPS


def test_phases_may_not_go_backwards_but_eyes_and_breath_stand_anywhere() -> None:
    assert phase_order_holds([step("calf_raise", 16), step("far_focus", 20)])
    assert not phase_order_holds([step("calf_raise", 16), step("weight_shift", 12)])


def test_places_and_posture_of_what_works_anywhere() -> None:
    routine = builtin().routines["desk-eyes-breath"]
    assert routine.places == (Place.DESK,)
    assert routine.standing_ok
    mixed = builtin().routines["stand-legs"]
    assert mixed.places == (Place.DESK, Place.STANDING)
    assert not mixed.standing_ok


def test_one_exercise_alone_is_a_routine() -> None:
    catalogue = builtin()
    routine = alone(catalogue.exercises["glute_bridge"], catalogue.timing)
    assert (routine.id, routine.total_s) == ("glute_bridge", 33)
    assert routine.places == (Place.FLOOR,)
    assert routine.notes == ("T8",)


def test_a_routine_or_an_exercise_is_found_by_its_id() -> None:
    catalogue = builtin()
    assert find(catalogue, "stand-hips") is catalogue.routines["stand-hips"]
    plank = find(catalogue, "plank")
    assert plank
    assert [step.exercise.id for step in plank.steps] == ["plank"]
    assert find(catalogue, "handstand") is None


def test_on_the_feet() -> None:
    exercise = builtin().exercises["chin_tuck"]
    assert exercise.position is Position.SEATED
    assert exercise.on_the_feet
    assert not replace(exercise, also_standing=False).on_the_feet
