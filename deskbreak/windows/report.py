"""What a player and the daemon say to each other: a JSON object a line, from every player alike.

The player writes (to the unix socket or the file descriptor that it was given: a socket's path
reaches it through a terminal emulator that hands it to a server of its own, a descriptor does not):

    {"event": "acknowledged"}                              the notice was read and accepted
    {"event": "painted"}                                   the first frame is on the screen
    {"event": "step", "share": 0.3, "at_step": 2, "of": 3}  a step began; steps count from 1
    {"event": "ended", "share": 0.8, "at_step": 3, "of": 3}
    {"event": "feedback", "feedback": "good", "exercise": null}
    {"event": "alive"}                                     four times a minute, over a socket's path

`ended` comes exactly once, whatever ends the routine, and before the question that `feedback`
answers; `share` is how much of the work was done. `alive` comes from the loop that paints, so that
a player which hangs is noticed. The daemon may write {"do": "stop"}, and {"do": "hush"} for silence
from now on, on the same socket or to standard input.

When the daemon goes, the player goes on, and calls at the path again until another one answers,
who hears once more what was said. Without the folder in which sockets are made nobody can come: the
session is over, and so is the player.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from deskbreak.adapters.jsonlines import Inbox, encode
from deskbreak.core.effects import ALONE_S
from deskbreak.core.enums import Feedback
from deskbreak.systems import here

STOP, HUSH = "stop", "hush"
"""The orders that a player takes."""

BEAT_S = 15.0
"""Seconds between two signs of life, and between two calls for a new daemon."""


def call(path: str) -> int:
    """Call the daemon that waits at this path: a descriptor for both ways. Raises OSError."""
    return here().call(path).detach()


class Reporter:
    """Writes events to a file descriptor; without one, or once nobody listens, to nowhere.

    With the `path` of the socket that the descriptor belongs to, `beat` keeps the line alive.
    """

    def __init__(self, fd: int | None, path: str | None = None) -> None:
        self.fd = fd
        self._path = path
        self._said: dict[str, bytes] = {}
        self._alone_since: float | None = None

    @property
    def keeps_alive(self) -> bool:
        """Whether somebody wants signs of life."""
        return self._path is not None

    @property
    def has_news(self) -> bool:
        """Whether the end was reported to nobody, while somebody may yet come who wants it."""
        return self._path is not None and self.fd is None and "ended" in self._said

    def acknowledged(self) -> None:
        """The person has read the notice."""
        self._say(event="acknowledged")

    def painted(self) -> None:
        """The first frame is there to be seen."""
        self._say(event="painted")

    def step(self, share: float, at_step: int, of: int) -> None:
        """A step begins."""
        self._say(event="step", share=round(share, 3), at_step=at_step, of=of)

    def ended(self, share: float, at_step: int, of: int) -> None:
        """The routine is over."""
        self._say(event="ended", share=round(share, 3), at_step=at_step, of=of)

    def feedback(self, feedback: Feedback, exercise: str | None = None) -> None:
        """The person has answered the question."""
        self._say(event="feedback", feedback=str(feedback), exercise=exercise)

    def answered(self, answer: str) -> None:
        """The person has chosen an answer."""
        self._say(event="answered", answer=answer)

    def alive(self) -> None:
        """It does not hang."""
        self._write(encode({"event": "alive"}))

    def beat(self, now: float) -> float:
        """Give a sign of life, or call for another daemon; seconds without one so far.

        Infinitely many once the session is over: then none will come.
        `now` is a reading of any clock that never goes back.
        """
        if self._path is None:
            return 0.0
        self.alive()
        if self.fd is None:
            self._call_again(self._path)
        if self.fd is not None:
            self._alone_since = None
            return 0.0
        if not os.path.isdir(Path(self._path).parent.parent):  # noqa: PTH112 - Path.is_dir may raise
            return float("inf")
        self._alone_since = now if self._alone_since is None else self._alone_since
        return now - self._alone_since

    def _call_again(self, path: str) -> None:
        try:
            self.fd = call(path)
        except OSError:  # nobody there yet
            return
        self._write(b"".join(self._said.values()))

    def _say(self, **event: object) -> None:
        line = encode(event)
        self._said[str(event["event"])] = line  # the latest of each kind is all there is to know
        self._write(line)

    def _write(self, lines: bytes) -> None:
        if self.fd is None:
            return
        try:
            os.write(self.fd, lines)
        except OSError:  # the daemon has gone; the person may still finish
            self.fd = None


def tell_the_next(reporter: Reporter, sleep: Callable[[float], None]) -> None:
    """Wait, with nothing on the screen any more, for a daemon that hears how it ended.

    Returns at once where one has heard it or none can come, and after `ALONE_S` seconds where none
    came.
    """
    for _ in range(round(ALONE_S / BEAT_S)):
        if reporter.beat(0.0) > ALONE_S or not reporter.has_news:
            break
        sleep(BEAT_S)


class Orders:
    """Takes in bytes as they come and gives the orders that are complete; passes over junk."""

    def __init__(self) -> None:
        self._inbox = Inbox()

    def feed(self, received: bytes) -> Iterator[str]:
        """The orders of the lines that are complete now."""
        for said in self._inbox.feed(received):
            word = said.get("do")
            if word in (STOP, HUSH):
                yield word
