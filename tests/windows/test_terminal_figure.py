"""The figure in the terminal, where there is room for it."""

import pytest

from deskbreak.content.playback import Run
from deskbreak.content.safety import GUIDE_LINE
from deskbreak.windows.animation import Figures
from deskbreak.windows.terminal.cells import Line, line_width
from deskbreak.windows.terminal.screen import FullScreen
from deskbreak.windows.terminal.view import Size
from tests.windows.requests import asked


class Paper:
    """A screen of a size that keeps what was painted last."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.lines: list[Line] = []

    def paint(self, lines: list[Line]) -> None:
        self.lines = lines


def painted(size: Size, at: float = 12.0, ident: str = "floor-hips") -> list[str]:
    """The lines of the guide at that moment; none is wider than the screen."""
    what, paper = asked(ident), Paper(size)
    front = FullScreen(paper, ident, what.notes, Figures(what.figures), what.line.first)  # type: ignore[arg-type]
    front.show(Run.start(what.line, 0.0).at(at))
    assert len(paper.lines) == size.rows
    assert max(line_width(line) for line in paper.lines) <= size.columns
    return ["".join(span.text for span in line) for line in paper.lines]


def dots(lines: list[str]) -> int:
    return sum("\u2801" <= letter <= "\u28ff" for line in lines for letter in line)


@pytest.mark.parametrize(("columns", "rows"), [(60, 24), (80, 24), (120, 40), (200, 60)])
def test_there_is_a_figure_beside_the_text(columns: int, rows: int) -> None:
    lines = painted(Size(columns, rows))
    assert dots(lines) > columns * rows / 20
    assert "Keep the back long;" in "\n".join(lines)
    assert GUIDE_LINE in " ".join(" ".join(lines).split())


@pytest.mark.parametrize(
    "size", [Size(59, 24), Size(80, 23), Size(80, 24, unicode=False), Size(20, 60)]
)
def test_there_is_none_where_there_is_no_room(size: Size) -> None:
    assert dots(painted(size)) == 0


def test_the_figure_moves_and_changes_sides() -> None:
    size = Size(100, 30)
    assert painted(size, 6.0) != painted(size, 7.5)
    left, right = painted(size, 30.0), painted(size, 55.0)
    assert dots(left) > 100
    assert dots(right) > 100
    assert left != right
