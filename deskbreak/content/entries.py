"""One table of a file -> one exercise, one routine, or problems."""

from collections.abc import Mapping
from typing import Any

from deskbreak.content.derive import derive, total_s
from deskbreak.content.fields import Fields, Reading, nearest, shown
from deskbreak.content.model import (
    Area,
    Equipment,
    Exercise,
    Head,
    Kind,
    Mode,
    Origin,
    Phase,
    Place,
    Position,
    Routine,
    Sides,
    Step,
    Tag,
    TimeOfDay,
    Timing,
)

HOLD_S = (10, 30)
OWN_ROUTINE_S = (20, 15 * 60)
_STEP_KEYS = ("exercise", "side", "seconds")


def read_timing(reading: Reading, data: Mapping[str, Any]) -> Timing:
    """The pauses; the usual ones where the table cannot be used."""
    fields = Fields(reading, "timing", None, data)
    timing = Timing(
        lead_in_s=fields.whole("lead_in_s", 1, 30),
        transition_s=fields.whole("transition_s", 1, 30),
        change_position_s=fields.whole("change_position_s", 1, 30),
        switch_side_s=fields.whole("switch_side_s", 1, 30),
    )
    return timing if fields.finished() else Timing()


def read_exercise(reading: Reading, index: int, data: Mapping[str, Any]) -> Exercise | None:
    """One exercise; None if it has a problem. Its figure has a file of its own."""
    fields = Fields(reading, "exercise", index, data)
    exercise = Exercise(
        id=fields.ident(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", "chin_tuck"),
        name=fields.text("name"),
        aliases=fields.texts("aliases", 0, 12, optional=True),
        origin=fields.word("origin", Origin, Origin.OWN if reading.own else None),
        seeds=fields.wholes("seeds", 0, 99),
        areas=fields.words("areas", Area, least=1),
        kind=fields.word("kind", Kind),
        mode=fields.word("mode", Mode),
        position=fields.word("position", Position),
        place=fields.word("place", Place),
        equipment=fields.words("equipment", Equipment, least=1),
        level=fields.whole("level", 1, 3),
        phase=fields.word("phase", Phase),
        sides=fields.word("sides", Sides),
        steps=fields.texts("steps", 3, 4),
        cue=fields.text("cue"),
        breathing=fields.text("breathing"),
        mistakes=fields.texts("mistakes", 0, 6, optional=True),
        easier=fields.text("easier"),
        harder=fields.text("harder"),
        avoid_if=fields.words("avoid_if", Tag),
        loads=fields.words("loads", Area),
        call_friendly=fields.flag("call_friendly", False if reading.own else None),
        office_clothes=fields.flag("office_clothes", True if reading.own else None),
        also_standing=fields.flag("also_standing", False if reading.own else None),
        default_seconds=fields.whole("default_seconds", 1, 900),
        reps=fields.whole_or_none("reps", 1, 60),
        tempo=fields.parsed("tempo", _tempo, 'seconds out-hold-back such as "2-0-2"'),
        hold_s=fields.whole_or_none("hold_s", *HOLD_S),
        moves=fields.texts("moves", 2, 2) if "moves" in data else (),
        own=reading.own,
        file=reading.file,
    )
    _check_dose(fields, exercise)
    if not fields.finished(also=("pose",)):
        return None
    if "pose" in data:  # a picture of the first drafts: passed over, so the exercise is still good
        allowed = f"no such table, but a file poses/{exercise.id}.toml beside this one"
        spot = ("exercise", index, "pose")
        reading.refuse(spot, f"{fields.name}: pose", "a picture that is not drawn", allowed)
    return exercise


def read_routine(
    reading: Reading,
    index: int,
    data: Mapping[str, Any],
    exercises: Mapping[str, Exercise],
    timing: Timing,
) -> Routine | None:
    """One routine; None if it, or an exercise it needs, has a problem."""
    fields = Fields(reading, "routine", index, data)
    head = Head(
        id=fields.ident(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "stand-hips"),
        name=fields.text("name"),
        tagline=fields.text("tagline", "" if reading.own else None),
        focus=fields.word("focus", Area),
        time_of_day=fields.word("time_of_day", TimeOfDay, TimeOfDay.ANY),
        extend_to_s=fields.whole_or_none("extend_to_s", 60, OWN_ROUTINE_S[1]),
        sore_day=fields.flag("sore_day", False),
        own=reading.own,
        file=reading.file,
    )
    steps = _read_steps(fields, exercises)
    expected = fields.whole_or_none("expected_total_s", *OWN_ROUTINE_S)
    if steps:
        _check_length(fields, steps, total_s(steps, timing), expected, head.extend_to_s)
    return derive(head, steps, timing) if fields.finished(also=("steps",)) and steps else None


def _tempo(text: str) -> tuple[int, int, int]:
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(text)
    out, hold, back = (int(part) for part in parts)
    if not 1 <= out + hold + back <= 60:
        raise ValueError(text)
    return out, hold, back


def _check_dose(fields: Fields, exercise: Exercise) -> None:
    """A walk has a length and nothing else; a hold or a tempo comes with repetitions."""
    if exercise.kind is Kind.STRETCH and exercise.mode is not Mode.STATIC:
        fields.refuse("mode", shown(str(exercise.mode)), "static for a stretch")
    if exercise.kind is Kind.WALK:
        wanted: tuple[str, ...] = ()
    elif exercise.mode is Mode.STATIC:
        wanted = ("hold_s", "reps")
    else:
        wanted = ("tempo", "reps")
    what = f"for a {exercise.mode} {exercise.kind} exercise"
    for key in ("hold_s", "tempo", "reps"):
        if key in wanted and key not in fields.data:
            fields.refuse(key, "nothing", f"a value, {what}")
        if key not in wanted and key in fields.data:
            fields.refuse(key, shown(fields.data[key]), f"nothing, {what}")
    if exercise.moves and "tempo" not in wanted:
        fields.refuse("moves", shown(fields.data["moves"]), f"nothing, {what}")


def _read_steps(fields: Fields, exercises: Mapping[str, Exercise]) -> tuple[Step, ...]:
    given = fields.data.get("steps")
    if not isinstance(given, list) or not 1 <= len(given) <= 40:
        found = shown(given) if "steps" in fields.data else "nothing"
        fields.refuse("steps", found, "a list of 1 to 40 steps")
        return ()
    steps = [_read_step(fields, item, step, exercises) for item, step in enumerate(given)]
    return tuple(step for step in steps if step) if all(steps) else ()


def _read_step(
    fields: Fields, item: int, given: object, exercises: Mapping[str, Exercise]
) -> Step | None:
    if not isinstance(given, dict):
        fields.refuse("steps", shown(given), '{ exercise = "...", seconds = ... }', item)
        return None
    for key in given:
        if key not in _STEP_KEYS:
            fields.refuse("steps", f"an unknown key {shown(key)}", ", ".join(_STEP_KEYS), item)
    named = given.get("exercise")
    exercise = exercises.get(named) if isinstance(named, str) else None
    if exercise is None:
        close = nearest(named, exercises) if isinstance(named, str) else "the id of an exercise"
        fields.refuse("steps", f"the exercise {shown(named)}", close, item)
        return None
    side = given.get("side", None if not fields.reading.own else exercise.sides)
    if side != exercise.sides:
        allowed = f'"{exercise.sides}" for {exercise.id}'
        fields.refuse("steps", f"the side {shown(side)}", allowed, item)
    seconds: Any = given.get("seconds")
    why = _seconds_refused(exercise, seconds)
    if why:
        fields.refuse("steps", f"the seconds {shown(seconds)}", why, item)
        return None
    return Step(exercise, int(seconds))


def _seconds_refused(exercise: Exercise, seconds: Any) -> str:
    """What would be allowed instead; empty where the seconds can be used."""
    if not isinstance(seconds, int) or isinstance(seconds, bool) or not 1 <= seconds <= 900:
        return "a whole number from 1 to 900"
    if exercise.rep_s:
        pair = 2 if exercise.sides is Sides.ALTERNATE else 1
        unit = exercise.rep_s * pair
        least = unit if pair == 2 else unit * 2
        if seconds % unit or seconds < least:
            what = "pairs of repetitions" if pair == 2 else "repetitions"
            return f"whole {what}: {least}, {least + unit}, {least + 2 * unit} ... s"
    return ""


def _check_length(
    fields: Fields,
    steps: tuple[Step, ...],
    length: int,
    expected: int | None,
    extend_to_s: int | None,
) -> None:
    """Only a walk at the end can go on for longer; everything else has a dose."""
    allowed = f"{length}, the sum of steps and pauses"
    if "expected_total_s" not in fields.data and not fields.reading.own:
        fields.refuse("expected_total_s", "nothing", allowed)
    if expected not in (None, length):
        fields.refuse("expected_total_s", str(expected), allowed)
    low, high = OWN_ROUTINE_S
    if not low <= length <= high:
        fields.refuse("steps", f"{length} s in all", f"{low} s to {high // 60} min")
    if extend_to_s is not None and steps[-1].exercise.kind is not Kind.WALK:
        fields.refuse("extend_to_s", str(extend_to_s), "nothing, unless the last step is a walk")
    elif extend_to_s is not None and extend_to_s <= length:
        fields.refuse("extend_to_s", str(extend_to_s), f"more than the {length} s of the steps")
