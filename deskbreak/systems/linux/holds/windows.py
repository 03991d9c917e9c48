"""The window in front as a reason to keep quiet: it fills the screen, or is of a listed program.

An X server's window manager writes it on the root window; a Wayland compositor tells it if it lists
the windows of others, by the protocol that wlroots has brought into the world.
"""

import asyncio
import struct
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from deskbreak.adapters.holds.probes import Probe
from deskbreak.adapters.holds.reason import Reason
from deskbreak.ports import Capability
from deskbreak.struct import Struct
from deskbreak.systems.linux.holds.listeners import Again
from deskbreak.systems.linux.wayland import WaylandLink, on_wayland, socket_path, string
from deskbreak.systems.linux.x11 import XLink

if TYPE_CHECKING:
    from deskbreak.settings.model import Hold

_OURS = "deskbreak"
_REST_S = 1.0
"""A title that changes all the time must not wake us each time."""


class Front(Struct):
    """The window that has the focus. `names` are all by which people may call its program."""

    names: tuple[str, ...]
    fills_screen: bool

    @property
    def is_ours(self) -> bool:
        """Whether it is our own, which is no reason to keep quiet."""
        return any(name.casefold().startswith(_OURS) for name in self.names)

    def is_one_of(self, programs: Iterable[str]) -> str | None:
        """The first of these programs that it is of; None if of none."""
        names = {name.casefold() for name in self.names}
        names |= {name.rpartition(".")[2] for name in names}
        return next((program for program in programs if program.casefold() in names), None)


Changed = Callable[[Front | None], None]
"""Called with the window in front, None for none, whenever that may have changed."""

Lost = Callable[[str], None]
"""Called with a sentence when it cannot be told any more."""

_CHANGE_ATTRIBUTES, _INTERN_ATOM, _GET_PROPERTY = 2, 16, 20
_EVENT_MASK, _PROPERTY_CHANGE, _STRUCTURE = 0x800, 0x400000, 0x20000
_MOST_WORDS = 1024
PROPERTY_NOTIFY, DESTROY_NOTIFY, UNMAP_NOTIFY = 28, 17, 18
_ACTIVE, _WM_STATE, _FULL = "_NET_ACTIVE_WINDOW", "_NET_WM_STATE", "_NET_WM_STATE_FULLSCREEN"
_CLASS, _PROCESS, _WM_CHECK = "WM_CLASS", "_NET_WM_PID", "_NET_SUPPORTING_WM_CHECK"
_ATOMS = (_ACTIVE, _WM_STATE, _FULL, _CLASS, _PROCESS, _WM_CHECK)


