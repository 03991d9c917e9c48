"""Contact sheets and films of exercises and routines."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from deskbreak.content.figure import LIGHT
from deskbreak.content.model import Side
from deskbreak.windows.animation import Figures
from deskbreak.windows.export import plan
from deskbreak.windows.export.__main__ import main
from deskbreak.windows.export.plan import FILM_RATE, FILM_SIZE, STILLS
from tests.content.builtin import EXERCISE
from tests.servers import require_qt
from tests.windows.requests import asked

pytestmark = pytest.mark.usefixtures("qapp")  # or the export makes a lesser one, and it stays

SVG = "{http://www.w3.org/2000/svg}"


def parts(ident: str, side: Side = Side.LEFT) -> list[plan.Part]:
    what = asked(ident)
    return plan.parts(what.routine, Figures(what.figures), side)


def test_a_sheet_has_a_row_for_every_exercise_of_a_routine(tmp_path: Path) -> None:
    target = tmp_path / "hips.svg"
    assert main(["stand-hips", str(target)]) == 0
    tree = ET.parse(target)
    texts = [one.text for one in tree.iter(f"{SVG}text")]
    for step in asked("stand-hips").routine.steps:
        assert step.exercise.name in texts
        assert step.exercise.cue in texts
    pictures = [one for one in tree.iter(f"{SVG}g") if one.get("clip-path")]
    assert len(pictures) == 3 * STILLS


def test_a_text_cannot_break_the_page() -> None:
    page = plan.sheet("<&>", parts("bird_dog"), LIGHT)
    assert ET.fromstring(plan.as_svg(page)).find(f"{SVG}text").text == "<&>"  # type: ignore[union-attr]


def test_the_side_that_was_asked_for_works() -> None:
    for ident in ("side_plank", "clamshell", "bird_dog"):
        (left,), (right,) = parts(ident, Side.LEFT), parts(ident, Side.RIGHT)
        assert left.mirrored is not right.mirrored
    assert parts("side_plank", Side.RIGHT)[0].mirrored is False  # it is keyed on the right
    assert parts("glute_bridge", Side.LEFT)[0].mirrored is False


def test_a_film_shows_a_whole_loop_and_a_hold_for_a_few_seconds() -> None:
    loop = asked("clamshell").routine.steps[0].exercise.rep_s
    assert loop is not None
    assert len(list(plan.film(parts("clamshell"), LIGHT))) == loop * FILM_RATE
    hold = list(plan.film(parts("plank"), LIGHT))
    assert 4 * FILM_RATE < len(hold) < 9 * FILM_RATE
    assert {name for name, _ in hold} == {asked("plank").routine.steps[0].exercise.name}


def test_a_picture_of_a_page(tmp_path: Path) -> None:
    require_qt()
    target = tmp_path / "page.png"
    assert main(["clamshell", str(target), "--theme", "dark"]) == 0
    image = Image.open(target)
    page = plan.sheet("", parts("clamshell"), LIGHT)
    assert image.size == (page.width * 2, page.height * 2)
    assert image.convert("RGB").getpixel((5, 5)) == (0x1D, 0x23, 0x29)
    assert len(image.convert("RGB").getcolors(1 << 20) or ()) > 200


def seen(film: bytes) -> tuple[list[Image.Image], float]:
    """Every frame of a film as another program shows it, and how many seconds all of them stay."""
    image = Image.open(BytesIO(film))
    frames, stays_ms = [], 0.0
    for number in range(image.n_frames):  # type: ignore[attr-defined]
        image.seek(number)
        frames.append(image.convert("RGB"))
        stays_ms += image.info["duration"]
    return frames, stays_ms / 1000


@pytest.mark.parametrize("ending", ["gif", "apng"])
def test_a_film_that_moves(ending: str, tmp_path: Path) -> None:
    require_qt()
    target = tmp_path / f"film.{ending}"
    assert main(["clamshell", str(target)]) == 0
    image = Image.open(BytesIO(target.read_bytes()))
    assert image.size == FILM_SIZE
    assert image.info["loop"] == 0
    frames, seconds = seen(target.read_bytes())
    assert len(frames) > 10
    rep_s = asked("clamshell").routine.steps[0].exercise.rep_s
    assert seconds == pytest.approx(rep_s, abs=0.2)  # a GIF counts in hundredths
    assert frames[0].tobytes() != frames[len(frames) // 2].tobytes()
    assert target.stat().st_size < 200_000


def test_a_process_of_its_own_needs_no_display(tmp_path: Path) -> None:
    require_qt()
    target = tmp_path / "film.gif"
    words = [sys.executable, "-m", "deskbreak.windows.export", "clamshell", str(target)]
    assert subprocess.run(words, env={"PATH": os.defpath}, check=False).returncode == 0
    assert len(seen(target.read_bytes())[0]) > 10


@pytest.mark.parametrize("kind", ["GIF", "PNG"])
def test_flat_colours_are_exact_and_what_stands_still_is_kept_once(kind: str) -> None:
    require_qt()
    from deskbreak.windows.export.paint import film

    still, *_, moved = plan.film(parts("clamshell"), LIGHT)
    frames, seconds = seen(film([still, still, still, moved], LIGHT, kind))
    assert len(frames) == 2
    assert seconds == pytest.approx(4 / FILM_RATE, abs=0.02)
    ground = tuple(bytes.fromhex(LIGHT.background[1:]))
    assert [frame.getpixel((5, 5)) for frame in frames] == [ground, ground]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["bird_dog", "picture.jpg"], 2, ".svg, .png, .gif, .apng"),
        (["bird_dig", "picture.svg"], 2, "bird_dog"),
        (["bird_dog", "no-such-folder/picture.svg"], 1, "could not be written"),
    ],
)
def test_what_cannot_be_made_is_told(
    words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words[1] = str(tmp_path / words[1])
    assert main(words) == code
    assert said in capsys.readouterr().err


def test_an_exercise_without_poses_has_nothing_to_draw(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "own.toml").write_text(f"schema = 1\n{EXERCISE}")
    assert main(["toe_wiggle", str(tmp_path / "t.svg"), "--content", str(tmp_path)]) == 2
    assert "no poses" in capsys.readouterr().err
