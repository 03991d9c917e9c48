"""The icons of deskbreak, drawn on a 16 by 16 grid: a person on a chair, facing right.

Whoever sits leaves the corner above the knees free, and that corner says more: an arrow up (time to
move), two bars (paused), a question mark (cannot tell). Standing, walking and the empty chair are
silhouettes of their own, so every state differs by shape and not only by colour.

`python -m deskbreak.adapters.tray.draw_icons [TOP_OF_THE_REPOSITORY]` writes the files again.
"""

import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

from deskbreak.adapters.tray.pixmap import SIZES
from deskbreak.adapters.tray.raster import Disc, Drawing, Layer, Stroke, pixels, png, svg

INK = (24, 32, 38)
PAPER = (250, 250, 248)
TEAL = (64, 196, 178)
AMBER = (255, 176, 32)
GREEN = (126, 211, 88)
GREY = (198, 206, 212)

CHAIR = (Stroke(2.0, 6.5, 2.0, 14.2, 1.7), Stroke(2.0, 12.9, 7.6, 12.9, 1.7))
SEATED = (
    Disc(5.6, 3.0, 2.1),
    Stroke(5.6, 6.9, 5.6, 9.6, 2.4),
    Stroke(5.6, 10.0, 10.6, 10.0, 2.0),
    Stroke(10.6, 10.0, 10.6, 14.2, 2.0),
)
ARROW = (
    Stroke(12.4, 2.2, 12.4, 7.4, 1.9),
    Stroke(12.4, 2.0, 10.0, 4.4, 1.9),
    Stroke(12.4, 2.0, 14.8, 4.4, 1.9),
)
BARS = (Stroke(10.6, 2.4, 10.6, 6.4, 2.0), Stroke(14.1, 2.4, 14.1, 6.4, 2.0))
QUESTION = (
    Stroke(10.5, 2.8, 11.2, 1.9, 1.6),
    Stroke(11.2, 1.9, 12.6, 1.7, 1.6),
    Stroke(12.6, 1.7, 13.6, 2.5, 1.6),
    Stroke(13.6, 2.5, 13.4, 3.6, 1.6),
    Stroke(13.4, 3.6, 12.3, 4.8, 1.6),
    Disc(12.3, 7.4, 1.0),
)
STANDING = (
    Disc(4.8, 2.9, 2.1),
    Stroke(4.8, 6.8, 4.8, 14.2, 2.4),
    Stroke(4.8, 7.0, 8.4, 8.4, 1.6),
)
DESK = (Stroke(8.6, 9.2, 14.4, 9.2, 1.8), Stroke(12.2, 9.2, 12.2, 14.2, 1.8))
WALKING = (
    Disc(9.0, 2.7, 2.0),
    Stroke(8.2, 6.4, 7.4, 9.4, 2.4),
    Stroke(7.4, 9.6, 10.8, 14.2, 2.0),
    Stroke(7.4, 9.6, 3.8, 14.0, 2.0),
    Stroke(8.4, 6.4, 12.6, 8.4, 1.7),
    Stroke(8.0, 6.4, 4.0, 8.6, 1.7),
)
EMPTY = (
    Stroke(4.0, 2.4, 4.6, 9.4, 2.0),
    Stroke(4.6, 9.4, 11.6, 9.4, 2.0),
    Stroke(4.6, 9.4, 4.0, 14.2, 1.7),
    Stroke(11.6, 9.4, 12.2, 14.2, 1.7),
)

DRAWINGS = {
    "sitting": Drawing((Layer(TEAL, CHAIR), Layer(PAPER, SEATED)), INK),
    "due": Drawing((Layer(AMBER, CHAIR + SEATED), Layer(AMBER, ARROW)), INK),
    "break": Drawing((Layer(GREEN, WALKING),), INK),
    "paused": Drawing((Layer(GREY, CHAIR + SEATED), Layer(PAPER, BARS)), INK),
    "standing": Drawing((Layer(TEAL, DESK), Layer(PAPER, STANDING)), INK),
    "unknown": Drawing((Layer(GREY, CHAIR + SEATED), Layer(AMBER, QUESTION)), INK),
    "away": Drawing((Layer(GREY, EMPTY),), INK),
}
"""One drawing for each state of the icon."""

ONE_COLOUR = {"light": INK, "dark": PAPER}
"""The colour for a panel of that shade."""


def drawings() -> Iterator[tuple[str, Drawing]]:
    """Every state in colours, and as "sitting-light" and "sitting-dark" in one."""
    for name, drawing in DRAWINGS.items():
        yield name, drawing
        for shade, colour in ONE_COLOUR.items():
            layers = tuple(Layer(colour, layer.shapes) for layer in drawing.layers)
            yield f"{name}-{shade}", Drawing(layers, colour, outline_width=0.0)


def write(top: Path) -> None:
    """Write the pixmaps of the package and the application icon below the top of the repository."""
    packed = top / "deskbreak" / "adapters" / "tray" / "pixmaps"
    packed.mkdir(parents=True, exist_ok=True)
    for name, drawing in drawings():
        raw = b"".join(pixels(drawing, size) for size in SIZES)
        (packed / f"{name}.argb.z").write_bytes(zlib.compress(raw, 9))
    icons = top / "config" / "icons"
    icons.mkdir(parents=True, exist_ok=True)
    (icons / "deskbreak.svg").write_text(svg(DRAWINGS["sitting"], "deskbreak"), encoding="utf-8")
    for size in (48, 128):
        (icons / f"deskbreak-{size}.png").write_bytes(png(DRAWINGS["sitting"], size))


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path.cwd())
