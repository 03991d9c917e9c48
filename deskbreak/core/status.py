"""One frozen picture of what is going on, for every onlooker: tray, command line, socket."""

from datetime import datetime

from deskbreak.core import due
from deskbreak.core.effects import Prompt, Suggestion
from deskbreak.core.enums import (
    Activity,
    BreakKind,
    HoldReason,
    Posture,
    Presence,
    PromptKind,
    QuietReason,
    State,
)
from deskbreak.core.moment import SAME
from deskbreak.core.phases import OVERDUE, Phase
from deskbreak.core.state import ActiveBreak, EngineState
from deskbreak.struct import Struct, field


class BoutStatus(Struct):
    """The bout that is running: of the posture the person is in. Seconds.

    `due_in_s` is None while nothing will become due (away, paused, off hours, on a break).
    `next_prompt` is what is asked then: to move, to stand up, to leave standing.
    """

    posture: Posture
    length_s: float
    limit_s: float
    due_in_s: float | None
    due: bool
    next_prompt: PromptKind = PromptKind.BREAK


class BreakStatus(Struct):
    """The break that is being taken. `remaining_s` is 0 once the asked length is reached.

    `opening` is true while its guide takes its time to appear.
    """

    kind: BreakKind
    routine: str | None
    routine_name: str | None
    length_s: float
    passed_s: float
    remaining_s: float
    opening: bool = False


class HoldStatus(Struct):
    """One reason why prompts wait."""

    reason: HoldReason
    detail: str
    since: datetime


class PresenceStatus(Struct):
    """Whether the person is there, which source says so, and why it cannot where it cannot."""

    state: Presence
    source: str | None
    idle_s: float | None
    why: str = ""
    locked: bool = False
    reading: bool = False
    reading_until: datetime | None = None


class StandingStatus(Struct):
    """Standing-desk mode and the day's balance. Seconds.

    `stand_for_s` is how long to stand at a time, which may grow over weeks. `sensed` is whether a
    desk sensor tells the posture.
    """

    enabled: bool
    today_s: float
    target_s: float
    stand_for_s: float = 0.0
    sensed: bool = False


class TodayStatus(Struct):
    """The day so far: the ledger by part (seconds, they add up) and what became of the prompts.

    `snoozes_left` and `skips_left` are None where the settings set no number for a day.
    """

    ledger: dict[str, int] = field(default_factory=dict)
    prompts: int = 0
    breaks: int = 0
    walks: int = 0
    natural: int = 0
    snoozes_left: int | None = None
    skips_left: int | None = None


class QuietStatus(Struct):
    """Why nothing prompts, and until when; None where only the person ends it, or nobody knows."""

    why: QuietReason
    until: datetime | None


class Status(Struct):
    """Everything an onlooker may know, at one moment.

    `missed` is what today's last prompt suggested, where nothing came of it and no break since.
    `level_offered` is the level that waits for an answer; `sore` is None on a day that is no sore
    day.
    """

    at: datetime
    state: State
    posture: Posture
    bout: BoutStatus
    prompt: Prompt | None
    break_: BreakStatus | None
    holds: tuple[HoldStatus, ...]
    paused: bool
    paused_until: datetime | None
    snoozed_until: datetime | None
    can_snooze: bool
    presence: PresenceStatus
    standing: StandingStatus
    today: TodayStatus
    can_skip: bool = True
    missed: Suggestion | None = None
    quiet: QuietStatus | None = None
    level: int = 1
    level_offered: int | None = None
    sore: tuple[str, ...] | None = None


_RESTS = "prompts met no answer, so they rest until you do something here"

_CAN_BE_PUT_OFF = OVERDUE | {Phase.ANNOUNCED}


