"""A program that makes a sound: started, looked after now and then, never waited for."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

from deskbreak.adapters.programs import environment


class Noise:
    """A running program in a process group of its own, with a deadline.

    The constructor raises OSError where it cannot be started.
    """

    def __init__(self, words: Sequence[str], now: float, lasts_s: float) -> None:
        self._process = subprocess.Popen(
            words,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._until = now + lasts_s

    def result(self, now: float) -> bool | None:
        """Whether it did what it should; None while it is at it. Ends it past its deadline."""
        code = self._process.poll()
        if code is None and now > self._until:
            self.stop()
            return False
        return None if code is None else code == 0

    def stop(self) -> None:
        """End it and what it has started, at once."""
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if sys.platform == "win32":
                    self._process.kill()
                else:
                    os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
