"""What the daemon and the overlay say to each other: JSON objects, one a line.

The daemon says what to ask; when it hangs up, the question is no longer open:

    {"do": "ask", "title": "…", "text": "…", "choices": [{"answer": "walk", "text": "Walk"}, …]}

The overlay says when it is to be seen, and what it was answered, at most once each, and that it
lives, every few seconds, from the loop that paints:

    {"event": "alive"}
    {"event": "painted"}
    {"event": "answered", "answer": "walk"}
"""

from collections.abc import Iterator

from deskbreak.adapters import jsonlines
from deskbreak.struct import Struct


class Question(Struct):
    """What the overlay asks: a title, a text, and the choices as (answer, label), best first."""

    title: str
    text: str
    choices: tuple[tuple[str, str], ...]


class Inbox:
    """Takes in bytes as they come and gives what they ask; passes over what it does not know."""

    def __init__(self) -> None:
        self._inbox = jsonlines.Inbox()

    def feed(self, received: bytes) -> Iterator[Question]:
        """The questions of the lines that are complete now."""
        for said in self._inbox.feed(received):
            match said:
                case {"do": "ask", "title": str(title), "text": str(text), "choices": [*choices]}:
                    yield Question(title, text, tuple(_choices(choices)))


def _choices(found: list[object]) -> Iterator[tuple[str, str]]:
    for choice in found:
        match choice:
            case {"answer": str(answer), "text": str(text)}:
                yield answer, text
