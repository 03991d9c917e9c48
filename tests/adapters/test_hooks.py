"""Hooks: what they are told, and that whatever they do nobody has to wait for them (B33)."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskbreak.adapters import child as child_module
from deskbreak.adapters import hooks as hooks_module
from deskbreak.adapters.hooks import Hooks
from deskbreak.core.enums import BreakKind, HoldReason, Outcome, Posture
from deskbreak.core.moment import Moment
from deskbreak.core.records import (
    BreakEnded,
    DayClosed,
    HoldStarted,
    Paused,
    PostureChanged,
    Prompted,
)
from tests.waiting import spin, spin_for, until

BERLIN = ZoneInfo("Europe/Berlin")
NOON = Moment(datetime(2026, 3, 2, 12, tzinfo=BERLIN).timestamp(), 0.0, 0.0, BERLIN)
STOOD = PostureChanged(Posture.STANDING)

TELLS = """
import json, os, sys
told = {k: v for k, v in os.environ.items() if k.startswith("DESKBREAK_")}
text = json.dumps([sys.argv[2:], json.load(sys.stdin), told])
open(sys.argv[1] + ".new", "w").write(text)
os.rename(sys.argv[1] + ".new", sys.argv[1])
"""


class Bench:
    """Hooks whose commands a test can change, and what they left behind."""

    def __init__(self, loop: asyncio.AbstractEventLoop, folder: Path) -> None:
        self.loop = loop
        self.folder = folder
        self.commands: dict[str, Sequence[str]] = {}
        self.hooks = Hooks(loop, lambda: self.commands)

    def python(self, event: str, program: str, *words: str) -> None:
        self.commands[event] = [sys.executable, "-c", program, *words]

    @property
    def left(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())

    def spin(self, condition: Callable[[], object]) -> None:
        spin(self.loop, condition)

    def idle(self) -> bool:
        return not self.hooks._running and not self.hooks._waiting


@pytest.fixture
def bench(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(loop, tmp_path)
    yield made
    made.hooks.close()
    assert made.idle()


def gone(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().split(")")[1].split()[0] == "Z"
    except OSError:
        return True


# --------------------------------------------------------------------------- what they are told


def test_a_hook_is_told_the_event_on_its_input_and_in_its_environment(bench: Bench) -> None:
    out = bench.folder / "told"
    bench.python("break_ended", TELLS, str(out), "$HOME; rm -rf *", "a b", "", "ä")
    happening = BreakEnded(Outcome.PARTIAL, 90, BreakKind.STRETCH, "hips", 3, 5)
    bench.hooks.fire(happening, NOON)
    bench.spin(bench.idle)
    words, event, environment = json.loads(out.read_text())
    assert words == ["$HOME; rm -rf *", "a b", "", "ä"]
    assert event == {
        "event": "break_ended",
        "wall": "2026-03-02T12:00:00+01:00",
        "outcome": "partial",
        "length_s": 90,
        "kind": "stretch",
        "routine": "hips",
        "at_step": 3,
        "of": 5,
    }
    assert {key: said for key, said in environment.items() if key not in os.environ} == {
        "DESKBREAK_EVENT": "break_ended",
        "DESKBREAK_WALL": "2026-03-02T12:00:00+01:00",
        "DESKBREAK_OUTCOME": "partial",
        "DESKBREAK_LENGTH_S": "90",
        "DESKBREAK_KIND": "stretch",
        "DESKBREAK_ROUTINE": "hips",
        "DESKBREAK_AT_STEP": "3",
        "DESKBREAK_OF": "5",
    }


def test_lists_are_joined_and_tables_are_left_to_the_input(bench: Bench) -> None:
    bench.python("prompt", TELLS, str(bench.folder / "prompt"))
    bench.python("day_closed", TELLS, str(bench.folder / "day"))
    bench.hooks.fire(Prompted(1800, 0, BreakKind.WALK, ("walk", "stretch")), NOON)
    bench.hooks.fire(DayClosed("2026-03-01", {"sitting": 5}), NOON)
    bench.spin(bench.idle)
    _, event, environment = json.loads((bench.folder / "prompt").read_text())
    assert event["actions"] == ["walk", "stretch"]
    assert environment["DESKBREAK_ACTIONS"] == "walk,stretch"
    _, event, environment = json.loads((bench.folder / "day").read_text())
    assert event["ledger"] == {"sitting": 5}
    assert "DESKBREAK_LEDGER" not in environment


def test_only_the_event_of_a_hook_runs_it_and_settings_may_change(bench: Bench) -> None:
    bench.commands = {"posture": ["touch", str(bench.folder / "first")], "hold": []}
    bench.hooks.fire(Paused(60), NOON)
    bench.hooks.fire(HoldStarted(HoldReason.CALL), NOON)
    assert bench.idle()
    bench.hooks.fire(STOOD, NOON)
    bench.commands = {"posture": ["touch", str(bench.folder / "second")]}
    bench.hooks.fire(STOOD, NOON)
    bench.spin(bench.idle)
    assert bench.left == ["first", "second"]


def test_the_home_folder_can_be_written_short(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(bench.folder))
    script = bench.folder / "hook"
    script.write_text('#!/bin/sh\ntouch "$HOME/ran"\n')
    script.chmod(0o755)
    bench.commands = {"posture": ["~/hook"]}
    bench.hooks.fire(STOOD, NOON)
    bench.spin(bench.idle)
    assert bench.left == ["hook", "ran"]


# ------------------------------------------------------------------------------ when it goes ill


def test_a_hook_that_cannot_start_is_logged(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    plain = bench.folder / "plain"
    plain.write_text("no program")
    missing = (
        "/no/such/program",
        "no-such-program",
        "~no-such-person/hook",
        str(plain),
        "a\0b",
        "",
    )
    for words in ([name] for name in missing):
        caplog.clear()
        bench.commands = {"posture": words}
        bench.hooks.fire(STOOD, NOON)
        assert "hook posture could not start" in caplog.text
        assert bench.idle()


def test_a_hook_that_complains_is_logged_in_short(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.python(
        "posture", "import sys; sys.stderr.write('no such lamp ' + 'x' * 300_000); sys.exit(7)"
    )
    bench.hooks.fire(STOOD, NOON)
    bench.spin(bench.idle)
    assert "hook posture ended with code 7: no such lamp xxx" in caplog.text
    assert len(caplog.text) < 1000


def test_one_that_does_not_read_and_prints_a_lot_ends_well(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.python("posture", "print('x' * 1_000_000)")
    bench.hooks.fire(STOOD, NOON)
    bench.spin(bench.idle)
    assert caplog.text == ""


SLEEPS = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen(["sleep", "60"])
open(sys.argv[1] + ".new", "w").write(f"{os.getpid()} {child.pid}")
os.rename(sys.argv[1] + ".new", sys.argv[1])
time.sleep(60)
"""


