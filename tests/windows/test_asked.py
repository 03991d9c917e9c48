"""The words that every player understands."""

import socket
from pathlib import Path

import pytest

from deskbreak.content.model import Side
from deskbreak.windows.options import chosen, parser, reached
from tests.windows.requests import asked


def test_a_routine_with_its_safety_lines() -> None:
    what = asked("floor-hips")
    assert what.routine.id == "floor-hips"
    assert any("Clear some room" in note for note in what.notes)
    assert not [n for n in asked("floor-hips", "--seen", "T8").notes if "Clear some room" in n]


def test_an_exercise_alone_is_a_routine_too() -> None:
    assert [step.exercise.id for step in asked("bird_dog").routine.steps] == ["bird_dog"]


def test_the_first_side_and_easier_ones() -> None:
    what = asked("stand-hips", "--first", "right", "--easier", "weight_shift")
    assert what.line.first is Side.RIGHT
    assert what.easier == {"weight_shift"}


def test_poses_of_own_exercises_come_after_the_shipped_ones(tmp_path: Path) -> None:
    assert asked("bird_dog", "--content", str(tmp_path)).figures[-1] == tmp_path / "poses"


def test_an_unknown_routine_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert chosen(parser("player", "").parse_args(["bird_dg"])) is None
    assert "bird_dog" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["--text-scale", "9"],
        ["--text-scale", "nan"],
        ["--speed", "0"],
        ["--theme", "pink"],
        ["--report", "many"],
    ],
)
def test_words_that_make_no_sense_are_refused(words: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parser("player", "").parse_args(["stand-hips", *words])
    assert left.value.code == 2


def test_the_daemon_is_called_only_when_it_is_time(tmp_path: Path) -> None:
    path = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        listening.setblocking(False)
        options = parser("player", "").parse_args(["stand-hips", "--report", str(path)])
        with pytest.raises(BlockingIOError):
            listening.accept()
        number = reached(options.report).fd
        assert number is not None
        with socket.socket(fileno=number):
            listening.accept()[0].close()
