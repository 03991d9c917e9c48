"""What ties a process to the session it was started in, and whether that is cut.

A process may outlive its session: then it asks nobody, sees nothing, and is in the way of the one
that the next session starts.
"""

import re
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from deskbreak.struct import Struct

_X11 = re.compile(r"(?:unix)?:(\d+)(?:\.\d+)?")
_SESSIONS = Path("/run/systemd/sessions")


class Tie(Struct):
    """The socket of a display and the number that logind gave to a session; "" for none."""

    display: str = ""
    session: str = ""

    @classmethod
    def of(cls, environ: Mapping[str, str], sessions: Path = _SESSIONS) -> Self:
        """The tie of a process with this environment; none where there is no display to be seen."""
        display, session = _display(environ), environ.get("XDG_SESSION_ID", "")
        if not display or not _listens(display):
            return cls()
        return cls(display, "" if _is_closed(session, sessions) else session)

    def paths(self, sessions: Path = _SESSIONS) -> list[Path]:
        """The files that change when it is cut."""
        found = [Path(self.display)] if self.display else []
        return [*found, sessions / self.session] if self.session and sessions.is_dir() else found

    def is_cut(self) -> bool:
        """Whether the display is gone, or the session over. Never waits."""
        return bool(self.display) and (not _listens(self.display) or self.is_closed())

    def is_closed(self, sessions: Path = _SESSIONS) -> bool:
        """Whether logind says that the session is over."""
        return _is_closed(self.session, sessions)


def _display(environ: Mapping[str, str]) -> str:
    """The path of the display's socket; "" for one that is elsewhere, and where there is none."""
    if name := environ.get("WAYLAND_DISPLAY"):
        return str(Path(environ.get("XDG_RUNTIME_DIR", "/"), name))
    found = _X11.fullmatch(environ.get("DISPLAY", ""))
    return f"/tmp/.X11-unix/X{found[1]}" if found else ""


def _listens(display: str) -> bool:
    """Whether somebody listens there; X servers do under an abstract name of that path as well."""
    return any(_answers(name) for name in (display, f"\0{display}"))


def _answers(name: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        caller.setblocking(False)
        try:
            caller.connect(name)
        except BlockingIOError:
            return True  # it has much to do
        except OSError:
            return False
    return True


def _is_closed(session: str, sessions: Path) -> bool:
    if not session or not sessions.is_dir():
        return False
    try:
        return "STATE=closing" in (sessions / session).read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return True
    except OSError:
        return False
