"""What ties a process to the session it was started in, and whether that is cut.

A process may outlive its session: then it asks nobody, sees nothing, and is in the way of the one
that the next session starts.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from deskbreak.adapters.timer import Timer
from deskbreak.struct import Struct
from deskbreak.systems.posix.sockets import connect, peer

if TYPE_CHECKING:
    import asyncio

    from deskbreak.core.status import Status

_X11 = re.compile(r"(?:unix)?:(\d+)(?:\.\d+)?")
_SESSIONS = Path("/run/systemd/sessions")


class Tie(Struct):
    """The socket of a display and the number that logind gave to a session; "" for none.

    `server` is the process that listens there, 0 where that cannot be seen: another one under the
    same name is the next session's.
    """

    display: str = ""
    session: str = ""
    server: int = 0

    @classmethod
    def of(cls, environ: Mapping[str, str], sessions: Path = _SESSIONS) -> Self:
        """The tie of a process with this environment; none where there is no display to be seen."""
        display, session = _display(environ), environ.get("XDG_SESSION_ID", "")
        server = _listener(display) if display else None
        if server is None:
            return cls()
        return cls(display, "" if _is_closed(session, sessions) else session, server)

    @classmethod
    def named(cls, key: Sequence[str]) -> Self:
        """The tie of that `key`; an earlier version knew no server."""
        display, session, server = (*key, "", "", "")[:3]
        return cls(display, session, int(server) if server.isdigit() else 0)

    @property
    def key(self) -> tuple[str, ...]:
        """All of it in words, the display first."""
        return self.display, self.session, str(self.server)

    def paths(self, sessions: Path = _SESSIONS) -> list[Path]:
        """The files that change when it is cut."""
        found = [Path(self.display)] if self.display else []
        return [*found, sessions / self.session] if self.session and sessions.is_dir() else found

    def is_cut(self) -> bool:
        """Whether the display is gone, or the session over. Never waits."""
        return bool(self.display) and (_listener(self.display) is None or self.is_over())

    def is_over(self, sessions: Path = _SESSIONS) -> bool:
        """Whether logind says that the session is over, or the display is another session's."""
        now = _listener(self.display) if self.server else None
        return bool(now and now != self.server) or _is_closed(self.session, sessions)


def _display(environ: Mapping[str, str]) -> str:
    """The path of the display's socket; "" for one that is elsewhere, and where there is none."""
    if name := environ.get("WAYLAND_DISPLAY"):
        return str(Path(environ.get("XDG_RUNTIME_DIR", "/"), name))
    found = _X11.fullmatch(environ.get("DISPLAY", ""))
    return f"/tmp/.X11-unix/X{found[1]}" if found else ""


def _listener(display: str) -> int | None:
    """Who listens there; X servers do under an abstract name of that path as well."""
    found = (_process_behind(name) for name in (display, f"\0{display}"))
    return next((pid for pid in found if pid is not None), None)


def _process_behind(name: str) -> int | None:
    try:
        with connect(name) as caller:
            return peer(caller)[0]
    except BlockingIOError:
        return 0  # it has much to do
    except OSError:
        return None


def _is_closed(session: str, sessions: Path) -> bool:
    if not session or not sessions.is_dir():
        return False
    try:
        return "STATE=closing" in (sessions / session).read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return True
    except OSError:
        return False


GRACE_S = 30.0
"""A display that is gone for so long does not come back; X servers are started again at times."""

_LOOK_EVERY_S = 20.0


class SessionEnd:
    """Calls `over` once when the tie is cut: at once where the folder `runtime` is gone as well.

    Else after a while, for a display may come back.
    """

    def __init__(
        self,
        loop: "asyncio.AbstractEventLoop",
        tie: Tie,
        runtime: Path,
        over: Callable[[], None],
    ) -> None:
        self._loop, self._tie, self._runtime, self._over = loop, tie, runtime, over
        # Commands look at ties too, and need neither of these.
        from logging import getLogger

        from deskbreak.systems.linux.filewatch import watch_files

        self._log = getLogger(__name__)
        self._looked = float("-inf")
        self._grace = Timer(loop)
        self._watch = watch_files(loop, [runtime, *tie.paths()], self.look)

    def glance(self, _status: "Status") -> None:
        """Look, unless that was not long ago."""
        if self._loop.time() - self._looked >= _LOOK_EVERY_S:
            self.look()

    def look(self) -> None:
        """See whether it is cut."""
        self._looked = self._loop.time()
        if not self._tie.is_cut():
            self._grace.cancel()
        elif self._tie.is_over() or not self._runtime.is_dir():
            self._end()
        elif not self._grace.is_set:
            self._grace.set(GRACE_S, self._still)

    def close(self) -> None:
        """Look no more."""
        self._watch.close()
        self._grace.cancel()

    def _still(self) -> None:
        if self._tie.is_cut():
            self._end()

    def _end(self) -> None:
        self._grace.cancel()
        self._log.info("The session is over, and deskbreak ends with it.")
        self._over()
