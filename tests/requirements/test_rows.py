"""Rows of docs/requirements.md that no other test holds; each is named by its row."""
# ruff: noqa: N802 - for the rows have capital letters

import ast
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskbreak.content.model import Equipment, Kind, Place
from deskbreak.content.safety import GUIDE_LINE, LONGER_PAIN, RECENT_PAIN, SKIPPED, by_id
from deskbreak.core.chooser import Profile, profile_from
from deskbreak.core.enums import Feedback
from deskbreak.core.progress import Play, level_up_due, lowered
from deskbreak.settings.model import Settings
from deskbreak.text import player as phrases
from tests.content.builtin import FOLDER, builtin
from tools.catalogue_rules import exercise_texts, unkind_word

ROOT = Path(__file__).parents[2]
CATALOGUE = builtin()
EXERCISES = list(CATALOGUE.exercises.values())
ROUTINES = list(CATALOGUE.routines.values())
SHOWING = ("windows", "text/prompts.py", "text/tray.py", "content/safety.py")
"""Where the strings are that people see."""


def catalogue_texts() -> Iterator[str]:
    for exercise in EXERCISES:
        yield from exercise_texts(exercise).values()
    for routine in ROUTINES:
        yield from (routine.name, routine.tagline)


def strings(path: Path) -> Iterator[str]:
    """The sentences in a module that are not its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    alone = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


def shown_strings() -> Iterator[str]:
    for place in SHOWING:
        path = ROOT / "deskbreak" / place
        for file in [path] if path.is_file() else path.rglob("*.py"):
            yield from (text for text in strings(file) if " " in text)


def test_R07_standing_needs_no_chair_and_no_mat() -> None:
    standing = [routine for routine in ROUTINES if routine.standing_ok]
    assert len(standing) >= 10
    for routine in standing:
        for step in routine.steps:
            exercise = step.exercise
            assert exercise.place is not Place.FLOOR
            assert Equipment.MAT not in exercise.equipment
            assert exercise.place is not Place.DESK or exercise.also_standing


def test_R11_no_string_of_the_program_frightens_anybody() -> None:
    exempt = {by_id()["T2"], by_id()["T7"]}
    texts = set(shown_strings()) - exempt
    assert len(texts) > 150
    assert {text for text in texts if unkind_word(text)} == set()


def test_R12_everybody_begins_at_level_1() -> None:
    assert Profile().level == 1
    assert profile_from(Settings().routines).level == 1


def test_R13_declining_is_neutral() -> None:
    assert phrases.farewell(0.0) == phrases.farewell(0.3) == SKIPPED
    blaming = re.compile(r"\b(streak|missed|failed|should|only \d|lost|again!)", re.IGNORECASE)
    offered = re.compile(r"^The break I missed|^--missed$|^missed$")  # in the person's own words
    found = [text for text in shown_strings() if blaming.search(text)]
    assert [text for text in found if not offered.search(text)] == []


def test_R17_nothing_steps_up_by_itself() -> None:
    start = datetime(2026, 3, 2, 10, tzinfo=UTC).timestamp()
    days = [start + 86400.0 * number for number in range(40)]
    played = [Play("desk-hips", day, 1.0, Feedback.TOO_EASY) for day in days]
    assert level_up_due(played, 1, UTC)  # which is only a question
    assert lowered(played, CATALOGUE, 2) == {}  # feedback changes levels in one direction: down
    hurt = [Play("desk-hips", start, 1.0, Feedback.IT_HURT, "seated_march")]
    assert set(lowered(hurt, CATALOGUE, 2).values()) == {1}


def test_R24_nobody_is_sent_to_bed() -> None:
    texts = [*catalogue_texts(), *by_id().values(), *shown_strings()]
    assert [text for text in texts if re.search(r"\b(bed|bed rest|lie down)\b", text, re.I)] == []


@pytest.mark.parametrize(
    ("exercise", "degrees"),
    [("standing_back_extension", 25), ("prone_chest_lift", 25), ("prone_press_up", 35)],
)
def test_R25_the_back_never_bends_further_than_it_may(exercise: str, degrees: int) -> None:
    table = tomllib.loads((FOLDER / "poses" / f"{exercise}.toml").read_text("utf-8"))
    assert 0 < table["max_extension"] <= degrees  # which is verified in every frame of the figure
    text = " ".join(exercise_texts(CATALOGUE.exercises[exercise]).values()).lower()
    assert re.search(r"stop|early|small|low|only as far|easy", text)


def test_R29_the_readme_says_it_too() -> None:
    words = " ".join((ROOT / "README.md").read_text("utf-8").split())
    assert by_id()["T1"] in words


def test_R33_floor_step_and_stairs_ask_for_room() -> None:
    needing = {Equipment.MAT, Equipment.STEP, Equipment.STAIRS}
    for routine in ROUTINES:
        gear = {item for step in routine.steps for item in step.exercise.equipment}
        assert ("T8" in routine.notes) == bool(gear & needing)
    assert all(word in by_id()["T8"] for word in ("room", "handrail", "shoes"))


def test_R34_no_reminder_that_was_not_asked_for() -> None:
    assert Settings().reminder == ()


def test_R41_every_routine_says_what_for_and_every_exercise_has_a_cue() -> None:
    assert all(routine.tagline.count("\n") == 0 and routine.tagline for routine in ROUTINES)
    assert all(exercise.cue for exercise in EXERCISES)


def test_R42_stretches_mobility_and_strength_are_told_apart() -> None:
    for kind in (Kind.STRETCH, Kind.MOBILITY, Kind.STRENGTH):
        assert sum(exercise.kind is kind for exercise in EXERCISES) >= 10


def test_R43_no_text_proves_itself_with_numbers() -> None:
    texts = [*catalogue_texts(), *by_id().values(), *shown_strings()]
    claims = re.compile(r"\d\s?%|\bper ?cent\b|\bstudies (show|prove)|\bproven\b", re.IGNORECASE)
    assert [text for text in texts if claims.search(text)] == []


def test_R45_no_text_explains_pain_by_its_causes() -> None:
    assert RECENT_PAIN != LONGER_PAIN
    stories = re.compile(
        r"\bposture\b.*\bpain|pain.*\b(because|caused|comes from)\b"
        r"|\b(tight|short|shortened|inactive) (muscle|hip|hamstring|flexor|back|glute)s?\b"
        r"|\b(imbalance\w*|misalign\w*|crossed syndrome|trigger points?)\b",
        re.IGNORECASE,
    )
    texts = [*catalogue_texts(), *by_id().values(), GUIDE_LINE]
    assert [text for text in texts if stories.search(text)] == []
