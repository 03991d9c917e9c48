"""What can be heard of a routine, and when nothing may be."""

import time
from pathlib import Path

import pytest

from deskbreak.content.playback import Run
from deskbreak.windows.audio import Sounds
from deskbreak.windows.options import parser
from deskbreak.windows.session import Turn
from tests.adapters.sound.programs import Bench
from tests.waiting import until
from tests.windows.asking import asked


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A desktop whose only program for sounds writes down what it is asked to play."""
    made = Bench(tmp_path)
    monkeypatch.setenv("PATH", str(Path(made.program("pw-play")).parent), prepend=":")
    return made


def sounds(*words: str) -> Sounds:
    return Sounds.wanted(time.monotonic, parser("player", "").parse_args(["stand-hips", *words]))


def play(ears: Sounds, *turns: Turn) -> None:
    frame = Run.start(asked("stand-hips").line, 0.0).at(0.0)
    for turn in turns:
        ears.turn(turn, frame)
        ears.look()


def test_each_turn_has_its_chime(bench: Bench) -> None:
    ears = sounds("--sound")
    for number, turn in enumerate((Turn.GO, Turn.SWITCH, Turn.NEXT, Turn.OVER), 1):
        play(ears, turn)
        until(lambda number=number: len(bench.asked) == number)
    ears.close()
    names = [Path(line.split()[-1]).stem for line in bench.asked]
    assert names == ["go", "side", "step", "end"]


@pytest.mark.parametrize("words", [(), ("--sound", "--voice", "--quiet")])
def test_nothing_is_heard_that_was_not_asked_for_or_on_a_call(
    words: tuple[str, ...], bench: Bench
) -> None:
    ears = sounds(*words)
    play(ears, *Turn)
    assert (ears._speaker, ears._voice) == (None, None)
    assert bench.asked == []


def test_silence_is_for_good(bench: Bench) -> None:
    ears = sounds("--sound", "--voice")
    ears.close()
    play(ears, *Turn)
    assert bench.asked == []
