"""Text on a grid of cells, and large letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.windows.terminal.cells import (
    HEIGHT,
    Ink,
    Span,
    big,
    big_lines,
    clipped,
    styled,
    width,
    wrapped,
)
from tests.content.builtin import builtin
from tests.text.test_display import EVIL, harmless


@pytest.mark.parametrize(
    ("text", "cells"), [("abc", 3), ("", 0), ("\u6bce\u65e5", 4), ("e\u0301", 1), ("caf\u00e9", 4)]
)
def test_how_wide_a_text_is(text: str, cells: int) -> None:
    assert width(text) == cells


@given(st.text(max_size=100), st.integers(2, 40))
def test_wrapping_loses_nothing_and_fits(text: str, columns: int) -> None:
    lines = wrapped(text, columns)
    assert all(width(one) <= columns for one in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text(max_size=50), st.integers(0, 40))
def test_clipping_keeps_the_beginning(text: str, columns: int) -> None:
    kept = clipped(text, columns)
    assert text.startswith(kept)
    assert width(kept) <= columns


def test_emphasis_stays_where_colours_are_not_wanted() -> None:
    spans = (Span("a", Ink.SIDE), Span("b"), Span("c", Ink.BAR))
    assert styled(spans, colour=True) == "\x1b[1;35ma\x1b[0mb\x1b[32mc\x1b[0m"
    assert styled(spans, colour=False) == "\x1b[1ma\x1b[0mbc"


def test_a_name_does_nothing_to_the_terminal() -> None:
    drawn = styled((Span(f"{EVIL}a", Ink.NAME), Span(EVIL)), colour=True)
    assert drawn.startswith("\x1b[1;32m")
    assert harmless(drawn.replace("\x1b[1;32m", "", 1).replace("\x1b[0m", "", 1))


def test_every_name_of_the_catalogue_can_be_written_large() -> None:
    names = {exercise.name for exercise in builtin().exercises.values()}
    assert [name for name in names if big(name) is None] == []


def test_large_letters_have_the_same_width_in_every_row() -> None:
    drawn = big("Quick wizard-like (jump): 0123456789, vex")
    assert drawn is None or len({len(row) for row in drawn}) == 1
    rows = big("Hips 24")
    assert rows
    assert len(rows) == HEIGHT
    assert len({len(row) for row in rows}) == 1
    assert set("".join(rows)) <= set(" \u2580\u2584\u2588")


def test_large_letters_are_told_apart() -> None:
    letters = "ABCDEFGHIKLMNOPQRSTUVWXYZ123456789"
    assert len({big(letter) for letter in letters}) == len(letters)


def test_large_lines_break_between_words_or_not_at_all() -> None:
    lines = big_lines("Standing march", 40, 2)
    assert lines
    assert len(lines) == 2 * HEIGHT
    assert all(len(row) <= 40 for row in lines)
    assert big_lines("Standing march", 10, 2) is None
    assert big_lines("Standing march and more and more", 40, 2) is None
    assert big_lines("Stra\u00dfe \u6bce", 80, 2) is None
