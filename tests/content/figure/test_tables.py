"""Pose files: inheritance, mirror images, and mistakes that say what to correct."""

from pathlib import Path
from typing import Any

import pytest

from deskbreak.content.figure import PoseError, load_figure
from deskbreak.content.figure.tables import mirrored, resolve, split_pairs
from tests.content.figure.conftest import POSES, Build

KEYS = '[[key]]\npose = "a"\n[[key]]\npose = "b"\n'
TWO = '[pose.a]\nfrom = "standing"\n[pose.b]\nfrom = "a"\n'


def test_a_pose_takes_over_what_it_does_not_say() -> None:
    poses: dict[str, dict[str, Any]] = {
        "a": {"lumbar": {"flex": 5}},
        "b": {"from": "a", "lumbar": {"side": 3}},
    }
    assert resolve("b", poses, {})["lumbar"] == {"flex": 5, "side": 3}


def test_a_limb_placed_in_another_way_starts_afresh() -> None:
    poses: dict[str, dict[str, Any]] = {
        "a": {"leg_r": {"at": [0, 9]}},
        "b": {"from": "a", "leg_r": {"flex": 30}},
    }
    assert resolve("b", poses, {})["leg_r"] == {"flex": 30}


def test_both_arms_are_written_once() -> None:
    table = split_pairs({"arm": {"flex": 20}, "arm_l": {"elbow": 90}})
    assert table == {"arm_l": {"flex": 20, "elbow": 90}, "arm_r": {"flex": 20}}


def test_the_mirror_of_the_mirror_is_the_pose() -> None:
    table = {
        "leg_r": {"on": "thigh_l", "offset": [1, 2, 3]},
        "pelvis": {"yaw": 4, "facing": [0, 0, 1], "up": [1, 0, 0]},
        "neck": {"side": 5, "flex": 1},
        "anchor": {"point": "knee_r", "at": [0, 5, 9]},
        "touch": {"elbow_l": 0},
    }
    assert mirrored(table)["leg_l"]["on"] == "thigh_r"
    assert mirrored(table)["anchor"] == {"point": "knee_l", "at": [0, 5, -9]}
    assert mirrored(table)["neck"] == {"side": -5, "flex": 1}
    assert mirrored(mirrored(table)) == table


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TWO.replace("standing", "floating") + KEYS, "no pose 'floating'"),
        (TWO + "knees = { flex = 3 }\n" + KEYS, "knees: found an unknown key"),
        (TWO + "neck = { bend = 3 }\n" + KEYS, "neck.bend"),
        (TWO + "leg_r = { at = [0, 9], flex = 20 }\n" + KEYS, "placed in two ways"),
        (TWO + "leg_r = { knee = 20, fingers = [1, 0, 0] }\n" + KEYS, "leg_r.fingers"),
        (TWO + 'arm_r = { on = "tail", offset = [0, 0, 0] }\n' + KEYS, "the bone 'tail'"),
        (TWO + 'rest = "clouds"\n' + KEYS, "'clouds'"),
        (TWO + '[[key]]\npose = "a"\n', "found 1 of them, allowed: two or more"),
        ('props = ["sofa"]\n' + TWO + KEYS, "props: found the thing 'sofa'"),
        ('highlight = ["elbow_grease"]\n' + TWO + KEYS, "'elbow_grease'"),
        ('side = "top"\n' + TWO + KEYS, "'top'"),
        ("zoom = 3\n" + TWO + KEYS, "zoom: found an unknown key"),
        ('[pose.a]\nfrom = "b"\n[pose.b]\nfrom = "a"\n' + KEYS, "inheriting from itself|no pose"),
    ],
)
def test_a_mistake_is_named(build: Build, text: str, says: str) -> None:
    with pytest.raises(PoseError, match=says):
        build(text)


def test_an_own_folder_adds_and_overrides(tmp_path: Path) -> None:
    own = TWO + KEYS
    (tmp_path / "my_move.toml").write_text(own, encoding="utf-8")
    (tmp_path / "bird_dog.toml").write_text(own, encoding="utf-8")
    assert load_figure("my_move", [POSES, tmp_path]).exercise_id == "my_move"
    assert load_figure("bird_dog", [POSES, tmp_path]).side == "both"
    assert load_figure("bird_dog", [POSES]).side == "alternate"


def test_the_file_is_named_in_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "my_move.toml").write_text("[pose.a\n", encoding="utf-8")
    with pytest.raises(PoseError, match=r"my_move\.toml"):
        load_figure("my_move", [POSES, tmp_path])
    with pytest.raises(FileNotFoundError):
        load_figure("no_such_exercise", [POSES])
