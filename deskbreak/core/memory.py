"""The desk as plain values and back: what survives a restart (B9).

Readings of the elapsed clock are kept as offsets from the moment of saving, because that clock
may begin anew. The wall time of saving tells how long the program was down where it did.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from deskbreak.core import past
from deskbreak.core.breaks import ON_BREAK, Phase
from deskbreak.core.desk import Bout, Desk, SoreDay, Taking, Tally
from deskbreak.core.effects import Suggestion
from deskbreak.core.holds import Hold, Holds
from deskbreak.core.ledger import Ledger, Span
from deskbreak.core.moment import Moment
from deskbreak.core.practice import Practice
from deskbreak.core.presence import PresenceTracker
from deskbreak.core.reader import Reader
from deskbreak.core.reminders import Reminders
from deskbreak.core.schedule import Pause
from deskbreak.core.sensor import Sensor
from deskbreak.core.words import Activity, BreakKind, HoldReason, Posture, PromptKind

VERSION = 1

LONGEST_DOWN = 31 * 86400.0
"""A longer time without running is taken for this long: a clock that was wrong, most likely."""

CONFIRM_WITHIN = 30.0
"""Seconds in which a source tells again of a hold that was on before the restart."""


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
    return {"ends_in": _offset(pause.ends_elapsed, t), "until": until}


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


def restored(table: Mapping[str, Any], desk: Desk, now: Moment, *, same_clock: bool) -> Desk:
    """The desk as it was saved, at the moment of saving, in the settings of the given desk.

    Raises ValueError naming the entry that is missing or makes no sense.
    """
    try:
        return _restored(Reader(table, "state"), desk, now, same_clock)
    except (TypeError, KeyError, AttributeError, OverflowError) as problem:
        raise ValueError(f"state: {problem}") from problem


def _restored(read: Reader, desk: Desk, now: Moment, same_clock: bool) -> Desk:
    version = read.whole("version")
    if version != VERSION:
        raise ValueError(f"state: version: found {version}, allowed: {VERSION}")
    wall = read.number("wall")
    down = now.elapsed - read.number("elapsed") if same_clock else now.wall - wall
    down = min(max(0.0, down), LONGEST_DOWN)
    t = now.elapsed - down
    then = Moment(wall, now.awake - down, t, now.zone)
    phase = read.word("phase", Phase)
    taking = _read_taking(read.table("taking"), t)
    if (phase in ON_BREAK) != (taking is not None):
        raise ValueError(f"state: phase: found {phase.value!r}, which does not go with its break")
    presence = _read_presence(read.need("presence"), t)
    holds = _read_holds(read.sequence("holds"), t, now.elapsed + CONFIRM_WITHIN)
    reading = read.flag("reading")
    presence.seated = reading or holds.keep_seated(desk.settings)
    return Desk(
        settings=desk.settings,
        adviser=desk.adviser,
        now=then,
        ledger=_read_ledger(read.need("ledger"), t),
        bout=_read_bout(read.need("bout")),
        presence=presence,
        phase=phase,
        holds=holds,
        reminders=Reminders({name: float(s) for name, s in read.mapping("reminders").items()}),
        tally=_read_tally(read.need("tally")),
        past=past.restored(read),
        sore=_read_sore(read.table("sore")),
        heeded={str(name) for name in read.sequence_or_none("heeded") or ()},
        practice=_read_practice(read.table("practice")),
        sensor=_read_sensor(read),
        pause=_read_pause(read.table("pause"), t),
        recess_over=read.at("recess_over", 0.0),
        taking=taking,
        missed=_read_missed(read.table("missed")),
        prompt_bout_s=read.number("prompt_bout_s"),
        prompt_kind=read.word("prompt_kind", PromptKind),
        snoozed_until=read.at("snoozed_for", t),
        settled_at=t + read.number("settled_at"),
        ready_since=read.at("ready_since", t),
        offer_at=read.at("offer_in", t),
        reading=reading,
        natural_given=read.flag("natural_given"),
        meeting_s=read.number("meeting_s"),
        last_prompt_id=read.whole("last_prompt_id"),
        last_run=read.whole("last_run"),
        threshold=desk.threshold,
    )


def _read_bout(read: Reader) -> Bout:
    deferred = read.mapping("deferred")
    return Bout(
        posture=read.word("posture", Posture),
        length=read.number("length"),
        deferred={PromptKind(kind): float(length) for kind, length in deferred.items()},
        snoozes=read.whole("snoozes"),
        unanswered=read.whole("unanswered"),
    )


def _read_presence(read: Reader, t: float) -> PresenceTracker:
    return PresenceTracker(
        last_input=t + read.number("last_input"),
        source=read.text("source"),
        why=read.text("why") or "",
        away_since=read.at("away_since", t),
        back_since=read.at("back_since", t),
        bump_s=read.number("bump_s"),
        bumped_at=read.at("bumped_at", t),
    )


def _read_holds(tables: list[Any], t: float, until: float) -> Holds:
    holds = Holds()
    for table in tables:
        read = Reader(table, "state.holds")
        hold = Hold(
            reason=read.word("reason", HoldReason),
            detail=read.text("detail") or "",
            since=t + read.number("since"),
            spent=read.flag("spent"),
            until=until,
        )
        holds.on[hold.reason] = hold
    return holds


def _read_practice(read: Reader | None) -> Practice:
    """What states before the build-up did not have is nothing."""
    if read is None:
        return Practice()
    last = read.text("last")
    return Practice(read.whole("days"), None if last is None else date.fromisoformat(last))


def _read_sensor(read: Reader) -> Sensor:
    """Without whether it works, of which it tells itself."""
    said = read.text("desk_said")
    return Sensor(None if said is None else Posture(said))


def _read_pause(read: Reader | None, t: float) -> Pause | None:
    if read is None:
        return None
    until = read.text("until")
    return Pause(read.at("ends_in", t), None if until is None else datetime.fromisoformat(until))


def _read_taking(read: Reader | None, t: float) -> Taking | None:
    if read is None:
        return None
    return Taking(
        kind=read.word("kind", BreakKind),
        length=read.number("length"),
        began=t + read.number("began"),
        routine=read.text("routine"),
        routine_name=read.text("routine_name"),
        run=read.whole("run"),
        painted=read.flag("painted"),
        awake_s=read.number("awake_s"),
        away_s=read.number("away_s"),
        here_s=read.number("here_s"),
        left=read.flag("left"),
        reminded=read.flag("reminded"),
    )


def _read_missed(read: Reader | None) -> Suggestion | None:
    if read is None:
        return None
    return Suggestion(
        kind=read.word("kind", BreakKind),
        length_s=read.number("length_s"),
        routine=read.text("routine"),
        routine_name=read.text("routine_name"),
        text=read.text("text") or "",
    )


def _read_sore(read: Reader | None) -> SoreDay | None:
    if read is None:
        return None
    day = date.fromisoformat(read.text("day") or "")
    return SoreDay(day, tuple(str(area) for area in read.sequence("areas")))


def _read_ledger(read: Reader, t: float) -> Ledger:
    return Ledger(
        day=date.fromisoformat(read.text("day") or ""),
        start=read.number("start"),
        sums={Activity(name): float(s) for name, s in read.mapping("sums").items()},
        spans=_read_spans(read.sequence("spans"), t),
        stepped=read.number("stepped"),
        eve=_read_spans(read.sequence("eve"), t),
    )


def _read_spans(spans: list[Any], t: float) -> list[Span]:
    return [Span(t + begin, t + end, Activity(name)) for begin, end, name in spans]


def _read_tally(read: Reader) -> Tally:
    counts = {f.name: read.whole(f.name) for f in fields(Tally) if f.name != "long_walks"}
    return Tally(**counts, long_walks=[str(x) for x in read.sequence("long_walks")])
