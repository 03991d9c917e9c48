"""Each rule of the geometry lint catches a movement that is faulty in just that way."""

import pytest

from deskbreak.content.figure.figure import Figure
from deskbreak.content.figure.skeleton import Body
from deskbreak.content.figure.verify import EACH_FRAME, WHOLE, Frame, bones, frames, verify
from deskbreak.struct import replace
from tests.content.figure.conftest import Build

STANDING = """
[pose.a]
from = "standing"
{a}
[pose.b]
from = "a"
{b}
[[key]]
pose = "a"
move = {move}
[[key]]
pose = "b"
move = {move}
"""


def text(a: str = "", b: str = "lumbar = { flex = 10 }", head: str = "", move: float = 1.0) -> str:
    return head + STANDING.format(a=a, b=b, move=move)


def rules(figure: Figure) -> set[str]:
    return {problem.rule for problem in verify(figure)}


def test_a_sound_movement_has_no_problems(build: Build) -> None:
    assert verify(build(text())) == []


def test_a_knee_that_bends_the_other_way(build: Build) -> None:
    found = verify(build(text(b="leg_r = { flex = 0, abd = 8, knee = -20 }")))
    assert [p for p in found if p.rule == "ranges" and "knee_r flex is -" in p.found]


def test_a_head_turned_too_far(build: Build) -> None:
    assert rules(build(text(b="neck = { twist = 95 }"))) == {"ranges"}


def test_a_bone_that_grows(build: Build) -> None:
    figure = build(text())
    frame = frames(figure)[0]
    body = frame.body
    longer = {**body.points, "knee_r": (0.0, 50.0, 20.0)}
    faulty = Frame(0.0, 0, 0, Body(longer, body.frames, body.pose), {})
    assert {place for place, _ in bones(faulty, figure)} == {"hip_r", "knee_r"}
    assert list(bones(frame, figure)) == []


def test_a_foot_in_the_floor(build: Build) -> None:
    lower = 'rest = "mat"\nanchor = { point = "hips", at = [0, 78] }\nleg = { flex = 0, abd = 6 }\n'
    assert "floor" in rules(build(text(a=lower + "soft = false\nbalance = false")))


def test_a_hand_out_of_reach(build: Build) -> None:
    far = "arm_r = { at = [90, 120, 20], fingers = [1, 0, 0] }"
    found = verify(build(text(a=far)))
    assert any(p.rule == "contacts" and "arm_r misses" in p.found for p in found)


def test_a_back_that_leaves_the_mat(build: Build) -> None:
    lying = """
        camera = {}
        [pose.a]
        from = "supine"
        [pose.b]
        from = "a"
        lumbar = { flex = 25 }
        [[key]]
        pose = "a"
        [[key]]
        pose = "b"
    """
    found = verify(build(lying))
    assert any(p.rule == "contacts" and p.found.startswith("chest is") for p in found)


def test_a_hand_through_the_belly(build: Build) -> None:
    through = 'arm_r = { on = "lumbar", offset = [-2, 4, 0], fingers = [0, 0, -1] }'
    assert "collisions" in rules(build(text(a=through)))


def test_a_body_in_the_wall(build: Build) -> None:
    wall = 'props = [{ kind = "wall", x = 52 }]\n'
    reach = "arm_r = { flex = 90, abd = 5 }"
    found = verify(build(text(a=reach, head=wall)))
    assert any(p.rule == "collisions" and "in the wall" in p.found for p in found)


def test_a_weight_beside_the_feet(build: Build) -> None:
    tipping = 'balance = false\nsoft = 10\nanchor = { point = "hips", at = [26, 80] }'
    assert "balance" in rules(build(text(a=tipping)))


def test_a_body_that_hovers_over_the_mat(build: Build) -> None:
    hovering = """
        [pose.a]
        from = "supine"
        anchor = { point = "hips", at = [0, 14] }
        touch = {}
        [pose.b]
        from = "a"
        [[key]]
        pose = "a"
        [[key]]
        pose = "b"
    """
    assert "support" in rules(build(hovering))
    assert "support" not in rules(build(hovering.replace("[0, 14]", "[0, 9.3]")))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("blades_r = { up = 12 }", "blade_r up is"),
        ("blades_l = { back = -9 }", "blade_l back is -"),
        ("neck = { glide = 8 }", "head glide is"),
    ],
)
def test_a_glide_that_is_too_long(build: Build, words: str, says: str) -> None:
    found = verify(build(text(b=words)))
    assert [p for p in found if p.rule == "ranges" and p.found.startswith(says)]


def test_a_back_bent_too_far_backwards(build: Build) -> None:
    assert "extension" in rules(build(text(b="lumbar = { flex = -28 }\nthorax = { flex = -20 }")))


def test_an_extension_past_the_limit_of_its_exercise(build: Build) -> None:
    head = "max_extension = 10\n"
    assert rules(build(text(b="lumbar = { flex = -9 }", head=head))) == set()
    assert rules(build(text(b="lumbar = { flex = -14 }", head=head))) == {"extension"}


def test_a_jump(build: Build) -> None:
    raised = "arm_r = { flex = 165, abd = 8 }"
    assert rules(build(text(b=raised, move=2.0))) == set()
    assert rules(build(text(b=raised, move=0.2))) == {"jumps"}


def test_a_loop_that_does_not_close(build: Build) -> None:
    figure, other = build(text()), build(text(a="pelvis = { pitch = 20 }"))
    assert list(WHOLE["loop"](frames(figure), figure)) == []
    assert {name for name, _, _ in WHOLE["loop"](frames(other), figure)} >= {"head", "chest"}


def test_sides_that_differ(build: Build) -> None:
    one_sided = build(text(b="arm_r = { flex = 60, abd = 8 }"))
    assert "sides" not in rules(one_sided)
    assert "sides" in rules(replace(one_sided, side="alternate"))


def test_a_head_outside_the_picture(build: Build) -> None:
    figure = build(text())
    narrow = replace(figure.view, height=figure.view.height / 2)
    assert "seen" in rules(replace(figure, view=narrow))


def test_every_rule_has_its_faulty_movement_here() -> None:
    tested = {"bones", "ranges", "floor", "contacts", "collisions", "balance", "extension"}
    tested.add("support")
    assert set(EACH_FRAME) == tested
    assert set(WHOLE) == {"jumps", "loop", "sides", "seen"}
