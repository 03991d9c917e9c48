"""Properties of windows and news of their changes: the part of the core protocol for that."""

import struct
from collections.abc import Iterable

from deskbreak.adapters.x11.link import XLink, rq

_EVENT_MASK, _PROPERTY_CHANGE, _STRUCTURE = 0x800, 0x400000, 0x20000
_MOST_WORDS = 1024
PROPERTY_NOTIFY, DESTROY_NOTIFY, UNMAP_NOTIFY = 28, 17, 18


class _InternAtom(rq.ReplyRequest):  # type: ignore[misc]  # python-xlib ships no types
    _request = rq.Struct(
        rq.Opcode(16), rq.Bool("only_if_exists"), rq.RequestLength(), rq.LengthOf("name", 2),
        rq.Pad(2), rq.String8("name"),
    )  # fmt: skip
    _reply = rq.Struct(
        rq.ReplyCode(), rq.Pad(1), rq.Card16("sequence_number"), rq.ReplyLength(),
        rq.Card32("atom"), rq.Pad(20),
    )  # fmt: skip


class _GetProperty(rq.ReplyRequest):  # type: ignore[misc]
    _request = rq.Struct(
        rq.Opcode(20), rq.Bool("delete"), rq.RequestLength(), rq.Card32("window"),
        rq.Card32("property"), rq.Card32("type"), rq.Card32("offset"), rq.Card32("length"),
    )  # fmt: skip
    _reply = rq.Struct(
        rq.ReplyCode(), rq.Card8("format"), rq.Card16("sequence_number"), rq.ReplyLength(),
        rq.Card32("type"), rq.Card32("after"), rq.Card32("count"), rq.Pad(12), rq.Binary("value"),
    )  # fmt: skip


class _ChangeAttributes(rq.Request):  # type: ignore[misc]
    _request = rq.Struct(
        rq.Opcode(2), rq.Pad(1), rq.RequestLength(), rq.Card32("window"), rq.Card32("mask"),
        rq.List("values", rq.Card32Obj),
    )  # fmt: skip


class Properties:
    """Reads properties by name over one link; every method may raise one of `link.TROUBLE`."""

    __slots__ = ("_atoms", "link")

    def __init__(self, link: XLink, names: Iterable[str]) -> None:
        self.link = link
        self._atoms = {
            name: int(_InternAtom(display=link, only_if_exists=0, name=name).atom) for name in names
        }

    def atom(self, name: str) -> int:
        """The number of one of the names."""
        return self._atoms[name]

    def words(self, window: int, name: str) -> tuple[int, ...]:
        """A property made of numbers; empty where the window does not have it."""
        found = self._get(window, name)
        if found.format != 32:
            return ()
        return struct.unpack_from(f"={found.count}I", bytes(found.value))

    def texts(self, window: int, name: str) -> list[str]:
        """A property made of texts; empty where the window does not have it."""
        found = self._get(window, name)
        if found.format != 8:
            return []
        data = bytes(found.value)[: found.count]
        return [part.decode("latin-1") for part in data.split(b"\0") if part]

    def tell(self, window: int, on: bool = True) -> None:
        """From now on events say what becomes of that window and its properties, or no longer."""
        events = _PROPERTY_CHANGE | _STRUCTURE if on else 0
        _ChangeAttributes(self.link, window=window, mask=_EVENT_MASK, values=[events])
        self.link.flush()

    def _get(self, window: int, name: str) -> _GetProperty:
        return _GetProperty(
            display=self.link, delete=0, window=window, property=self._atoms[name], type=0,
            offset=0, length=_MOST_WORDS,
        )  # fmt: skip
