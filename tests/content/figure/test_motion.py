"""Keys over time: contacts stay, resting phases fill, travel goes on without a seam."""

import pytest

from deskbreak.content.figure import load_figure
from deskbreak.content.figure.vectors import distance
from tests.content.figure.conftest import POSES, Build, points

STEP = """
[pose.a]
from = "standing"
[pose.b]
from = "a"
{b}
[[key]]
pose = "a"
move = 1
hold = 0.5
[[key]]
pose = "b"
move = 2
hold = 3
fill = true
"""


def test_pinned_feet_do_not_slide_while_the_body_sinks(build: Build) -> None:
    figure = build(STEP.format(b="soft = 70\npelvis = { pitch = 30 }"))
    start = figure.body(0.0).points
    for i in range(60):
        now = figure.body(figure.cycle_s * i / 60).points
        for foot in ("ankle_l", "ankle_r", "toe_l", "toe_r"):
            assert distance(now[foot], start[foot]) < 0.05


def test_the_loop_is_its_moves_and_holds_and_repeats_for_ever(build: Build) -> None:
    figure = build(STEP.format(b="pelvis = { pitch = 30 }"))
    assert figure.cycle_s == pytest.approx(6.5)
    once, again = figure.body(1.3).points, figure.body(1.3 + 6.5 * 4).points
    assert max(distance(once[name], again[name]) for name in once) < 1e-6


def test_only_the_filling_rest_takes_up_a_longer_step(build: Build) -> None:
    figure = build(STEP.format(b="pelvis = { pitch = 30 }")).with_length(20.0)
    assert figure.cycle_s == pytest.approx(20.0)
    assert [key.hold for key in figure.motion.keys] == [0.5, pytest.approx(16.5)]


def test_movement_starts_and_ends_gently(build: Build) -> None:
    figure = build(STEP.format(b="thorax = { flex = 30 }"))
    first = distance(figure.body(0.5).points["head"], figure.body(0.6).points["head"])
    middle = distance(figure.body(1.45).points["head"], figure.body(1.55).points["head"])
    assert first < middle / 10


def test_a_step_lifts_the_foot_and_sets_it_down_in_its_new_place(build: Build) -> None:
    figure = build(STEP.format(b="leg_r = { at = [-30, 10] }\nsoft = 20"))
    heights = [figure.body(0.5 + 2 * i / 20).points["ankle_r"][1] for i in range(21)]
    assert max(heights) > heights[0] + 4
    assert heights[-1] == pytest.approx(heights[0], abs=0.1)


def test_a_hand_may_rest_on_the_moving_body(build: Build) -> None:
    rest = 'arm = { on = "thigh", offset = [7, -12, 0], fingers = [0, -1, 0], palm = [-1, 0, 0] }'
    figure = build(
        STEP.format(b=f"pelvis = {{ pitch = 40 }}\n{rest}").replace("[pose.b]", f"{rest}\n[pose.b]")
    )
    for i in range(20):
        assert max(figure.motion.at(6.5 * i / 20).missing.values()) < 0.5


def test_walking_goes_on_without_a_seam() -> None:
    figure = load_figure("easy_walk", [POSES])
    before = figure.scene(figure.cycle_s - 1e-4, size=(400, 300))
    after = figure.scene(0.0, size=(400, 300))
    ends = [
        max(p[0] for s in scene.shapes if s.part == "body" for p in points(s))
        for scene in (before, after)
    ]
    assert ends[0] == pytest.approx(ends[1], abs=0.5)


def test_alternating_spends_equal_time_on_both_sides(build: Build) -> None:
    text = 'side = "alternate"\n' + STEP.format(b="arm_r = { flex = 70, abd = 8 }")
    figure = build(text)
    assert figure.cycle_s == pytest.approx(13.0)
    right, left = figure.body(4.0).points, figure.body(4.0 + 6.5).points
    x, y, z = right["palm_r"]
    assert left["palm_l"] == pytest.approx((x, y, -z), abs=1e-6)
