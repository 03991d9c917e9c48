"""Everything the engine knows at one moment. The modules beside this one read and change it.

Times are readings of the elapsed clock in seconds; lengths are seconds.
"""

from datetime import date, datetime, timedelta
from typing import Protocol

from deskbreak.core.effects import (
    Effect,
    Happened,
    Notice,
    NoticeKind,
    Prompt,
    Refused,
    ShowNotice,
    Suggestion,
    WithdrawPrompt,
)
from deskbreak.core.enums import BreakKind, HoldReason, Posture, PromptKind
from deskbreak.core.holds import Hold, Holds
from deskbreak.core.ledger import Ledger, start_of
from deskbreak.core.moment import Moment
from deskbreak.core.phases import ON_BREAK, Cue, Phase, follow
from deskbreak.core.presence import PresenceTracker
from deskbreak.core.progress import Past
from deskbreak.core.records import BoutEnded, Happening, HoldOver, HoldStarted, PromptWithdrawn
from deskbreak.core.schedule import Agenda, Meeting, Pause, Timetable, office_hours, timetable
from deskbreak.settings.model import Routines, Settings
from deskbreak.struct import Struct, field

_AHEAD = timedelta(days=7)

_USED_S = 60.0  # standing for less than this in a day is a try, not a day with standing


class Practice(Struct, frozen=False):
    """The number of days with standing that are over, and the latest of them."""

    days: int = 0
    last: date | None = None

    def day_over(self, day: date, stood_s: float) -> None:
        """That day is over, with so many seconds of standing; a day counts once.

        One that is long before the latest is no repetition: the clock was ahead then (B38).
        """
        is_new = self.last is None or day > self.last or self.last - day > _AHEAD
        if stood_s >= _USED_S and is_new:
            self.days += 1
            self.last = day


class Sensor(Struct, frozen=False):
    """The last reading of a desk sensor; `works` while it can tell.

    The reading outlives a sensor that is out of reach: a desk that has not moved meanwhile says
    nothing new when it is heard again, so what the person said since then stands.
    `on_trust` is set while only a reading from before an absence keeps a posture (B31).
    """

    said: Posture | None = None
    works: bool = False
    on_trust: bool = False


class Situation(Struct):
    """What the choice of a routine depends on besides the person's settings.

    `sore` holds the areas that are sore today; None on any other day.
    """

    posture: Posture
    in_call: bool
    local: datetime
    past: Past
    sore: tuple[str, ...] | None = None


class Adviser(Protocol):
    """Knows the catalogue."""

    def stretch(self, situation: Situation, settings: Settings) -> Suggestion | None:
        """The routine that is best now, or a walk in place of one; None if neither is allowed."""

    def named(self, routine: str, settings: Settings) -> Suggestion | None:
        """The routine of that id; None if there is none."""


TOGETHER = 120.0  # prompts that would come within two minutes of each other come as one (B28, B32)


class Bout(Struct, frozen=False):
    """Uninterrupted time in one posture at the desk.

    `deferred` says at which length a kind of prompt comes again, but not before its limit, after
    it was put off. `unanswered` counts prompts without an answer, `snoozes` the snoozes taken.
    """

    posture: Posture
    length: float = 0.0
    deferred: dict[PromptKind, float] = field(default_factory=dict)
    snoozes: int = 0
    unanswered: int = 0

    def defer(self, by: float) -> None:
        """Every kind of prompt comes again after so much more of this bout."""
        self.deferred = dict.fromkeys(PromptKind, self.length + by)


class ActiveBreak(Struct, frozen=False):
    """The break that is being taken.

    `awake_s` is how long it has been going on, sleep left out. `away_s` is the absence seen
    during a walk; `here_s` the time at the desk since the last return from it, which belongs to
    the next bout if the walk counts. `unseen_s` is the length of a natural break in which the
    program was down while the player of a routine may have gone on.
    """

    kind: BreakKind
    length: float
    began: float
    routine: str | None = None
    routine_name: str | None = None
    run: int = 0
    painted: bool = False
    awake_s: float = 0.0
    away_s: float = 0.0
    here_s: float = 0.0
    left: bool = False
    reminded: bool = False
    unseen_s: float = 0.0

    @property
    def on_foot(self) -> bool:
        """Whether it is a walk."""
        return self.kind is BreakKind.WALK

    @property
    def passed_s(self) -> float:
        """How much of it there was: a walk is seen as absence, a routine is told."""
        return self.away_s if self.on_foot else self.awake_s


