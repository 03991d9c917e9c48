"""Spoken cues, in a process of their own."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deskbreak.adapters.sound.voice import DEADLINE_S, Voice, capability
from tests.adapters.sound.programs import Bench
from tests.waiting import until

SPEAK = [sys.executable, "-m", "deskbreak.adapters.sound.voice"]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def speak(bench: Bench, text: str) -> int:
    """Speak with the programs of the bench and no others."""
    environment = os.environ | {"PATH": f"{bench.folder}:/bin-that-is-not-there"}
    return subprocess.run([*SPEAK, text], env=environment, timeout=60, check=False).returncode


def test_plyer_speaks_where_it_can(bench: Bench) -> None:
    bench.program("espeak")
    bench.program("espeak-ng")
    assert speak(bench, "Change sides.") == 0
    assert bench.asked == ["espeak Change sides."]


def test_else_the_speech_program_of_the_desktop_does(bench: Bench) -> None:
    bench.program("espeak-ng", "exit 1")
    bench.program("spd-say")
    assert speak(bench, "Change sides.") == 0
    assert [line.split()[0] for line in bench.asked] == ["espeak-ng", "spd-say"]
    assert bench.asked[-1].endswith("Change sides.")


def test_where_nothing_can_speak_nothing_is_said(bench: Bench) -> None:
    assert speak(bench, "Change sides.") == 1


def test_what_is_said_next_cuts_short_what_is_being_said(bench: Bench) -> None:
    voice = Voice(time.monotonic, [bench.program("say", "sleep 60")])
    voice.say("A long sentence.")
    first = voice._noise._process  # type: ignore[union-attr]
    voice.say("")
    assert first.poll() is None  # nothing to say is no reason to stop
    voice.say("Another one.")
    assert first.returncode is not None
    until(lambda: len(bench.asked) == 2 or bench.asked[-1:] == ["say Another one."])
    last = voice._noise._process  # type: ignore[union-attr]
    voice.close()
    assert last.returncode is not None


def test_a_voice_that_does_not_come_to_an_end_is_ended(bench: Bench) -> None:
    now = 0.0
    voice = Voice(lambda: now, [bench.program("say", "sleep 60")])
    voice.say("Hm")
    process = voice._noise._process  # type: ignore[union-attr]
    now = DEADLINE_S + 1
    voice.look()
    assert process.returncode is not None


def test_a_program_that_is_not_there_is_no_trouble() -> None:
    voice = Voice(time.monotonic, ["/nowhere/say"])
    voice.say("Hm")
    assert voice._noise is None
    voice.look()
    voice.close()


def test_what_speaks_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(bench.folder))
    assert not capability().works
    bench.program("espeak-ng")
    assert capability().backend == "espeak-ng"
    bench.program("espeak")
    assert capability().backend == "plyer (EspeakTextToSpeech)"
