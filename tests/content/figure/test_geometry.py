"""Vectors, rotations and limbs that reach."""

from math import degrees, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.content.figure import skeleton
from deskbreak.content.figure import vectors as v
from deskbreak.content.figure.solve import ARM, LEG, ankle_over, span, two_bones

ANGLES = st.floats(-170, 170)
SMALL = st.floats(-80, 80)
AS_IT_IS: v.Mat = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


@given(ANGLES, ANGLES, ANGLES)
def test_a_rotation_survives_as_a_quaternion(a: float, b: float, c: float) -> None:
    m = v.product(v.product(v.about_x(a), v.about_y(b)), v.about_z(c))
    again = v.matrix(v.quaternion(m))
    assert [x for row in again for x in row] == pytest.approx(
        [x for row in m for x in row], abs=1e-9
    )


@given(SMALL, SMALL, SMALL)
def test_joint_angles_read_back_as_written(flex: float, side: float, twist: float) -> None:
    turn = skeleton.spine_turn(flex, side, twist)
    assert skeleton.flexion(turn) == pytest.approx((flex, side, twist), abs=1e-6)
    for sign in (-1.0, 1.0):
        limb = skeleton.limb_turn(flex, side, twist, sign)
        assert skeleton.limb_angles(limb, sign) == pytest.approx((flex, side, twist), abs=1e-6)


@given(st.floats(20, 52), SMALL, ANGLES, st.sampled_from([ARM, LEG]))
def test_a_limb_within_reach_arrives(
    far: float, up: float, around: float, limb: tuple[float, float, float]
) -> None:
    direction = v.apply(v.product(v.about_y(around), v.about_z(up)), (1.0, 0.0, 0.0))
    target = v.scale(direction, far)
    reach = two_bones(AS_IT_IS, v.ZERO, target, limb, (0.3, -0.5, 0.8))
    upper, lower, sign = limb
    turn = v.matrix(reach.turn)
    middle = v.apply(turn, (0.0, -upper, 0.0))
    end = v.add(middle, v.apply(v.product(turn, v.about_z(sign * reach.hinge)), (0.0, -lower, 0.0)))
    assert reach.missing == 0.0
    assert end == pytest.approx(target, abs=1e-6)


def test_a_limb_out_of_reach_says_by_how_much() -> None:
    reach = two_bones(AS_IT_IS, v.ZERO, (100.0, 0.0, 0.0), LEG, (0.0, 1.0, 0.0))
    assert reach.missing == pytest.approx(100 - 81, abs=0.1)


def test_a_rising_heel_keeps_the_ball_on_its_spot() -> None:
    flat, up = (ankle_over((0.0, 0.0, 0.0), 0.0, pitch) for pitch in (0.0, -40.0))
    assert up[1] > flat[1] + 6
    ball = skeleton.BALL_AHEAD
    assert v.distance(flat, (ball, 0, 0)) == pytest.approx(v.distance(up, (ball, 0, 0)))


def test_the_span_of_a_leg_follows_its_knee() -> None:
    assert span(0) == pytest.approx(81.0)
    assert span(90) == pytest.approx((41**2 + 40**2) ** 0.5)


def test_the_shortest_way_between_two_turns_is_halved() -> None:
    a, b = v.quaternion(v.about_z(10)), v.quaternion(v.about_z(70))
    half = v.matrix(v.slerp(a, b, 0.5))
    assert half[1][0] == pytest.approx(sin(radians(40)))
    assert degrees(radians(40)) == pytest.approx(40)


def test_easing_is_still_at_both_ends_and_halfway_in_the_middle() -> None:
    assert (v.smooth(0.0), v.smooth(0.5), v.smooth(1.0)) == (0.0, 0.5, 1.0)
    assert v.smooth(0.05) < 0.002
    assert v.smooth(-1.0) == 0.0
