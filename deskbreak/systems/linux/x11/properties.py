"""Properties of windows and news of their changes: the part of the core protocol for that."""

import struct
from collections.abc import Callable, Iterable
from functools import partial

from deskbreak.systems.linux.x11.link import Told, XLink

_CHANGE_ATTRIBUTES, _INTERN_ATOM, _GET_PROPERTY = 2, 16, 20
_EVENT_MASK, _PROPERTY_CHANGE, _STRUCTURE = 0x800, 0x400000, 0x20000
_MOST_WORDS = 1024
PROPERTY_NOTIFY, DESTROY_NOTIFY, UNMAP_NOTIFY = 28, 17, 18


class Properties:
    """Reads properties by name over one link, once `learn` has said that it can."""

    __slots__ = ("_atoms", "link")

    def __init__(self, link: XLink) -> None:
        self.link = link
        self._atoms: dict[str, int] = {}

    def learn(self, names: Iterable[str], done: Callable[[], None]) -> None:
        """Ask for the numbers of these names, then call back."""
        wanted = tuple(names)

        def named(name: str, reply: bytes | None) -> None:
            self._atoms[name] = 0 if reply is None else struct.unpack_from("=I", reply, 8)[0]
            if len(self._atoms) == len(wanted):
                done()

        for name in wanted:
            body = struct.pack("=Hxx", len(name)) + name.encode()
            self.link.ask(_INTERN_ATOM, 0, body, partial(named, name))

    def atom(self, name: str) -> int:
        """The number of one of the names."""
        return self._atoms[name]

    def ask_words(
        self, window: int, name: str, told: Callable[[tuple[int, ...] | None], None]
    ) -> None:
        """Ask for a property made of numbers: empty without it, None if the window is gone."""
        self._ask(window, name, lambda reply: told(None if reply is None else _words(reply)))

    def ask_texts(
        self, window: int, name: str, told: Callable[[tuple[str, ...] | None], None]
    ) -> None:
        """The same for a property made of texts."""
        self._ask(window, name, lambda reply: told(None if reply is None else _texts(reply)))

    def tell(self, window: int, on: bool = True) -> None:
        """From now on events say what becomes of that window and its properties, or no longer."""
        events = _PROPERTY_CHANGE | _STRUCTURE if on else 0
        self.link.request(_CHANGE_ATTRIBUTES, 0, struct.pack("=III", window, _EVENT_MASK, events))

    def _ask(self, window: int, name: str, told: Told) -> None:
        body = struct.pack("=5I", window, self._atoms[name], 0, 0, _MOST_WORDS)
        self.link.ask(_GET_PROPERTY, 0, body, told)


def _words(reply: bytes) -> tuple[int, ...]:
    width, (count,) = reply[1], struct.unpack_from("=I", reply, 16)
    return struct.unpack_from(f"={count}I", reply, 32) if width == 32 else ()


def _texts(reply: bytes) -> tuple[str, ...]:
    width, (count,) = reply[1], struct.unpack_from("=I", reply, 16)
    value = reply[32 : 32 + count] if width == 8 else b""
    return tuple(part.decode("latin-1") for part in value.split(b"\0") if part)
