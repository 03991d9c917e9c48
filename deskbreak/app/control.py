"""Answers what comes over the control socket: facts go to the engine, questions end here."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from typing import Any

from deskbreak.adapters.control.protocol import Query, Request
from deskbreak.adapters.control.server import ControlServer
from deskbreak.adapters.stream import Door
from deskbreak.app.daemon import Daemon
from deskbreak.app.doctor import advised
from deskbreak.app.settings_file import Tuning
from deskbreak.core.effects import Refused
from deskbreak.core.events import Fact, LevelChosen
from deskbreak.core.moment import Moment
from deskbreak.core.records import Happening
from deskbreak.core.status import Status
from deskbreak.ports import Capability
from deskbreak.struct import Struct, asdict, fields
from deskbreak.text import tray

log = logging.getLogger(__name__)


VERSION = 1
"""Of the document that `status --json` prints (docs/json.md)."""


def picture(
    status: Status, config_error: str | None = None, trouble: str | None = None
) -> dict[str, Any]:
    """Everything `status --json` prints. Lengths are whole seconds, times are local ISO 8601."""
    bout, prompt, today = status.bout, status.prompt, status.today
    suggestion = prompt.suggestion if prompt is not None else None
    shown = prompt and {
        **_some(prompt, "id", "kind", "bout_s", "overdue_s", "actions"),
        "suggests": suggestion and suggestion.kind,
        "routine": suggestion and suggestion.routine,
        **_some(prompt, "snooze_s", "urgent"),
    }
    routine = ("kind", "routine", "routine_name", "length_s")
    made = {
        **_some(status, "at", "state", "posture"),
        "bout_s": bout.length_s,
        **_some(bout, "limit_s", "due", "due_in_s"),
        "next": bout.next_prompt,
        "prompt": shown,
        **_some(status, "holds", "paused", "paused_until", "quiet"),
        **_some(status, "snoozed_until", "can_snooze", "can_skip"),
        "missed": status.missed and _some(status.missed, *routine),
        "break": status.break_ and _some(status.break_, *routine, "passed_s", "remaining_s"),
        **_some(status, "presence", "standing"),
        "today": {
            **today.ledger,
            **_some(today, "prompts", "breaks", "walks"),
            "natural_breaks": today.natural,
            **_some(today, "snoozes_left", "skips_left"),
        },
        "level": {"now": status.level, "offered": status.level_offered},
        "sore": status.sore,
        "config_error": config_error,
        "trouble": trouble,
    }
    return {"version": VERSION, **_plain(made)}


def _some(struct: Struct, *names: str) -> dict[str, Any]:
    return {name: getattr(struct, name) for name in names}


def _plain(value: Any) -> Any:
    """The same in what JSON has."""
    if isinstance(value, Struct):
        value = _some(value, *fields(value))
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.isoformat(timespec="seconds")
        case float():
            return round(value)
        case dict():
            return {name: _plain(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
    return value


class ControlHandler(Struct):
    """What requests are answered from; `lost` is what a stop would lose, "" for nothing.

    `notify` shows a sentence on the desktop.
    """

    daemon: Daemon
    tuning: Tuning
    capabilities: Callable[[], list[Capability]]
    reload: Callable[[], None]
    quit: Callable[[], None]
    lost: Callable[[], str]
    notify: Callable[[str], None]

    def answer(self, request: Request) -> dict[str, Any]:
        """The reply to a request, without its id; `ok` says whether anything came of it."""
        if not isinstance(request.asks, Query):
            return self._tell(request.asks)
        match request.asks:
            case Query.DOCTOR:
                found = advised(self.capabilities(), self.tuning)
                return {"ok": True, "capabilities": [asdict(one) for one in found]}
            case Query.NOTIFY:
                self.notify(tray.status_line(self.daemon.status()))
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

    def _tell(self, fact: Fact) -> dict[str, Any]:
        for effect in self.daemon.tell(fact):
            if isinstance(effect, Refused):
                return {"ok": False, "error": effect.why}
        level = self.daemon.engine.settings.routines.level
        if isinstance(fact, LevelChosen) and fact.level != level:
            return {"ok": False, "error": f"Your settings still say level {level}."}
        return {"ok": True, **self.now(self.daemon.engine.status())}


class ControlLine:
    """The way to deskbreak from outside: what is asked is answered, and subscribers are told."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, door: Door, handler: ControlHandler
    ) -> None:
        self._handler = handler
        self._server = ControlServer(loop, door, handler.answer)
        self.start, self.close = self._server.start, self._server.close

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
        if self._server.has_subscribers:
            self._server.publish({"event": "status", **self._handler.now(status)})
