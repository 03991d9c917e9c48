"""Puts together what this machine can tell of sleep, locks and its clock."""

import asyncio
from collections.abc import Mapping

from deskbreak.core.events import Woke
from deskbreak.ports import Capability, Send
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.session.clockset import ClockSet
from deskbreak.systems.linux.session.locks import Locks, ScreenSavers
from deskbreak.systems.linux.session.logind import Logind

_NO_SYSTEM_BUS = "there is no system bus"
_SLEEP_ADVICE = (
    "Nothing is lost: the clocks show how long the machine slept. The moment itself is heard from "
    "logind (part of systemd, or elogind)."
)
_LOCK_ADVICE = (
    "Nothing is lost: without input you count as away all the same. Locks are heard from logind "
    "(part of systemd, or elogind) or from a screen saver."
)


class DesktopSession:
    """The SessionEvents port on Linux: logind, the screen savers, and the kernel's own word."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        send: Send,
        system_bus: Bus | None,
        session_bus: Bus | None,
        environ: Mapping[str, str],
    ) -> None:
        locks = Locks(send)
        self._clock = ClockSet(loop, lambda: send(Woke()))
        self._no_clock = ""
        self._logind: Logind | None = None
        self._savers: ScreenSavers | None = None
        if system_bus is not None:
            self._logind = Logind(loop, send, system_bus, locks, environ)
        if session_bus is not None:
            self._savers = ScreenSavers(session_bus, locks)

    def start(self) -> None:
        """Begin to listen; what is missing shows in `capabilities`."""
        try:
            self._clock.start()
        except OSError as error:
            self._no_clock = str(error.strerror)
        if self._logind is not None:
            self._logind.start()
        if self._savers is not None:
            self._savers.start()

    def capabilities(self) -> list[Capability]:
        """What tells of sleep and of locks."""
        return [self._sleep(), self._lock()]

    def _sleep(self) -> Capability:
        trouble = _NO_SYSTEM_BUS if self._logind is None else self._logind.trouble
        if not trouble and self._logind is not None:
            no_delay = self._logind.delay_trouble
            return Capability("sleep", "logind", True, no_delay and f"without a delay: {no_delay}")
        if not self._no_clock:
            return Capability("sleep", "timerfd", True, f"only waking up is heard: {trouble}")
        return Capability("sleep", None, False, f"{trouble}; {self._no_clock}", _SLEEP_ADVICE)

    def _lock(self) -> Capability:
        heard = [] if self._savers is None else self._savers.running
        trouble = _NO_SYSTEM_BUS if self._logind is None else self._logind.lock_trouble
        if not trouble:
            heard = ["logind", *heard]
        if heard:
            return Capability("lock", ", ".join(heard), True)
        why = f"{trouble}, and no screen saver is heard"
        return Capability("lock", None, False, why, _LOCK_ADVICE)

    def close(self) -> None:
        """Stop listening."""
        self._clock.close()
        if self._logind is not None:
            self._logind.close()
        if self._savers is not None:
            self._savers.close()
