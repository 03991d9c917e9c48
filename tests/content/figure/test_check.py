"""Mistakes in pose files of one's own: file, line, key, what was found, what is allowed."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.content.figure import PoseError, load_figure
from deskbreak.content.figure.build import build_figure
from deskbreak.content.figure.verify import pose_problems
from tests.content.figure.conftest import POSES, Bases
from tests.thorough import examples

SOUND = """\
schema = 1
camera = { yaw = -20 }

[pose.tall]
from = "standing"
lumbar = { flex = 2 }

[pose.low]
from = "tall"
leg = { at = [0, 10], turn = 6 }
neck = { flex = 10 }

[[key]]
pose = "tall"

[[key]]
pose = "low"
move = 2
arrow = "crown"
"""


def problems(folder: Path, text: str, name: str = "toe_wiggle.toml") -> list[str]:
    """What is said about a file, with its name in place of its path."""
    file = folder / name
    file.write_text(text, "utf-8")
    found = pose_problems([file], [POSES], {"toe_wiggle", "bird_dog"})
    return [str(one).replace(str(file), file.name) for one in found]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "schema = 1",
            "shema = 1",
            "toe_wiggle.toml:1: shema: found an unknown key, allowed: perh",
        ),
        ("yaw = -20", "yaw = true", "toe_wiggle.toml:2: camera.yaw: found True, allowed: a numb"),
        ("yaw = -20", 'focus = ["nase"]', "toe_wiggle.toml:2: camera.focus: found the point 'nas"),
        ("flex = 2 ", 'flex = "2" ', "toe_wiggle.toml:6: pose.tall: lumbar.flex: found '2', allow"),
        ("flex = 2 ", "bend = 2 ", "toe_wiggle.toml:6: pose.tall: lumbar.bend: found an unknown"),
        ('from = "tall"', 'from = "tal"', "toe_wiggle.toml:9: pose.low: from: found no pose 'tal'"),
        ("turn = 6", "flex = 6", "toe_wiggle.toml:10: pose.low: leg: found a limb placed in two"),
        ("turn = 6", "elbow = 6", "toe_wiggle.toml:10: pose.low: leg: found a limb placed in two"),
        ('pose = "low"', 'pose = "lower"', "toe_wiggle.toml:17: key 2: pose: found no pose 'low"),
        ("move = 2", "move = 0", "toe_wiggle.toml:18: key 2: move: found 0, allowed: a number fr"),
        ('"crown"', '"halo"', "toe_wiggle.toml:19: key 2: arrow: found the point 'halo', allowed"),
        ("[[key]]\npose", "[[key]\npose", "toe_wiggle.toml:13: found no TOML: "),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in SOUND
    found = problems(tmp_path, SOUND.replace(old, new, 1))
    assert len(found) == 1
    assert found[0].startswith(says)


def test_a_sound_file_has_none(tmp_path: Path) -> None:
    assert problems(tmp_path, SOUND) == []
    assert problems(tmp_path, "[pose.x]\n", "bases.toml") == []


def test_what_a_body_cannot_do_is_named_at_the_key_it_goes_to(tmp_path: Path) -> None:
    found = problems(tmp_path, SOUND.replace("flex = 10", "flex = 95"))
    assert len(found) == 1
    assert found[0].startswith("toe_wiggle.toml:16: key 2: ")
    assert "neck flex is" in found[0]
    assert found[0].endswith("allowed: what a joint can do")


def test_poses_of_no_exercise(tmp_path: Path) -> None:
    assert problems(tmp_path, SOUND, "bird_dig.toml") == [
        "bird_dig.toml: found poses for 'bird_dig', allowed: the id of an exercise: "
        "perhaps bird_dog"
    ]


def test_the_player_is_told_the_line_too(tmp_path: Path) -> None:
    (tmp_path / "bird_dog.toml").write_text(SOUND.replace("move = 2", "mov = 2"), "utf-8")
    with pytest.raises(PoseError, match=r"bird_dog\.toml:18: key 2: mov: found an unknown key"):
        load_figure("bird_dog", [POSES, tmp_path])


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)
TOP = st.sampled_from(["side", "steady", "travel", "props", "camera", "highlight", "pose", "key"])
IN_POSE = st.sampled_from(
    ["from", "anchor", "pelvis", "face", "rest", "touch", "balance", "soft", "neck", "arm", "leg_r"]
)
IN_KEY = st.sampled_from(["pose", "move", "hold", "arrow", "highlight", "mirrored"])


@settings(max_examples=examples(150), deadline=None)
@given(st.tuples(st.sampled_from(["top", "pose", "key"]), TOP, IN_POSE, IN_KEY, JUNK))
def test_any_junk_is_a_mistake_or_a_figure(bases: Bases, junk: dict[str, object]) -> None:
    place, top, in_pose, in_key, value = junk
    table: dict[str, object] = {
        "pose": {"a": {"from": "standing"}, "b": {"from": "a", "neck": {"flex": 9}}},
        "key": [{"pose": "a"}, {"pose": "b"}],
    }
    if place == "top":
        table[top] = value
    elif place == "pose":
        table["pose"]["b"][in_pose] = value  # type: ignore[index]
    else:
        table["key"][1][in_key] = value  # type: ignore[index]
    with suppress(PoseError):  # anything else that is raised would stop the player
        assert build_figure("junk", table, bases).scene(0.3).shapes
