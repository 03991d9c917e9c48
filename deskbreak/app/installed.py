"""deskbreak as one of the programs of this desktop: in its menu, and started at login."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from deskbreak.app.environment import Places
from deskbreak.struct import Struct

if TYPE_CHECKING:
    from deskbreak.systems.system import Autostart, Launcher, System


class Installed(Struct):
    """What the system knows of the program, for this person."""

    system: "System"
    places: Places

    @property
    def at_login(self) -> "Autostart":
        """The entry that starts it when the person logs in. Raises OSError."""
        return self.system.autostart(self.places.config.parent.parent)

    @property
    def launcher(self) -> "Launcher":
        """What stands in the menu of programs. Raises OSError."""
        return self.system.launcher(self.places.history.parent.parent)

    def starts_at_login(self) -> bool | None:
        """Whether it does; None where it cannot yet."""
        return None if self.system.not_yet else self.at_login.is_on()

    def start_at_login(self, on: bool) -> None:
        """Start it when the person logs in, which puts it into the menu as well; or no longer.

        Raises OSError.
        """
        if on:
            self.launcher.put()
            self.at_login.switch_on()
        else:
            self.at_login.switch_off()

    def try_at_login(self, complain: Callable[[str], None], on: bool) -> None:
        """The same, where a sentence is all that can be done about an error."""
        try:
            self.start_at_login(on)
        except OSError as error:
            complain(refusal(error))

    def take_away(self) -> list[Path]:
        """Take all of that away again, and say which files that were. Raises OSError."""
        ours = [*self.launcher.files, self.at_login.path]
        there = [path for path in ours if path.is_file()]
        self.launcher.take_away()
        self.at_login.switch_off()
        return there


def refusal(error: OSError) -> str:
    """Which of the files could not be changed, and why, as a sentence."""
    return f"{error.filename2 or error.filename} could not be changed ({error.strerror})."
