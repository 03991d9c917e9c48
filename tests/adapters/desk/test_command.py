"""A sensor program: whatever it does, the engine hears of changes only and waits for nobody."""

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deskbreak.adapters import desk as desk_module
from deskbreak.adapters.desk import CommandSensor, Said, read_line
from deskbreak.core.enums import Posture
from deskbreak.core.events import Fact, PostureSensed, SensorLost
from deskbreak.ports import Capability
from tests.waiting import spin, spin_for

UP, DOWN = PostureSensed(Posture.STANDING), PostureSensed(Posture.SITTING)


class Bench:
    """A sensor whose program a test can change, what it sent, and how often it was started."""

    def __init__(self, loop: asyncio.AbstractEventLoop, folder: Path) -> None:
        self.loop, self.folder = loop, folder
        self.words: list[str] = []
        self.facts: list[Fact] = []
        self.sensor = CommandSensor(loop, self.facts.append, lambda: self.words)

    def shell(self, script: str) -> None:
        """Use this script; it counts its starts."""
        self.words = ["sh", "-c", f"echo >> {self.folder}/starts; {script}"]
        self.sensor.refresh()

    @property
    def starts(self) -> int:
        file = self.folder / "starts"
        return len(file.read_text().splitlines()) if file.exists() else 0

    @property
    def desk(self) -> Capability:
        (found,) = self.sensor.capabilities()
        return found

    def spin(self, condition: Callable[[], object]) -> None:
        spin(self.loop, condition)


@pytest.fixture
def bench(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(loop, tmp_path)
    yield made
    made.sensor.close()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "AGAIN_S", 0.02)


def test_a_word_and_the_rest_for_people() -> None:
    assert read_line(b"Standing  109 cm \r") == Said(Posture.STANDING, "109 cm")
    assert read_line(b"unknown out of reach") == Said(None, "out of reach")
    assert len(read_line(b"sitting " + b"x" * 900).detail) == 80


@pytest.mark.parametrize("line", [b"up", b"standingnow", b"\xff\x00", b"sit ting"])
def test_no_word_of_a_sensor(line: bytes) -> None:
    with pytest.raises(ValueError, match="allowed: sitting, standing or unknown"):
        read_line(line)


def test_none_is_set(bench: Bench) -> None:
    bench.sensor.start()
    assert (bench.sensor.capabilities(), bench.facts) == ([], [])


def test_it_goes_on_telling(bench: Bench) -> None:
    bench.shell("echo sitting; echo standing 109 cm; sleep 60")
    bench.spin(lambda: len(bench.facts) == 2)
    assert bench.facts == [DOWN, UP]
    assert (bench.desk.works, bench.desk.why) == (True, "standing, 109 cm")


def test_the_same_word_again_and_again_is_said_once(bench: Bench) -> None:
    bench.shell("for i in 1 2 3 4 5; do echo standing $i; done; sleep 60")
    bench.spin(lambda: bench.desk.why == "standing, 5")
    assert bench.facts == [UP]


@pytest.mark.usefixtures("soon")
def test_it_tells_once_and_is_asked_again(bench: Bench) -> None:
    height, higher = bench.folder / "height", bench.folder / "higher"
    height.write_text("sitting\n")
    higher.write_text("standing\n")
    bench.shell(f"cat {height}")
    bench.spin(lambda: bench.starts > 2)
    higher.replace(height)
    bench.spin(lambda: UP in bench.facts)
    assert bench.facts == [DOWN, UP]


def test_a_word_on_a_line_without_an_end(bench: Bench) -> None:
    bench.shell("printf standing")
    bench.spin(lambda: bench.facts == [UP])