def status_of(desk: EngineState) -> Status:
    """Everything an onlooker may know now."""
    paused = desk.pause is not None or desk.in_recess
    return Status(
        at=desk.now.local,
        state=state(desk),
        posture=desk.posture,
        bout=_bout(desk),
        prompt=desk.prompt,
        break_=_break(desk.active_break) if desk.active_break is not None else None,
        holds=tuple(
            HoldStatus(hold.reason, hold.detail, desk.now.local_at(hold.since))
            for hold in desk.active_holds()
        ),
        paused=paused,
        paused_until=_local(desk, _pause_ends(desk)) if paused else None,
        snoozed_until=_local(desk, desk.snoozed_until),
        can_snooze=desk.phase in _CAN_BE_PUT_OFF and due.can_snooze(desk),
        presence=_presence(desk),
        standing=StandingStatus(
            desk.settings.standing.enabled,
            desk.ledger.of(Activity.STANDING),
            float(desk.settings.standing.daily_target),
            due.stand_for(desk),
            desk.sensor.works,
        ),
        today=_today(desk),
        can_skip=desk.phase in _CAN_BE_PUT_OFF and due.can_skip(desk),
        missed=desk.missed,
        quiet=_quiet(desk),
        level=desk.settings.routines.level,
        level_offered=desk.past.offer,
        sore=desk.sore_today,
    )


def _pause_ends(desk: EngineState) -> float | None:
    """Where the elapsed clock will be when no pause is on any more; None if nobody knows."""
    ends = [desk.pause.ends_at(desk.now)] if desk.pause is not None else []
    if desk.in_recess:
        ends.append(desk.elapsed_at(desk.recess.changes_at))
    known = [at for at in ends if at is not None]
    return max(known) if len(known) == len(ends) else None


def _quiet(desk: EngineState) -> QuietStatus | None:
    if not desk.office.inside:
        holiday = any(desk.ledger.day in dates for dates in desk.settings.schedule.holidays)
        why = QuietReason.HOLIDAY if holiday else QuietReason.OFF_HOURS
        return QuietStatus(why, _local(desk, desk.elapsed_at(desk.office.changes_at)))
    if not desk.quiet:
        return None
    why = QuietReason.PAUSE if desk.pause is not None else QuietReason.REGULAR_PAUSE
    return QuietStatus(why, _local(desk, _pause_ends(desk)))


def _local(desk: EngineState, t: float | None) -> datetime | None:
    return None if t is None else desk.now.local_at(t)


def state(desk: EngineState) -> State:
    """The one word for what is going on."""
    if desk.presence.asleep:
        return State.ASLEEP
    if desk.active_break is not None:
        return State.BREAK
    if desk.quiet:
        return State.PAUSED if desk.office.inside else State.OFF
    if not desk.here:
        return State.AWAY
    if desk.presence.state is Presence.UNKNOWN:
        return State.UNKNOWN
    return State.STANDING if desk.posture is Posture.STANDING else State.SITTING


def _bout(desk: EngineState) -> BoutStatus:
    return BoutStatus(
        posture=desk.posture,
        length_s=desk.bout.length,
        limit_s=due.limit(desk),
        due_in_s=_due_in(desk),
        due=desk.phase in OVERDUE or desk.bout.length >= due.limit(desk) - SAME,
        next_prompt=desk.prompt.kind if desk.prompt is not None else due.next_prompt(desk)[0],
    )


def _due_in(desk: EngineState) -> float | None:
    if not desk.here or desk.quiet or desk.on_break:
        return None
    if desk.phase is Phase.SNOOZED and desk.snoozed_until is not None:
        return max(0.0, desk.snoozed_until - desk.t)
    return due.due_in(desk)


def _break(break_: ActiveBreak) -> BreakStatus:
    return BreakStatus(
        kind=break_.kind,
        routine=break_.routine,
        routine_name=break_.routine_name,
        length_s=break_.length,
        passed_s=break_.passed_s,
        remaining_s=max(0.0, break_.length - break_.passed_s),
        opening=not break_.on_foot and break_.reminded and not break_.painted,
    )


def _presence(desk: EngineState) -> PresenceStatus:
    presence = desk.presence
    return PresenceStatus(
        state=presence.state,
        source=presence.source,
        idle_s=presence.idle_s(desk.t),
        why=_RESTS if presence.unreached and presence.source is None else presence.why,
        locked=presence.locked,
        reading=desk.reading,
        reading_until=_local(desk, desk.reading_until),
    )


def _today(desk: EngineState) -> TodayStatus:
    tally = desk.tally
    return TodayStatus(
        ledger=desk.ledger.whole_seconds(),
        prompts=tally.prompts,
        breaks=tally.breaks,
        walks=tally.walks,
        natural=tally.natural,
        snoozes_left=due.snoozes_left(desk),
        skips_left=due.skips_left(desk),
    )
