"""The desk as plain values: what survives a restart (B9); `recalling` reads them again.

Readings of the elapsed clock are kept as offsets from the moment of saving, because that clock
may begin anew. The wall time of saving tells how long the program was down where it did.
"""

from dataclasses import fields
from typing import Any

from deskbreak.core import past
from deskbreak.core.desk import Bout, Desk, SoreDay, Taking, Tally
from deskbreak.core.effects import Suggestion
from deskbreak.core.holds import Hold
from deskbreak.core.ledger import Ledger
from deskbreak.core.practice import Practice
from deskbreak.core.presence import PresenceTracker
from deskbreak.core.schedule import Pause

VERSION = 1


def saved(desk: Desk) -> dict[str, Any]:
    """Everything worth keeping, as strings, numbers, lists and tables; None is left out."""
    t = desk.t
    return _without_none(
        {
            "version": VERSION,
            "wall": desk.now.wall,
            "elapsed": t,
            "phase": desk.phase.value,
            "prompt_kind": desk.prompt_kind.value,
            "prompt_bout_s": desk.prompt_bout_s,
            "snoozed_for": _offset(desk.snoozed_until, t),
            "settled_at": _offset(desk.settled_at, t),
            "ready_since": _offset(desk.ready_since, t),
            "offer_in": _offset(desk.offer_at, t),
            "natural_given": desk.natural_given,
            "reading": desk.reading,
            "reading_for": _offset(desk.reading_until, t),
            "meeting_s": desk.meeting_s,
            "holds": [_hold(hold, t) for hold in desk.holds.on.values()],
            "last_prompt_id": desk.last_prompt_id,
            "last_run": desk.last_run,
            "bout": _bout(desk.bout),
            "presence": _presence(desk.presence, t),
            "pause": _pause(desk.pause, t),
            "recess_over": desk.recess_over,
            "taking": _taking(desk.taking, t),
            "missed": _missed(desk.missed),
            "ledger": _ledger(desk.ledger, t),
            "tally": {f.name: getattr(desk.tally, f.name) for f in fields(Tally)},
            "practice": _practice(desk.practice),
            "desk_said": None if desk.sensor.said is None else desk.sensor.said.value,
            "reminders": dict(desk.reminders.counted),
            "past": past.saved(desk.past),
            "sore": None if desk.sore is None else _sore(desk.sore),
            "heeded": sorted(desk.heeded),
        }
    )


def _bout(bout: Bout) -> dict[str, Any]:
    return {
        "posture": bout.posture.value,
        "length": bout.length,
        "deferred": {kind.value: length for kind, length in bout.deferred.items()},
        "snoozes": bout.snoozes,
        "unanswered": bout.unanswered,
    }


def _presence(presence: PresenceTracker, t: float) -> dict[str, Any]:
    """Without the lock, of which somebody tells again if it is still on."""
    return {
        "source": presence.source,
        "why": presence.why,
        "last_input": presence.last_input - t,
        "last_sign": presence.last_sign - t,
        "worn": presence.worn,
        "unheard": presence.unheard,
        "away_since": _offset(presence.away_since, t),
        "back_since": _offset(presence.back_since, t),
        "bump_s": presence.bump_s,
        "bumped_at": _offset(presence.bumped_at, t),
    }


def _hold(hold: Hold, t: float) -> dict[str, Any]:
    return {
        "reason": hold.reason.value,
        "detail": hold.detail,
        "since": hold.since - t,
        "spent": hold.spent,
    }


def _practice(practice: Practice) -> dict[str, Any]:
    last = None if practice.last is None else practice.last.isoformat()
    return {"days": practice.days, "last": last}


def _pause(pause: Pause | None, t: float) -> dict[str, Any] | None:
    if pause is None:
        return None
    until = None if pause.until is None else pause.until.isoformat()
    latest = None if pause.until is None else pause.latest
    return {
        "ends_in": _offset(pause.ends_elapsed, t),
        "until": until,
        "latest_in": _offset(latest, t),
    }


def _taking(taking: Taking | None, t: float) -> dict[str, Any] | None:
    if taking is None:
        return None
    table = {f.name: getattr(taking, f.name) for f in fields(Taking)}
    return table | {"kind": taking.kind.value, "began": taking.began - t}


def _missed(missed: Suggestion | None) -> dict[str, Any] | None:
    if missed is None:
        return None
    return {f.name: getattr(missed, f.name) for f in fields(Suggestion)} | {
        "kind": missed.kind.value
    }


def _sore(sore: SoreDay) -> dict[str, Any]:
    return {"day": sore.day.isoformat(), "areas": list(sore.areas)}


def _ledger(ledger: Ledger, t: float) -> dict[str, Any]:
    return {
        "day": ledger.day.isoformat(),
        "start": ledger.start,
        "sums": {activity.value: seconds for activity, seconds in ledger.sums.items()},
        "stepped": ledger.stepped,
        "spans": [[s.begin - t, s.end - t, s.activity.value] for s in ledger.spans],
        "eve": [[s.begin - t, s.end - t, s.activity.value] for s in ledger.eve],
    }


def _offset(at: float | None, t: float) -> float | None:
    return None if at is None else at - t


def _without_none(table: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _without_none(value) if isinstance(value, dict) else value
        for key, value in table.items()
        if value is not None
    }
