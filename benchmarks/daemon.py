"""Starts the daemon on a private desktop and says how long it took to be ready."""

import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers import stop

ROOT = Path(__file__).resolve().parent.parent
READY = "deskbreak is ready"
DAEMON = (sys.executable, "-m", "deskbreak", "run")

_PATIENCE_S = 30.0


class NeverReadyError(Exception):
    """The daemon ended, or did not say that it was ready; the message has its last words."""


@dataclass(slots=True)
class Running:
    """A daemon that has said it is ready, `ready_s` after it was launched."""

    process: subprocess.Popen[bytes]
    ready_s: float
    output: list[str] = field(default_factory=list)


@contextmanager
def daemon(env: Mapping[str, str], command: Sequence[str] = DAEMON) -> Iterator[Running]:
    """The daemon in the environment of a private desktop; ended with the block.

    Raises NeverReadyError.
    """
    start = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        running = _ready(process, start)
        threading.Thread(target=_drain, args=(running,), daemon=True).start()
        yield running
    finally:
        stop(process)


def _ready(process: subprocess.Popen[bytes], start: float) -> Running:
    assert process.stdout is not None
    said, rest = [], b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while selector.select(start + _PATIENCE_S - time.monotonic()):
            now = time.monotonic()
            data = os.read(process.stdout.fileno(), 65536)
            *lines, rest = (rest + data).split(b"\n")
            said += [line.decode("utf-8", "replace") for line in lines]
            if any(READY in line for line in said):
                return Running(process, now - start, said)
            if not data:
                break
    raise NeverReadyError("\n".join(["no sign of readiness; its last words:", *said[-20:]]))


def _drain(running: Running) -> None:
    """Keep the pipe from filling up, in a thread of the benchmark, not of the daemon."""
    assert running.process.stdout is not None
    try:
        for line in running.process.stdout:
            running.output.append(line.decode("utf-8", "replace").rstrip())
    except ValueError:  # closed at the end
        return
