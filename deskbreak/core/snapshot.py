"""The desk as plain values: what survives a restart (B9), written and read again.

Readings of the elapsed clock are kept as offsets from the moment of saving, because that clock
may begin anew. The wall time of saving tells how long the program was down where it did.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from deskbreak.core import progress
from deskbreak.core.belief import Belief
from deskbreak.core.effects import Suggestion
from deskbreak.core.enums import Activity, BreakKind, HoldReason, Posture, PromptKind
from deskbreak.core.holds import Hold, Holds
from deskbreak.core.ledger import Ledger, Span
from deskbreak.core.moment import EARLIEST, LATEST, Moment
from deskbreak.core.phases import ON_BREAK, Phase
from deskbreak.core.presence import PresenceTracker
from deskbreak.core.reader import LONGEST, Reader
from deskbreak.core.schedule import DAY, Pause
from deskbreak.core.state import (
    ActiveBreak,
    Bout,
    EngineState,
    Practice,
    Reminders,
    Sensor,
    SoreDay,
    Tally,
)
from deskbreak.struct import fields

VERSION = 1


def saved(desk: EngineState) -> dict[str, Any]:
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
            "tally": {f: getattr(desk.tally, f) for f in fields(Tally)},
            "practice": _practice(desk.practice),
            "desk_said": None if desk.sensor.said is None else desk.sensor.said.value,
            "reminders": dict(desk.reminders.counted),
            "past": progress.saved(desk.past),
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
        "last_sign": presence.belief.last_sign - t,
        "worn": presence.belief.worn,
        "unheard": presence.belief.unheard,
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


def _taking(taking: ActiveBreak | None, t: float) -> dict[str, Any] | None:
    if taking is None:
        return None
    table = {f: getattr(taking, f) for f in fields(ActiveBreak)}
    return table | {"kind": taking.kind.value, "began": taking.began - t}


def _missed(missed: Suggestion | None) -> dict[str, Any] | None:
    if missed is None:
        return None
    return {f: getattr(missed, f) for f in fields(Suggestion)} | {"kind": missed.kind.value}


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


LONGEST_DOWN = 31 * 86400.0
"""A longer time without running is taken for this long: a clock that was wrong, most likely."""

_ROUNDED = 1.0
"""Seconds by which a day's many small parts may be off together."""

CONFIRM_WITHIN = 30.0
"""Seconds in which a source tells again of a hold that was on before the restart."""


def restored(
    table: Mapping[str, Any], desk: EngineState, now: Moment, *, same_clock: bool
) -> EngineState:
    """The desk as it was saved, at the moment of saving, in the settings of the given desk.

    Raises ValueError naming the entry that is missing or makes no sense.
    """
    try:
        return _restored(Reader(table, "state"), desk, now, same_clock)
    except (TypeError, KeyError, AttributeError, OverflowError) as problem:
        raise ValueError(f"state: {problem}") from problem


def _restored(read: Reader, desk: EngineState, now: Moment, same_clock: bool) -> EngineState:
    version = read.whole("version")
    if version != VERSION:
        raise ValueError(f"state: version: found {version}, allowed: {VERSION}")
    wall = read.wall("wall")
    elapsed = read.number("elapsed", -LONGEST, LONGEST)
    down = now.elapsed - elapsed if same_clock else now.wall - wall
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
    presence.belief.seated = reading or holds.keep_seated(desk.settings)
    return EngineState(
        settings=desk.settings,
        adviser=desk.adviser,
        now=then,
        ledger=_read_ledger(read.need("ledger"), then),
        bout=_read_bout(read.need("bout")),
        presence=presence,
        phase=phase,
        holds=holds,
        reminders=Reminders(read.lengths("reminders", str)),
        tally=_read_tally(read.need("tally")),
        past=progress.restored(read),
        sore=_read_sore(read.table("sore")),
        heeded={str(name) for name in read.sequence_or_none("heeded") or ()},
        practice=_read_practice(read.table("practice")),
        sensor=_read_sensor(read),
        pause=_read_pause(read.table("pause"), then),
        recess_over=read.wall_if_any("recess_over"),
        taking=taking,
        missed=_read_missed(read.table("missed")),
        prompt_bout_s=read.length("prompt_bout_s"),
        prompt_kind=read.word("prompt_kind", PromptKind),
        snoozed_until=read.at("snoozed_for", t),
        settled_at=t + read.number("settled_at", -LONGEST, LONGEST),
        ready_since=read.since_if_any("ready_since", t),
        offer_at=read.at("offer_in", t),
        reading=reading,
        reading_until=read.at("reading_for", t),
        natural_given=read.flag("natural_given"),
        meeting_s=read.length("meeting_s"),
        last_prompt_id=read.whole("last_prompt_id"),
        last_run=read.whole("last_run"),
        threshold=desk.threshold,
    )


