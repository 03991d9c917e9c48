"""The program in the menu of the desktop, with its icon, and its page of the manual.

Menus, panels and notifications find name and icon by the name of the entry: it is what windows and
notifications say that they belong to.
"""

import os
from pathlib import Path

from deskbreak.files import replace_file
from deskbreak.settings.files import shipped
from deskbreak.struct import Struct
from deskbreak.systems.linux.autostart import entry

_ENTRY = "applications/deskbreak.desktop"
_THEME = "icons/hicolor"
_SHIPPED = {
    f"{_THEME}/48x48/apps/deskbreak.png": "icons/deskbreak-48.png",
    f"{_THEME}/128x128/apps/deskbreak.png": "icons/deskbreak-128.png",
    f"{_THEME}/scalable/apps/deskbreak.svg": "icons/deskbreak.svg",
    "man/man1/deskbreak.1": "deskbreak.1",
}
"""Where each shipped file goes."""


class Launched(Struct):
    """The program of this person, below `home`, where programs keep their data."""

    home: Path

    @property
    def files(self) -> list[Path]:
        """The files that it is, the entry of the menu first."""
        return [self.home / name for name in (_ENTRY, *_SHIPPED)]

    def put(self) -> None:
        """Write them, for the deskbreak that is running now. Raises OSError."""
        for name, source in _SHIPPED.items():
            replace_file(self.home / name, (shipped("config") / source).read_bytes())
        replace_file(self.home / _ENTRY, entry("deskbreak.desktop", "open").encode())
        self._tell()

    def take_away(self) -> None:
        """Remove them. Raises OSError."""
        for path in self.files:
            path.unlink(missing_ok=True)
        self._tell()

    def _tell(self) -> None:
        """Have desktops look at the icons again: they heed the time of the folder of the theme."""
        theme = self.home / _THEME
        if theme.is_dir():
            os.utime(theme)
