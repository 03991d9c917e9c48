"""The guide screen: a frame of a run -> the lines of a terminal of any size. Pure.

What does not fit is left out, from the least needed; the name, the countdown and the stop line
are the last to go.
"""

from collections.abc import Callable, Iterator, Sequence
from math import ceil

from deskbreak.content.playback import Frame, Part
from deskbreak.content.safety import GUIDE_LINE
from deskbreak.struct import Struct
from deskbreak.text import player as phrases
from deskbreak.windows.terminal.cells import (
    Ink,
    Line,
    Span,
    big,
    big_lines,
    clipped_line,
    line,
    line_width,
    width,
    wrapped,
)

WIDEST = 84
_WIDEST_WITH_FIGURE = 160
_NARROWEST_BESIDE = 34
_KEYS = (("\u2190", "back"), ("\u2192", "skip"), ("e", "easier"), ("q", "end"))
_THICK = ("#.", "\u2588\u2591")
_THIN = ("=-", "\u2501\u2500")
_ASCII_KEYS = {"\u2190": "b", "\u2192": "s"}


Draw = Callable[[int, int], list[str]]
"""Draws the figure on so many columns and rows."""


class Size(Struct):
    """A terminal's size in cells, and whether it shows more than ASCII."""

    columns: int
    rows: int
    unicode: bool = True


class _Block(Struct):
    """Lines that come and go together; the highest rank goes first, rank 0 stays."""

    rank: int
    lines: Sequence[Line]


class _Layout(Struct):
    name_big: bool
    digits_big: bool
    airy: bool


class _Scene(Struct):
    """What is shown, and on how many columns."""

    frame: Frame
    title: str
    notes: Sequence[str]
    columns: int
    unicode: bool


_LAYOUTS = (
    _Layout(name_big=True, digits_big=True, airy=True),
    _Layout(name_big=True, digits_big=True, airy=False),
    _Layout(name_big=False, digits_big=True, airy=True),
    _Layout(name_big=False, digits_big=True, airy=False),
    _Layout(name_big=False, digits_big=False, airy=False),
)


