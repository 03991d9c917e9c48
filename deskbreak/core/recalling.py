"""The desk from the plain values that `memory` made of it (B9).

Whatever is missing or makes no sense is named, and the desk that is there stays as it is.
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
from deskbreak.core.memory import VERSION
from deskbreak.core.moment import Moment
from deskbreak.core.practice import Practice
from deskbreak.core.presence import PresenceTracker
from deskbreak.core.reader import Reader
from deskbreak.core.reminders import Reminders
from deskbreak.core.schedule import DAY, Pause
from deskbreak.core.sensor import Sensor
from deskbreak.core.words import Activity, BreakKind, HoldReason, Posture, PromptKind

LONGEST_DOWN = 31 * 86400.0
"""A longer time without running is taken for this long: a clock that was wrong, most likely."""

CONFIRM_WITHIN = 30.0
"""Seconds in which a source tells again of a hold that was on before the restart."""


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
        reading_until=read.at("reading_for", t),
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
    last_input = t + read.number("last_input")
    return PresenceTracker(
        last_input=last_input,
        last_sign=last_input if (sign := read.at("last_sign", t)) is None else sign,
        worn=read.flag_if_there("worn"),
        unheard=read.whole_or_none("unheard") or 0,
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
    until, latest = read.text("until"), read.at("latest_in", t)
    return Pause(
        ends_elapsed=read.at("ends_in", t),
        until=None if until is None else datetime.fromisoformat(until).replace(tzinfo=None),
        latest=t + DAY if latest is None else latest,
    )


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
