"""What follows from the steps of a routine; none of it is ever typed by hand."""

from collections.abc import Sequence

from deskbreak.content.model import (
    Area,
    Catalogue,
    Equipment,
    Exercise,
    Head,
    Mode,
    Place,
    Position,
    Routine,
    Sides,
    Step,
    Tag,
    TimeOfDay,
    Timing,
)
from deskbreak.struct import Struct, fields


class Pause(Struct):
    """The time before a step, and whether the body changes its position in it."""

    seconds: int
    changes_position: bool


def pauses(steps: Sequence[Step], timing: Timing) -> list[Pause]:
    """The pause before each step: first the lead-in, then a transition each."""
    found: list[Pause] = []
    before: Position | None = None
    for step in steps:
        # What also works on the feet is done as one already is.
        now = before if step.exercise.also_standing and before else step.exercise.position
        if before is None:
            found.append(Pause(timing.lead_in_s, changes_position=False))
        else:
            changes = now is not before and {now, before} != {Position.STANDING, Position.WALKING}
            seconds = timing.change_position_s if changes else timing.transition_s
            found.append(Pause(seconds, changes))
        before = now
    return found


def step_s(step: Step, timing: Timing) -> int:
    """How long a step takes, with the pause for switching sides."""
    return step.work_s + (timing.switch_side_s if step.exercise.sides is Sides.EACH else 0)


def total_s(steps: Sequence[Step], timing: Timing) -> int:
    """How long the steps take with all their pauses."""
    work = sum(step_s(step, timing) for step in steps)
    return work + sum(pause.seconds for pause in pauses(steps, timing))


def seconds_by_area(steps: Sequence[Step], timing: Timing) -> dict[Area, float]:
    """The time spent on each area, most first: the first area of a step fully, the others half."""
    seconds: dict[Area, float] = {}
    for step in steps:
        for rank, area in enumerate(step.exercise.areas):
            part = step_s(step, timing) * (0.5 if rank else 1.0)
            seconds[area] = seconds.get(area, 0.0) + part
    return dict(sorted(seconds.items(), key=lambda item: -item[1]))


def derive(head: Head, steps: tuple[Step, ...], timing: Timing) -> Routine:
    """Complete a routine from its steps; there has to be at least one."""
    exercises = [step.exercise for step in steps]
    fixed = {exercise.place for exercise in exercises if not exercise.also_standing}
    gear = {item for exercise in exercises for item in exercise.equipment}
    moving = sum(step_s(step, timing) for step in steps if step.exercise.mode is Mode.DYNAMIC)
    return Routine(
        **{name: getattr(head, name) for name in fields(head)},
        steps=steps,
        total_s=total_s(steps, timing),
        areas=tuple(seconds_by_area(steps, timing)),
        level=max(exercise.level for exercise in exercises),
        places=tuple(sorted(fixed)) or (Place.DESK,),
        standing_ok=all(exercise.on_the_feet for exercise in exercises),
        call_friendly=all(exercise.call_friendly for exercise in exercises),
        dynamic_share=round(moving / sum(step_s(step, timing) for step in steps), 2),
        equipment=tuple(sorted(gear - {Equipment.NONE})),
        avoid_if=tuple(sorted({tag for exercise in exercises for tag in exercise.avoid_if})),
        notes=_notes(exercises),
    )


def alone(exercise: Exercise, timing: Timing) -> Routine:
    """A routine of just this exercise, under the exercise's own id."""
    head = Head(
        id=exercise.id,
        name=exercise.name,
        tagline=exercise.cue,
        focus=exercise.areas[0],
        time_of_day=TimeOfDay.ANY,
        extend_to_s=None,
        sore_day=False,
        own=exercise.own,
        file=exercise.file,
    )
    return derive(head, (Step(exercise, exercise.default_seconds),), timing)


def find(catalogue: Catalogue, ident: str) -> Routine | None:
    """The routine of that id, or a routine of the one exercise of that id; None if neither is."""
    routine, exercise = catalogue.routines.get(ident), catalogue.exercises.get(ident)
    if routine is None and exercise is not None:
        return alone(exercise, catalogue.timing)
    return routine


def _notes(exercises: Sequence[Exercise]) -> tuple[str, ...]:
    """The safety lines by id: space and shoes, the chair, the hand on something solid."""
    places = {exercise.place for exercise in exercises}
    gear = {item for exercise in exercises for item in exercise.equipment}
    on_a_chair = any(
        exercise.position is Position.SEATED and not exercise.also_standing
        for exercise in exercises
    )
    notes = []
    if places & {Place.FLOOR, Place.STAIRS} or gear & {Equipment.STEP, Equipment.STAIRS}:
        notes.append("T8")
    if on_a_chair:
        notes.append("T9")
    if any(Tag.BALANCE in exercise.avoid_if for exercise in exercises):
        notes.append("T11")
    return tuple(notes)
