"""`python -m deskbreak.windows.export ID FILE`: a routine or an exercise as a picture.

Exit codes: 0 written, 1 the file cannot be written, 2 there is no such routine or exercise, or
nothing of it can be drawn, 3 this kind of picture needs Qt and it cannot be loaded.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from deskbreak.content.figure import DARK, LIGHT, Palette
from deskbreak.content.model import Side
from deskbreak.text.display import complain
from deskbreak.windows.animation import Figures
from deskbreak.windows.export import plan
from deskbreak.windows.options import chosen, parser
from deskbreak.windows.start import CANNOT_START, PLATFORM, trouble

FORMATS = (".svg", ".png", ".gif", ".apng")
"""What can be written, by the ending of the file; .svg and .png are contact sheets."""


_FILMS = {".gif": "GIF", ".apng": "PNG"}


def main(words: Sequence[str] | None = None) -> int:
    """Write what the words say; returns the exit code."""
    options = _options(words)
    kind = options.file.suffix.lower()
    if kind not in FORMATS:
        return _left(f"{options.file.name} has none of the endings {', '.join(FORMATS)}", 2)
    request = chosen(options)
    if request is None:
        return 2
    palette = DARK if options.theme == "dark" else LIGHT
    shown = plan.parts(request.routine, Figures(request.figures), Side(options.first))
    if not any(part.figure for part in shown):
        return _left(f"{request.routine.name} has no poses that could be drawn", 2)
    reason = None if kind == ".svg" else trouble(os.environ | {PLATFORM: "offscreen"})
    if reason is not None:
        return _left(reason, CANNOT_START)
    try:
        options.file.write_bytes(_made(kind, request.routine.name, shown, palette))
    except OSError as error:
        return _left(f"{options.file} could not be written ({error.strerror})", 1)
    return 0


def _made(kind: str, title: str, shown: Sequence[plan.Part], palette: Palette) -> bytes:
    if kind == ".svg":
        return plan.as_svg(plan.sheet(title, shown, palette)).encode()
    os.environ[PLATFORM] = "offscreen"  # nothing is shown, so no display is needed
    from PySide6.QtGui import QGuiApplication

    from deskbreak.windows.export import paint

    app = QGuiApplication.instance() or QGuiApplication([])
    if kind == ".png":
        return paint.page(plan.sheet(title, shown, palette))
    film = paint.film(list(plan.film(shown, palette)), palette, _FILMS[kind])
    del app
    return film


def _options(words: Sequence[str] | None) -> argparse.Namespace:
    made = parser("python -m deskbreak.windows.export", "Make a picture of a routine or exercise.")
    made.add_argument("file", type=Path, help=f"what to write: {', '.join(FORMATS)}")
    return made.parse_args(words)


def _left(sentence: str, code: int) -> int:
    complain(sentence)
    return code


if __name__ == "__main__":
    sys.exit(main())
