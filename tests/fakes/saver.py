"""A screen saver on the session bus that tells the idle time when asked, in its own unit."""

import asyncio

from jeepney import Message

from tests.fakes.service import Service

NAME = "org.freedesktop.ScreenSaver"


class FakeSaver(Service):
    """Knows when the last input was, since the test gives it.

    `per_second` is in which unit it answers; `refuses` is what a desktop says that does not know;
    `stuck` is an answer that it gives whatever the time.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, address: str, *, per_second: int = 1000
    ) -> None:
        self.per_second = per_second
        self.refuses = False
        self.stuck: int | None = None
        self._last_input = loop.time()
        super().__init__(loop, address, NAME)

    def key(self) -> None:
        """Somebody presses a key."""
        self._last_input = self._loop.time()

    def called(self, member: str, message: Message) -> None:
        if member != "GetSessionIdleTime" or self.refuses:
            name = "org.freedesktop.DBus.Error.NotSupported"
            self.refuse(message, name, "not on this platform")
            return
        idle = int((self._loop.time() - self._last_input) * self.per_second)
        self.reply(message, "u", (idle if self.stuck is None else self.stuck,))