class XFront:
    """Watches the active window of one X server."""

    backend = "X11"
    hopeless = False

    def __init__(
        self, loop: asyncio.AbstractEventLoop, changed: Changed, lost: Lost, display: str
    ) -> None:
        self._changed = changed
        self._lost = lost
        self._display = display
        self._window = 0
        self._look_number = 0
        self._atoms: dict[str, int] = {}
        self._link = XLink(loop, self._ready, self._heard, lost)

    def open(self) -> None:
        """Connect. Raises OSError where there is no X server; what it lacks is told later."""
        self._link.begin(self._display)

    def close(self) -> None:
        """Hang up."""
        self._link.close()

    def _ready(self) -> None:
        for name in _ATOMS:
            body = struct.pack("=Hxx", len(name)) + name.encode()
            self._link.ask(_INTERN_ATOM, 0, body, partial(self._atom_is, name))

    def _atom_is(self, name: str, reply: bytes | None) -> None:
        self._atoms[name] = 0 if reply is None else struct.unpack_from("=I", reply, 8)[0]
        if len(self._atoms) == len(_ATOMS):
            self._ask(self._link.root, _WM_CHECK, self._manager_is)

    def _ask(self, window: int, name: str, told: Callable[[bytes | None], None]) -> None:
        """Ask for a property of a window; None where the window is gone."""
        body = struct.pack("=5I", window, self._atoms[name], 0, 0, _MOST_WORDS)
        self._link.ask(_GET_PROPERTY, 0, body, told)

    def _listen_to(self, window: int, on: bool = True) -> None:
        """From now on events say what becomes of that window, or no longer."""
        events = _PROPERTY_CHANGE | _STRUCTURE if on else 0
        body = struct.pack("=III", window, _EVENT_MASK, events)
        self._link.request(_CHANGE_ATTRIBUTES, 0, body)

    def _manager_is(self, reply: bytes | None) -> None:
        if reply is not None and _words(reply):
            self._listen_to(self._link.root)
            self._look()
        else:
            self.close()
            self._lost("the window manager does not say which window is in front")

    def _heard(self, code: int, event: bytes) -> None:
        if self._matters(code, event):
            self._look()
        else:
            self._link.rest(_REST_S)

    def _matters(self, code: int, event: bytes) -> bool:
        if code != PROPERTY_NOTIFY:
            # Some window managers leave the last window in front though it is gone.
            return code in (DESTROY_NOTIFY, UNMAP_NOTIFY)
        (atom,) = struct.unpack_from("=I", event, 8)
        return atom in (self._atoms[_ACTIVE], self._atoms[_WM_STATE])

    def _look(self) -> None:
        """Ask for the window in front; of several looks at once only the last one counts."""
        self._look_number += 1
        self._ask(self._link.root, _ACTIVE, partial(self._active_is, self._look_number))

    def _active_is(self, number: int, reply: bytes | None) -> None:
        if number != self._look_number:
            return
        words = () if reply is None else _words(reply)
        window = words[0] if words else 0
        if not window:
            self._changed(None)
            return
        if window != self._window:
            if self._window:
                self._listen_to(self._window, on=False)
            self._listen_to(window)
            self._window = window
        self._ask_about(number, window)

    def _ask_about(self, number: int, window: int) -> None:
        """Ask for all that says what the window is: answers come in the order of the questions."""
        said: list[bytes | None] = []

        def process_is(reply: bytes | None) -> None:
            if number != self._look_number:
                return
            match (*said, reply):
                case (bytes(states), bytes(names), bytes(process)):
                    fills = self._atoms[_FULL] in _words(states)
                    self._changed(Front((*_texts(names), *_program(_words(process))), fills))
                case _:  # the window is gone, and the news of it on the way
                    self._changed(None)

        self._ask(window, _WM_STATE, said.append)
        self._ask(window, _CLASS, said.append)
        self._ask(window, _PROCESS, process_is)


def _words(reply: bytes) -> tuple[int, ...]:
    """A property made of numbers; empty for another, and where there is none."""
    width, (count,) = reply[1], struct.unpack_from("=I", reply, 16)
    return struct.unpack_from(f"={count}I", reply, 32) if width == 32 else ()


def _texts(reply: bytes) -> list[str]:
    """The same for a property made of texts."""
    width, (count,) = reply[1], struct.unpack_from("=I", reply, 16)
    value = reply[32 : 32 + count] if width == 8 else b""
    return [part.decode("latin-1") for part in value.split(b"\0") if part]


def _program(process: tuple[int, ...]) -> list[str]:
    """The name of the program behind a window, where its process is one of this machine."""
    try:
        return [Path(f"/proc/{process[0]}/comm").read_text(errors="replace").strip()]
    except (OSError, IndexError):
        return []


_MANAGER = "zwlr_foreign_toplevel_manager_v1"
_TOPLEVEL = 0
_APP_ID, _STATE, _DONE, _CLOSED = 1, 4, 5, 6
_IN_FRONT, _FILLS_SCREEN = 2, 3
_DESTROY_OF_HANDLE = 7


class _Window(Struct, frozen=False):
    app_id: str = ""
    state: tuple[int, ...] = ()