def _read_bout(read: Reader) -> Bout:
    return Bout(
        posture=read.word("posture", Posture),
        length=read.length("length"),
        deferred=read.lengths("deferred", PromptKind),
        snoozes=read.whole("snoozes"),
        unanswered=read.whole("unanswered"),
    )


def _read_presence(read: Reader, t: float) -> PresenceTracker:
    last_input = read.since("last_input", t)
    return PresenceTracker(
        last_input=last_input,
        belief=Belief(
            last_sign=last_input if (sign := read.since_if_any("last_sign", t)) is None else sign,
            worn=read.flag_if_any("worn"),
            unheard=read.whole_if_any("unheard") or 0,
        ),
        source=read.text("source"),
        why=read.text("why") or "",
        away_since=read.since_if_any("away_since", t),
        back_since=read.since_if_any("back_since", t),
        bump_s=read.length("bump_s"),
        bumped_at=read.since_if_any("bumped_at", t),
    )


def _read_holds(tables: list[Any], t: float, until: float) -> Holds:
    holds = Holds()
    for table in tables:
        read = Reader(table, "state.holds")
        hold = Hold(
            reason=read.word("reason", HoldReason),
            detail=read.text("detail") or "",
            since=read.since("since", t),
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


def _read_pause(read: Reader | None, then: Moment) -> Pause | None:
    if read is None:
        return None
    written, latest = read.text("until"), read.at("latest_in", then.elapsed)
    until = None if written is None else datetime.fromisoformat(written).replace(tzinfo=None)
    if until is not None and abs(until.replace(tzinfo=UTC).timestamp() - then.wall) > LONGEST:
        raise ValueError(f"state.pause: until: found {written!r}, which is years away")
    return Pause(
        ends_elapsed=read.at("ends_in", then.elapsed),
        until=until,
        latest=then.elapsed + DAY if latest is None else latest,
    )


def _read_taking(read: Reader | None, t: float) -> ActiveBreak | None:
    if read is None:
        return None
    return ActiveBreak(
        kind=read.word("kind", BreakKind),
        length=read.number("length", 1.0, LONGEST),
        began=read.since("began", t),
        routine=read.text("routine"),
        routine_name=read.text("routine_name"),
        run=read.whole("run"),
        painted=read.flag("painted"),
        awake_s=read.length("awake_s"),
        away_s=read.length("away_s"),
        here_s=read.length("here_s"),
        left=read.flag("left"),
        reminded=read.flag("reminded"),
    )


def _read_missed(read: Reader | None) -> Suggestion | None:
    if read is None:
        return None
    return Suggestion(
        kind=read.word("kind", BreakKind),
        length_s=read.number("length_s", 1.0, LONGEST),
        routine=read.text("routine"),
        routine_name=read.text("routine_name"),
        text=read.text("text") or "",
    )


def _read_sore(read: Reader | None) -> SoreDay | None:
    if read is None:
        return None
    day = date.fromisoformat(read.text("day") or "")
    return SoreDay(day, tuple(str(area) for area in read.sequence("areas")))


def _read_ledger(read: Reader, then: Moment) -> Ledger:
    t = then.elapsed
    ledger = Ledger(
        day=date.fromisoformat(read.text("day") or ""),
        start=read.number("start", EARLIEST - 2 * DAY, LATEST),
        sums=read.lengths("sums", Activity),
        spans=_read_spans(read.sequence("spans"), t),
        stepped=read.number("stepped", EARLIEST - LATEST, LATEST - EARLIEST),
        eve=_read_spans(read.sequence("eve"), t),
    )
    midnight = datetime.combine(ledger.day, time(), UTC).timestamp()
    off_s = then.wall - ledger.start - ledger.stepped - ledger.spent
    if abs(ledger.start - midnight) > 2 * DAY or abs(off_s) > _ROUNDED:
        raise ValueError("state.ledger: its parts do not add up to the day so far")
    return ledger


def _read_spans(rows: list[Any], t: float) -> list[Span]:
    spans = []
    for begin, end, name in rows:
        row = Reader({"begin": begin, "end": end}, "state.ledger.spans")
        spans.append(Span(row.since("begin", t), row.since("end", t), Activity(name)))
    edges = [edge for span in spans for edge in (span.begin, span.end)]
    if edges != sorted(edges):
        raise ValueError("state.ledger: spans: they do not follow one another")
    return spans


def _read_tally(read: Reader) -> Tally:
    counts = {f: read.whole(f) for f in fields(Tally) if f != "long_walks"}
    return Tally(**counts, long_walks=[str(x) for x in read.sequence("long_walks")])
