"""Text on a grid of terminal cells: how wide it is, where it breaks, and how it is emphasised."""

import unicodedata
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Final

from deskbreak.struct import Struct
from deskbreak.text.display import one_line


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


class Span(Struct):
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


HEIGHT: Final = 3
ADVANCE: Final = 1

# Each letter: its width in dots, and its five rows from the top as hexadecimal digits, in which
# the lowest bit is the rightmost dot. The letters of five dots stand below.
_DOTS: Final = {
    "A": (4, "69F99"), "B": (4, "E9E9E"), "C": (4, "78887"), "D": (4, "E999E"),
    "E": (3, "74647"), "F": (3, "74644"), "G": (4, "78B97"), "H": (4, "99F99"),
    "I": (1, "11111"), "J": (3, "11152"), "K": (4, "9ACA9"), "L": (3, "44447"),
    "N": (4, "9DFB9"), "O": (4, "69996"), "P": (4, "E9E88"), "Q": (4, "699A5"),
    "R": (4, "E9EA9"), "S": (4, "7861E"), "T": (3, "72222"), "U": (4, "99996"),
    "X": (3, "55255"), "Y": (3, "55222"), "Z": (4, "F124F"),
    "0": (4, "69996"), "1": (2, "13111"), "2": (4, "E168F"), "3": (4, "E161E"),
    "4": (4, "99F11"), "5": (4, "F8E1E"), "6": (4, "68E96"), "7": (4, "F1244"),
    "8": (4, "69696"), "9": (4, "69716"),
    " ": (2, "00000"), "-": (3, "00700"), "'": (1, "11000"), ":": (1, "01010"),
    ",": (1, "00011"), ".": (1, "00001"), "(": (2, "12221"), ")": (2, "21112"),
}  # fmt: skip
_WIDE: Final = {
    "M": (5, (17, 27, 21, 17, 17)),
    "V": (5, (17, 17, 17, 10, 4)),
    "W": (5, (17, 17, 21, 21, 10)),
}
_ALIKE: Final = {"\u2019": "'", "\u2013": "-", "\u2014": "-", "/": " "}


def big(text: str) -> tuple[str, ...] | None:
    """The text in large letters, as `HEIGHT` rows; None if it has a letter that is not drawn."""
    letters = [_dots(_ALIKE.get(letter, letter)) for letter in text.upper()]
    rows: list[list[str]] = [[] for _ in range(HEIGHT)]
    for letter in letters:
        if letter is None:
            return None
        for row, piece in zip(rows, _blocks(*letter), strict=True):
            row.append(piece)
    return tuple((" " * ADVANCE).join(row) for row in rows)


def big_lines(text: str, columns: int, most: int) -> list[str] | None:
    """The text in large letters, broken between words into at most `most` lines of letters.

    None where it does not fit.
    """
    lines: list[tuple[str, ...]] = []
    words = text.split()
    while words:
        count = len(words)
        drawn = big(" ".join(words))
        while drawn is not None and len(drawn[0]) > columns and count > 1:
            count -= 1
            drawn = big(" ".join(words[:count]))
        if drawn is None or len(drawn[0]) > columns or len(lines) == most:
            return None
        lines.append(drawn)
        words = words[count:]
    return [row for line in lines for row in line]


def _dots(letter: str) -> tuple[int, tuple[int, ...]] | None:
    if letter in _WIDE:
        return _WIDE[letter]
    if letter not in _DOTS:
        return None
    width, rows = _DOTS[letter]
    return width, tuple(int(row, 16) for row in rows)


def _blocks(width: int, rows: tuple[int, ...]) -> Iterator[str]:
    """Two rows of dots become one row of half blocks."""
    padded = (*rows, 0)
    for upper, lower in zip(padded[::2], padded[1::2], strict=True):
        dots = ((upper >> at & 1, lower >> at & 1) for at in reversed(range(width)))
        yield "".join(" \u2584\u2580\u2588"[2 * top + bottom] for top, bottom in dots)