class WlrFront:
    """Watches all windows of a compositor."""

    backend = "wlr-foreign-toplevel"

    def __init__(
        self, loop: asyncio.AbstractEventLoop, changed: Changed, lost: Lost, path: str
    ) -> None:
        self.hopeless = False
        self._changed = changed
        self._lost = lost
        self._path = path
        self._windows: dict[int, _Window] = {}
        self._link = WaylandLink(loop, self._ready, self._end)

    def open(self) -> None:
        """Connect. Raises OSError where there is no compositor; what it lacks is told later."""
        self._link.begin(self._path)

    def close(self) -> None:
        """Hang up."""
        self._windows.clear()
        self._link.close()

    def _ready(self) -> None:
        try:
            self._link.bind(_MANAGER, 3, self._listed)
        except OSError:
            self.hopeless = True
            self._end("this compositor does not say which window is in front")

    def _end(self, why: str) -> None:
        self.close()
        self._lost(why)

    def _listed(self, event: int, body: bytes) -> None:
        if event == _TOPLEVEL:
            (number,) = struct.unpack("=I", body)
            self._windows[number] = _Window()
            self._link.adopt(number, partial(self._told, number))

    def _told(self, number: int, event: int, body: bytes) -> None:
        window = self._windows[number]
        if event == _APP_ID:
            window.app_id, _ = string(body, 0)
        elif event == _STATE:
            window.state = struct.unpack_from(f"={len(body) // 4 - 1}I", body, 4)
        elif event == _CLOSED:
            del self._windows[number]
            self._link.destroy(number, _DESTROY_OF_HANDLE)
            self._tell()
        elif event == _DONE:
            self._tell()
        self._link.rest(_REST_S)

    def _tell(self) -> None:
        front = [window for window in self._windows.values() if _IN_FRONT in window.state]
        fills = any(_FILLS_SCREEN in window.state for window in front)
        names = tuple(window.app_id for window in front)
        self._changed(Front(names, fills) if front else None)


FULLSCREEN, APPS = "full screen", "apps"
_TELLER = "front"
_INSTEAD = "For a film or a talk: do-not-disturb, or `deskbreak pause`."
_NO_SCREEN = "there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set)"


class WindowProbe(Probe):
    """Watches the window in front by the first way that works, and feeds two reasons with it."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        fullscreen: Reason,
        app: Reason,
        wanted: Callable[[], "Hold"],
        environ: Mapping[str, str],
    ) -> None:
        self._loop = loop
        self._fullscreen, self._app = fullscreen, app
        self._wanted = wanted
        self._environ = environ
        self._watch: XFront | WlrFront | None = None
        self._front: Front | None = None
        self.again = Again(loop, self._open)

    def start(self) -> None:
        """Begin to watch."""
        if on_wayland(self._environ) or self._environ.get("DISPLAY"):
            self.again.start()
        else:
            self.again.why = _NO_SCREEN

    def refresh(self) -> None:
        """The settings have changed."""
        self._tell()

    def capabilities(self) -> list[Capability]:
        """What can be told of windows here."""
        backend = self._watch.backend if self._watch is not None else None
        why = "" if backend else self.again.why
        wanted = self._wanted()
        names = [FULLSCREEN] * wanted.fullscreen + [APPS] * bool(wanted.apps)
        advice = "" if backend else _INSTEAD
        return [Capability(name, backend, bool(backend), why, advice) for name in names]

    def close(self) -> None:
        """Stop watching."""
        self.again.close()
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        self._front = None
        self._fullscreen.close()
        self._app.close()

    def _open(self) -> None:
        """On Wayland never by the X server: it would be started for us, and see X windows alone."""
        environ = self._environ
        if on_wayland(environ):
            path = socket_path(environ)
            watch: XFront | WlrFront = WlrFront(self._loop, self._changed, self._lost, path)
        else:
            watch = XFront(self._loop, self._changed, self._lost, environ["DISPLAY"])
        watch.open()
        self._watch = watch

    def _lost(self, why: str) -> None:
        hopeless = self._watch is not None and self._watch.hopeless
        self._watch = self._front = None
        self._tell()
        self.again.fail(why)
        if hopeless:
            self.again.close()

    def _changed(self, front: Front | None) -> None:
        self.again.worked()
        self._front = front
        self._tell()

    def _tell(self) -> None:
        front = self._front
        if front is None or front.is_ours:
            self._fullscreen.says(_TELLER, None)
            self._app.says(_TELLER, None)
            return
        wanted, name = self._wanted(), next(iter(front.names), "")
        self._fullscreen.says(_TELLER, name if wanted.fullscreen and front.fills_screen else None)
        self._app.says(_TELLER, front.is_one_of(wanted.apps))
