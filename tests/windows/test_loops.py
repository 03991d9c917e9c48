"""Which picture of the figure belongs to a moment."""

import math
from itertools import pairwise
from pathlib import Path

import pytest

from deskbreak.content.figure import Figure
from deskbreak.content.model import Side, Sides
from deskbreak.content.playback import Part, Run
from deskbreak.windows.animation import Figures, Picture, key_time
from tests.windows.requests import asked

# Alternating, a hold on each side, repetitions, three holds, a walk, repetitions on each side.
KINDS = ("bird_dog", "side_plank", "glute_bridge", "childs_pose_reach", "easy_walk", "split_squat")


def pictures(
    exercise: str, side: str = "left", *, still: bool = False, rate: int = 10
) -> list[Picture]:
    """The pictures of a whole run of one exercise."""
    what = asked(exercise, "--first", side)
    figures, run = Figures(what.figures), Run.start(what.line, 0.0)
    count = int(what.line.total_s * rate)
    made = [figures.picture(run.at(n / rate), what.line.first, still=still) for n in range(count)]
    assert None not in made
    return [one for one in made if one]


@pytest.mark.parametrize("exercise", KINDS)
def test_the_picture_moves_without_jumps(exercise: str) -> None:
    worst = 0.0
    for one, other in pairwise(pictures(exercise, rate=20)):
        if one.mirrored == other.mirrored:
            before, after = _points(one), _points(other)
            worst = max(worst, *(_apart(before[name], after[name]) for name in before))
    assert worst < 24.0  # cm in a twentieth of a second; a stride is the fastest


def _points(picture: Picture) -> dict[str, tuple[float, ...]]:
    """Where everything is, for a camera that goes along with a walk."""
    drift = picture.figure.motion.drift(picture.t)
    points = picture.figure.body(picture.t).points
    return {
        name: tuple(a - b for a, b in zip(point, drift, strict=True))
        for name, point in points.items()
    }


def _apart(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return math.dist(one, other)


@pytest.mark.parametrize("exercise", KINDS)
def test_the_work_begins_where_the_movement_begins(exercise: str) -> None:
    what = asked(exercise)
    figures, run = Figures(what.figures), Run.start(what.line, 0.0)
    begin = what.line.work_of(0)
    for at in (begin - 0.001, begin):
        picture = figures.picture(run.at(at), Side.LEFT)
        assert picture is not None
        into = picture.t % picture.figure.cycle_s
        if what.routine.steps[0].exercise.sides is Sides.ALTERNATE:
            into %= picture.figure.cycle_s / 2
            assert min(into, picture.figure.cycle_s / 2 - into) < 0.01
        else:
            assert min(into, picture.figure.cycle_s - into) < 0.01


def test_a_repetition_is_one_loop() -> None:
    what = asked("glute_bridge")
    figures, run = Figures(what.figures), Run.start(what.line, 0.0)
    begin, rep = what.line.work_of(0), what.routine.steps[0].exercise.rep_s
    assert rep is not None
    one = figures.picture(run.at(begin + 1.5), Side.LEFT)
    two = figures.picture(run.at(begin + 1.5 + rep), Side.LEFT)
    assert one is not None
    assert two is not None
    assert two.t == pytest.approx(one.t)


def test_a_hold_lasts_as_long_as_its_dose() -> None:
    what = asked("side_plank")
    run = Run.start(what.line, 0.0)
    picture = Figures(what.figures).picture(run.at(what.line.work_of(0) + 1), Side.LEFT)
    assert picture is not None
    work = next(one for one in what.line.segments if one.part is Part.WORK)
    assert picture.figure.cycle_s == pytest.approx(work.length_s)


@pytest.mark.parametrize("exercise", ["side_plank", "clamshell"])
def test_each_side_is_shown_on_its_side(exercise: str) -> None:
    for first in ("left", "right"):
        shown = pictures(exercise, first)
        side = shown[0].figure.side
        assert shown[0].mirrored is (side != first)
        assert shown[-1].mirrored is (side == first)


def test_alternating_begins_with_the_side_that_begins() -> None:
    # As it is keyed the right side begins.
    assert {one.mirrored for one in pictures("bird_dog", "left")} == {True}
    assert {one.mirrored for one in pictures("bird_dog", "right")} == {False}


@pytest.mark.parametrize("exercise", KINDS)
def test_still_pictures_are_key_poses_only(exercise: str) -> None:
    for one in pictures(exercise, still=True, rate=3):
        moment = one.figure.motion.moment(one.t)
        assert moment.share == 0.0
        assert not one.lively


def test_key_times_are_where_the_poses_are() -> None:
    figure = Figures(asked("cat_cow").figures).of(asked("cat_cow").routine.steps[0].exercise)
    assert isinstance(figure, Figure)
    for number in range(len(figure.motion.keys)):
        assert figure.motion.moment(key_time(figure, number)).a == number


def test_an_exercise_without_poses_has_no_picture(tmp_path: Path) -> None:
    what = asked("bird_dog")
    frame = Run.start(what.line, 0.0).at(3.0)
    assert Figures([tmp_path]).picture(frame, Side.LEFT) is None
    (tmp_path / "bird_dog.toml").write_text("schema = 1\n[[key]]\npose = 'nowhere'\n")
    assert Figures([tmp_path]).picture(frame, Side.LEFT) is None
