"""A process of ours whose end the loop tells: the one way to run a program from the daemon.

No threads and no signal of ours. The kernel's process descriptor becomes readable at the end of
the process; where there is none (old kernels, other systems) the loop looks again every tenth of
a second.
"""

import asyncio
import contextlib
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import IO

from deskbreak.adapters.complaints import Complaints
from deskbreak.adapters.programs import environment
from deskbreak.struct import Struct

_LOOK_AGAIN_S = 0.1
_MOMENT_S = 0.02


class Program(Struct):
    """What to run: an argument list, the environment and the streams (None: ours).

    Of our environment a program does not get what would steer a Python. Where it `complains`, a
    little of its error output is kept. After `longest_s` seconds it and all it started are ended.
    """

    words: Sequence[str]
    environment: Mapping[str, str] | None = None
    stdin: IO[bytes] | int | None = subprocess.DEVNULL
    stdout: IO[bytes] | int | None = subprocess.DEVNULL
    complains: bool = False
    longest_s: float | None = None


class Child:
    """A running process in a session and process group of its own.

    `ended` is called once on the loop with the exit code (negative: the signal that ended it); by
    then `overdue` says whether it took too long, and `complaints` has what it complained of.
    The constructor raises OSError where the program cannot be started, ValueError for a word that
    no program can be given.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        program: Program,
        ended: Callable[[int], None],
    ) -> None:
        self._loop = loop
        self._ended = ended
        self._look_again: asyncio.TimerHandle | None = None
        self.overdue = False
        self._over = False
        self.complaints = Complaints(loop) if program.complains else None
        try:
            self._process = self._start(program)
        except (OSError, ValueError):
            if self.complaints is not None:
                self.complaints.listen()
                self.complaints.close()
            raise
        if self.complaints is not None:
            self.complaints.listen()
        self._alarm: asyncio.TimerHandle | None = None
        if program.longest_s is not None:
            self._end_in(program.longest_s)
        self._descriptor = open_descriptor(self._process.pid)
        if self._descriptor is None:
            self._look_again = loop.call_later(_LOOK_AGAIN_S, self._look)
        else:
            loop.add_reader(self._descriptor, self._look)

    def _start(self, program: Program) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            program.words,
            env=environment() if program.environment is None else program.environment,
            stdin=program.stdin,
            stdout=program.stdout,
            stderr=subprocess.DEVNULL if self.complaints is None else self.complaints.theirs,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """The process, and the group it leads."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether its end has not been seen yet."""
        return self._process.returncode is None

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the whole group; to nobody once the process is gone."""
        if self.running:  # until it is reaped its number cannot be somebody else's
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)

    def leave(self, grace_s: float) -> None:
        """Ask it to end, and end the whole group if it still runs after `grace_s` seconds."""
        if self.running:
            self.signal(signal.SIGTERM)
            self._end_in(grace_s)

    def wait(self, seconds: float) -> None:
        """Block until it is gone, `seconds` at most: for the end of the program only."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)

    def kill(self) -> None:
        """End the whole group at once; `ended` is not called any more.

        Few outlive that for more than a moment. Those held up by the kernel are reaped later.
        """
        self.signal(signal.SIGKILL)
        self._ended = lambda _code: None
        self.wait(_MOMENT_S)
        self._look()

    def _end_in(self, seconds: float) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = self._loop.call_later(seconds, self._end_overdue)

    def _end_overdue(self) -> None:
        self.overdue = True
        self.signal(signal.SIGKILL)

    def _look(self) -> None:
        if self._over:
            return
        if self._look_again is not None:
            self._look_again.cancel()
            self._look_again = None
        code = self._process.poll()
        if code is not None:
            self._over = True
            self._let_go()
            self._ended(code)
        elif self._descriptor is None:
            self._look_again = self._loop.call_later(_LOOK_AGAIN_S, self._look)

    def _let_go(self) -> None:
        if self._look_again is not None:
            self._look_again.cancel()
            self._look_again = None
        if self._alarm is not None:
            self._alarm.cancel()
        if self.complaints is not None:
            self.complaints.close()
        if self._descriptor is not None:
            self._loop.remove_reader(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None


def open_descriptor(pid: int) -> int | None:
    """A descriptor that stands for that process and no later one; None where there is none."""
    try:
        return os.pidfd_open(pid)
    except (OSError, AttributeError):
        return None
