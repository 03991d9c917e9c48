"""Answers what comes over the control socket: facts go to the engine, questions end here."""

from collections.abc import Callable
from typing import Any

from deskbreak.adapters.control.protocol import Query, Request
from deskbreak.adapters.control.server import Peer
from deskbreak.app.daemon import Daemon
from deskbreak.app.doctor import advised
from deskbreak.app.settings_file import Tuning
from deskbreak.app.status_json import picture
from deskbreak.core.effects import Refused
from deskbreak.core.events import LevelChosen
from deskbreak.core.status import Status
from deskbreak.ports import Capability
from deskbreak.struct import Struct, asdict
from deskbreak.text import tray


class ControlHandler(Struct):
    """What requests are answered from; `lost` is what a stop would lose, "" for nothing."""

    daemon: Daemon
    tuning: Tuning
    capabilities: Callable[[], list[Capability]]
    reload: Callable[[], None]
    quit: Callable[[], None]
    lost: Callable[[], str] = lambda: ""

    def answer(self, request: Request, peer: Peer) -> dict[str, Any]:  # noqa: ARG002 - the port
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
