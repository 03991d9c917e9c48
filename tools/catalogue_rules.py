"""The rules that the built-in catalogue keeps, beyond what loading already refuses.

They hold the two-minute form, the order inside a routine, the dosage and the wording. Own
routines may break them.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from deskbreak.content.entries import HOLD_S
from deskbreak.content.model import (
    Area,
    Catalogue,
    Equipment,
    Exercise,
    Kind,
    Mode,
    Phase,
    Place,
    Routine,
    Step,
)
from deskbreak.settings.lines import Lines
from deskbreak.settings.problems import Problem

SHORTEST_S, LONGEST_S = 110, 130
"""The two-minute form."""

UNKIND = re.compile(
    r"\b(weak|weakness|damage[ds]?|danger(ous)?|injur\w*|wrong|bad|fail\w*|must|never|fragile"
    r"|harm\w*|fix|worn|degenerat\w*|crumbl\w*|lazy|should have)\b",
    re.IGNORECASE,
)
"""Words that no shown text has, T2 and T7 excepted: fear of movement is part of the trouble."""


def check(catalogue: Catalogue) -> list[Problem]:
    """Every rule that the catalogue's own (built-in) entries break."""
    found: list[Problem] = []
    for exercise in catalogue.exercises.values():
        if not exercise.own:
            found += _placed("exercise", exercise, [*_dose(exercise), *_gear(exercise)])
            found += _placed("exercise", exercise, _wording(exercise_texts(exercise)))
    for routine in catalogue.routines.values():
        if not routine.own:
            found += _placed("routine", routine, [*_form(routine), *_focus(routine)])
            found += _placed("routine", routine, _wording({"name": routine.name}))
            found += _placed("routine", routine, _wording({"tagline": routine.tagline}))
    return found + _unused(catalogue)


def unkind_word(text: str) -> str | None:
    """The first word of a text that should not be shown to people; None if there is none."""
    match = UNKIND.search(text)
    return match.group() if match else None


def exercise_texts(exercise: Exercise) -> dict[str, str]:
    """Every text of an exercise that may be shown, by its key."""
    texts = {
        "name": exercise.name,
        "cue": exercise.cue,
        "breathing": exercise.breathing,
        "easier": exercise.easier,
        "harder": exercise.harder,
    }
    for key, lines in (
        ("aliases", exercise.aliases),
        ("steps", exercise.steps),
        ("mistakes", exercise.mistakes),
        ("moves", exercise.moves),
    ):
        texts |= {f"{key}[{number}]": line for number, line in enumerate(lines, 1)}
    return texts


Finding = tuple[str, str, str]
"""The key, what was found, what is allowed."""


def _form(routine: Routine) -> Iterator[Finding]:
    if not SHORTEST_S <= routine.total_s <= LONGEST_S:
        allowed = f"{SHORTEST_S} to {LONGEST_S} s"
        yield "expected_total_s", f"{routine.total_s} s", allowed
    if routine.steps[0].exercise.level > 1:
        yield "steps", "a first step above level 1", "a gentle first step"
    if not phase_order_holds(routine.steps):
        yield "steps", "phases that go backwards", "align, stabilise, maintain"
    for step in routine.steps:
        if not _hold_fits(step):
            found = f"{step.seconds} s of {step.exercise.id}"
            yield "steps", found, f"{HOLD_S[0]} to {HOLD_S[1]} s for each hold"


def phase_order_holds(steps: Sequence[Step]) -> bool:
    """Whether the phases never go backwards; eyes and breath may stand anywhere."""
    order = list(Phase)
    phases = [
        order.index(step.exercise.phase)
        for step in steps
        if step.exercise.kind not in (Kind.EYES, Kind.BREATH)
    ]
    return phases == sorted(phases)


def _hold_fits(step: Step) -> bool:
    if step.exercise.mode is not Mode.STATIC:
        return True
    return HOLD_S[0] <= step.seconds / (step.exercise.reps or 1) <= HOLD_S[1]


def _focus(routine: Routine) -> Iterator[Finding]:
    if routine.focus is Area.WHOLE_BODY and Area.WHOLE_BODY not in routine.areas:
        if len(routine.areas) < 5:
            yield "focus", f"{len(routine.areas)} areas", "five areas for the whole body"
    elif routine.focus not in routine.areas[:3]:
        yield "focus", routine.focus, f"one of {', '.join(routine.areas[:3])}"


def _dose(exercise: Exercise) -> Iterator[Finding]:
    if exercise.kind is Kind.WALK:
        return
    one = exercise.rep_s or exercise.hold_s or 0
    dose = one * (exercise.reps or 0)
    if exercise.default_seconds != dose:
        yield "default_seconds", str(exercise.default_seconds), f"{dose}, what the dose adds up to"


def _gear(exercise: Exercise) -> Iterator[Finding]:
    gear = set(exercise.equipment)
    if (exercise.place is Place.FLOOR) != (Equipment.MAT in gear):
        yield "equipment", ", ".join(exercise.equipment), "a mat on the floor, and only there"
    if exercise.place is Place.STAIRS and not {Equipment.STAIRS, Equipment.HANDRAIL} <= gear:
        yield "equipment", ", ".join(exercise.equipment), "stairs with a handrail"
    if Equipment.NONE in gear and len(gear) > 1:
        yield "equipment", ", ".join(exercise.equipment), "none by itself"


def _wording(texts: dict[str, str]) -> Iterator[Finding]:
    for key, text in texts.items():
        word = unkind_word(text)
        if word:
            yield key, f"the word {word!r}", "kind words that frighten nobody"


def _unused(catalogue: Catalogue) -> list[Problem]:
    used = {s.exercise.id for routine in catalogue.routines.values() for s in routine.steps}
    unused: list[Problem] = []
    for exercise in catalogue.exercises.values():
        if exercise.id not in used and not exercise.own:
            finding = ("", "an exercise of no routine", "at least one routine with it")
            unused += _placed("exercise", exercise, [finding])
    return unused


def _placed(
    table: str, entry: Exercise | Routine, findings: Iterator[Finding] | list[Finding]
) -> list[Problem]:
    return [
        Problem(
            str(entry.file),
            line_of(entry.file, table, entry.id, key.partition("[")[0]),
            f"{table} {entry.id}: {key}" if key else f"{table} {entry.id}",
            found,
            allowed,
        )
        for key, found, allowed in findings
    ]


def line_of(file: Path, table: str, ident: str, key: str = "") -> int | None:
    """The line of an entry, or of a key in it, as its file is now; None if it is not there."""
    try:
        text = file.read_text("utf-8")
        entries = tomllib.loads(text).get(table, [])
    except (OSError, ValueError, RecursionError):
        return None
    for index, entry in enumerate(entries):
        if entry.get("id") == ident:
            return Lines(text).of((table, index, key))
    return None
