"""Every text of the catalogue reaches a screen."""

from typing import get_type_hints

import pytest

from deskbreak.cli.routines import exercise_as_json, print_exercise, print_routine
from deskbreak.content.model import Exercise, Routine
from tests.content.builtin import builtin
from tools.catalogue_rules import exercise_texts

_NO_TEXTS = {"id", "file"}


def texts_of(kind: type[Exercise | Routine]) -> set[str]:
    """The fields that hold texts for people."""
    found = {name for name, hint in get_type_hints(kind).items() if hint in (str, tuple[str, ...])}
    return found - _NO_TEXTS


def test_the_wording_is_checked_of_every_text_there_is() -> None:
    every = builtin().exercises.values()
    checked = {key.partition("[")[0] for one in every for key in exercise_texts(one)}
    assert checked == texts_of(Exercise)


@pytest.mark.parametrize("exercise", builtin().exercises.values(), ids=lambda one: one.id)
def test_every_text_of_an_exercise_is_shown(
    exercise: Exercise, capsys: pytest.CaptureFixture[str]
) -> None:
    print_exercise(exercise, 30)
    shown = capsys.readouterr().out
    missing = {key: text for key, text in exercise_texts(exercise).items() if text not in shown}
    assert not missing
    assert texts_of(Exercise) <= set(exercise_as_json(exercise))


@pytest.mark.parametrize("routine", builtin().routines.values(), ids=lambda one: one.id)
def test_every_text_of_a_routine_is_shown(
    routine: Routine, capsys: pytest.CaptureFixture[str]
) -> None:
    print_routine(routine)
    shown = capsys.readouterr().out
    assert texts_of(Routine) == {"name", "tagline", "notes"}
    assert {text for text in (routine.name, routine.tagline) if text not in shown} == set()
    assert [step.exercise.name in shown for step in routine.steps].count(False) == 0
