"""Text on a grid of terminal cells: how wide it is, where it breaks, and how it is emphasised."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from deskbreak.text import one_line


class Ink(Enum):
    """How a piece of text looks: the attributes, and the colour where colours are wanted.

    Yellow and cyan cannot be read on a white ground, blue not on a black one.
    """

    PLAIN = ("", "")
    STRONG = ("1", "")
    NAME = ("1", "32")
    SIDE = ("1", "35")
    BAR = ("", "32")
    QUIET = ("2", "")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line."""

    text: str
    ink: Ink = Ink.PLAIN


Line = tuple[Span, ...]


def line(text: str, ink: Ink = Ink.PLAIN) -> Line:
    """A line of one piece."""
    return (Span(text, ink),)


def width(text: str) -> int:
    """The number of cells that a text takes."""
    if text.isascii():
        return len(text)
    return sum(_cells(letter) for letter in text)


def line_width(spans: Line) -> int:
    """The number of cells that a line takes."""
    return sum(width(span.text) for span in spans)


def wrapped(text: str, columns: int) -> list[str]:
    """The text broken between words; a word that is too long is broken where it has to be."""
    lines, here = [], ""
    for word in text.split():
        rest = word
        if here and width(here) + 1 + width(rest) <= columns:
            here += " " + rest
            continue
        if here:
            lines.append(here)
        while width(rest) > columns:
            head = clipped(rest, columns) or rest[0]
            lines.append(head)
            rest = rest[len(head) :]
        here = rest
    return [*lines, here] if here else lines


def clipped(text: str, columns: int) -> str:
    """The beginning of the text that fits."""
    if width(text) <= columns:
        return text
    taken = 0
    for at, letter in enumerate(text):
        taken += _cells(letter)
        if taken > columns:
            return text[:at]
    return text


def clipped_line(spans: Line, columns: int) -> Line:
    """The beginning of the line that fits."""
    kept: list[Span] = []
    for span in spans:
        left = columns - line_width(tuple(kept))
        if left <= 0:
            break
        kept.append(Span(clipped(span.text, left), span.ink))
    return tuple(kept)


def styled(spans: Iterable[Span], *, colour: bool) -> str:
    """The line as a terminal takes it."""
    pieces = []
    for span in spans:
        attributes, shade = span.ink.value
        text = one_line(span.text)
        codes = ";".join(code for code in (attributes, shade if colour else "") if code)
        pieces.append(f"\x1b[{codes}m{text}\x1b[0m" if codes else text)
    return "".join(pieces)


def _cells(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
