"""SVG, braille and contact sheets, from the same display list."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from deskbreak.content.figure import CONTRAST, DARK, LIGHT, Figure, Palette, load_figure
from deskbreak.content.figure.braille import braille, dots
from deskbreak.content.figure.svg import svg
from tests.content.figure.conftest import EXERCISE_IDS, POSES, Build, points
from tools.figure_sheet import main, sheet

DOCS = Path(__file__).parents[3] / "docs" / "figures"


@pytest.fixture(scope="module")
def bird_dog() -> Figure:
    return load_figure("bird_dog", [POSES])


@pytest.mark.parametrize("palette", [LIGHT, DARK, CONTRAST])
def test_svg_is_well_formed_and_shows_every_shape(bird_dog: Figure, palette: Palette) -> None:
    scene = bird_dog.scene(3.0, size=(420, 260), palette=palette)
    root = ET.fromstring(svg(scene))
    drawn = next(list(e) for e in root if e.tag.endswith("}g"))
    assert len(drawn) == len(scene.shapes)
    assert root.attrib["viewBox"] == "0 0 420 260"
    soft = {e.attrib["fill"] for e in drawn if e.attrib.get("fill", "").startswith("url(#")}
    ids = {e.attrib["id"] for e in root.iter() if e.tag.endswith("radialGradient")}
    assert soft
    assert {s[5:-1] for s in soft} <= ids


def test_braille_fills_its_field_and_is_not_empty(bird_dog: Figure) -> None:
    lines = braille(bird_dog.scene(3.0, size=dots(60, 20)), 60, 20)
    assert len(lines) == 20
    assert {len(line) for line in lines} == {60}
    assert all(0x2800 <= ord(c) <= 0x28FF for line in lines for c in line)
    set_dots = sum((ord(c) - 0x2800).bit_count() for line in lines for c in line)
    assert 400 < set_dots < 60 * 20 * 8 / 2


def test_braille_shows_the_movement(bird_dog: Figure) -> None:
    still, reaching = (braille(bird_dog.scene(t, size=dots(60, 20)), 60, 20) for t in (0.0, 3.0))
    changed = sum(
        a != b for p, q in zip(still, reaching, strict=True) for a, b in zip(p, q, strict=True)
    )
    assert changed > 40


def test_the_far_side_is_paler_and_arrows_can_be_left_out(bird_dog: Figure) -> None:
    scene = bird_dog.scene(0.5, size=(640, 400))
    fills = {
        part: {getattr(s, "fill", "") for s in scene.shapes if s.part == part}
        for part in ("body", "far")
    }
    assert fills["far"] - fills["body"]
    assert any(s.part == "arrow" for s in scene.shapes)
    assert not any(s.part == "arrow" for s in bird_dog.scene(0.5, arrows=False).shapes)


def test_hands_get_fingers_only_close_up() -> None:
    fan = load_figure("finger_fan", [POSES])
    small, large = (len(fan.scene(0.0, size=size).shapes) for size in ((120, 90), (640, 400)))
    assert large > small + 10


def test_eyes_close() -> None:
    blink = load_figure("slow_blinks", [POSES])
    open_, closed = (
        sum(s.part == "face" for s in blink.scene(t, size=(640, 400)).shapes) for t in (0.0, 1.5)
    )
    assert closed < open_


def test_a_sheet_has_a_row_for_each_figure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "two.svg"
    assert main([str(out), "bird_dog", "wide_squat"]) == 0
    assert capsys.readouterr().out.strip() == str(out)
    text = out.read_text(encoding="utf-8")
    ET.fromstring(text)
    assert "bird_dog" in text
    assert "wide_squat" in text
    assert main([]) == 2


def test_stills_show_the_held_pose(bird_dog: Figure) -> None:
    times = bird_dog.still_times(3)
    assert times == sorted(times)
    assert len(times) == 3
    held = {bird_dog.motion.moment(t).a for t in times}
    assert {1, 3} <= held
    ET.fromstring(sheet([bird_dog], mirrored=True))


def test_the_docs_show_every_exercise() -> None:
    shown = "".join(p.read_text(encoding="utf-8") for p in sorted(DOCS.glob("*.svg")))
    assert [name for name in EXERCISE_IDS if f">{name} " not in shown] == []


def test_the_start_stands_pale_behind_the_figure_while_it_is_elsewhere(bird_dog: Figure) -> None:
    def ghosts(t: float) -> list[int]:
        shapes = bird_dog.scene(t, size=(640, 400)).shapes
        return [i for i, s in enumerate(shapes) if s.part == "ghost"]

    moving = ghosts(0.5)
    assert moving
    shapes = bird_dog.scene(0.5, size=(640, 400)).shapes
    assert max(moving) < min(i for i, s in enumerate(shapes) if s.part in ("body", "far"))
    assert ghosts(3.0)
    walk = load_figure("easy_walk", [POSES])
    assert not any(s.part == "ghost" for s in walk.scene(0.3).shapes)


def test_the_spine_is_drawn_where_it_is_what_moves() -> None:
    for name, drawn in (("cat_cow", True), ("calf_raise", False)):
        shapes = load_figure(name, [POSES]).scene(1.0, size=(640, 400)).shapes
        assert any(s.part == "spine" for s in shapes) is drawn


def test_the_spine_bends() -> None:
    cat_cow = load_figure("cat_cow", [POSES])

    def sag(t: float) -> float:
        """How far the middle of the spine lies below its ends, in pixels."""
        shapes = cat_cow.scene(t, size=(640, 400)).shapes
        path = next(points(s) for s in shapes if s.part == "spine")
        return path[len(path) // 2][1] - (path[0][1] + path[-1][1]) / 2

    assert sag(0.0) > sag(3.0) + 40


def test_a_push_is_shown_while_it_is_held_and_a_way_only_on_the_way() -> None:
    press = load_figure("press_out_brace", [POSES])

    def arrows(t: float) -> int:
        return sum(s.part == "arrow" for s in press.scene(t, size=(640, 400)).shapes)

    assert arrows(1.0) == 3
    assert arrows(3.0) == 2


def test_a_round_arrow_closes_nearly_and_stays() -> None:
    roll = load_figure("shoulder_roll", [POSES])
    one, other = (
        next(s for s in roll.scene(t, size=(640, 400)).shapes if s.part == "arrow")
        for t in (0.5, 1.12)
    )
    assert one == other, "it does not fade where a key pose is reached"


def test_shoulder_blades_are_seen_from_behind_and_near_the_spine_when_drawn_back() -> None:
    squeeze = load_figure("shoulder_blade_squeeze", [POSES])

    def gap(t: float) -> float:
        shapes = squeeze.scene(t, size=(640, 400)).shapes
        blades = [s for s in shapes if getattr(s, "fill", "") == LIGHT.fold]
        assert len(blades) == 2
        one, other = sorted(blades, key=lambda s: min(x for x, _ in points(s)))
        return min(x for x, _ in points(other)) - max(x for x, _ in points(one))

    assert gap(0.0) > gap(3.0) + 15


@pytest.mark.parametrize(("yaw", "seen"), [(-90, True), (90, False)])
def test_the_buckle_of_the_belt_tells_the_front(build: Build, yaw: int, seen: bool) -> None:
    standing = build(
        f"camera = {{ yaw = {yaw} }}\n[pose.a]\nfrom = 'standing'\n"
        "[[key]]\npose = 'a'\n[[key]]\npose = 'a'\n"
    )
    shapes = standing.scene(0.0, size=(640, 400)).shapes
    assert any(s.part == "body" and getattr(s, "fill", "") == LIGHT.wood for s in shapes) is seen
    assert any(getattr(s, "fill", "") == LIGHT.belt for s in shapes)
