"""A connection to PipeWire: which streams of pictures there are, told as they come and go."""

import asyncio
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deskbreak.adapters.holds import pods
from deskbreak.adapters.stream import Stream

_CORE, _CLIENT, _REGISTRY = 0, 1, 2
_HELLO, _SYNC, _PONG, _GET_REGISTRY = 1, 2, 3, 5
_UPDATE_PROPERTIES = 2
_VERSION = 3
_PATIENCE_S = 25.0
_TOGETHER_S = 0.1

_SCREEN = "Stream/Output/Video"
_SOURCE = "Video/Source"
_TAKES = "Stream/Input/Video"
KINDS = (_SCREEN, _SOURCE, _TAKES)


@dataclass(frozen=True, slots=True)
class Node:
    """An end of a stream of pictures. `device` is set for one that a piece of hardware makes."""

    kind: str
    name: str
    program: str
    device: bool

    @property
    def is_screen(self) -> bool:
        """Whether pictures of a screen or window come out of it."""
        return self.kind == _SCREEN or (self.kind == _SOURCE and not self.device)

    @property
    def takes(self) -> bool:
        """Whether a program takes pictures in by it."""
        return self.kind == _TAKES


def socket_of(environ: Mapping[str, str]) -> Path:
    """Where PipeWire listens. Raises OSError where that cannot be known."""
    name = environ.get("PIPEWIRE_REMOTE") or "pipewire-0"
    if name.startswith("/"):
        return Path(name)
    folder = environ.get("PIPEWIRE_RUNTIME_DIR") or environ.get("XDG_RUNTIME_DIR")
    if not folder:
        raise OSError("XDG_RUNTIME_DIR is not set")
    return Path(folder) / name


class PipeWireLink:
    """One connection. `changed` is called with all nodes of pictures, and again when they change.

    `lost` is called once with a sentence if PipeWire goes or cannot be understood.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        changed: Callable[[list[Node]], None],
        lost: Callable[[str], None],
    ) -> None:
        self._loop = loop
        self._changed = changed
        self._lost = lost
        self._stream = Stream(loop, self._take, lambda why: self._end(f"PipeWire {why}"))
        self._sequence = itertools.count()
        self._nodes: dict[int, Node] = {}
        self._told = False
        self._soon: asyncio.TimerHandle | None = None

    def open(self, path: Path) -> None:
        """Connect and listen. Raises OSError."""
        try:
            self._stream.open(path)
        except OSError as error:
            raise OSError(f"cannot reach PipeWire: {error.strerror}") from error
        self._stream.expect_within(_PATIENCE_S)
        self._told = False
        self._say(_CORE, _HELLO, _VERSION)
        self._say(_CLIENT, _UPDATE_PROPERTIES, (1, "application.name", "deskbreak"))
        self._say(_CORE, _GET_REGISTRY, _VERSION, _REGISTRY)
        self._say(_CORE, _SYNC, _CORE, 0)

    def close(self) -> None:
        """Hang up."""
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
        self._nodes.clear()
        self._stream.close()

    def _say(self, number: int, method: int, *values: int | str | tuple[Any, ...]) -> None:
        self._stream.send(pods.message(number, method, next(self._sequence), *values))

    def _end(self, why: str) -> None:
        self.close()
        self._lost(why)

    def _take(self, buffer: bytearray) -> None:
        while (message := pods.take_message(buffer)) is not None:
            match message:
                case (0, 2, [int(number), int(sequence)]):  # the core pings
                    self._say(_CORE, _PONG, number, sequence)
                case (0, 3, [0, int(), int(), str(why)]):  # ... or complains
                    self._end(f"PipeWire refuses something ({why})")
                case (0, 1, _):  # ... or has told all that there is
                    self._stream.expect_within(None)
                    self._tell()
                case (2, 0, [int(number), int(), "PipeWire:Interface:Node", int(), list(said)]):
                    self._add(number, pods.named(said))
                case (2, 1, [int(number)]):  # something is gone from the registry
                    self._remove(number)

    def _add(self, number: int, said: Mapping[str, str]) -> None:
        kind = said.get("media.class", "")
        if kind in KINDS:
            program = said.get("application.name", "")
            device = "device.id" in said
            self._nodes[number] = Node(kind, said.get("node.name", ""), program, device)
            self._tell_soon()

    def _remove(self, number: int) -> None:
        if self._nodes.pop(number, None) is not None:
            self._tell_soon()

    def _tell_soon(self) -> None:
        if self._told and self._soon is None:
            self._soon = self._loop.call_later(_TOGETHER_S, self._tell)

    def _tell(self) -> None:
        self._soon = None
        self._told = True
        self._changed(list(self._nodes.values()))