class Tally(Struct, frozen=False):
    """What became of the day's prompts and breaks so far."""

    prompts: int = 0
    breaks: int = 0
    walks: int = 0
    natural: int = 0
    snoozes: int = 0
    skips: int = 0
    long_walks: list[str] = field(default_factory=list)


class SoreDay(Struct):
    """A day, from midnight to midnight, on which everything stays easy (B26).

    `areas` is what is sore, as far as the person has said.
    """

    day: date
    areas: tuple[str, ...] = ()


class EngineState(Struct, frozen=False):
    """The whole state of the engine, and the effects that the fact being handled has had so far.

    `day_ends` is a wall time. `threshold` is the missing input that the source should tell of.
    `reminded` has the at-desk seconds since each reminder last came up, by its name.
    `ready_since` is when only a gap in input was missing for the prompt that is due. `missed` is
    what today's last prompt suggested, where it was skipped or went without an answer.
    `recess_over` is the wall time up to which the person wants no pause that comes by itself.
    `heeded` names what the safety texts have been shown for, `looked_at` the settings of routines
    that were looked at for that. `offer_at` is when the next level may be offered (B26).
    """

    settings: Settings
    adviser: Adviser
    now: Moment
    ledger: Ledger
    bout: Bout
    presence: PresenceTracker
    office: Timetable = field(init=False)
    recess: Timetable = field(init=False)
    day_ends: float = field(init=False)
    told_holds: frozenset[HoldReason] = field(init=False)
    phase: Phase = Phase.COUNTING
    agenda: Agenda = field(default_factory=Agenda)
    meeting: Meeting = field(default_factory=Meeting)
    holds: Holds = field(default_factory=Holds)
    reminded: dict[str, float] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    past: Past = field(default_factory=Past)
    sore: SoreDay | None = None
    heeded: set[str] = field(default_factory=set)
    looked_at: Routines | None = None
    offer_at: float | None = None
    practice: Practice = field(default_factory=Practice)
    sensor: Sensor = field(default_factory=Sensor)
    pause: Pause | None = None
    recess_over: float | None = None
    active_break: ActiveBreak | None = None
    prompt: Prompt | None = None
    prompt_bout_s: float = 0.0
    prompt_kind: PromptKind = PromptKind.BREAK
    missed: Suggestion | None = None
    snoozed_until: float | None = None
    settled_at: float = 0.0
    ready_since: float | None = None
    reading: bool = False
    reading_until: float | None = None
    natural_given: bool = False
    running: bool = True
    meeting_s: float = 0.0
    last_prompt_id: int = 0
    last_run: int = 0
    threshold: float = 0.0
    out: list[Effect] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.look_at_timetables()
        self.told_holds = frozenset(hold.reason for hold in self.active_holds())

    @property
    def t(self) -> float:
        """The elapsed clock, now."""
        return self.now.elapsed

    @property
    def posture(self) -> Posture:
        """The posture as last told."""
        return self.bout.posture

    @property
    def in_recess(self) -> bool:
        """Whether a pause that comes by itself is on, and nobody has ended it."""
        kept = self.recess_over is None or self.now.has_reached(self.recess_over)
        return self.recess.inside and kept

    @property
    def quiet(self) -> bool:
        """Paused or off hours."""
        return self.pause is not None or self.in_recess or not self.office.inside

    @property
    def on_break(self) -> bool:
        """On a walk or in a routine."""
        return self.phase in ON_BREAK

    @property
    def here(self) -> bool:
        """At the desk, or unknown: whatever is not an absence."""
        return self.presence.away_since is None

    @property
    def sore_today(self) -> tuple[str, ...] | None:
        """The areas that are sore today; None if this is no sore day."""
        today = self.sore is not None and self.sore.day == self.now.local.date()
        return self.sore.areas if self.sore is not None and today else None

    def active_holds(self) -> list[Hold]:
        """What keeps prompts back right now."""
        return self.holds.active(self.settings)

    def cue(self, cue: Cue) -> None:
        """Let the table say what follows. Raises ImpossibleCueError."""
        self.phase = follow(self.phase, cue)
        self.ready_since = None

    def say(self, happening: Happening, ago: float = 0.0) -> None:
        """Something came to pass, now or so many seconds ago."""
        self.out.append(Happened(happening, self.now.before(ago) if ago else self.now))

    def notify(
        self, kind: NoticeKind, seconds: float = 0.0, text: str = "", level: int = 0, name: str = ""
    ) -> None:
        """Tell the person something by a quiet notification."""
        self.out.append(ShowNotice(Notice(kind, seconds, text, level, name)))

    def refuse(self, why: str) -> None:
        """The request changes nothing."""
        self.out.append(Refused(why))

    def withdraw(self, why: str | None) -> None:
        """Take the live prompt off the screen, if any; without a reason it was answered."""
        if self.prompt is None:
            return
        self.out.append(WithdrawPrompt(self.prompt.id))
        self.prompt = None
        if why is not None:
            self.say(PromptWithdrawn(why))

    def miss(self) -> None:
        """Nothing comes of the live prompt: keep what it suggested, until a break is taken."""
        if self.prompt is not None and self.prompt.suggestion is not None:
            self.missed = self.prompt.suggestion

    def end_bout(
        self, posture: Posture | None = None, *, carry: float = 0.0, ago: float = 0.0
    ) -> None:
        """The bout is over, now or so many seconds ago; the last `carry` of it begin the next."""
        length = round(self.bout.length - carry)
        if length > 0:
            self.say(BoutEnded(self.posture, length), ago)
        self.bout = Bout(posture or self.posture, carry)
        self.snoozed_until = None

    def settle(self, since: float | None = None) -> None:
        """Prompts wait a little from now, or from that time on (B7, B14)."""
        begin = self.t if since is None else since
        self.settled_at = max(self.settled_at, begin + self.settings.breaks.settle)

    def end_recess(self) -> None:
        """The pause that comes by itself is over for this time, if it is on."""
        ends = self.recess.changes_at or self.day_ends
        self.recess_over = ends if self.recess.inside else None

    def look_at_timetables(self) -> None:
        """Find out anew whether the office is open, and when the day of the ledger ends."""
        self.office = office_hours(self.settings.schedule, self.now)
        self.recess = timetable(self.settings.schedule.pause, self.now)
        tomorrow = self.ledger.day + timedelta(days=1)
        self.day_ends = start_of(tomorrow, self.now, self.settings.schedule.day_starts)

    def look_at_agenda(self) -> None:
        """Find out anew whether a calendar entry is on: prompts wait for its end (B14)."""
        was, self.meeting = self.meeting, self.agenda.at(self.now)
        if self.meeting.is_on:
            self.holds.begin(HoldReason.CALENDAR, self.meeting.title, self.t)
        elif was.is_on:
            self.holds.end(HoldReason.CALENDAR)
        self.tell_holds()

    def elapsed_at(self, wall: float | None) -> float | None:
        """Where the elapsed clock will be at a wall time, if nobody steps the wall clock."""
        return None if wall is None else self.now.elapsed_at(wall)

    def tell_holds(self) -> None:
        """Say which holds have come up and which are gone; after the last, prompts settle (B14)."""
        was, now = self.told_holds, frozenset(hold.reason for hold in self.active_holds())
        self.told_holds = now
        for reason in sorted(was - now):
            self.say(HoldOver(reason))
        for reason in sorted(now - was):
            self.say(HoldStarted(reason))
        if was and not now:
            self.settle()
