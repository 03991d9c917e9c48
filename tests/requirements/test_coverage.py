"""Every movement that the articles name can be met in a routine that is really offered."""

import re
from pathlib import Path

import pytest

from deskbreak.content.model import Place
from deskbreak.core.chooser import Context, Profile, choose, walk_allowed
from tests.content.builtin import builtin

CATALOGUE = builtin()
PAGE = (Path(__file__).parents[2] / "docs" / "requirements.md").read_text("utf-8")
MOVEMENTS = re.findall(r"^\| (\d+) \| (.+?) \| S\d.*? \| (.+) \|$", PAGE, re.MULTILINE)
FOCI = {routine.focus for routine in CATALOGUE.routines.values()}


def offered() -> set[str]:
    """The exercises of what `choose` suggests to people of all levels and interests."""
    routines: set[str] = set()
    for level in (1, 2, 3):
        for focus in FOCI:
            only = {str(area): 0.0 for area in FOCI if area is not focus}
            profile = Profile(places=frozenset(Place), level=level, weights=only)
            history: list[str] = []
            while len(history) < 15 and (next_ := choose(CATALOGUE, profile, Context(), history)):
                history.append(next_.id)
            routines.update(history)
    assert walk_allowed(CATALOGUE, Profile(), Context())
    steps = (step for ident in routines for step in CATALOGUE.routines[ident].steps)
    return {step.exercise.id for step in steps} | {"easy_walk"}


OFFERED = offered()


def test_all_of_them_are_listed() -> None:
    assert [int(number) for number, _, _ in MOVEMENTS] == list(range(1, 70))


@pytest.mark.parametrize(("number", "name", "ours"), MOVEMENTS)
def test_a_movement_is_offered_or_it_is_said_why_not(number: str, name: str, ours: str) -> None:
    exercises = re.findall(r"`(\w+)`", ours)
    assert set(exercises) <= OFFERED, (name, set(exercises) - OFFERED)
    assert exercises or ours.startswith(("left out: ", "the routines themselves"))


def test_nothing_is_in_the_catalogue_that_nobody_is_offered() -> None:
    assert set(CATALOGUE.exercises) == OFFERED
