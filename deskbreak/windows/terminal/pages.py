"""Pages of text with choices below them: the notice, the question, the last word. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from deskbreak.windows.terminal.cells import Ink, Line, Span, clipped_line, line, wrapped
from deskbreak.windows.terminal.view import WIDEST, Size


@dataclass(frozen=True, slots=True)
class Page:
    """A heading, paragraphs, and what can be pressed (one choice a line)."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


def screens(page: Page, size: Size) -> list[list[Line]]:
    """The page on as many screens as it needs, each exactly as many lines as there are rows."""
    margin = 0 if size.columns < 44 else 2
    columns = min(size.columns - 2 * margin, WIDEST)
    head = [line(text, Ink.NAME) for text in wrapped(page.heading, columns)]
    body = _paragraphs(page.paragraphs, columns)
    foot = [line(text, Ink.STRONG) for choice in page.choices for text in wrapped(choice, columns)]
    room = max(1, size.rows - len(head) - len(foot) - 1)
    parts = [body[at : at + room] for at in range(0, len(body), room)] or [[]]
    made = []
    for number, part in enumerate(parts, 1):
        bottom = foot if number == len(parts) else [line("Enter: more", Ink.STRONG)]
        gap = max(0, size.rows - len(head) - len(part) - len(bottom))
        lines = [*head, *([()] if gap else []), *part, *[()] * (gap - 1), *bottom]
        made.append([_indented(one, margin, size.columns) for one in lines[: size.rows]])
    return made


def _paragraphs(paragraphs: Sequence[str], columns: int) -> list[Line]:
    lines: list[Line] = []
    for paragraph in paragraphs:
        lines += [line(text) for text in wrapped(paragraph, columns)] + [()]
    return lines[:-1]


def _indented(one: Line, margin: int, columns: int) -> Line:
    spans = (Span(" " * margin), *one) if one and margin else one
    return clipped_line(spans, columns)
