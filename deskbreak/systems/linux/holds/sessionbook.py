"""The book of GNOME's session, and of its relatives: who keeps the screen awake there, and why.

Its property says only that somebody does; of each entry the reason has to be asked.
"""

from collections.abc import Callable
from functools import partial

from deskbreak.core.holds import sound_alone
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.enquiry import Enquiry
from deskbreak.systems.linux.dbus.signals import Watch
from deskbreak.systems.linux.dbus.types import Address, Body, Refused, Wanted
from deskbreak.systems.linux.holds.listeners import PropertyEar, Told

NAME = "org.gnome.SessionManager"
_MANAGER = Address(NAME, "/org/gnome/SessionManager", NAME)
_ENTRY = f"{NAME}.Inhibitor"
_IDLE = 8
_ASKED = ("GetFlags", "GetAppId", "GetReason")


class SessionBookEar:
    """Tells while an entry keeps the screen awake for more than sound."""

    def __init__(self, bus: Bus, told: Told) -> None:
        self._bus = bus
        self._told = told
        self._actions = PropertyEar(bus, _MANAGER, "InhibitedActions", self._look, _keeps_awake)
        self.name = self._actions.name
        self.works = False
        self._awake = False
        self._watches: list[Watch] = []
        self._open: list[Enquiry] = []

    def start(self) -> None:
        """Begin to listen."""
        changes = ("InhibitorAdded", "InhibitorRemoved")
        self._watches = [
            self._bus.watch(Wanted(NAME, change, _MANAGER.path, NAME), lambda _signal: self._read())
            for change in changes
        ]
        self._actions.start()

    def close(self) -> None:
        """Stop listening."""
        for watch in self._watches:
            watch.close()
        self._watches = []
        self._actions.close()
        self._forget()

    def _look(self, awake: str | None) -> None:
        self.works = True
        self._awake = awake is not None
        self._read()

    def _read(self) -> None:
        self._forget()
        if not self._awake:
            self._told(None)
            return
        self._ask(_MANAGER, "GetInhibitors", self._listed)

    def _listed(self, body: Body | None) -> None:
        match body:
            case ([*paths],) if paths and all(isinstance(path, str) for path in paths):
                said: dict[str, dict[str, object]] = {path: {} for path in paths}
                for path in paths:
                    for member in _ASKED:
                        heard = partial(self._heard, said, path, member)
                        self._ask(Address(NAME, path, _ENTRY), member, heard)
            case _:  # it tells nothing of them: then somebody is there, as far as it says
                self._told("")

    def _heard(
        self, said: dict[str, dict[str, object]], path: str, member: str, body: Body | None
    ) -> None:
        said[path][member] = body[0] if body else None
        if all(len(entry) == len(_ASKED) for entry in said.values()):
            self._told("" if any(map(_counts, said.values())) else None)

    def _ask(self, to: Address, member: str, heard: Callable[[Body | None], None]) -> None:
        def refused(_error: Refused) -> None:
            heard(None)

        self._open.append(self._bus.enquire(to, member, on_reply=heard, on_refused=refused))

    def _forget(self) -> None:
        for enquiry in self._open:
            enquiry.close()
        self._open = []


def _keeps_awake(value: object) -> str | None:
    return "" if isinstance(value, int) and value & _IDLE else None


def _counts(entry: dict[str, object]) -> bool:
    """Whether an entry keeps the screen awake for more than sound, as far as it can be read."""
    flags = entry["GetFlags"]
    if isinstance(flags, int) and not flags & _IDLE:
        return False
    return not sound_alone(*(str(entry[word] or "") for word in ("GetAppId", "GetReason")))
