"""What a player is asked for in tests, and where its reports go."""

import json
import os
from functools import lru_cache
from typing import Any

from deskbreak.content.playback import Frame, Part
from deskbreak.windows.options import Request, chosen, parser
from deskbreak.windows.report import Reporter
from deskbreak.windows.session import Sounds


@lru_cache
def asked(*words: str) -> Request:
    """What these words choose."""
    found = chosen(parser("player", "").parse_args(words))
    assert found is not None
    return found


class Listener(Sounds):
    """Sounds that note what they would play: the part that begins, None for the end."""

    def __init__(self) -> None:
        super().__init__(lambda: 0.0, sound=False, voice=False)
        self.heard: list[Part | None] = []
        self.closed = False

    def play(self, frame: Frame) -> None:
        self.heard.append(None if frame.over else frame.segment.part)

    def close(self) -> None:
        self.closed = True


class Reports:
    """A pipe that a player reports to."""

    def __init__(self) -> None:
        self._end, self.fd = os.pipe()
        os.set_blocking(self._end, False)
        self.reporter = Reporter(self.fd)
        self.all: list[dict[str, Any]] = []

    def read(self) -> list[dict[str, Any]]:
        """Everything that has been reported."""
        try:
            text = os.read(self._end, 1 << 16)
        except BlockingIOError:
            text = b""
        self.all += [json.loads(line) for line in text.splitlines()]
        return self.all

    def events(self) -> list[str]:
        """The names of everything that has been reported."""
        return [str(event["event"]) for event in self.read()]

    def close(self) -> None:
        """Let go of the pipe."""
        os.close(self._end)
        os.close(self.fd)