def test_one_that_runs_too_long_is_ended_with_all_it_started(
    bench: Bench, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks_module, "LONGEST_S", 0.5)
    pids = bench.folder / "pids"
    bench.python("posture", SLEEPS, str(pids))
    bench.hooks.fire(STOOD, NOON)
    bench.spin(bench.idle)
    assert "hook posture was ended after 0.5 s" in caplog.text
    for pid in pids.read_text().split():
        until(lambda pid=pid: gone(int(pid)))


def test_nobody_waits_for_a_hook(bench: Bench) -> None:
    bench.commands = {"posture": ["sleep", "60"]}
    begin = time.monotonic()
    bench.hooks.fire(STOOD, NOON)
    assert time.monotonic() - begin < 60
    ticks: list[int] = []
    bench.loop.call_later(0.01, ticks.append, 1)
    bench.spin(lambda: ticks)
    assert len(bench.hooks._running) == 1


def test_a_few_run_at_once_the_others_wait_their_turn_and_a_flood_is_cut(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    gate = bench.folder / "gate"
    os.mkfifo(gate)
    bench.commands = {"posture": ["sh", "-c", f'read x < "{gate}"; mktemp -p "{bench.folder}"']}
    for _ in range(50):
        bench.hooks.fire(STOOD, NOON)
    assert len(bench.hooks._running) == 4
    assert len(bench.hooks._waiting) == 32
    assert caplog.text.count("left out") == 14
    opened = os.open(gate, os.O_RDWR)
    os.write(opened, b"\n" * 36)
    bench.spin(bench.idle)
    os.close(opened)
    assert len(bench.left) == 36 + 1


def test_the_end_ends_them_and_forgets_those_that_wait(bench: Bench) -> None:
    pids = bench.folder / "pids"
    bench.python("posture", SLEEPS, str(pids))
    bench.hooks.fire(STOOD, NOON)
    until(pids.exists)
    for _ in range(10):
        bench.hooks.fire(STOOD, NOON)
    bench.hooks.close()
    assert bench.idle()
    for pid in pids.read_text().split():
        until(lambda pid=pid: gone(int(pid)))
    bench.hooks.close()


def test_what_a_hook_leaves_running_in_the_background_is_its_own_affair(bench: Bench) -> None:
    bench.commands = {
        "posture": ["sh", "-c", f'(sleep 0.3; touch "{bench.folder}/later") >/dev/null 2>&1 &']
    }
    bench.hooks.fire(STOOD, NOON)
    bench.spin(bench.idle)
    until((bench.folder / "later").exists)


@pytest.mark.usefixtures("other_programs")
def test_it_works_where_the_kernel_has_no_process_descriptors(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(child_module, "open_descriptor", lambda _pid: None)
    monkeypatch.setattr(child_module, "_LOOK_AGAIN_S", 0.01)
    bench.commands = {"posture": ["sh", "-c", "exit 3"]}
    bench.hooks.fire(STOOD, NOON)
    bench.spin(bench.idle)
    assert "ended with code 3" in caplog.text
    bench.commands = {"posture": ["sleep", "60"]}
    bench.hooks.fire(STOOD, NOON)
    spin_for(bench.loop, 0.03)
    bench.hooks.close()


def test_no_descriptor_is_left_open(bench: Bench) -> None:
    def count() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    bench.commands = {"posture": ["true"], "paused": ["/no/such/program"]}
    bench.hooks.fire(STOOD, NOON)
    bench.spin(bench.idle)
    before = count()
    for _ in range(10):
        bench.hooks.fire(STOOD, NOON)
        bench.hooks.fire(Paused(60), NOON)
    bench.spin(bench.idle)
    assert count() == before
