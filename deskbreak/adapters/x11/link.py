"""A connection to the X server that costs little memory and never waits for ever.

`Xlib.display` loads every extension and the keyboard map (2 MB); the protocol layer below it is all
that asking for the idle time needs.
"""

import select
from typing import Any

from Xlib import error
from Xlib.protocol import display as protocol
from Xlib.protocol import rq

_PATIENCE_S = 1.0

TROUBLE: tuple[type[Exception], ...] = (
    OSError,
    error.DisplayError,
    error.ConnectionClosedError,
    error.XError,
)
"""What an operation on a link raises when the server is gone, does not answer or says no."""

REFUSED: type[Exception] = error.XError
"""What one raises of these when the server says no; the link goes on."""


class _QueryExtension(rq.ReplyRequest):  # type: ignore[misc]  # python-xlib ships no types
    _request = rq.Struct(
        rq.Opcode(98),
        rq.Pad(1),
        rq.RequestLength(),
        rq.LengthOf("name", 2),
        rq.Pad(2),
        rq.String8("name"),
    )
    _reply = rq.Struct(
        rq.ReplyCode(),
        rq.Pad(1),
        rq.Card16("sequence_number"),
        rq.ReplyLength(),
        rq.Card8("present"),
        rq.Card8("major_opcode"),
        rq.Card8("first_event"),
        rq.Card8("first_error"),
        rq.Pad(20),
    )


class XLink(protocol.Display):  # type: ignore[misc]  # python-xlib ships no types
    """Knows no windows and no keys, only requests, replies and events.

    Raises one of TROUBLE from every call, TimeoutError among them where the server does not answer
    within a second; a link that has done so once is of no more use.
    """

    resource_classes: dict[str, Any] = {}  # windows and the like stay plain numbers  # noqa: RUF012

    def __init__(self, name: str) -> None:
        # The library keeps what extensions add in the class; two servers may differ in it.
        self.event_classes = dict(protocol.Display.event_classes)
        # "unix/:0" rather than ":0", so that it does not go looking for the server on the network
        try:
            super().__init__(f"unix/{name}" if name.startswith(":") else name)
        except BaseException:
            self.drop()
            raise
        self.descriptor: int = self.socket.fileno()
        self.set_error_handler(lambda _error, _request: None)  # it would print them

    @property
    def root(self) -> int:
        """The root window of the default screen."""
        return int(self.info.roots[self.default_screen].root)

    def extension(self, name: str) -> Any:
        """Codes of an extension: `major_opcode`, `first_event`. Raises OSError if there is none."""
        found = _QueryExtension(display=self, name=name)
        if not found.present:
            raise OSError(f"the X server has no {name} extension")
        return found

    def learn_event(self, code: int, event: type[Any]) -> None:
        """Read events of that code with this class."""
        self.event_classes[code] = event

    def events(self) -> list[Any]:
        """The events that have come in, without waiting."""
        return [self.next_event() for _ in range(self.pending_events())]

    def send_and_recv(
        self,
        flush: bool = False,
        event: bool = False,
        request: int | None = None,
        recv: bool = False,
    ) -> None:
        """What the library calls for every exchange, with the send lock taken; must release it.

        A wait for a reply has an end here. The library calls again until the reply is there, save
        for the greeting (-1), where it relies on one call.
        """
        if request is None:
            super().send_and_recv(flush=flush, event=event, recv=recv)
            return
        if self.request_queue:
            super().send_and_recv(recv=True)  # sends, and takes what is there already
            if request != -1:
                return
            self.send_recv_lock.acquire()
        self._await_data()
        super().send_and_recv(recv=request != -1, request=request if request == -1 else None)

    def _await_data(self) -> None:
        if not select.select([self.socket], [], [], _PATIENCE_S)[0]:
            self.send_recv_lock.release()
            raise TimeoutError("the X server does not answer")

    def drop(self) -> None:
        """Close the connection without a word; may be called more than once."""
        if (socket := vars(self).get("socket")) is not None:
            socket.close()


__all__ = ["REFUSED", "TROUBLE", "XLink", "rq"]
