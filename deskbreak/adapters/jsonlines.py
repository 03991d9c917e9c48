"""JSON objects, one a line: how our own processes talk, over sockets and pipes alike."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

LONGEST_LINE = 64 * 1024
"""Bytes of a line, its end not counted."""


class Lines:
    """Cuts what comes in at its line ends; in the place of a line longer than `longest` is None."""

    def __init__(self, longest: float = LONGEST_LINE) -> None:
        self._longest = longest
        self._rest = bytearray()
        self._skipping = False

    def feed(self, more: bytes) -> Iterator[bytes | None]:
        """The lines that are complete now."""
        *parts, rest = more.split(b"\n")
        for part in parts:
            self._rest += part
            yield from self._cut()
        self._rest += rest
        if len(self._rest) > self._longest:
            self._rest.clear()
            if not self._skipping:
                self._skipping = True
                yield None

    def end(self) -> Iterator[bytes | None]:
        """What came after the last line end, once nothing more will come."""
        if self._rest:
            yield from self._cut()

    def _cut(self) -> Iterator[bytes | None]:
        line, self._rest = bytes(self._rest), bytearray()
        if self._skipping:
            self._skipping = False
        else:
            yield line if len(line) <= self._longest else None


class Inbox:
    """Takes in bytes as they come and gives the objects in them; passes over junk."""

    def __init__(self) -> None:
        self._lines = Lines()

    def feed(self, received: bytes) -> Iterator[dict[str, Any]]:
        """The objects of the lines that are complete now."""
        for line in self._lines.feed(received):
            try:
                yield read_object(line)
            except ValueError:
                continue


def read_object(line: bytes | None) -> dict[str, Any]:
    """What a line of `Lines` says. Raises ValueError, whose text is a sentence for people."""
    if line is None:
        raise ValueError(f"a line may have {LONGEST_LINE} bytes at most")
    try:
        said = json.loads(line.decode())
    except (ValueError, RecursionError) as problem:
        raise ValueError(f"this is not JSON on one line: {problem}") from None
    if not isinstance(said, dict):
        raise ValueError("this is JSON, but not an object in braces")  # noqa: TRY004 - the one kind
    return said


def encode(said: Mapping[str, Any]) -> bytes:
    """An object as a line."""
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
