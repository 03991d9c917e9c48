"""What a system does not have: ports that do nothing and say why, for `doctor`."""

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
