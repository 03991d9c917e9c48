"""Letters that can be read from a mat two metres away: three rows of half blocks each."""

from collections.abc import Iterator
from typing import Final

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
