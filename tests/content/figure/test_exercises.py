"""Every exercise of the catalogue has a figure, and every frame of it is sound."""

import math
import tomllib

import pytest

from deskbreak.content.figure import load_figure
from deskbreak.content.figure.figure import Figure
from deskbreak.content.figure.shapes import Scene, Shape
from deskbreak.content.figure.verify import frames, trunk_extension, verify
from tests.content.figure.conftest import EXERCISE_IDS, EXERCISES, POSES, points

Span = tuple[float, float, float, float]

CATALOGUE = {
    entry["id"]: entry
    for path in sorted(EXERCISES.glob("*.toml"))
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("exercise", ())
}


def figure(name: str) -> Figure:
    return load_figure(name, [POSES])


def test_all_seventy_exercises_have_a_figure_and_no_figure_is_left_over() -> None:
    assert len(EXERCISE_IDS) == 70
    assert set(EXERCISE_IDS) == set(CATALOGUE)


@pytest.mark.parametrize("name", EXERCISE_IDS)
def test_every_frame_of_every_exercise_is_sound(name: str) -> None:
    assert verify(figure(name)) == []


@pytest.mark.parametrize("name", sorted(n for n, e in CATALOGUE.items() if "tempo" in e))
def test_the_figure_moves_at_the_tempo_of_the_exercise(name: str) -> None:
    exercise = CATALOGUE[name]
    rep = sum(float(part) for part in exercise["tempo"].split("-"))
    repetitions = figure(name).cycle_s / rep
    # One loop is one repetition, or one to each side; heels up and toes up are one each.
    twice = exercise["sides"] == "alternate" or name == "heel_toe_raise"
    assert repetitions == pytest.approx(2.0 if twice else 1.0)


@pytest.mark.parametrize("name", sorted(n for n, e in CATALOGUE.items() if e["mode"] == "static"))
def test_a_held_exercise_can_be_fitted_to_any_step_length(name: str) -> None:
    for seconds in (16.0, 24.0, 40.0):
        assert figure(name).with_length(seconds).cycle_s == pytest.approx(seconds)


@pytest.mark.parametrize("name", EXERCISE_IDS)
def test_the_working_side_agrees_with_the_catalogue(name: str) -> None:
    sides = CATALOGUE[name]["sides"]
    side = figure(name).side
    if sides == "each":
        assert side in {"left", "right"}
    elif CATALOGUE[name]["kind"] != "walk":
        assert side == sides


@pytest.mark.parametrize(
    ("name", "most"),
    [("standing_back_extension", 25), ("prone_chest_lift", 25), ("prone_press_up", 35)],
)
def test_bending_back_ends_early_r25(name: str, most: int) -> None:
    figure_ = figure(name)
    reached = max(trunk_extension(figure_, frame.body) for frame in frames(figure_))
    assert 10 < reached <= most


@pytest.mark.parametrize("name", EXERCISE_IDS)
def test_left_is_right_in_a_mirror(name: str) -> None:
    shown = figure(name)
    t = shown.cycle_s * 0.37
    plain, flipped = (shown.scene(t, mirrored=m, size=(400, 300)) for m in (False, True))
    assert len(plain.shapes) == len(flipped.shapes)
    for one, other in zip(plain.shapes, flipped.shapes, strict=True):
        assert (type(one), one.part) == (type(other), other.part)
        assert _span(other) == pytest.approx(_turned(_span(one)), abs=1.5)


def _span(shape: Shape) -> Span:
    xs, ys = zip(*points(shape), strict=True)
    return (min(xs), max(xs), min(ys), max(ys))


def _turned(span: Span) -> Span:
    return (400 - span[1], 400 - span[0], span[2], span[3])


@pytest.mark.parametrize("name", EXERCISE_IDS)
def test_a_picture_is_finite_small_and_coloured(name: str) -> None:
    shown = figure(name)
    for share in (0.0, 0.3, 0.8):
        scene: Scene = shown.scene(shown.cycle_s * share, size=(640, 400))
        assert 20 < len(scene.shapes) < 320
        for shape in scene.shapes:
            assert all(math.isfinite(v) for point in points(shape) for v in point)
            assert 0.0 <= shape.opacity <= 1.0


@pytest.mark.parametrize("name", EXERCISE_IDS)
def test_something_is_highlighted_or_the_movement_is_watched_close_up(name: str) -> None:
    shown = figure(name)
    parts = {
        shape.part for key in range(12) for shape in shown.scene(shown.cycle_s * key / 12).shapes
    }
    assert "body" in parts
    assert parts & {"glow", "arrow"} or CATALOGUE[name]["kind"] in ("walk", "eyes")
