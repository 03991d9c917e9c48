"""What a player and the daemon say to each other: a JSON object a line, from every player alike.

The player writes (to the unix socket or the file descriptor that it was given: a socket's path
reaches it through a terminal emulator that hands it to a server of its own, a descriptor does not):

    {"event": "acknowledged"}                              the notice was read and accepted
    {"event": "painted"}                                   the first frame is on the screen
    {"event": "step", "share": 0.3, "at_step": 2, "of": 3}  a step began; steps count from 1
    {"event": "ended", "share": 0.8, "at_step": 3, "of": 3}
    {"event": "feedback", "feedback": "good", "exercise": null}

`ended` comes exactly once, whatever ends the routine, and before the question that `feedback`
answers; `share` is how much of the work was done. The daemon may write {"do": "stop"}, and
{"do": "hush"} for silence from now on, on the same socket or to standard input.
"""

import json
import os
import socket
from collections.abc import Iterator

from deskbreak.core.words import Feedback

STOP, HUSH = "stop", "hush"
"""The orders that a player takes."""

LONGEST_LINE = 1 << 16


def call(path: str) -> int:
    """Call the daemon that waits at this path: a descriptor for both ways. Raises OSError."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.connect(path)
        return line.detach()


class Reporter:
    """Writes events to a file descriptor; without one, or once nobody listens, to nowhere."""

    def __init__(self, fd: int | None) -> None:
        self._fd = fd

    def acknowledged(self) -> None:
        """The person has read the notice."""
        self._write(event="acknowledged")

    def painted(self) -> None:
        """The first frame is there to be seen."""
        self._write(event="painted")

    def step(self, share: float, at_step: int, of: int) -> None:
        """A step begins."""
        self._write(event="step", share=round(share, 3), at_step=at_step, of=of)

    def ended(self, share: float, at_step: int, of: int) -> None:
        """The routine is over."""
        self._write(event="ended", share=round(share, 3), at_step=at_step, of=of)

    def feedback(self, feedback: Feedback, exercise: str | None = None) -> None:
        """The person has answered the question."""
        self._write(event="feedback", feedback=str(feedback), exercise=exercise)

    def _write(self, **event: object) -> None:
        if self._fd is None:
            return
        try:
            os.write(self._fd, json.dumps(event).encode() + b"\n")
        except OSError:  # the daemon has gone; the person may still finish
            self._fd = None


class Orders:
    """Takes in bytes as they come and gives the orders that are complete; passes over junk."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, received: bytes) -> Iterator[str]:
        """The orders of the lines that are complete now."""
        *lines, self._rest = (self._rest + received).split(b"\n")
        if len(self._rest) > LONGEST_LINE:
            self._rest = b""
        for line in lines:
            try:
                order = json.loads(line)
            except (ValueError, RecursionError):
                continue
            word = order.get("do") if isinstance(order, dict) else None
            if word in (STOP, HUSH):
                yield word
