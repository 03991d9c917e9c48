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
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from deskbreak.adapters.child import Child, Program, open_descriptor
from deskbreak.adapters.lines import Line
from deskbreak.adapters.player.doorbell import Doorbell
from deskbreak.adapters.player.reports import are_counts, is_share
from deskbreak.adapters.silence import LIMIT_S, Silence
from deskbreak.core.enums import Feedback
from deskbreak.core.events import FeedbackGiven, PlayerDied, PlayerEnded, PlayerPainted
from deskbreak.ports import Send

log = logging.getLogger(__name__)

PATIENCE_S = 2.0
"""How long a player may take to go when it was asked, and again when it was told."""

LINGERS_S = 600.0
"""How long a player may stay after its routine, for the question how it was and its texts."""


class Playing:
    """A player at work on one run. `over` is called once, when nothing of it is left."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        send: Send,
        run: int,
        routine: str,
        over: "Callable[[Playing], None]",
        acknowledged: Callable[[], None] = lambda: None,
    ) -> None:
        self.run = run
        self._loop = loop
        self._send = send
        self._routine = routine
        self._over = over
        self._acknowledged = acknowledged
        self._doorbell: Doorbell | None = None
        self._line: Line | None = None
        self._child: Child | None = None
        self._player: int | None = None  # the descriptor of the process that called us
        self._timer: asyncio.TimerHandle | None = None
        self._silence: Silence | None = None
        self._painted = self._reported = self._judged = self._junk = False
        self._leaving = self._finished = self._hushed = False
        self._share, self._step, self._of = 0.0, 0, 0

    @property
    def has_ended(self) -> bool:
        """Whether the routine is over, though the player may still ask how it was."""
        return self._reported

    def open(self, path: Path, words: Sequence[str], *, here: bool = False) -> None:
        """Listen at `path` and start the program, in this very terminal if it is to be `here`.

        Raises OSError or ValueError, all undone.
        """
        self._doorbell = Doorbell(self._loop, path, self._called)
        try:
            program = Program(words, stdin=None, stdout=None) if here else Program(words)
            self._child = Child(self._loop, program, self._exited)
        except (OSError, ValueError):
            self._doorbell.close()
            raise
        self._silence = Silence(self._loop, self._fell_silent)

    def find(self, path: Path) -> None:
        """Listen at `path` for a player that runs already. Raises OSError, all undone."""
        self._doorbell = Doorbell(self._loop, path, self._called)
        self._silence = Silence(self._loop, self._fell_silent)

    def leave(self) -> None:
        """Ask the player to go; then tell it to; then end it."""
        if self._leaving or self._finished:
            return
        self._leaving = True
        if self._line is not None:
            self._line.say({"do": "stop"})
            self._later(PATIENCE_S, self._tell)
        else:
            self._tell()

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
        self._wait()
        self._end_now()

    # ------------------------------------------------------------------------ what a Line tells

    def heard(self, line: Line, said: dict[str, Any]) -> None:
        """The player says something."""
        if self._silence is not None:
            self._silence.heard()
        match said:
            case {"event": "alive"}:
                pass
            case {"event": "painted"}:
                self._say_painted()
            case {"event": "step", "share": share, "at_step": step, "of": of} if is_share(
                share
            ) and are_counts(step, of):
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
            self._tell()
        else:
            self._later(PATIENCE_S, self._tell)  # a terminal closes by itself behind its program
            if self._player is not None:
                self._loop.add_reader(self._player, self._went)
        if died:
            self._died("the player went away")

    # ------------------------------------------------------------------------------------------

    def _say_painted(self) -> None:
        if not self._painted:
            self._painted = True
            self._send(PlayerPainted(self.run))

    def _say_ended(self, line: Line, share: Any, step: Any, of: Any) -> None:
        if self._reported:
            return
        if not (is_share(share) and are_counts(step, of)):
            self.junk(line, "an end that cannot be")
            return
        self._reported = True
        if not self._leaving:
            self._later(LINGERS_S, self.leave)
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
        if not self._reported:
            self._reported = True
            self._send(PlayerDied(self.run, why, self._share, self._step, self._of))

    def _called(self, connection: socket.socket, pid: int) -> None:
        self._cancel_timer()
        if self._silence is not None:
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
        self._silence = None
        died = not self._leaving
        self._leaving = True
        self._tell()
        if died:
            self._died(f"the player gave no sign of life for {LIMIT_S:.0f} seconds")

    def _tell(self) -> None:
        self._stop_listening()
        self._signal(signal.SIGTERM)
        if self._is_gone():
            self._finish()
        else:
            self._later(PATIENCE_S, self._end_now)

    def _end_now(self) -> None:
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
        return self._line is None and not ours and not self._player_lives()

    def _player_lives(self) -> bool:
        return self._player is not None and not select.select([self._player], [], [], 0)[0]

    def _signal(self, number: signal.Signals) -> None:
        if self._child is not None:
            self._child.signal(number)
        if self._player is not None:
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(self._player, number)

    def _wait(self) -> None:
        if self._player is not None:
            select.select([self._player], [], [], PATIENCE_S)
        if self._child is not None:
            self._child.wait(PATIENCE_S)

    def _later(self, seconds: float, call: Callable[[], None]) -> None:
        self._cancel_timer()
        self._timer = self._loop.call_later(seconds, call)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _stop_listening(self) -> None:
        if self._doorbell is not None:
            self._doorbell.close()

    def _finish(self) -> None:
        if self._finished:
            return
        self._finished = True
        self._cancel_timer()
        if self._silence is not None:
            self._silence.close()
        self._stop_listening()
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
