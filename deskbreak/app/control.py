"""Answers what comes over the control socket: facts go to the engine, questions end here."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deskbreak.adapters.control.protocol import Query, Request
from deskbreak.adapters.control.server import ControlServer
from deskbreak.app.daemon import Daemon
from deskbreak.app.doctor import advised
from deskbreak.app.settings_file import Tuning
from deskbreak.app.status_json import picture
from deskbreak.core.effects import Refused
from deskbreak.core.events import LevelChosen
from deskbreak.core.moment import Moment
from deskbreak.core.records import Happening
from deskbreak.core.status import Status
from deskbreak.ports import Capability
from deskbreak.struct import Struct, asdict
from deskbreak.systems.posix.door import SocketDoor
from deskbreak.text import tray

log = logging.getLogger(__name__)


class ControlHandler(Struct):
    """What requests are answered from; `lost` is what a stop would lose, "" for nothing."""

    daemon: Daemon
    tuning: Tuning
    capabilities: Callable[[], list[Capability]]
    reload: Callable[[], None]
    quit: Callable[[], None]
    lost: Callable[[], str] = lambda: ""

    def answer(self, request: Request) -> dict[str, Any]:
        """The reply to a request, without its id; `ok` says whether anything came of it."""
        if not isinstance(request.asks, Query):
            return self._tell(request)
        match request.asks:
            case Query.DOCTOR:
                found = advised(self.capabilities(), self.tuning)
                return {"ok": True, "capabilities": [asdict(one) for one in found]}
            case Query.RELOAD:
                self.reload()
            case Query.QUIT:
                lost = self.lost()
                self.quit()
                return {"ok": True, "says": f"deskbreak stops. {lost or 'Nothing is lost.'}"}
            case Query.STATUS | Query.SUBSCRIBE:
                pass
        return {"ok": True, **self.now(self.daemon.status())}

    def now(self, status: Status) -> dict[str, Any]:
        """What is going on, as a picture for programs and a sentence for people."""
        error, trouble = self.tuning.error, self.daemon.trouble
        says = [tray.status_line(status)]
        says += ["the settings have a mistake (deskbreak config check)"] * bool(error)
        says += ["something went wrong inside (deskbreak doctor)"] * bool(trouble)
        return {
            "says": " · ".join(says),
            "label": tray.label(status),
            "status": picture(status, error, trouble),
        }

    def _tell(self, request: Request) -> dict[str, Any]:
        assert not isinstance(request.asks, Query)
        asks = request.asks
        effects = self.daemon.tell(asks)
        for effect in effects:
            if isinstance(effect, Refused):
                return {"ok": False, "error": effect.why}
        level = self.daemon.engine.settings.routines.level
        if isinstance(asks, LevelChosen) and asks.level != level:
            return {"ok": False, "error": f"Your settings still say level {level}."}
        return {"ok": True, **self.now(self.daemon.engine.status())}


class ControlLine:
    """The way to deskbreak from outside: answers requests, and tells subscribers what happens."""

    def __init__(self, loop: asyncio.AbstractEventLoop, path: Path) -> None:
        self._desk: ControlHandler | None = None
        self._server = ControlServer(loop, SocketDoor(loop, path), self._answer)

    def start(self, desk: ControlHandler) -> None:
        """Listen from now on. Raises OSError."""
        self._desk = desk
        self._server.start()

    def _answer(self, request: Request) -> dict[str, Any]:
        assert self._desk is not None
        return self._desk.answer(request)

    def renew(self) -> None:
        """Listen anew, where somebody has taken the socket away."""
        try:
            self._server.renew()
        except OSError as error:
            log.warning("The command line cannot reach deskbreak: %s", error)

    def publish(self, happening: Happening, at: Moment) -> None:
        """Tell subscribers what has happened."""
        event = {"event": happening.event, "wall": at.local.isoformat(timespec="seconds")}
        self._server.publish(event | happening.as_dict())

    def tell(self, status: Status) -> None:
        """Tell subscribers what is going on, if there are any."""
        if self._desk is not None and self._server.has_subscribers:
            self._server.publish({"event": "status", **self._desk.now(status)})

    def close(self) -> None:
        """Listen no more."""
        self._server.close()
