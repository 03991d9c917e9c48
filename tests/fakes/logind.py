"""logind and a screen saver, played by the test on a private bus."""

import asyncio
import os
from typing import Any

from jeepney import Message

from tests.fakes.service import Call, Service, call_of

NAME = "org.freedesktop.login1"
MANAGER_PATH = "/org/freedesktop/login1"
MANAGER = "org.freedesktop.login1.Manager"
SESSION = "org.freedesktop.login1.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
OUR_SESSION = "/org/freedesktop/login1/session/_32"
OTHER_SESSION = "/org/freedesktop/login1/session/_37"
_PATHS = {"2": OUR_SESSION, "7": OTHER_SESSION}


class FakeLogind(Service):
    """A logind with our session "2" and somebody else's "7"; ours is `active`, as it is in front.

    `knows_process`, `auto` say how our session can be found. `held` counts the inhibitors that are
    held now; `refuses_inhibitors` makes it refuse new ones. It answers oddly with a text for
    `session_path`, or where it `gives_descriptors` not; an old one `tells_active` of no session.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, address: str) -> None:
        self.knows_process = True
        self.auto: str | None = "2"
        self.locked_hint = False
        self.active = True
        self.tells_active = True
        self.session_path: str | None = None
        self.gives_descriptors = True
        self.refuses_inhibitors = False
        self.held = 0
        self.taken: list[tuple[str, str, str, str]] = []
        self._pipes: set[int] = set()
        self._handed_out: dict[Call, int] = {}
        super().__init__(loop, address, NAME, with_fds=True)

    def sleep(self) -> None:
        """The machine is about to sleep."""
        self.signal(MANAGER_PATH, MANAGER, "PrepareForSleep", "b", (True,))

    def wake(self) -> None:
        """The machine is awake again."""
        self.signal(MANAGER_PATH, MANAGER, "PrepareForSleep", "b", (False,))

    def ask_lock(self, path: str = OUR_SESSION) -> None:
        """Somebody asks the session to lock; a locker may follow, or not."""
        self._session(path, "Lock")

    def ask_unlock(self, path: str = OUR_SESSION) -> None:
        """Somebody asks the session to unlock."""
        self._session(path, "Unlock")

    def hint(self, locked: bool, path: str = OUR_SESSION, *, by_name: bool = False) -> None:
        """A locker tells that it has locked or unlocked."""
        if path == OUR_SESSION:
            self.locked_hint = locked
        self._changed(path, "LockedHint", locked, by_name=by_name)

    def put_in_front(self, active: bool, path: str = OUR_SESSION, *, by_name: bool = False) -> None:
        """A session comes to the front, or another one takes its place."""
        if path == OUR_SESSION:
            self.active = active
        self._changed(path, "Active", active, by_name=by_name)

    def _changed(self, path: str, name: str, value: bool, *, by_name: bool) -> None:
        changed = {} if by_name else {name: ("b", value)}
        body = (SESSION, changed, [name] if by_name else [])
        self.signal(path, PROPERTIES, "PropertiesChanged", "sa{sv}as", body)

    def stop(self) -> None:
        super().stop()
        while self._handed_out:
            os.close(self._handed_out.popitem()[1])
        for reader in tuple(self._pipes):
            self._end_pipe(reader)

    def called(self, member: str, message: Message) -> None:
        if member == "Inhibit":
            self._inhibit(message)
        elif member == "GetSessionByPID" and self.knows_process:
            assert message.body == (os.getpid(),)
            if self.session_path is None:
                self.reply(message, "o", (OUR_SESSION,))
            else:
                self.reply(message, "s", (self.session_path,))
        elif member == "GetSession" and message.body[0] in _PATHS:
            self.reply(message, "o", (_PATHS[message.body[0]],))
        elif member == "Get" and message.body[1] == "LockedHint":
            self.reply(message, "v", (("b", self.locked_hint),))
        elif member == "Get" and message.body[1] == "Active" and self.tells_active:
            self.reply(message, "v", (("b", self.active),))
        elif member == "Get" and message.body[1] == "Id" and self.auto is not None:
            self.reply(message, "v", (("s", self.auto),))
        else:
            self.refuse(message, f"{NAME}.NoSessionForPID", "there is no such session")

    def _session(self, path: str, member: str) -> None:
        self.signal(path, SESSION, member, "", ())

    def _inhibit(self, message: Message) -> None:
        if self.refuses_inhibitors:
            self.refuse(message, "org.freedesktop.DBus.Error.AccessDenied", "not for you")
            return
        self.taken.append(message.body)
        if not self.gives_descriptors:
            self.reply(message, "s", ("a descriptor",))
            return
        reader, writer = os.pipe()
        self._pipes.add(reader)
        self._loop.add_reader(reader, self._released, reader)
        self.held += 1
        self._handed_out[call_of(message)] = writer
        self.reply(message, "h", (writer,))

    def _answered(self, call: Message) -> None:
        super()._answered(call)
        if (writer := self._handed_out.pop(call_of(call), None)) is not None:
            os.close(writer)  # the caller has one of its own now

    def _released(self, reader: int) -> None:
        assert os.read(reader, 1) == b""
        self.held -= 1
        self._end_pipe(reader)

    def _end_pipe(self, reader: int) -> None:
        self._loop.remove_reader(reader)
        self._pipes.discard(reader)
        os.close(reader)


class FakeScreenSaver(Service):
    """A screen saver of any desktop on the session bus."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, address: str, name: str, *, active: bool = False
    ) -> None:
        self.active = active
        self.name = name
        super().__init__(loop, address, name)

    def turn(self, active: bool, path: str | None = None) -> None:
        """It begins or ends."""
        self.active = active
        where = path or "/" + self.name.replace(".", "/")
        self.signal(where, self.name, "ActiveChanged", "b", (active,))

    def called(self, member: str, message: Message) -> None:
        if member == "GetActive":
            self.reply(message, "b", (self.active,))
        else:
            self.refuse(message)

    def say(self, *body: Any) -> None:
        """Say something that is no ActiveChanged of the usual shape."""
        self.signal("/", self.name, "ActiveChanged", "s" * len(body), body)
