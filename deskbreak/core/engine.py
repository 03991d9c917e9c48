"""Facts go in with their time, intentions come out: the one door to the core.

`handle` lets time pass up to the moment of the fact (`timeline`), takes the fact (`handlers`,
`active_break`, `presence`), then follows every cue that the new state gives (`prompts`). It has
no clock, file, thread or device, so a month of office life is a function of a list of facts.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from deskbreak.core import active_break, events, handlers, levels, prompts, reminders, timeline
from deskbreak.core.effects import Effect, SaveState
from deskbreak.core.enums import HoldReason, Posture
from deskbreak.core.events import Fact, Sampled, Ticked
from deskbreak.core.ledger import Ledger
from deskbreak.core.moment import Moment
from deskbreak.core.phases import ImpossibleCueError, Phase
from deskbreak.core.presence import RETURN_THRESHOLD, PresenceTracker
from deskbreak.core.progress import Past
from deskbreak.core.schedule import Agenda
from deskbreak.core.snapshot import restore, save
from deskbreak.core.state import Adviser, Bout, EngineState
from deskbreak.core.status import Status, status_of
from deskbreak.settings.model import Settings
from deskbreak.struct import replace


class Engine:
    """What is true, and what should happen next."""

    def __init__(self, settings: Settings, adviser: Adviser, now: Moment) -> None:
        now = now.sensible
        self._desk = EngineState(
            settings=settings,
            adviser=adviser,
            now=now,
            ledger=Ledger.opened(now, settings.schedule.day_starts),
            bout=Bout(Posture.SITTING),
            presence=PresenceTracker(last_input=now.elapsed, last_sign=now.elapsed),
        )
        self._look_ahead()

    def handle(self, fact: Fact, now: Moment) -> list[Effect]:
        """Take a fact at its moment and say what should be done.

        A request that makes no sense now changes nothing and gives `Refused` with the reason.
        The elapsed clock does not run backwards; a moment before the last one is taken as that.
        """
        desk, now = self._desk, now.sensible
        if now.elapsed < desk.t:
            now = Moment(now.wall, desk.now.awake, desk.t, now.zone)
        if isinstance(fact, Sampled):
            desk.presence.hear(now.elapsed - fact.idle_s)
        timeline.advance(desk, now)
        handlers.notice_person(desk, fact)
        try:
            _TAKE[type(fact)](desk, fact)
        except ImpossibleCueError as refusal:
            desk.refuse(str(refusal))
        timeline.sit_anyway(desk)
        timeline.advance(desk, desk.now)  # what has become due at this very moment
        active_break.progress(desk)
        levels.look(desk)
        prompts.react(desk)
        timeline.advance(desk, desk.now)  # whoever let too many prompts pass is not there
        levels.react(desk)
        reminders.give_tip(desk)
        reminders.react(desk)
        self._look_ahead()
        effects, desk.out = desk.out, []
        return effects

    def restore(self, saved: Mapping[str, Any], now: Moment, *, same_clock: bool) -> list[Effect]:
        """Go on where a saved state ended (B9); `same_clock` if the elapsed clock did not restart.

        Raises ValueError for a state that does not fit together; nothing has changed then.
        """
        now = now.sensible
        desk = restore(saved, self._desk, now, same_clock=same_clock)
        self._desk = desk
        timeline.not_running(desk, now)
        if desk.phase is Phase.PROMPTED:
            prompts.compose(desk)
        active_break.find_player(desk)
        return self.handle(Ticked(), now)

    def keep(self) -> EngineState:
        """The state as it is now, for `go_back`; what never changes in place is shared."""
        desk = self._desk
        shared = (desk.settings, desk.looked_at, desk.adviser, desk.agenda, desk.past.plays)
        return deepcopy(desk, {id(one): one for one in shared})

    def go_back(self, kept: EngineState) -> None:
        """Forget what was half done when `handle` raised; time goes on from the kept state."""
        self._desk = kept

    def memory(self) -> dict[str, Any]:
        """Everything worth keeping over a restart, as plain values."""
        return save(self._desk)

    def next_moment(self) -> float:
        """Seconds from the last fact until the engine wants to be woken; always above zero."""
        desk = self._desk
        times = (
            timeline.next_boundary(desk),
            prompts.next_at(desk),
            levels.next_at(desk),
            reminders.tip_at(desk),
            reminders.next_at(desk),
            desk.presence.proof_at(desk.t, desk.settings.presence.bump_filter),
            desk.presence.doubtful_at(desk.t),
        )
        return max(0.0, min(at for at in times if at is not None) - desk.t)

    @property
    def idle_threshold(self) -> float:
        """The idle source should tell when input has been missing for so many seconds."""
        return self._desk.threshold

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._desk.settings

    @property
    def past(self) -> Past:
        """What is remembered of earlier routines."""
        return self._desk.past

    def recall(self, past: Past) -> None:
        """Take over what is known from elsewhere of earlier routines, where nothing is known."""
        if not self._desk.past.plays:
            self._desk.past = replace(past, level=self._desk.past.level)
            self._desk.past.known_at(self._desk.now.wall)

    def status(self) -> Status:
        """The picture for onlookers, as of the last fact."""
        return status_of(self._desk)

    def _look_ahead(self) -> None:
        """What the idle source should tell next, and what can no longer be dated back."""
        desk = self._desk
        desk.threshold = _threshold(desk)
        desk.ledger.confirm(desk.presence.certain_until)


def _threshold(desk: EngineState) -> float:
    breaks, away_after = desk.settings.breaks, float(desk.settings.presence.away_after)
    if not desk.here:
        return RETURN_THRESHOLD
    if desk.phase is Phase.WALKING:
        return min(active_break.STILL_THERE, away_after)
    waits = desk.phase is Phase.DUE or bool(reminders.late(desk))
    return min(float(breaks.typing_gap), away_after) if waits and breaks.typing_gap else away_after


def _sampled(desk: EngineState, fact: Sampled) -> None:
    filter_s = float(desk.settings.presence.bump_filter)
    idle_s = max(0.0, fact.idle_s)
    if desk.presence.is_awake(desk.t - idle_s):
        timeline.wake(desk)
    timeline.turned(desk, desk.presence.sampled(desk.t, idle_s, desk.threshold, filter_s))


def _ticked(desk: EngineState, _: Ticked) -> None:
    filter_s = float(desk.settings.presence.bump_filter)
    timeline.turned(desk, desk.presence.ticked(desk.t, desk.threshold, filter_s))


def _unlocked(desk: EngineState, _: events.Unlocked) -> None:
    timeline.turned(desk, desk.presence.unlock(desk.t))
    desk.settle()


def _sleeping(desk: EngineState, _: events.Sleeping) -> None:
    timeline.turned(desk, desk.presence.sleep(desk.t))
    desk.out.append(SaveState())


def _woke(desk: EngineState, _: events.Woke) -> None:
    if desk.presence.asleep:
        timeline.wake(desk)


def _hold_began(desk: EngineState, fact: events.HoldBegan) -> None:
    desk.holds.begin(fact.reason, fact.detail, desk.t)
    desk.tell_holds()


def _hold_ended(desk: EngineState, fact: events.HoldEnded) -> None:
    desk.holds.end(fact.reason)
    desk.tell_holds()


def _agenda_read(desk: EngineState, fact: events.AgendaRead) -> None:
    """Of a hold from before a restart the calendar knows best whether it is still on."""
    desk.agenda = Agenda.of(fact.entries)
    desk.meeting = replace(desk.meeting, is_on=HoldReason.CALENDAR in desk.holds.on)
    desk.look_at_agenda()


_TAKE: Mapping[type, Callable[[EngineState, Any], None]] = {
    Ticked: _ticked,
    Sampled: _sampled,
    events.IdleSourceFound: lambda d, f: d.presence.found(f.source, d.t),
    events.IdleSourceLost: lambda d, f: timeline.turned(d, d.presence.lost(f.why, d.t)),
    events.Locked: lambda d, _: timeline.turned(d, d.presence.lock(d.t)),
    events.Unlocked: _unlocked,
    events.Sleeping: _sleeping,
    events.Woke: _woke,
    events.HoldBegan: _hold_began,
    events.HoldEnded: _hold_ended,
    events.AgendaRead: _agenda_read,
    events.PromptAnswered: handlers.prompt_answered,
    events.BreakAsked: handlers.break_asked,
    events.DoneSaid: lambda d, _: active_break.say_done(d),
    events.PostureSet: handlers.posture_set,
    events.PostureSensed: handlers.posture_sensed,
    events.SensorLost: lambda d, _: handlers.sensor_lost(d),
    events.ReadingSet: handlers.reading_set,
    events.PauseAsked: handlers.pause_asked,
    events.ResumeAsked: lambda d, _: handlers.resume_asked(d),
    events.PlayerPainted: active_break.painted,
    events.PlayerEnded: active_break.ended,
    events.PlayerDied: active_break.died,
    events.FeedbackGiven: handlers.feedback_given,
    events.LevelOfferAnswered: levels.answered,
    events.LevelChosen: levels.chosen,
    events.SoreDaySet: handlers.sore_day_set,
    events.SettingsChanged: handlers.settings_changed,
}
"""What takes each kind of fact."""
