"""A message bus in the event loop: never blocks, and comes back by itself.

Everything is said by callbacks that the loop calls, one at a time. What is watched, served and
owned survives a restart of the bus.
"""

import asyncio
from collections.abc import Callable
from functools import partial

from jeepney import DBusAddress, Message, MessageType, new_method_call, new_signal

from deskbreak.adapters.timer import Timer
from deskbreak.backoff import Backoff
from deskbreak.systems.linux.dbus.calls import Calls, Enquiry, Objects
from deskbreak.systems.linux.dbus.signals import Heard, Owned, Subscriptions, Watch
from deskbreak.systems.linux.dbus.types import (
    DRIVER,
    Address,
    Answered,
    Body,
    BusError,
    Gone,
    Refused,
    Served,
    Wanted,
    Which,
    sockets,
)
from deskbreak.systems.linux.dbus.wire import Wire

PATIENCE_S = 25.0
"""How long an answer may take, as with other D-Bus libraries; nobody is held up meanwhile."""

_FIRST_RETRY_S, _LONGEST_RETRY_S = 1.0, 60.0
_STEADY_S = 10.0  # a connection that held so long was a good one
_BUS = Address(DRIVER, "/org/freedesktop/DBus", DRIVER)


class Bus:
    """The session bus or the system bus; `address` overrules the environment.

    `unique_name` is our name while the bus is up; otherwise it is None and `why` is a sentence.
    Descriptors are passed on the system bus only; whoever gets one has to close it.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        which: Which,
        address: str | None = None,
        *,
        first_retry_s: float = _FIRST_RETRY_S,
    ) -> None:
        self.which: Which = which
        self.unique_name: str | None = None
        self.why = "not started"
        self._loop = loop
        self._address = address
        self._again = Backoff(first_retry_s, _LONGEST_RETRY_S)
        self._retry = Timer(loop)
        self._up_since = 0.0
        self._closed = True
        self._wire: Wire | None = None
        self._calls = Calls(loop)
        self._early: list[Callable[[], None]] = []
        self._objects = Objects()
        self._signals = Subscriptions(loop, self._subscribe)
        self._on_up: list[Callable[[], None]] = []

    # -------------------------------------------------------------------------- life

    @property
    def up(self) -> bool:
        """Whether calls can be made now."""
        return self.unique_name is not None

    def on_up(self, callback: Callable[[], None]) -> None:
        """Call it whenever the bus has come up, and soon if it is up already."""
        self._on_up.append(callback)
        if self.up:
            self._loop.call_soon(callback)

    def start(self) -> None:
        """Begin to connect; tries again and again until `close`."""
        if self._closed:
            self._closed = False
            self._connect()

    def close(self) -> None:
        """Disconnect for good; calls that are still open end with `Gone`."""
        self._closed = True
        self.why = "closed"
        self._retry.cancel()
        if self._wire is not None:
            self._wire.close()
        self._forget_connection("the program has left the bus")

    def _connect(self) -> None:
        why = "nowhere to connect to"
        try:
            for path in sockets(self.which, self._address):
                wire = Wire(
                    self._loop,
                    on_ready=self._ready,
                    on_message=self._came_in,
                    on_lost=self._lost,
                    with_fds=self.which == "system",
                )
                try:
                    self._wire = wire
                    wire.begin(path)
                except OSError as error:
                    self._wire = None
                    why = f"cannot reach the {self.which} bus ({error.strerror})"
                else:
                    return
        except LookupError as error:
            why = str(error)
        self._lost(why)

    def _ready(self) -> None:
        self._calls = Calls(self._loop)
        self._put(_message(_BUS, "Hello"), PATIENCE_S, self._welcome, self._not_welcome)

    def _not_welcome(self, _error: BusError) -> None:
        if self._wire is not None:
            self._wire.close()
            self._lost("the bus does not answer")

    def _welcome(self, body: Body) -> None:
        if self._wire is None:
            return  # lost, or left, in the meantime
        self.unique_name = body[0]
        self.why = ""
        self._up_since = self._loop.time()
        self._signals.renew()
        self._make_early_calls()
        for up in tuple(self._on_up):
            self._loop.call_soon(up)

    def _lost(self, why: str) -> None:
        if self.up and self._loop.time() - self._up_since >= _STEADY_S:
            self._again.reset()
        self.why = why
        self._forget_connection(why)
        if not self._closed:
            self._retry.set(self._again.pause_s(), self._connect)

    def _forget_connection(self, why: str) -> None:
        self._wire = None
        self.unique_name = None
        self._calls.abandon(why)
        self._signals.lost()
        self._make_early_calls()

    # -------------------------------------------------------------------------- calls

    def call(  # noqa: PLR0913 - a call has all of these
        self,
        to: Address,
        member: str,
        signature: str = "",
        body: Body = (),
        *,
        timeout: float | None = PATIENCE_S,
        on_reply: Answered | None = None,
        on_error: Callable[[BusError], None] | None = None,
        on_late: Answered | None = None,
    ) -> None:
        """Call a method; exactly one of `on_reply` and `on_error` is called later, from the loop.

        An answer that comes after `timeout` seconds (None: wait for ever) goes to `on_late`. While
        the connection is coming up the call waits for it.
        Raises ValueError or TypeError if the body does not fit its signature.
        """
        if self.up:
            call = _message(to, member, signature, body)
            self._put(call, timeout, on_reply, on_error, on_late)
        elif self._wire is not None:
            again = partial(self.call, to, member, signature, body, timeout=timeout)
            self._early.append(lambda: again(on_reply=on_reply, on_error=on_error, on_late=on_late))
        elif on_error is not None:
            self._loop.call_soon(on_error, Gone(self.why or "not connected"))

    def _make_early_calls(self) -> None:
        """Make the calls that waited for the connection; if it did not come up, so they hear."""
        early, self._early = self._early, []
        for call in early:
            call()

    def enquire(
        self,
        to: Address,
        member: str,
        signature: str = "",
        body: Body = (),
        *,
        on_reply: Answered,
        on_refused: Callable[[Refused], None] = lambda _error: None,
    ) -> Enquiry:
        """Ask until there is an answer or a No, however long that takes; for what changes nothing.

        Raises as `call` does.
        """

        return Enquiry(self._loop, self.call, (to, member, signature, body), on_reply, on_refused)

    def _put(
        self,
        call: Message,
        timeout: float | None,
        on_reply: Answered | None,
        on_error: Callable[[BusError], None] | None,
        on_late: Answered | None = None,
    ) -> None:
        self._calls.expect(self._send(call), timeout, on_reply, on_error, on_late)

    def _send(self, message: Message) -> int:
        serial = self._calls.next_serial()
        data = message.serialise(serial=serial)
        if self._wire is not None:
            self._wire.send(data)
        return serial

    # -------------------------------------------------------------------------- signals

    def watch(self, wanted: Wanted, callback: Heard) -> Watch:
        """Call back for each such signal, on every connection, until the watch is closed."""
        return self._signals.watch(wanted, callback)

    def owner_watch(self, name: str, callback: Owned) -> Callable[[], None]:
        """Call back with (old owner, new owner), "" for nobody; returns what ends it.

        Called first when the bus has told who the owner is now (old is ""), then at each change,
        and with new "" when the bus itself is lost.
        """
        return self._signals.owner_watch(name, callback)

    def _subscribe(self, member: str, text: str, told: Callable[[Body | None], None]) -> None:
        """Ask the bus itself, which answers for as long as the connection is good."""
        if self.up:
            call = _message(_BUS, member, "s", (text,))
            self._put(call, None, told, lambda _error: told(None))

    # -------------------------------------------------------------------------- what we offer

    def serve(self, path: str, interface: str, served: Served) -> None:
        """Answer calls to this interface of this object, from now on and on every connection."""
        self._objects.serve(path, interface, served)

    def emit(
        self, path: str, interface: str, member: str, signature: str = "", body: Body = ()
    ) -> None:
        """Send a signal to whoever listens; without a connection nobody does."""
        if self.up:
            emitter = DBusAddress(path, interface=interface)
            self._send(new_signal(emitter, member, signature or None, body))

    # -------------------------------------------------------------------------- what comes in

    def _came_in(self, message: Message) -> None:
        kind = message.header.message_type
        if kind is MessageType.signal:
            self._signals.heard(message)
        elif kind is MessageType.method_call:
            self._loop.call_soon(self._objects.answer, message, self._reply)
        else:
            self._calls.answered(message)

    def _reply(self, message: Message) -> None:
        self._send(message)


def _message(to: Address, member: str, signature: str = "", body: Body = ()) -> Message:
    where = DBusAddress(to.path, to.dest, to.interface)
    return new_method_call(where, member, signature or None, body)
