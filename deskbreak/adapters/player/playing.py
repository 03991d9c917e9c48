"""One run of the player, from the opening of its window to the end of its process.

The player calls us on a socket of its own (`--report PATH`), since a terminal emulator may hand
it to a server that inherits nothing. Its line is its life: when the line ends, or nothing comes
over it for half a minute, the run is over, whatever became of the processes that we started; those
are seen off afterwards. How long it takes until it is to be seen says nothing: machines are slow.

A player that outlives its daemon calls again on the same socket (`find`).
"""

import asyncio
import contextlib
import logging
import os
import select
import signal
import socket
from collections.abc import Callable
from typing import Any, TypeGuard

from deskbreak.adapters.child import LIMIT_S, Child, Program, Silence, open_descriptor
from deskbreak.adapters.stream import Door, Line
from deskbreak.adapters.timer import Timer
from deskbreak.core.enums import Feedback
from deskbreak.core.events import FeedbackGiven, PlayerDied, PlayerEnded, PlayerPainted
from deskbreak.ports import Send

log = logging.getLogger(__name__)

PATIENCE_S = 2.0
"""How long a player may take to go when it was asked, and again when it was told."""

LINGERS_S = 600.0
"""How long a player may stay after its routine, for the question how it was and its texts."""

_MOST_STEPS = 1000


