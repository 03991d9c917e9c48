"""The tray where there can be none."""

from dataclasses import dataclass

from deskbreak.core.status import Status
from deskbreak.ports import Capability


@dataclass(frozen=True, slots=True)
class NoTray:
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
