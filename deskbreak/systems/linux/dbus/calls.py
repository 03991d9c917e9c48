"""The open calls of one connection: each ends exactly once, whatever the other side does.

Some servers answer one call twice, some after we have given up; neither may upset anything.
"""

import asyncio
import itertools
from collections.abc import Callable

from jeepney import (
    FileDescriptor,
    HeaderFields,
    Message,
    MessageFlag,
    MessageType,
    new_error,
    new_method_return,
)

from deskbreak.adapters.timer import Timer
from deskbreak.backoff import Backoff
from deskbreak.struct import Struct
from deskbreak.systems.linux.dbus.types import (
    DRIVER,
    Address,
    Answered,
    Body,
    BusError,
    BusRefusal,
    Gone,
    Refused,
    Served,
    TimedOut,
)

_NO_ANSWER = {f"{DRIVER}.Error.{what}" for what in ("NoReply", "Timeout", "TimedOut")}
"""Errors by which a bus says that the other side has not answered (yet)."""


class _Open(Struct, frozen=False):
    on_reply: Answered | None
    on_error: Callable[[BusError], None] | None
    on_late: Answered | None
    timer: asyncio.TimerHandle | None = None
    given_up: bool = False


class Calls:
    """A table from serial numbers to those who wait; callbacks always come from the loop."""

    __slots__ = ("_loop", "_open", "_serials")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._open: dict[int, _Open] = {}
        self._serials = itertools.count(1)

    def next_serial(self) -> int:
        """A number that no message of this connection has had."""
        return next(self._serials)

    def expect(
        self,
        serial: int,
        timeout: float | None,
        on_reply: Answered | None,
        on_error: Callable[[BusError], None] | None,
        on_late: Answered | None,
    ) -> None:
        """Wait for the answer to that message, for so many seconds or for ever."""
        call = self._open[serial] = _Open(on_reply, on_error, on_late)
        if timeout is not None:
            call.timer = self._loop.call_later(timeout, self._give_up, serial, timeout)

    def answered(self, message: Message) -> None:
        """Hand a return or an error to the one who waits; if nobody does, drop it."""
        call = self._open.pop(message.header.fields.get(HeaderFields.reply_serial), None)
        if call is not None and call.timer is not None:
            call.timer.cancel()
        if message.header.message_type is MessageType.error:
            if call is not None and not call.given_up and call.on_error is not None:
                self._loop.call_soon(call.on_error, _refusal(message))
            return
        taker = None if call is None else call.on_late if call.given_up else call.on_reply
        if taker is None:
            let_go(message.body)
        else:
            self._loop.call_soon(taker, message.body)

    def abandon(self, why: str) -> None:
        """The connection is gone: so are all answers."""
        calls, self._open = self._open, {}
        for call in calls.values():
            if call.timer is not None:
                call.timer.cancel()
            if not call.given_up and call.on_error is not None:
                self._loop.call_soon(call.on_error, Gone(why))

    def _give_up(self, serial: int, timeout: float) -> None:
        call = self._open[serial]
        call.given_up = True
        if call.on_late is None:
            del self._open[serial]
        if call.on_error is not None:
            call.on_error(TimedOut(f"no answer within {timeout:g} s"))


def let_go(body: Body) -> None:
    """Close the descriptors of a message that nobody takes."""
    for value in body:
        if isinstance(value, FileDescriptor):
            value.close()


def _refusal(message: Message) -> BusError:
    text = message.body[0] if message.body and isinstance(message.body[0], str) else ""
    name = str(message.header.fields.get(HeaderFields.error_name, ""))
    if name in _NO_ANSWER:
        return TimedOut(text or name)
    return Refused(name, text)


_PEER = f"{DRIVER}.Peer"


class Objects:
    """The served interfaces by object path."""

    __slots__ = ("_paths",)

    def __init__(self) -> None:
        self._paths: dict[str, dict[str, Served]] = {}

    def serve(self, path: str, interface: str, served: Served) -> None:
        """Answer calls to this interface of this object."""
        self._paths.setdefault(path, {})[interface] = served

    def answer(self, call: Message, send: Callable[[Message], None]) -> None:
        """Answer a call with what is served, or with the error that says what is not there."""
        try:
            reply = self._reply(call)
        except BusRefusal as refusal:
            reply = new_error(call, refusal.name, "s", (refusal.text,))
        except Exception:
            # Ours is the mistake, but the caller waits: it gets an error, the loop's log the rest.
            _reply_if_wanted(call, new_error(call, f"{DRIVER}.Error.Failed", "s", ("",)), send)
            raise
        finally:
            let_go(call.body)
        _reply_if_wanted(call, reply, send)

    def _reply(self, call: Message) -> Message:
        fields = call.header.fields
        interface = fields.get(HeaderFields.interface)
        member = fields[HeaderFields.member]
        if interface == _PEER and member == "Ping":
            return new_method_return(call)
        served = self._served(fields[HeaderFields.path], interface)
        signature, body = served(member, call.body, fields.get(HeaderFields.sender, ""))
        return new_method_return(call, signature or None, body)

    def _served(self, path: str, interface: str | None) -> Served:
        interfaces = self._paths.get(path)
        if not interfaces:
            raise BusRefusal(f"{DRIVER}.Error.UnknownObject", f"there is no object {path}")
        if interface is None:
            return next(iter(interfaces.values()))
        if interface not in interfaces:
            raise BusRefusal(f"{DRIVER}.Error.UnknownInterface", f"{path} has no {interface}")
        return interfaces[interface]


def _reply_if_wanted(call: Message, reply: Message, send: Callable[[Message], None]) -> None:
    if not call.header.flags & MessageFlag.no_reply_expected:
        send(reply)


AGAIN_AFTER_S, LONGEST_PAUSE_S = 5.0, 300.0


class Enquiry:
    """One question: `answered` hears the answer, also a late one, or `refused` a No.

    Without either it is asked again at growing intervals. If the bus goes nobody is told: who
    follows the owner of a service hears of that, and asks the next one anew.
    """

    __slots__ = (
        "_again", "_answered", "_call", "_open", "_question", "_refused", "_timer",
    )  # fmt: skip

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        call: Callable[..., None],
        question: tuple[Address, str, str, Body],
        answered: Answered,
        refused: Callable[[Refused], None],
    ) -> None:
        self._call = call
        self._question = question
        self._answered = answered
        self._refused = refused
        self._again = Backoff(AGAIN_AFTER_S, LONGEST_PAUSE_S)
        self._timer = Timer(loop)
        self._open = True
        self._put()

    def close(self) -> None:
        """Want no answer any more."""
        self._open = False
        self._timer.cancel()

    def _put(self) -> None:
        heard = self._is_answered
        self._call(*self._question, on_reply=heard, on_error=self._is_not, on_late=heard)

    def _is_answered(self, body: Body) -> None:
        if self._open:
            self.close()
            self._answered(body)

    def _is_not(self, error: BusError) -> None:
        if not self._open:
            return
        if isinstance(error, Refused):
            self.close()
            self._refused(error)
        elif isinstance(error, Gone):
            self.close()
        else:
            self._timer.set(self._again.pause_s(), self._put)
