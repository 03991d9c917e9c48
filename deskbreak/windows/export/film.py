"""A film in at most 255 colours, and what changes from one frame to the next. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

CLEAR = 255
"""The index that lets the frame before show through."""


@dataclass(frozen=True, slots=True)
class Film:
    """Frames of one byte a pixel, each an index of `colours` (red, green, blue; 255 at most).

    `frame_ms` is how long each frame stays.
    """

    width: int
    height: int
    colours: tuple[tuple[int, int, int], ...]
    frames: tuple[bytes, ...]
    frame_ms: int

    @property
    def table(self) -> bytes:
        """The colours as 256 times three bytes."""
        flat = bytes(part for colour in self.colours for part in colour)
        return flat.ljust(768, b"\0")


@dataclass(frozen=True, slots=True)
class Change:
    """Some whole rows of a frame, `CLEAR` where nothing is new, and for how long it stays."""

    top: int
    rows: int
    pixels: bytes
    stays_ms: int


def changes(film: Film) -> Iterator[Change]:
    """What is new in each frame; frames that bring nothing new make the one before stay longer."""
    before: bytes | None = None
    waiting: Change | None = None
    for frame in film.frames:
        change = _change(film, before, frame)
        before = frame
        if waiting is not None and not change.rows:
            waiting = Change(
                waiting.top, waiting.rows, waiting.pixels, waiting.stays_ms + film.frame_ms
            )
            continue
        if waiting is not None:
            yield waiting
        waiting = change
    if waiting is not None:
        yield waiting


def _change(film: Film, before: bytes | None, frame: bytes) -> Change:
    width = film.width
    if before is None:
        return Change(0, film.height, frame, film.frame_ms)
    rows = [
        row
        for row in range(film.height)
        if frame[row * width : (row + 1) * width] != before[row * width : (row + 1) * width]
    ]
    if not rows:
        return Change(0, 0, b"", film.frame_ms)
    begin, end = rows[0] * width, (rows[-1] + 1) * width
    new = bytes(
        now if now != was else CLEAR
        for now, was in zip(frame[begin:end], before[begin:end], strict=True)
    )
    return Change(rows[0], rows[-1] - rows[0] + 1, new, film.frame_ms)
