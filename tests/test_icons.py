import itertools
import struct
import xml.etree.ElementTree as ET
import zlib
from pathlib import Path

import pytest

from deskbreak.adapters.tray.pixmap import SIZES, pixmaps
from tools.draw_icons import DRAWINGS, drawings, write

TOP = Path(__file__).parents[1]


def icon(name: str, size: int) -> bytes:
    return next(argb for width, _, argb in pixmaps(name) if width == size)


def shown(argb: bytes, panel: int) -> list[float]:
    """How bright each pixel looks on a grey panel, 0 to 255."""
    bright = []
    for at in range(0, len(argb), 4):
        alpha, red, green, blue = argb[at : at + 4]
        own = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        bright.append((own * alpha + panel * (255 - alpha)) / 255)
    return bright


def test_the_files_are_what_the_script_draws(tmp_path: Path) -> None:
    write(tmp_path)
    drawn = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert len(drawn) == len(dict(drawings())) + 3
    for path in drawn:
        made, committed = (tmp_path / path).read_bytes(), (TOP / path).read_bytes()
        if path.suffix == ".z":  # what is packed counts, not how tightly this zlib packs it
            made, committed = zlib.decompress(made), zlib.decompress(committed)
        if path.suffix == ".png":
            made, committed = unpacked(made), unpacked(committed)
        assert made == committed, path


def unpacked(png: bytes) -> bytes:
    length = struct.unpack(">I", png[33:37])[0]
    assert png[37:41] == b"IDAT"
    return png[:33] + zlib.decompress(png[41 : 41 + length])


@pytest.mark.parametrize("name", dict(drawings()))
def test_every_size_is_there_and_whole(name: str) -> None:
    found = pixmaps(name)
    assert [(width, height) for width, height, _ in found] == [(size, size) for size in SIZES]
    assert [len(argb) for _, _, argb in found] == [4 * size * size for size in SIZES]


def test_an_icon_that_was_never_drawn_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        pixmaps("dancing")


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize("panel", [0, 40, 128, 215, 255], ids="grey{}".format)
def test_at_16_pixels_it_stands_out_on_any_panel(name: str, panel: int) -> None:
    clear = [b for b in shown(icon(name, 16), panel) if abs(b - panel) > 60]
    assert len(clear) >= 35


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize(
    ("shade", "panel"), [("light", 255), ("light", 200), ("dark", 0), ("dark", 60)]
)
def test_in_one_colour_it_stands_out_on_its_panel(name: str, shade: str, panel: int) -> None:
    argb = icon(f"{name}-{shade}", 16)
    assert len({argb[at + 1 : at + 4] for at in range(0, len(argb), 4)}) == 1
    assert len([b for b in shown(argb, panel) if abs(b - panel) > 100]) >= 25


@pytest.mark.parametrize("shade", ["", "-light", "-dark"])
@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(DRAWINGS, 2)))
def test_at_16_pixels_no_two_states_differ_by_colour_alone(
    one: str, other: str, shade: str
) -> None:
    shapes = [[alpha > 127 for alpha in icon(name + shade, 16)[::4]] for name in (one, other)]
    differing = sum(a != b for a, b in zip(*shapes, strict=True))
    assert differing >= 12


def test_the_application_icon_is_a_picture_for_launchers() -> None:
    for size in (48, 128):
        head = (TOP / "config" / "icons" / f"deskbreak-{size}.png").read_bytes()[:24]
        assert head[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">2I", head[16:24]) == (size, size)
    svg = ET.parse(TOP / "config" / "icons" / "deskbreak.svg").getroot()
    assert svg.attrib["viewBox"] == "0 0 16 16"
    assert len(svg.findall("{http://www.w3.org/2000/svg}line")) == 12
