"""The page of requirements names tests that are there, for every row."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "requirements.md").read_text("utf-8")
ROWS = re.findall(r"^\| (R\d\d) \| .+? \| (.+) \|$", PAGE, re.MULTILINE)
ELSEWHERE = {"R18", "R31"}


def test_every_row_has_its_place() -> None:
    rows = {f"R{number:02}" for number in range(7, 47)} - ELSEWHERE
    assert {row for row, _ in ROWS} == rows
    assert all(row in PAGE for row in ELSEWHERE)


@pytest.mark.parametrize(("row", "tests"), ROWS)
def test_the_tests_of_a_row_are_there(row: str, tests: str) -> None:
    named = re.findall(r"`(tests/\S+\.py)::(\S+)`", tests)
    assert named
    for file, name in named:
        text = (ROOT / file).read_text("utf-8")
        assert name == "*" or f"def {name}(" in text, (row, file, name)
