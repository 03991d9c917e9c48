"""Several sources say whether the session is locked; it is as long as any of them says so."""

from deskbreak.core.events import Locked, Unlocked
from deskbreak.ports import Send


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
