"""What goes on a contact sheet and into a film, before anybody draws it. Pure."""

from collections.abc import Iterator, Sequence
from html import escape

from deskbreak.content.figure import Figure, Palette, Scene
from deskbreak.content.figure.svg import body, gradients
from deskbreak.content.model import Routine, Side
from deskbreak.struct import Struct
from deskbreak.text.display import one_line
from deskbreak.windows.animation import Figures

STILLS = 4
CELL = (300, 220)
FILM_SIZE = (480, 300)
FILM_RATE = 12

_EDGE, _HEAD, _ROW_HEAD = 24, 52, 58
_LONGEST_LOOP_S = 12.0
_HOLD_SHOWN_S = 6.0


class Part(Struct):
    """One exercise of what is exported: its figure (None: it has no poses) and its words."""

    name: str
    cue: str
    figure: Figure | None
    mirrored: bool


class Label(Struct):
    """A line of text; x and y of its beginning on the base line, in pixels."""

    x: float
    y: float
    text: str
    size: float
    strong: bool = False


class Sheet(Struct):
    """A page: pictures at their corners, and labels; everything in pixels."""

    width: int
    height: int
    palette: Palette
    cells: tuple[tuple[float, float, Scene], ...]
    labels: tuple[Label, ...]


def parts(routine: Routine, figures: Figures, side: Side) -> list[Part]:
    """Every exercise of a routine once, with the side that is shown."""
    exercises = {step.exercise.id: step.exercise for step in routine.steps}
    made = []
    for exercise in exercises.values():
        figure = figures.of(exercise)
        mirrored = figure is not None and _mirrored(figure, side)
        made.append(Part(exercise.name, exercise.cue, figure, mirrored))
    return made


def sheet(title: str, shown: Sequence[Part], palette: Palette) -> Sheet:
    """A row of pictures for each exercise, below its name and cue."""
    cells: list[tuple[float, float, Scene]] = []
    labels = [Label(_EDGE, 36, title, 22, strong=True)]
    y = float(_HEAD)
    for part in shown:
        labels.append(Label(_EDGE, y + 24, part.name, 16, strong=True))
        labels.append(Label(_EDGE, y + 44, part.cue, 13))
        y += _ROW_HEAD
        if part.figure is not None:
            for number, t in enumerate(part.figure.still_times(STILLS)):
                scene = part.figure.scene(t, mirrored=part.mirrored, size=CELL, palette=palette)
                cells.append((_EDGE + number * CELL[0], y, scene))
            y += CELL[1] + _EDGE / 2
    width = 2 * _EDGE + STILLS * CELL[0]
    return Sheet(width, round(y + _EDGE), palette, tuple(cells), tuple(labels))


def as_svg(page: Sheet) -> str:
    """The sheet as an SVG document."""
    size = f'width="{page.width}" height="{page.height}"'
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {page.width} {page.height}">',
        gradients(scene for _, _, scene in page.cells),
        f'<clipPath id="cell"><rect width="{CELL[0] - 2}" height="{CELL[1] - 2}"/></clipPath>',
        f'<rect {size} fill="{page.palette.background}"/>',
    ]
    out += [
        f'<g transform="translate({x:g},{y:g})" clip-path="url(#cell)">{body(scene)}</g>'
        for x, y, scene in page.cells
    ]
    out += [
        f'<text x="{one.x:g}" y="{one.y:g}" font-family="sans-serif" font-size="{one.size:g}" '
        f'font-weight="{"bold" if one.strong else "normal"}" fill="{page.palette.ink}">'
        f"{escape(one_line(one.text))}</text>"
        for one in page.labels
    ]
    return "\n".join([*out, "</svg>\n"])


def film(shown: Sequence[Part], palette: Palette) -> Iterator[tuple[str, Scene]]:
    """The frames of the movements one after another, each with the name of its exercise."""
    for part in shown:
        if part.figure is None:
            continue
        figure = _shortened(part.figure)
        for number in range(max(1, round(figure.cycle_s * FILM_RATE))):
            scene = figure.scene(
                number / FILM_RATE, mirrored=part.mirrored, size=FILM_SIZE, palette=palette
            )
            yield part.name, scene


def _shortened(figure: Figure) -> Figure:
    """A hold is shown for a few seconds only."""
    if figure.cycle_s <= _LONGEST_LOOP_S or not any(key.fill for key in figure.motion.keys):
        return figure
    return figure.with_length(_HOLD_SHOWN_S)


def _mirrored(figure: Figure, side: Side) -> bool:
    """Whether the picture has to be turned for this side to work, or to begin."""
    return (
        figure.side != side
        if figure.side in tuple(Side)
        else side is Side.LEFT and (figure.side == "alternate")
    )
