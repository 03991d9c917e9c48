"""A process of ours whose end the loop tells: the one way to run a program from the daemon.

No threads and no signal of ours. The kernel's process descriptor becomes readable at the end of
the process; where there is none (old kernels, other systems) the loop looks again every tenth of
a second.
"""

import asyncio
import contextlib
import os
import select
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import IO

from deskbreak.adapters.programs import environment
from deskbreak.adapters.timer import Timer
from deskbreak.struct import Struct

_LOOK_AGAIN_S = 0.1
_MOMENT_S = 0.02
_KEPT = 500
_CHUNK = 64 * 1024
_REST_S = 0.1


class Program(Struct):
    """What to run: an argument list, the environment and the streams (None: ours).

    Of our environment a program does not get what would steer a Python. What it `reads` it finds on
    its standard input. Where it `prints`, all its output is kept; where it `complains`, a little of
    its error output. After `longest_s` seconds it and all it started are ended.
    """

    words: Sequence[str]
    environment: Mapping[str, str] | None = None
    stdin: int | None = subprocess.DEVNULL
    stdout: int | None = subprocess.DEVNULL
    reads: bytes | None = None
    prints: bool = False
    complains: bool = False
    longest_s: float | None = None


class Child:
    """A running process in a session and process group of its own.

    `ended` is called once on the loop with the exit code (negative: the signal that ended it); by
    then `overdue` says whether it took too long, `printed` is its output, `complaint` the beginning
    and `last_words` the end of its error output. With `heard` its output is not kept but told,
    piece by piece as it comes. The constructor raises OSError where the program cannot be started,
    ValueError for a word that no program can be given.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        program: Program,
        ended: Callable[[int], None],
        heard: Callable[[bytes], None] | None = None,
    ) -> None:
        self._loop = loop
        self._ended = ended
        self._alarm, self._look_again = Timer(loop), Timer(loop)
        self._descriptor: int | None = None
        self._over = self._leaving = self.overdue = False
        self.printed = self.complaint = self.last_words = b""
        self._output = _memory() if program.prints else None
        self._told = Pipe(loop, heard) if heard is not None else None
        self._errors = Pipe(loop, self._keep) if program.complains else None
        with contextlib.ExitStack() as undo:
            undo.callback(self._let_go)
            self._process = self._start(program)
            undo.pop_all()
        if program.longest_s is not None:
            self._alarm.set(program.longest_s, self._end_overdue)
        self._descriptor = open_descriptor(self._process.pid)
        if self._descriptor is None:
            self._look_again.set(_LOOK_AGAIN_S, self._look)
        else:
            loop.add_reader(self._descriptor, self._look)

    def _start(self, program: Program) -> subprocess.Popen[bytes]:
        stdin: IO[bytes] | int | None = program.stdin
        stdout = self._output or program.stdout
        if self._told is not None:
            stdout = self._told.theirs
        with contextlib.ExitStack() as ours:
            for pipe in (self._told, self._errors):
                if pipe is not None:
                    ours.callback(pipe.listen)
            if program.reads is not None:  # no pipe: one that does not read keeps nobody waiting
                stdin = ours.enter_context(_memory())
                stdin.write(program.reads)
                stdin.seek(0)
            return subprocess.Popen(
                program.words,
                env=environment() if program.environment is None else program.environment,
                stdin=stdin,
                stdout=stdout,
                stderr=subprocess.DEVNULL if self._errors is None else self._errors.theirs,
                start_new_session=True,
            )

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
        """Ask it to end, and end what is left of the group when it has, or in `grace_s` seconds."""
        if self.running:
            self._leaving = True
            self.signal(signal.SIGTERM)
            self._alarm.set(grace_s, self._end_overdue)

    def wait(self, seconds: float) -> None:
        """Block until it is gone, `seconds` at most: for the end of the program only."""
        if self._descriptor is not None:  # not reaped, so that `kill` reaches what is left of it
            select.select([self._descriptor], [], [], seconds)
            return
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

    def _end_overdue(self) -> None:
        self.overdue = True
        self.signal(signal.SIGKILL)

    def _keep(self, piece: bytes) -> None:
        self.complaint = (self.complaint + piece)[:_KEPT]
        self.last_words = (self.last_words + piece)[-_KEPT:]

    def _look(self) -> None:
        if self._over:
            return
        if self._leaving and self._descriptor is not None:  # it has ended, and is not reaped yet
            self.signal(signal.SIGKILL)
        code = self._process.poll()
        if code is not None:
            self._over = True
            if self._output is not None:
                self._output.seek(0)
                self.printed = self._output.read()
            self._let_go()
            self._ended(code)
        elif self._descriptor is None:
            self._look_again.set(_LOOK_AGAIN_S, self._look)

    def _let_go(self) -> None:
        self._alarm.cancel()
        self._look_again.cancel()
        for ours in (self._told, self._errors, self._output):
            if ours is not None:
                ours.close()
        if self._descriptor is not None:
            self._loop.remove_reader(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None


class Pipe:
    """What a program writes, each piece told to `take`.

    A flood is read in large pieces and now and then only: the program has to wait, and we do not
    burn for it. Give the program `theirs`, then call `listen`.
    """

    __slots__ = ("_loop", "_ours", "_rest", "_take", "theirs")

    def __init__(self, loop: asyncio.AbstractEventLoop, take: Callable[[bytes], None]) -> None:
        self._loop = loop
        self._take = take
        self._rest: asyncio.TimerHandle | None = None
        self._ours, self.theirs = os.pipe()
        os.set_blocking(self._ours, False)

    def listen(self) -> None:
        """The program has its end now, or there is none."""
        os.close(self.theirs)
        self._hear_from_now_on()

    def close(self) -> None:
        """Take in what is there, and listen no more."""
        self._read()
        if self._rest is not None:
            self._rest.cancel()
        self._loop.remove_reader(self._ours)
        os.close(self._ours)

    def _hear_from_now_on(self) -> None:
        self._rest = None
        self._loop.add_reader(self._ours, self._hear)

    def _hear(self) -> None:
        self._loop.remove_reader(self._ours)
        if self._read():
            self._rest = self._loop.call_later(_REST_S, self._hear_from_now_on)

    def _read(self) -> bool:
        """Take in a piece; whether there may be more."""
        try:
            piece = os.read(self._ours, _CHUNK)
        except BlockingIOError:
            return True
        if piece:
            self._take(piece)
        return bool(piece)


def open_descriptor(pid: int) -> int | None:
    """A descriptor that stands for that process and no later one; None where there is none."""
    try:
        return os.pidfd_open(pid)
    except (OSError, AttributeError):
        return None


def _memory() -> IO[bytes]:
    """A file that is on no disk, where the system has such."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("deskbreak"), "w+b", buffering=0)
    from tempfile import TemporaryFile

    return TemporaryFile(buffering=0)


LOOK_EVERY_S = 30.0  # the daemon is woken by each look, and by each sign of life
_LOOKS = 2

LIMIT_S = LOOK_EVERY_S * (_LOOKS - 1)
"""So long a process has been silent at least, and one look longer at most, when it is given up."""


class Silence:
    """Notices that a process hangs: calls `fell_silent` once, nothing `heard` for so many looks.

    One look alone would blame the process when the whole machine, and this loop with it, had stood
    still; that costs a single look here, however long it was.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, fell_silent: Callable[[], None]) -> None:
        self._fell_silent = fell_silent
        self._missed = 0
        self._timer = Timer(loop)
        self._timer.set(LOOK_EVERY_S, self._look)

    def heard(self) -> None:
        """There was a sign of life."""
        self._missed = 0

    def close(self) -> None:
        """Look no more."""
        self._timer.cancel()

    def _look(self) -> None:
        self._missed += 1
        if self._missed < _LOOKS:
            self._timer.set(LOOK_EVERY_S, self._look)
        else:
            self._fell_silent()
