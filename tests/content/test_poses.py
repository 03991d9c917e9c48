"""Pictures stay in their files until they are wanted."""

from pathlib import Path

import pytest

from deskbreak.content.poses import PictureError, pose_of, without_pictures
from tests.content.builtin import EXERCISE, builtin, own

POSE = """\
[exercise.pose]
view = "side"
rows = [
  ["hip", "seat"],
  [true]
]
[[exercise.pose.key]]
at = 1
"""


def test_the_lines_of_pictures_are_emptied_and_nothing_else() -> None:
    text = f"schema = 1\n{EXERCISE}{POSE}\n{EXERCISE}"
    cut = without_pictures(text)
    assert cut.count("\n") == text.count("\n")
    assert (
        cut.split("\n")[0 : 1 + EXERCISE.count("\n")]
        == text.split("\n")[: 1 + EXERCISE.count("\n")]
    )
    assert cut.endswith(EXERCISE)
    assert "pose" not in cut
    assert "hip" not in cut


def test_a_text_with_long_strings_is_left_alone() -> None:
    text = f'schema = 1\nx = """\n{POSE}"""\n'
    assert without_pictures(text) == text
    assert without_pictures("") == ""
    assert without_pictures("schema = 1\n") == "schema = 1\n"


def test_a_picture_is_fetched_when_it_is_wanted(tmp_path: Path) -> None:
    loaded = own(tmp_path, f"schema = 1\n{EXERCISE}{POSE}")
    assert loaded.problems == ()
    pose = pose_of(loaded.catalogue.exercises["toe_wiggle"])
    assert pose == {"view": "side", "rows": [["hip", "seat"], [True]], "key": [{"at": 1}]}


def test_whatever_is_in_a_picture_its_exercise_can_be_done(tmp_path: Path) -> None:
    loaded = own(tmp_path, f"schema = 1\n{EXERCISE}[exercise.pose]\nview = = broken\n")
    assert loaded.problems == ()
    exercise = loaded.catalogue.exercises["toe_wiggle"]
    with pytest.raises(PictureError, match="toe_wiggle"):
        pose_of(exercise)


def test_an_exercise_without_a_picture(tmp_path: Path) -> None:
    assert (
        pose_of(own(tmp_path, f"schema = 1\n{EXERCISE}").catalogue.exercises["toe_wiggle"]) is None
    )


def test_a_file_that_changed_under_us(tmp_path: Path) -> None:
    exercise = own(tmp_path, f"schema = 1\n{EXERCISE}").catalogue.exercises["toe_wiggle"]
    (tmp_path / "mine.toml").write_text("schema = 1\n")
    with pytest.raises(PictureError, match="not there any more"):
        pose_of(exercise)
    (tmp_path / "mine.toml").unlink()
    with pytest.raises(PictureError):
        pose_of(exercise)


def test_a_picture_in_a_file_with_long_strings(tmp_path: Path) -> None:
    text = f"schema = 1\n{EXERCISE}{POSE}".replace('"Slowly."', '"""Slowly."""')
    exercise = own(tmp_path, text).catalogue.exercises["toe_wiggle"]
    assert exercise.cue == "Slowly."
    assert (pose_of(exercise) or {})["view"] == "side"


def test_nothing_of_a_picture_is_held_in_memory() -> None:
    exercise = builtin().exercises["bird_dog"]
    assert not hasattr(exercise, "pose")
    assert not hasattr(exercise, "__dict__")
