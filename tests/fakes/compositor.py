"""A Wayland compositor without a screen, played by the test over a real socket.

It keeps to the protocols as wlroots and KWin do: an idle alarm counts from the moment it is made,
and only the input kind of the second version ignores what keeps the screen awake.
"""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

IDLE, KDE_IDLE = "ext_idle_notifier_v1", "org_kde_kwin_idle"
WINDOWS = "zwlr_foreign_toplevel_manager_v1"
EVERYTHING = {"wl_compositor": 5, "wl_seat": 7, IDLE: 2, KDE_IDLE: 1, WINDOWS: 3}
_FIRST_OF_SERVER = 0xFF000000


@dataclass(slots=True)
class Alarm:
    """An idle alarm of a client."""

    number: int
    seconds: float
    by_input_alone: bool
    timer: asyncio.TimerHandle | None = None
    idle: bool = False


@dataclass(slots=True)
class Window:
    """A window as clients are told of it; of its states 2 is "in front" and 3 is "full screen"."""

    app_id: str
    title: str = ""
    state: tuple[int, ...] = ()
    numbers: dict["Client", int] = field(default_factory=dict)


class FakeCompositor:
    """Listens at `folder`/wayland-0 for any number of clients.

    `offers` are the interfaces with their versions. While `deaf` nothing is answered; `made` lists
    the alarms that clients have asked for as (milliseconds, by input alone).
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        folder: Path,
        offers: Mapping[str, int] = EVERYTHING,
    ) -> None:
        self.path = str(folder / "wayland-0")
        self.offers = list(offers.items())
        self.deaf = False
        self.made: list[tuple[int, bool]] = []
        self.clients: list[Client] = []
        self.windows: list[Window] = []
        self.kept_awake = False
        self._loop = loop
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(self.path)
        self._server.listen()
        self._server.setblocking(False)
        loop.add_reader(self._server, self._accept)

    @property
    def alarms(self) -> list[Alarm]:
        """The alarms that are set now."""
        return [alarm for client in self.clients for alarm in client.alarms.values()]

    def key(self) -> None:
        """Somebody presses a key."""
        for client in self.clients:
            client.input()

    def keep_awake(self, on: bool) -> None:
        """A client keeps the screen awake, or no longer."""
        self.kept_awake = on
        for client in self.clients:
            client.kept_awake()

    def open_window(self, app_id: str, *state: int) -> Window:
        """A window comes up."""
        window = Window(app_id, "a window", state)
        self.windows.append(window)
        for client in self.clients:
            client.tell_window(window)
        return window

    def change_window(self, window: Window, *state: int, title: str | None = None) -> None:
        """It changes its state, and perhaps its title."""
        window.state, window.title = state, title or window.title
        for client in window.numbers:
            client.tell_state(window)

    def close_window(self, window: Window) -> None:
        """It is gone."""
        self.windows.remove(window)
        for client, number in window.numbers.items():
            client.say(number, 6)

    def raise_error(self, text: str) -> None:
        """Complain to every client, as after a mistake of theirs."""
        for client in self.clients:
            client.say(1, 0, struct.pack("=II", 1, 3) + _string(text))

    def send_raw(self, data: bytes) -> None:
        """Say something that may be no message at all."""
        for client in self.clients:
            client.connection.sendall(data)

    def close_windows(self) -> None:
        """They are all gone."""
        for window in tuple(self.windows):
            self.close_window(window)

    def hang_up(self) -> None:
        """Throw everybody out."""
        while self.clients:
            self.clients.pop().close()

    def close(self) -> None:
        """Be gone, if it is not yet."""
        self.hang_up()
        if self._server.fileno() >= 0:
            self._loop.remove_reader(self._server)
            self._server.close()
        Path(self.path).unlink(missing_ok=True)

    def _accept(self) -> None:
        connection, _ = self._server.accept()
        self.clients.append(Client(self._loop, self, connection))


class Client:
    """One connection, as the compositor sees it."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, here: FakeCompositor, connection: socket.socket
    ) -> None:
        self.connection = connection
        self.alarms: dict[int, Alarm] = {}
        self._loop = loop
        self._here = here
        self._objects = {1: "wl_display"}
        self._next = _FIRST_OF_SERVER
        self._manager = 0
        self._data = b""
        loop.add_reader(connection, self._readable)

    def say(self, number: int, event: int, body: bytes = b"") -> None:
        with contextlib.suppress(BrokenPipeError):  # the client has left without waiting for this
            self.connection.sendall(
                struct.pack("=II", number, (8 + len(body)) << 16 | event) + body
            )

    def close(self) -> None:
        for alarm in self.alarms.values():
            self._stop(alarm)
        self._loop.remove_reader(self.connection)
        self.connection.close()

    def input(self) -> None:
        for alarm in self.alarms.values():
            if alarm.idle:
                alarm.idle = False
                self.say(alarm.number, 1)
            self._begin(alarm)

    def kept_awake(self) -> None:
        for alarm in self.alarms.values():
            if not alarm.by_input_alone and not alarm.idle:
                self._begin(alarm)

    def tell_window(self, window: Window) -> None:
        if not self._manager:
            return
        number, self._next = self._next, self._next + 1
        window.numbers[self] = number
        self._objects[number] = "window"
        self.say(self._manager, 0, struct.pack("=I", number))
        self.say(number, 0, _string(window.title))
        self.say(number, 1, _string(window.app_id))
        self.tell_state(window)

    def tell_state(self, window: Window) -> None:
        number = window.numbers[self]
        self.say(number, 0, _string(window.title))
        state = struct.pack(f"={len(window.state)}I", *window.state)
        self.say(number, 4, struct.pack("=I", len(state)) + state)
        self.say(number, 5)

    def _readable(self) -> None:
        data = self.connection.recv(65536)
        if not data:
            self._here.clients.remove(self)
            self.close()
            return
        self._data += data
        while len(self._data) >= 8 and not self._here.deaf:
            number, word = struct.unpack_from("=II", self._data)
            body, self._data = self._data[8 : word >> 16], self._data[word >> 16 :]
            self._asked(number, word & 0xFFFF, body)

    def _asked(self, number: int, request: int, body: bytes) -> None:
        match self._objects[number], request:
            case "wl_display", 0:
                (callback,) = struct.unpack("=I", body)
                self.say(callback, 0, struct.pack("=I", 1))
                self.say(1, 1, struct.pack("=I", callback))
            case "wl_display", 1:
                (registry,) = struct.unpack("=I", body)
                self._objects[registry] = "wl_registry"
                for name, (interface, version) in enumerate(self._here.offers, 1):
                    about = struct.pack("=I", name) + _string(interface)
                    self.say(registry, 0, about + struct.pack("=I", version))
            case "wl_registry", 0:
                self._bind(body)
            case ("ext_idle_notifier_v1", 1 | 2):
                alarm, milliseconds, _seat = struct.unpack("=III", body)
                self._alarm(alarm, milliseconds, by_input_alone=request == 2)
            case ("org_kde_kwin_idle", 0):
                alarm, _seat, milliseconds = struct.unpack("=III", body)
                self._alarm(alarm, milliseconds, by_input_alone=False)
            case "alarm", 0:
                self._stop(self.alarms.pop(number))
                del self._objects[number]
                self.say(1, 1, struct.pack("=I", number))
            case "window", 7:
                del self._objects[number]
            case unknown:
                raise AssertionError(f"a client asked {unknown}")

    def _bind(self, body: bytes) -> None:
        (name,) = struct.unpack_from("=I", body)
        (length,) = struct.unpack_from("=I", body, 4)
        interface = body[8 : 7 + length].decode()
        version, number = struct.unpack("=II", body[-8:])
        offered, most = self._here.offers[name - 1]
        assert interface == offered
        assert 1 <= version <= most
        self._objects[number] = interface
        if interface == "wl_seat":
            self.say(number, 0, struct.pack("=I", 3))
        elif interface == WINDOWS:
            self._manager = number
            for window in self._here.windows:
                self.tell_window(window)

    def _alarm(self, number: int, milliseconds: int, *, by_input_alone: bool) -> None:
        assert number not in self._objects
        self._objects[number] = "alarm"
        self._here.made.append((milliseconds, by_input_alone))
        alarm = self.alarms[number] = Alarm(number, milliseconds / 1000, by_input_alone)
        self._begin(alarm)

    def _begin(self, alarm: Alarm) -> None:
        self._stop(alarm)
        if alarm.by_input_alone or not self._here.kept_awake:
            alarm.timer = self._loop.call_later(alarm.seconds, self._idled, alarm)

    def _idled(self, alarm: Alarm) -> None:
        alarm.idle = True
        self.say(alarm.number, 0)

    def _stop(self, alarm: Alarm) -> None:
        if alarm.timer is not None:
            alarm.timer.cancel()
            alarm.timer = None


def _string(text: str) -> bytes:
    data = text.encode() + b"\0"
    return struct.pack("=I", len(data)) + data + b"\0" * (-len(data) % 4)
