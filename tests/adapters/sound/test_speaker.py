"""Chimes through whatever program is there."""

import time
from pathlib import Path

import pytest

from deskbreak.adapters.sound.speaker import DEADLINE_S, Chime, Speaker, capability, found
from tests.adapters.sound.programs import Bench
from tests.waiting import until


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def looks(speaker: Speaker, condition: object, what: str = "") -> None:
    """Look after the speaker until something is so."""

    def look() -> object:
        speaker.look()
        return condition()  # type: ignore[operator]

    until(look, what=what)


def test_the_file_of_the_chime_is_played(bench: Bench) -> None:
    speaker = Speaker(time.monotonic, [[bench.program("play"), "-q"]])
    speaker.play(Chime.SIDE)
    looks(speaker, lambda: bench.asked == [f"play -q {Chime.SIDE.file}"])
    assert Chime.SIDE.file.is_file()
    speaker.close()


def test_a_program_that_cannot_is_not_asked_again(bench: Bench) -> None:
    broken, good = bench.program("broken", "exit 1"), bench.program("good")
    speaker = Speaker(time.monotonic, [[str(bench.folder / "gone")], [broken], [good]])
    speaker.play(Chime.GO)
    looks(speaker, lambda: len(bench.asked) == 2)
    looks(speaker, lambda: speaker._noise is None)
    speaker.play(Chime.END)
    looks(speaker, lambda: len(bench.asked) == 3)
    assert [line.split()[0] for line in bench.asked] == ["broken", "good", "good"]
    assert bench.asked[-1].endswith("end.wav")
    speaker.close()


def test_without_a_device_it_falls_silent_for_good(bench: Bench) -> None:
    speaker = Speaker(time.monotonic, [[bench.program(name, "exit 1")] for name in ("a", "b")])
    speaker.play(Chime.GO)
    looks(speaker, lambda: len(bench.asked) == 2 and speaker._noise is None)
    speaker.play(Chime.GO)
    speaker.look()
    assert [line.split()[0] for line in bench.asked] == ["a", "b"]


def test_a_program_that_hangs_is_ended(bench: Bench) -> None:
    now = 0.0
    speaker = Speaker(lambda: now, [[bench.program("hangs", "sleep 60")]])
    speaker.play(Chime.GO)
    until(lambda: bench.asked)
    process = speaker._noise._process  # type: ignore[union-attr]
    now = DEADLINE_S + 1
    speaker.look()
    assert process.returncode is not None
    speaker.play(Chime.GO)
    speaker.look()
    assert len(bench.asked) == 1


def test_a_new_chime_takes_the_place_of_the_old_one(bench: Bench) -> None:
    speaker = Speaker(time.monotonic, [[bench.program("play", "sleep 60")]])
    speaker.play(Chime.GO)
    first = speaker._noise._process  # type: ignore[union-attr]
    speaker.play(Chime.STEP)
    assert first.returncode is not None
    second = speaker._noise._process  # type: ignore[union-attr]
    speaker.close()
    assert second.returncode is not None


def test_without_any_program_there_is_silence_and_advice(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert found() == []
    speaker = Speaker(time.monotonic)
    speaker.play(Chime.GO)
    speaker.look()
    told = capability()
    assert not told.works
    assert "aplay" in told.advice


def test_the_best_program_of_the_desktop_comes_first(
    monkeypatch: pytest.MonkeyPatch, bench: Bench
) -> None:
    for name in ("aplay", "paplay"):
        bench.program(name)
    monkeypatch.setenv("PATH", str(bench.folder))
    assert [words[0] for words in found()] == ["paplay", "aplay"]
    assert capability().backend == "paplay"