@pytest.mark.usefixtures("soon")
def test_one_that_dies_is_lost_and_tried_again_ever_more_rarely(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.shell("[ $(wc -l < " + str(bench.folder / "starts") + ") = 1 ] && echo standing; exit 3")
    bench.spin(lambda: bench.starts >= 4)
    assert bench.facts == [UP, SensorLost()]
    assert (bench.desk.works, bench.desk.why) == (False, "it ended with code 3")
    assert caplog.text.count("it ended with code 3") == 1
    assert bench.sensor._pauses.pause_s() >= 0.02 * 2**3


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize(("steady", "logged"), [(60.0, 1), (0.0, 3)])
def test_a_word_before_its_end_does_not_make_it_good_but_a_long_run_does(
    bench: Bench,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    steady: float,
    logged: int,
) -> None:
    monkeypatch.setattr(desk_module, "STEADY_S", steady)
    bench.shell("echo standing; echo no such desk >&2; exit 1")
    bench.spin(lambda: len(bench.facts) >= 6)
    assert bench.facts[:6] == [UP, SensorLost()] * 3
    assert caplog.text.count("it ended with code 1: no such desk") == logged


@pytest.mark.parametrize("words", [["/nowhere/desk"], ["a\0b"], ["/etc/hostname"]])
def test_one_that_cannot_start(
    bench: Bench, words: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    bench.words = words
    bench.sensor.start()
    assert bench.desk.why.startswith("it could not start (")
    assert bench.desk.advice
    assert len(caplog.records) == 1
    assert bench.facts == []


def test_words_that_are_none_are_named_once(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    bench.shell("echo up; echo up; echo sitting; echo up; sleep 60")
    bench.spin(lambda: bench.facts == [DOWN])
    spin_for(bench.loop, 0.02)
    assert caplog.text.count("'up'") == 1
    assert bench.desk.works, "one strange word among others does no harm"


def test_nothing_but_strange_words(bench: Bench) -> None:
    bench.shell("echo up")
    bench.spin(lambda: bench.desk.why.startswith("it printed 'up'; allowed: sitting, standing"))
    assert (bench.desk.works, bench.facts) == (False, [])


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("yes standing", "it printed more than 300 lines within 60 s"),
        ("yes nonsense", "it printed more than 300 lines within 60 s"),
        ("cat /dev/zero", "it prints a line without an end"),
    ],
)
def test_one_that_floods_is_ended(
    bench: Bench, script: str, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    bench.shell(script)
    bench.spin(lambda: bench.desk.why == why)
    assert len(bench.facts) <= 2
    assert len(caplog.records) <= 2


def test_one_that_says_nothing_is_ended(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "SILENCE_S", 0.05)
    bench.shell("sleep 60")
    assert bench.desk.why == "it has not said anything yet"
    bench.spin(lambda: bench.desk.why == "it printed nothing within 0.05 s")


def test_other_settings_another_program(bench: Bench) -> None:
    bench.shell("echo standing; sleep 60")
    bench.spin(lambda: bench.facts == [UP])
    bench.shell("echo sitting; sleep 60")
    bench.spin(lambda: bench.facts == [UP, SensorLost(), DOWN])
    bench.words = []
    bench.sensor.refresh()
    assert bench.facts[-1] == SensorLost()
    assert bench.sensor.capabilities() == []


def test_the_same_settings_leave_it_alone(bench: Bench) -> None:
    bench.shell("echo standing; sleep 60")
    bench.spin(lambda: bench.facts)
    bench.sensor.refresh()
    spin_for(bench.loop, 0.03)
    assert (bench.starts, bench.facts) == (1, [UP])


def test_it_is_asked_to_end_before_it_is_made_to(bench: Bench) -> None:
    farewell = f"trap 'echo > {bench.folder}/farewell; exit' TERM"
    bench.shell(f"{farewell}; echo standing; while :; do sleep 0.01; done")
    bench.spin(lambda: bench.facts)
    bench.sensor.close()
    assert (bench.folder / "farewell").exists()


def test_one_that_will_not_end_is_made_to(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "GRACE_S", 0.02)
    bench.words = [sys.executable, "-c", _STUBBORN]
    bench.sensor.start()
    bench.spin(lambda: bench.facts)
    pid = int(bench.desk.why.split(", ")[1])
    bench.sensor.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


_STUBBORN = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("standing", os.getpid(), flush=True)
time.sleep(60)
"""


def test_no_shell_reads_the_words(bench: Bench) -> None:
    bench.words = ["echo", "standing", "$HOME; rm -rf *"]
    bench.sensor.start()
    bench.spin(lambda: bench.desk.why == "standing, $HOME; rm -rf *")


def test_a_tilde_is_the_home_folder(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(bench.folder))
    program = bench.folder / "desk"
    program.write_text("#!/bin/sh\necho standing\n")
    program.chmod(0o755)
    bench.words = ["~/desk"]
    bench.sensor.start()
    bench.spin(lambda: bench.facts == [UP])


def test_nothing_is_logged_while_it_works(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    bench.shell("echo unknown looking; echo standing; sleep 60")
    bench.spin(lambda: UP in bench.facts)
    assert (bench.facts, caplog.records) == ([SensorLost(), UP], [])


def test_another_program_begins_when_the_old_one_has_let_go_of_the_desk(bench: Bench) -> None:
    """And nobody waits for that: it takes its time to hang up on the desk."""
    log = bench.folder / "log"
    bench.shell(f"trap 'sleep 1; echo gone >> {log}; exit' TERM; echo sitting; sleep 60 & wait")
    bench.spin(lambda: bench.facts == [DOWN])
    old = bench.sensor._running
    assert old is not None
    bench.words = ["sh", "-c", f"echo begun >> {log}; echo standing; sleep 60"]
    bench.sensor.refresh()
    assert old._child.running
    assert bench.facts == [DOWN, SensorLost()]
    bench.spin(lambda: bench.facts == [DOWN, SensorLost(), UP])
    assert log.read_text().split() == ["gone", "begun"]


def test_one_that_does_not_let_go_is_ended(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "GRACE_S", 0.02)
    bench.shell("trap '' TERM; echo sitting; sleep 60 & wait")
    bench.spin(lambda: bench.facts == [DOWN])
    bench.words = ["sh", "-c", "echo standing; sleep 60"]
    bench.sensor.refresh()
    bench.spin(lambda: bench.facts == [DOWN, SensorLost(), UP])


def test_what_is_set_last_counts_when_the_old_one_is_gone(bench: Bench) -> None:
    bench.shell("echo sitting; sleep 60")
    bench.spin(lambda: bench.facts == [DOWN])
    for words in (["sh", "-c", "echo sitting; sleep 60"], [], ["sh", "-c", "echo standing"]):
        bench.words = words
        bench.sensor.refresh()
    bench.spin(lambda: bench.facts[-1] == UP)
    assert DOWN not in bench.facts[1:]
