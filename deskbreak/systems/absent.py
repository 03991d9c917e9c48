"""What a system does not have: parts that do nothing and say why, for `doctor`."""

from deskbreak.core.status import Status
from deskbreak.ports import Capability
from deskbreak.struct import Struct


class NoTray(Struct):
    """No icon, and why."""

    why: str
    advice: str = ""

    def show(self, status: Status) -> None:
        """Nothing to bring up to date."""

    def capabilities(self) -> list[Capability]:
        """The tray that is not there."""
        return [Capability("tray", None, False, self.why, self.advice)]

    def close(self) -> None:
        """Nothing to take away."""


class Silent(Struct):
    """A source that tells nothing; `what` names what it would tell of."""

    what: tuple[str, ...]
    why: str

    def start(self) -> None:
        """There is nothing to listen to."""

    def refresh(self) -> None:
        """No settings make a difference."""

    def glance(self, status: Status) -> None:
        """There is nothing to look at."""

    def capabilities(self) -> list[Capability]:
        """That there is nothing."""
        return [Capability(what, None, False, self.why) for what in self.what]

    def close(self) -> None:
        """There is nothing to stop."""
