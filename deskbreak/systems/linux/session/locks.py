"""Several sources say whether the session is locked; it is as long as any of them says so."""

from deskbreak.core.events import Locked, Unlocked
from deskbreak.ports import Send
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.calls import Enquiry
from deskbreak.systems.linux.dbus.types import Address, Body, Signal, Wanted


class Locks:
    """Merges what the sources say, and posts Locked and Unlocked once each."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._by: set[str] = set()

    @property
    def locked(self) -> bool:
        """Whether any source says so."""
        return bool(self._by)

    def told(self, source: str, locked: bool) -> None:
        """Take in what one source says now; one that is gone says that nothing is locked."""
        before = self.locked
        if locked:
            self._by.add(source)
        else:
            self._by.discard(source)
        if self.locked is not before:
            self._send(Locked() if self.locked else Unlocked())


_SAVERS = {
    "org.freedesktop.ScreenSaver": "/org/freedesktop/ScreenSaver",
    "org.gnome.ScreenSaver": "/org/gnome/ScreenSaver",
    "org.xfce.ScreenSaver": "/org/xfce/ScreenSaver",
    "org.mate.ScreenSaver": "/org/mate/ScreenSaver",
    "org.cinnamon.ScreenSaver": "/org/cinnamon/ScreenSaver",
}


class ScreenSavers:
    """Listens to every screen saver that runs, from its first moment to its last."""

    def __init__(self, bus: Bus, locks: Locks) -> None:
        self._savers = [_Saver(bus, locks, name, path) for name, path in _SAVERS.items()]

    def start(self) -> None:
        """Begin to listen."""
        for saver in self._savers:
            saver.start()

    @property
    def running(self) -> list[str]:
        """The names of those that run."""
        return [saver.name for saver in self._savers if saver.runs]

    def close(self) -> None:
        """Listen no more."""
        for saver in self._savers:
            saver.close()


class _Saver:
    """One of them. It is asked once when it appears, and tells by itself from then on."""

    def __init__(self, bus: Bus, locks: Locks, name: str, path: str) -> None:
        self.name = name
        self.runs = False
        self._bus = bus
        self._locks = locks
        self._address = Address(name, path, name)
        self._asked: Enquiry | None = None

    def start(self) -> None:
        name = self.name
        # Without a path: one desktop signals from another object than the one it answers on.
        self._watch = self._bus.watch(Wanted(name, "ActiveChanged", sender=name), self._changed)
        self._end = self._bus.owner_watch(name, self._owner_is)

    def close(self) -> None:
        self._watch.close()
        self._end()
        self._forget_question()

    def _forget_question(self) -> None:
        if self._asked is not None:
            self._asked.close()
            self._asked = None

    def _owner_is(self, _old: str, new: str) -> None:
        self.runs = bool(new)
        self._forget_question()
        if new:
            self._asked = self._bus.enquire(self._address, "GetActive", on_reply=self._told)
        else:
            self._locks.told(self.name, False)

    def _changed(self, signal: Signal) -> None:
        self._told(signal.body)

    def _told(self, body: Body) -> None:
        if body and isinstance(body[0], bool):
            self._locks.told(self.name, body[0])