class Playing:
    """A player at work on one run, which calls at `door`.

    `over` is called once, when nothing of it is left; `has_ended` says whether the routine is over,
    though the player may still ask how it was.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        send: Send,
        run: int,
        routine: str,
        door: Door,
        over: "Callable[[Playing], None]",
        acknowledged: Callable[[], None],
    ) -> None:
        self.run = run
        self.has_ended = False
        self._loop = loop
        self._send = send
        self._routine = routine
        self._door = door
        self._over = over
        self._acknowledged = acknowledged
        self._line: Line | None = None
        self._child: Child | None = None
        self._player: int | None = None  # the descriptor of the process that called us
        self._timer = Timer(loop)
        self._silence = Silence(loop, self._fell_silent)
        self._painted = self._judged = self._junk = False
        self._leaving = self._finished = self._hushed = False
        self._share, self._step, self._of = 0.0, 0, 0

    def open(self, program: Program | None) -> None:
        """Listen, and start the program; None: it runs already.

        Raises OSError or ValueError, all undone.
        """
        try:
            self._door.open(self._called)
            if program is not None:
                self._child = Child(self._loop, program, self._exited)
        except (OSError, ValueError):
            self._door.close()
            self._silence.close()
            raise

    def leave(self) -> None:
        """Ask the player to go; then tell it to; then end it."""
        if self._leaving or self._finished:
            return
        self._leaving = True
        if self._line is not None:
            self._line.say({"do": "stop"})
            self._timer.set(PATIENCE_S, self._terminate)
        else:
            self._terminate()

    def hush(self) -> None:
        """Ask it for silence, for the rest of the run."""
        self._hushed = True
        if self._line is not None:
            self._line.say({"do": "hush"})

    def end(self) -> None:
        """Have nothing of it left on return, within two seconds."""
        if self._finished:
            return
        self._leaving = True
        if self._line is not None:
            self._line.say({"do": "stop"})
        self._signal(signal.SIGTERM)
        if self._player is not None:
            select.select([self._player], [], [], PATIENCE_S)
        if self._child is not None:
            self._child.wait(PATIENCE_S)
        self._kill()

    def heard(self, line: Line, said: dict[str, Any]) -> None:
        """The player says something."""
        self._silence.heard()
        match said:
            case {"event": "alive"}:
                pass
            case {"event": "painted"}:
                if not self._painted:
                    self._painted = True
                    self._send(PlayerPainted(self.run))
            case {"event": "step", "share": share, "at_step": step, "of": of} if _is_share(
                share
            ) and _are_counts(step, of):
                self._share, self._step, self._of = float(share), step, of
            case {"event": "ended", "share": share, **rest}:
                self._say_ended(line, share, rest.get("at_step"), rest.get("of"))
            case {"event": "feedback", "feedback": str(word)}:
                self._say_feedback(line, word, said.get("exercise"))
            case {"event": "acknowledged"}:
                self._acknowledged()
            case _:
                self.junk(line, f"nothing known: {sorted(said)[:5]}")

    def junk(self, line: Line, why: str) -> None:  # noqa: ARG002 - the Listener's word
        """Something came that is no report; said once a run, in the log."""
        if not self._junk:
            self._junk = True
            log.warning("the player said something that is not a report: %s", why[:200])

    def ended(self, line: Line) -> None:  # noqa: ARG002 - the Listener's word
        """The player has hung up: it is gone, or should be."""
        self._line = None
        died = not self._leaving
        self._leaving = True
        if self._is_gone():
            self._terminate()
        else:
            self._timer.set(PATIENCE_S, self._terminate)  # a terminal closes behind its program
            if self._player is not None:
                self._loop.add_reader(self._player, self._went)
        if died:
            self._died("the player went away")

    def _say_ended(self, line: Line, share: Any, step: Any, of: Any) -> None:
        if self.has_ended:
            return
        if not (_is_share(share) and _are_counts(step, of)):
            self.junk(line, "an end that cannot be")
            return
        self.has_ended = True
        if not self._leaving:
            self._timer.set(LINGERS_S, self.leave)
        self._send(PlayerEnded(self.run, float(share), step, of))

    def _say_feedback(self, line: Line, word: str, exercise: Any) -> None:
        if self._judged:
            return
        if word not in set(Feedback) or not isinstance(exercise, str | None):
            self.junk(line, "a feedback that cannot be")
            return
        self._judged = True
        self._send(FeedbackGiven(self._routine, Feedback(word), exercise))

    def _died(self, why: str) -> None:
        if not self.has_ended:
            self.has_ended = True
            self._send(PlayerDied(self.run, why, self._share, self._step, self._of))

    def _called(self, connection: socket.socket, pid: int) -> None:
        self._door.close()  # one player calls once
        self._timer.cancel()
        self._silence.heard()
        self._player = open_descriptor(pid)
        self._line = Line(self._loop, connection, self)
        if self._hushed:
            self.hush()

    def _exited(self, code: int) -> None:
        """What we started is gone: the player itself, or a terminal that may have passed it on."""
        if self._line is not None:
            return
        if self._leaving:
            self._finish()
        elif code != 0:
            # First the end, then the word: whoever plays in its place listens on the same path.
            self._finish()
            self._died(f"the player could not start (exit code {code})")

    def _fell_silent(self) -> None:
        died = not self._leaving
        self._leaving = True
        self._terminate()
        if died:
            self._died(f"the player gave no sign of life for {LIMIT_S:.0f} seconds")

    def _terminate(self) -> None:
        self._door.close()
        self._signal(signal.SIGTERM)
        if self._is_gone():
            self._finish()
        else:
            self._timer.set(PATIENCE_S, self._kill)

    def _kill(self) -> None:
        self._signal(signal.SIGKILL)
        self._finish()

    def _went(self) -> None:
        """The player itself is gone, be it whosever child."""
        assert self._player is not None
        self._loop.remove_reader(self._player)
        if self._is_gone():
            self._finish()

    def _is_gone(self) -> bool:
        ours = self._child is not None and self._child.running
        lives = self._player is not None and not select.select([self._player], [], [], 0)[0]
        return self._line is None and not ours and not lives

    def _signal(self, number: signal.Signals) -> None:
        if self._child is not None:
            self._child.signal(number)
        if self._player is not None:
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(self._player, number)

    def _finish(self) -> None:
        if self._finished:
            return
        self._finished = True
        self._timer.cancel()
        self._door.close()
        self._silence.close()
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._child is not None:
            self._child.kill()
        if self._player is not None:
            self._loop.remove_reader(self._player)
            os.close(self._player)
            self._player = None
        self._over(self)


def _is_share(value: object) -> TypeGuard[float]:
    """Whether this is a part of a whole."""
    return type(value) in (int, float) and 0.0 <= value <= 1.0  # type: ignore[operator]


def _are_counts(step: object, of: object) -> bool:
    """Whether these are a step and a number of steps."""
    if type(step) is not int or type(of) is not int:  # True is an int as well
        return False
    return 0 <= step <= of <= _MOST_STEPS
