"""Starting with the session: an entry in the desktop's autostart folder (XDG autostart)."""

from pathlib import Path

from deskbreak.adapters.programs import deskbreak
from deskbreak.files import rewrite_file
from deskbreak.settings.files import shipped
from deskbreak.struct import Struct

_OFF = frozenset({"Hidden=true", "X-GNOME-Autostart-enabled=false"})
"""How desktops write down that the person has switched an entry off."""

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-_.+,:@")
_TO_BE_ESCAPED = frozenset('"`$\\')


class DesktopEntry(Struct):
    """The autostart entry of this person."""

    path: Path

    def is_on(self) -> bool:
        """Whether the entry is there and not switched off by the desktop's own settings."""
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return False
        return _OFF.isdisjoint(line.strip().replace(" ", "") for line in lines)

    def switch_on(self) -> None:
        """Write the entry, for the deskbreak that is running now. Raises OSError."""
        rewrite_file(self.path, entry("autostart.desktop", "run"))

    def switch_off(self) -> None:
        """Remove the entry. Raises OSError."""
        self.path.unlink(missing_ok=True)


def entry(name: str, does: str) -> str:
    """The shipped entry of that name, with its command as it can be started from anywhere."""
    command = deskbreak()
    shipped_entry = (shipped("config") / name).read_text(encoding="utf-8")
    lines = [line for line in shipped_entry.splitlines() if not line.startswith("Exec=")]
    words = " ".join(_quoted(word) for word in [*command, does])
    # TryExec: a desktop passes the entry over once deskbreak was uninstalled.
    return "\n".join([*lines, f"TryExec={_escaped(command[0])}", f"Exec={_escaped(words)}", ""])


def _quoted(word: str) -> str:
    """A word as the desktop entry specification wants it in Exec."""
    word = word.replace("%", "%%")
    if _PLAIN.issuperset(word):
        return word
    return '"' + "".join(f"\\{c}" if c in _TO_BE_ESCAPED else c for c in word) + '"'


def _escaped(value: str) -> str:
    """A value as it stands in a desktop entry; this comes after the quoting."""
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
