"""What the daemon and the overlay say to each other: JSON objects, one a line.

The daemon says what to ask; when it hangs up, the question is no longer open:

    {"do": "ask", "title": "…", "text": "…", "choices": [{"answer": "walk", "text": "Walk"}, …]}

The overlay says when it is to be seen, and what it was answered, at most once each, and that it
lives, every few seconds, from the loop that paints:

    {"event": "alive"}
    {"event": "painted"}
    {"event": "answered", "answer": "walk"}
"""

import json
import os
from collections.abc import Iterator

from deskbreak.struct import Struct

LONGEST_LINE = 1 << 16


class Question(Struct):
    """What the overlay asks: a title, a text, and the choices as (answer, label), best first."""

    title: str
    text: str
    choices: tuple[tuple[str, str], ...]


class Inbox:
    """Takes in bytes as they come and gives what they say; passes over what it does not know."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, received: bytes) -> Iterator[Question]:
        """The questions of the lines that are complete now."""
        *lines, self._rest = (self._rest + received).split(b"\n")
        if len(self._rest) > LONGEST_LINE:
            self._rest = b""
        for line in lines:
            try:
                said = json.loads(line)
            except (ValueError, RecursionError):
                continue
            match said:
                case {"do": "ask", "title": str(title), "text": str(text), "choices": [*choices]}:
                    yield Question(title, text, tuple(_choices(choices)))


def _choices(found: list[object]) -> Iterator[tuple[str, str]]:
    for choice in found:
        match choice:
            case {"answer": str(answer), "text": str(text)}:
                yield answer, text


class Outbox:
    """Writes to the daemon; once nobody listens, to nowhere."""

    def __init__(self, fd: int) -> None:
        self._fd: int | None = fd

    def alive(self) -> None:
        """It does not hang."""
        self._write(event="alive")

    def painted(self) -> None:
        """The question is there to be seen."""
        self._write(event="painted")

    def answered(self, answer: str) -> None:
        """The person has chosen."""
        self._write(event="answered", answer=answer)

    def _write(self, **event: str) -> None:
        if self._fd is None:
            return
        try:
            os.write(self._fd, json.dumps(event).encode() + b"\n")
        except OSError:
            self._fd = None
