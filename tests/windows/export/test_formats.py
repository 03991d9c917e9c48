"""The animated formats, read back by another program's reader."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from deskbreak.windows.export.film import CLEAR, Film, apng, changes, gif
from tests.thorough import examples

COLOURS = ((250, 248, 244), (47, 143, 157), (0, 0, 0), (255, 138, 30))


def film(frames: list[bytes], width: int = 4) -> Film:
    return Film(width, len(frames[0]) // width, COLOURS, tuple(frames), 80)


def read(data: bytes) -> list[tuple[bytes, int]]:
    """Every frame as red, green and blue bytes, and how long it stays."""
    image = Image.open(BytesIO(data))
    found = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        found.append((image.convert("RGB").tobytes(), round(image.info.get("duration", 0))))
    return found


def played(made: Film) -> list[tuple[bytes, int]]:
    """What is to be seen, equal frames taken together."""
    found: list[tuple[bytes, int]] = []
    for frame in made.frames:
        shown = b"".join(bytes(made.colours[index]) for index in frame)
        if found and found[-1][0] == shown:
            found[-1] = (shown, found[-1][1] + made.frame_ms)
        else:
            found.append((shown, made.frame_ms))
    return found


FRAMES = st.lists(st.binary(min_size=24, max_size=24), min_size=1, max_size=6).map(
    lambda frames: [bytes(value % len(COLOURS) for value in frame) for frame in frames]
)


@pytest.mark.parametrize("write", [gif, apng])
@settings(max_examples=examples(40), deadline=None)
@given(frames=FRAMES)
def test_what_was_written_is_what_is_read(write: object, frames: list[bytes]) -> None:
    made = film(frames)
    seen = read(write(made))  # type: ignore[operator]
    assert [shown for shown, _ in seen] == [shown for shown, _ in played(made)]
    if len(seen) > 1:
        assert [stays for _, stays in seen] == [stays for _, stays in played(made)]


def test_a_large_picture_makes_the_codes_grow_and_begin_anew() -> None:
    import random

    pixels = bytes(random.Random(5).choices(range(4), k=200 * 200))
    made = film([pixels], 200)
    assert read(gif(made))[0][0] == played(made)[0][0]


def test_only_what_is_new_is_kept() -> None:
    still, moved = bytes(24), bytes(8) + b"\1" + bytes(15)
    found = list(changes(film([still, still, moved])))
    assert [(one.top, one.rows, one.stays_ms) for one in found] == [(0, 6, 160), (2, 1, 80)]
    assert found[1].pixels == bytes([1, CLEAR, CLEAR, CLEAR])
