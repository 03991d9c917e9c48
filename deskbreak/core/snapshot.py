"""The state as plain values: what survives a restart (B9), in one table that is read both ways.

Readings of the elapsed clock are kept as offsets from the moment of saving, because that clock
may begin anew. The wall time of saving tells how long the program was down where it did.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from operator import attrgetter
from typing import Any

from deskbreak.core.codec import (
    converted,
    each,
    mapping,
    maybe,
    number,
    plain_value,
    row,
    table,
    whole,
    word,
)
from deskbreak.core.effects import Suggestion
from deskbreak.core.enums import Activity, BreakKind, Feedback, HoldReason, Posture, PromptKind
from deskbreak.core.holds import Hold, Holds
from deskbreak.core.ledger import Ledger, Span
from deskbreak.core.moment import EARLIEST, LATEST, Moment
from deskbreak.core.phases import ON_BREAK, Phase
from deskbreak.core.presence import PresenceTracker
from deskbreak.core.progress import HIGHEST, Past, Play
from deskbreak.core.schedule import DAY, Pause
from deskbreak.core.state import ActiveBreak, Bout, EngineState, Practice, Sensor, SoreDay, Tally
from deskbreak.struct import fields, replace

VERSION = 1

LONGEST = 3.2e8  # ten years in seconds: nothing that is counted here has lasted for longer
LONGEST_DOWN = 31 * 86400.0  # more is taken for this: most likely a clock that was wrong
CONFIRM_WITHIN = 30.0  # seconds in which a source tells again of a hold from before the restart
_SAME_TIME = 1.0  # seconds by which the past may lie ahead: clocks are read one after the other
_ROUNDED = 1.0  # seconds by which a day's many small parts may be off together


LENGTH = number(0.0, LONGEST)
BREAK_LENGTH = number(1.0, LONGEST)
SINCE = number(-LONGEST, _SAME_TIME, on_clock=True)
AT = number(-LONGEST, LONGEST, on_clock=True)
WALL = number(EARLIEST, LATEST)
COUNT = whole()
LEVEL = whole(1, HIGHEST)
FLAG = plain_value(bool, "true or false")
TEXT = plain_value(str, "a text")
DATE = converted(TEXT, date.isoformat, date.fromisoformat)


def _presence(last_sign: float | None, **found: Any) -> PresenceTracker:
    """Without the lock, of which somebody tells again if it is still on."""
    last_sign = found["last_input"] if last_sign is None else last_sign
    return PresenceTracker(last_sign=last_sign, **found)


def _pause(until: datetime | None, latest: float, ends_elapsed: float | None) -> Pause:
    return Pause(ends_elapsed) if until is None else Pause(ends_elapsed, until, latest)


def _reading(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=None)


def _holds(found: list[Hold]) -> Holds:
    return Holds({hold.reason: hold for hold in found})


_PLAYS = each(
    row(
        Play,
        routine=TEXT,
        wall=WALL,
        share=maybe(number(0.0, 1.0), 0.0),
        feedback=maybe(word(Feedback)),
        exercise=maybe(TEXT),
    )
)
_SPANS = each(row(Span, begin=SINCE, end=SINCE, activity=word(Activity)))
_HOLD = table(Hold, reason=word(HoldReason), detail=maybe(TEXT, ""), since=SINCE, spent=FLAG)
_PAUSE = table(
    _pause,
    {"ends_elapsed": "ends_in", "latest": "latest_in"},
    ends_elapsed=maybe(AT),
    until=maybe(converted(TEXT, datetime.isoformat, _reading)),
    latest=maybe(AT, DAY),
)
_ROUTINE = {"routine": maybe(TEXT), "routine_name": maybe(TEXT)}

PAST = table(
    Past,
    plays=converted(_PLAYS, list, tuple),
    level=maybe(LEVEL),
    level_set=maybe(WALL),
    level_offered=maybe(WALL),
    offer=maybe(LEVEL),
)

_STATE = table(
    dict,
    {
        "active_break": "taking",
        "snoozed_until": "snoozed_for",
        "offer_at": "offer_in",
        "reading_until": "reading_for",
        "sensor": "desk_said",
        "reminded": "reminders",
    },
    phase=word(Phase),
    prompt_kind=word(PromptKind),
    prompt_bout_s=LENGTH,
    snoozed_until=maybe(AT),
    settled_at=AT,
    ready_since=maybe(SINCE),
    offer_at=maybe(AT),
    natural_given=FLAG,
    reading=FLAG,
    reading_until=maybe(AT),
    meeting_s=LENGTH,
    last_prompt_id=COUNT,
    last_run=COUNT,
    recess_over=maybe(WALL),
    bout=table(
        Bout,
        posture=word(Posture),
        length=LENGTH,
        deferred=mapping(PromptKind, LENGTH),
        snoozes=COUNT,
        unanswered=COUNT,
    ),
    presence=table(
        _presence,
        source=maybe(TEXT),
        why=maybe(TEXT, ""),
        last_input=SINCE,
        last_sign=maybe(SINCE),
        worn=maybe(FLAG, False),
        unheard=maybe(COUNT, 0),
        away_since=maybe(SINCE),
        back_since=maybe(SINCE),
        bump_s=LENGTH,
        bumped_at=maybe(SINCE),
    ),
    holds=converted(each(_HOLD), lambda holds: holds.on.values(), _holds),
    pause=maybe(_PAUSE),
    active_break=maybe(
        table(
            ActiveBreak,
            kind=word(BreakKind),
            length=BREAK_LENGTH,
            began=SINCE,
            run=COUNT,
            painted=FLAG,
            awake_s=LENGTH,
            away_s=LENGTH,
            here_s=LENGTH,
            left=FLAG,
            reminded=FLAG,
            unseen_s=maybe(LENGTH, 0.0),
            **_ROUTINE,
        )
    ),
    missed=maybe(
        table(
            Suggestion,
            kind=word(BreakKind),
            length_s=BREAK_LENGTH,
            text=maybe(TEXT, ""),
            **_ROUTINE,
        )
    ),
    ledger=table(
        Ledger,
        day=DATE,
        start=number(EARLIEST - 2 * DAY, LATEST),
        sums=mapping(Activity, LENGTH),
        stepped=number(EARLIEST - LATEST, LATEST - EARLIEST),
        spans=_SPANS,
        eve=_SPANS,
    ),
    tally=table(Tally, **(dict.fromkeys(fields(Tally), COUNT) | {"long_walks": each(TEXT)})),
    practice=maybe(table(Practice, days=COUNT, last=maybe(DATE)), {"days": 0}),
    sensor=converted(maybe(word(Posture)), attrgetter("said"), Sensor),
    reminded=mapping(str, LENGTH),
    past=PAST,
    sore=maybe(table(SoreDay, day=DATE, areas=converted(each(TEXT), list, tuple))),
    heeded=maybe(converted(each(TEXT), sorted, set), []),
)
"""Everything worth keeping."""


def save(state: EngineState) -> dict[str, Any]:
    """Everything worth keeping, as strings, numbers, lists and tables; None is left out."""
    kept: dict[str, Any] = _STATE.dump(state, state.t)
    return {"version": VERSION, "wall": state.now.wall, "elapsed": state.t} | kept


def restore(
    saved: Mapping[str, Any], state: EngineState, now: Moment, *, same_clock: bool
) -> EngineState:
    """The state as it was saved, at the moment of saving, in the settings of the given one.

    Raises ValueError naming the entry that is missing or makes no sense.
    """
    try:
        then = _saved_at(saved, now, same_clock)
        past = saved["past"] if "past" in saved else _past_from_before(saved)
        found = _STATE.load({**saved, "past": past}, "state", then.elapsed)
        _check(found, then)
    except (TypeError, KeyError, AttributeError, OverflowError) as problem:
        raise ValueError(f"state: {problem}") from problem
    settings, holds = state.settings, found["holds"]
    for hold in holds.on.values():
        holds.on[hold.reason] = replace(hold, until=now.elapsed + CONFIRM_WITHIN)
    found["presence"].seated = found["reading"] or holds.keep_seated(settings)
    return EngineState(settings, state.adviser, then, threshold=state.threshold, **found)


def _saved_at(saved: Mapping[str, Any], now: Moment, same_clock: bool) -> Moment:
    version = COUNT.load(saved.get("version"), "state: version", 0.0)
    if version != VERSION:
        raise ValueError(f"state: version: found {version}, allowed: {VERSION}")
    wall = WALL.load(saved.get("wall"), "state: wall", 0.0)
    elapsed = AT.load(saved.get("elapsed"), "state: elapsed", 0.0)
    down = now.elapsed - elapsed if same_clock else now.wall - wall
    down = min(max(0.0, down), LONGEST_DOWN)
    return Moment(wall, now.awake - down, now.elapsed - down, now.zone)


def _past_from_before(saved: Mapping[str, Any]) -> dict[str, Any]:
    """The past of a state that kept ids and judgements apart, in the order of the ids.

    When most were started, and how far they went, is not known: they count for the rotation only.
    """
    plays = [[routine, 0.0] for routine in saved["started"]]
    unjudged = len(plays)
    for felt in reversed(saved["felt"]):
        routine, exercise = felt["routine"], felt.get("exercise") or ""
        play = [routine, felt["wall"], 1.0, felt["feedback"], exercise]
        earlier = (at for at in reversed(range(unjudged)) if plays[at][0] == routine)
        unjudged = next(earlier, -1)
        if unjudged < 0:
            plays.insert(0, play)
            unjudged = 0
        else:
            plays[unjudged] = play
    return {"plays": plays}


def _check(found: Mapping[str, Any], then: Moment) -> None:
    """Whether the parts go together. Raises ValueError."""
    phase, pause, ledger = found["phase"], found["pause"], found["ledger"]
    if (phase in ON_BREAK) != (found["active_break"] is not None):
        raise ValueError(f"state: phase: found {phase.value!r}, which does not go with its break")
    until = pause.until if pause is not None else None
    if until is not None and abs(until.replace(tzinfo=UTC).timestamp() - then.wall) > LONGEST:
        raise ValueError(f"state.pause: until: found {until.isoformat()!r}, which is years away")
    midnight = datetime.combine(ledger.day, time(), UTC).timestamp()
    off_s = then.wall - ledger.start - ledger.stepped - ledger.spent
    if abs(ledger.start - midnight) > 2 * DAY or abs(off_s) > _ROUNDED:
        raise ValueError("state.ledger: its parts do not add up to the day so far")
    for spans in (ledger.spans, ledger.eve):
        edges = [edge for span in spans for edge in (span.begin, span.end)]
        if edges != sorted(edges):
            raise ValueError("state.ledger: spans: they do not follow one another")
