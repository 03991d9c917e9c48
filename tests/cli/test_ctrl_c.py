"""Ctrl-C at any moment: whatever was going on ends, and nobody is shown the inside of a program."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.typed import COMMAND, Machine, machine
from tests.waiting import until

INTERRUPTING = """
import signal, sys
from importlib.abc import MetaPathFinder

class Interrupting(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == {module!r}:
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
sys.argv = ["deskbreak", *{words!r}]
from deskbreak.__main__ import main
main()
"""


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Machine]:
    with machine(tmp_path) as made:
        yield made


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("click", -signal.SIGINT),
        ("deskbreak.cli.main", -signal.SIGINT),
        ("deskbreak.cli.stats", 130),
        ("deskbreak.stats.report", 130),
    ],
)
def test_a_command_ends_at_once_and_in_silence(made: Machine, module: str, code: int) -> None:
    program = INTERRUPTING.format(module=module, words=["stats"])
    done = subprocess.run(
        [sys.executable, "-c", program], env=made.env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (code, "")


def blocks_interrupts(pid: int) -> bool:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("SigBlk:"):
            return bool(int(line.split()[1], 16) & 1 << (signal.SIGINT - 1))
    return False


def starting(made: Machine) -> "subprocess.Popen[bytes]":
    with made.errors.open("wb") as errors:
        made.daemon = subprocess.Popen(
            [*COMMAND, "run", "--no-tray"],
            env=made.env,
            stdin=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
    return made.daemon


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_daemon_that_is_still_starting_ends_without_a_word(
    made: Machine, number: signal.Signals
) -> None:
    daemon = starting(made)
    until(lambda: blocks_interrupts(daemon.pid), 60)
    daemon.send_signal(number)
    assert daemon.wait(60) in (0, -number)
    assert "Traceback" not in made.said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_daemon_that_has_just_its_lock_ends_in_order(
    made: Machine, number: signal.Signals
) -> None:
    daemon = starting(made)
    until(made.place("XDG_STATE_HOME", "instance.lock").exists, 60)
    for _ in range(3):
        daemon.send_signal(number)
    assert daemon.wait(60) in (0, -number)
    assert "Traceback" not in made.said
    made.starts("--no-tray")


def test_one_that_runs_has_kept_everything(made: Machine) -> None:
    made.starts("--no-tray")
    assert made.daemon is not None
    assert made.types("stand").code == 0
    made.daemon.send_signal(signal.SIGINT)
    made.daemon.send_signal(signal.SIGINT)
    assert made.daemon.wait(60) == 0
    assert "Traceback" not in made.said
    assert not made.socket.exists()
    assert "standing" in made.place("XDG_STATE_HOME", "state.toml").read_text()