def guide(
    frame: Frame, title: str, notes: Sequence[str], size: Size, draw: Draw | None = None
) -> list[Line]:
    """The screen of one moment, exactly as many lines as there are rows.

    `draw` draws the figure, which stands beside the text where there is room for both.
    """
    with_figure = draw is not None and size.unicode and size.columns >= 60 and size.rows >= 24
    margin = 0 if size.columns < 44 else 2
    whole = min(size.columns - 2 * margin, _WIDEST_WITH_FIGURE if with_figure else WIDEST)
    columns = max(_NARROWEST_BESIDE, min(whole * 11 // 20, WIDEST)) if with_figure else whole
    footer = _footer(whole, size, paused=frame.paused)
    scene = _Scene(frame, title, notes, columns, size.unicode)
    body: list[_Block] = []
    for layout in _LAYOUTS:
        body = list(_body(scene, layout))
        if _rows(body) + _rows(footer) <= size.rows:
            break
    body, footer = _fitting(body, footer, size.rows)
    above = [one for block in body for one in block.lines]
    below = [one for block in footer for one in block.lines]
    above += [()] * (size.rows - len(above) - len(below))
    if draw is not None and with_figure:
        above = _beside(above, columns, draw(whole - columns - 1, len(above)))
    lines = [*above, *below][: size.rows]
    return [_indented(one, margin, size.columns) for one in lines]


def _beside(text: list[Line], columns: int, figure: list[str]) -> list[Line]:
    """The text with the figure at its right."""
    return [
        (*one, Span(" " * (columns - line_width(one) + 1)), Span(row))
        for one, row in zip(text, figure, strict=True)
    ]


def bar(share: float, columns: int, marks: str) -> str:
    """A bar of which `share` (0 to 1) is full; `marks` are its full and its empty cell."""
    full = round(max(0.0, min(1.0, share)) * columns)
    return marks[0] * full + marks[1] * (columns - full)


def _body(scene: _Scene, layout: _Layout) -> Iterator[_Block]:
    frame, columns = scene.frame, scene.columns
    air = _Block(9, [()] if layout.airy else [])
    yield _Block(4, [_header(scene.title, phrases.place(frame), columns)])
    yield _Block(8, [line(bar(frame.progress, columns, _THIN[scene.unicode]), Ink.QUIET)])
    yield air
    yield _Block(0, _name(frame.exercise.name, columns, big=layout.name_big and scene.unicode))
    yield air
    yield _Block(0, _countdown(scene, big_digits=layout.digits_big))
    yield air
    exercise = frame.exercise
    yield _Block(1, _text(exercise.cue, columns, Ink.STRONG))
    yield _Block(7, [one for step in exercise.steps for one in _item(step, scene)])
    if aside := phrases.aside(frame):
        yield _Block(5, _text(aside, columns))
    if frame.easier:
        yield _Block(2, _text(f"Easier: {exercise.easier}", columns, Ink.SIDE))
    if frame.segment.part is Part.LEAD_IN:
        for note in scene.notes:
            yield _Block(1, _text(note, columns))
    else:
        yield _Block(3, _text(phrases.following(frame), columns))


def _footer(columns: int, size: Size, *, paused: bool) -> list[_Block]:
    keys = [(key if size.unicode else _ASCII_KEYS.get(key, key), what) for key, what in _KEYS]
    pieces = ["space go on" if paused else "space pause"]
    pieces += [f"{key} {what}" for key, what in keys]
    gap = "   " if width("   ".join(pieces)) <= columns else " "
    stop = [line(text, Ink.QUIET) for text in wrapped(GUIDE_LINE, columns)]
    return [_Block(4, [line(gap.join(pieces))]), _Block(0, stop)]


def _header(title: str, place: str, columns: int) -> Line:
    left = clipped_line(line(title), max(0, columns - width(place) - 2))
    gap = columns - line_width(left) - width(place)
    return (*left, Span(" " * max(1, gap)), Span(place, Ink.QUIET))


def _name(name: str, columns: int, *, big: bool) -> list[Line]:
    rows = big_lines(name, columns, 2) if big else None
    return [line(row, Ink.NAME) for row in rows or wrapped(name, columns)]


def _countdown(scene: _Scene, *, big_digits: bool) -> list[Line]:
    frame, columns = scene.frame, scene.columns
    left = str(ceil(frame.left_s))
    done = frame.passed_s / frame.segment.length_s
    head, count = phrases.headline(frame), phrases.count(frame)
    if not scene.unicode:
        count = count.replace("\N{MIDDLE DOT}", "-")
    digits = big(left) if big_digits and scene.unicode else None
    if digits is None:
        room = max(4, columns - len(left) - 4)
        meter = bar(done, room, _THICK[scene.unicode])
        return [
            (Span(head, Ink.SIDE), Span("  "), Span(count)),
            (Span(meter, Ink.BAR), Span(f"  {left} s" if columns > 12 else "")),
        ]
    indent = " " * max(0, 9 - len(digits[0]))
    meter = bar(done, columns - 12, _THICK[scene.unicode])
    beside = ((Span(head, Ink.SIDE),), (Span(count),), (Span(meter, Ink.BAR),))
    return [
        (Span(indent + row + "   ", Ink.STRONG), *right)
        for row, right in zip(digits, beside, strict=True)
    ]


def _text(text: str, columns: int, ink: Ink = Ink.PLAIN) -> list[Line]:
    return [line(one, ink) for one in wrapped(text, columns)]


def _item(text: str, scene: _Scene) -> list[Line]:
    first, *more = wrapped(text, max(1, scene.columns - 2))
    mark = "\u00b7 " if scene.unicode else "- "
    return [line(mark + first), *(line("  " + one) for one in more)]


def _rows(blocks: Sequence[_Block]) -> int:
    return sum(len(block.lines) for block in blocks)


def _fitting(
    body: list[_Block], footer: list[_Block], rows: int
) -> tuple[list[_Block], list[_Block]]:
    """Drop the least needed blocks until the rest fits, or only what always stays is left."""
    for rank in range(9, 0, -1):
        if _rows(body) + _rows(footer) <= rows:
            break
        body = [block for block in body if block.rank != rank]
        footer = [block for block in footer if block.rank != rank]
    return body, footer


def screens(page: phrases.PageText, size: Size) -> list[list[Line]]:
    """The page on as many screens as it needs, each exactly as many lines as there are rows."""
    margin = 0 if size.columns < 44 else 2
    columns = min(size.columns - 2 * margin, WIDEST)
    head = [line(text, Ink.NAME) for text in wrapped(page.heading, columns)]
    body = _paragraphs(page.paragraphs, columns)
    foot = [
        line(text, Ink.STRONG) for choice in _choices(page) for text in wrapped(choice, columns)
    ]
    room = max(1, size.rows - len(head) - len(foot) - 1)
    parts = [body[at : at + room] for at in range(0, len(body), room)] or [[]]
    made = []
    for number, part in enumerate(parts, 1):
        bottom = foot if number == len(parts) else [line("Enter: more", Ink.STRONG)]
        gap = max(0, size.rows - len(head) - len(part) - len(bottom))
        lines = [*head, *([()] if gap else []), *part, *[()] * (gap - 1), *bottom]
        made.append([_indented(one, margin, size.columns) for one in lines[: size.rows]])
    return made


def _choices(page: phrases.PageText) -> Iterator[str]:
    numbered = [f"{one.key} {one.text}" for one in page.choices if len(one.key) == 1]
    yield from numbered if page.column else ["   ".join(numbered)]
    for one in page.choices:
        if not one.key.isdigit():
            yield f"{one.key}: {one.text}"


def _paragraphs(paragraphs: Sequence[str], columns: int) -> list[Line]:
    lines: list[Line] = []
    for paragraph in paragraphs:
        lines += [line(text) for text in wrapped(paragraph, columns)] + [()]
    return lines[:-1]


def _indented(one: Line, margin: int, columns: int) -> Line:
    spans = (Span(" " * margin), *one) if one and margin else one
    return clipped_line(spans, columns)
