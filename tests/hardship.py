"""A machine that is slow on purpose, for the same tests; the environment says in what way.

- `DESKBREAK_LATE=0.2`: whatever a played D-Bus service says comes so many seconds later.
- `DESKBREAK_STALLS=0.3`: the test process stands still for so many seconds, again and again, as on
  a machine that swaps.
- `DESKBREAK_ORDER=7`: the files and the tests in each file run in another order, by that number.
"""

import os
import random
import subprocess
import sys
from collections import deque
from functools import partial
from itertools import groupby

import pytest
from jeepney import Message

from tests.fakes.service import Service

_STALLING = """\
import os, random, signal, sys, time
pid, stall = int(sys.argv[1]), float(sys.argv[2])
while os.getppid() == pid:
    time.sleep(random.uniform(1, 3) * stall)
    os.kill(pid, signal.SIGSTOP)
    time.sleep(stall)
    os.kill(pid, signal.SIGCONT)
"""


def bring(config: pytest.Config) -> None:
    """Bring about what the environment asks for."""
    if late_s := float(os.environ.get("DESKBREAK_LATE", "0")):
        _answer_late(late_s)
    worker = hasattr(config, "workerinput") or not config.getoption("numprocesses", None)
    if (stall_s := os.environ.get("DESKBREAK_STALLS")) and worker:
        words = [sys.executable, "-c", _STALLING, str(os.getpid()), stall_s]
        stalling = subprocess.Popen(words)
        config.add_cleanup(partial(_end, stalling))


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def shuffle(items: list[pytest.Item]) -> None:
    """Put the tests in another order, all tests of a file together as they share its fixtures.

    What is marked `in_order` is one after the other by nature and stays so.
    """
    if number := os.environ.get("DESKBREAK_ORDER"):
        order = random.Random(number)
        files = [list(group) for _, group in groupby(items, lambda item: item.path)]
        order.shuffle(files)
        for file in files:
            parts = [list(group) for _, group in groupby(file, _part)]
            order.shuffle(parts)
            file[:] = [item for part in parts for item in part]
        items[:] = [item for file in files for item in file]


def _part(item: pytest.Item) -> str:
    in_order = item.get_closest_marker("in_order") is not None
    return item.nodeid.partition("[")[0] if in_order else item.nodeid


def _answer_late(seconds: float) -> None:
    at_once = Service.send

    def later(self: Service, message: Message, answered: Message | None = None) -> None:
        # In order, signals and answers alike: timers that are due at once would come in any.
        waiting: deque[tuple[Message, Message | None]] = vars(self).setdefault("_late", deque())
        waiting.append((message, answered))
        self._loop.call_later(seconds, lambda: at_once(self, *waiting.popleft()))

    Service.send = later  # type: ignore[method-assign]
