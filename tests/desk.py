"""A desk for tests that speaks the language of its user and jumps over the hours.

    desk = Desk("breaks.sit_limit=20m")
    desk.works("20m")
    desk.finds("20m prompt bout_s=1200")
    desk.answers("walk").leaves("5m")

`finds` compares the whole log since the last one, both ways: what is missing fails, and so does
what was not expected. Unless a test says otherwise prompts do not wait for a gap in typing.
"""

from collections.abc import Iterable
from datetime import datetime, time, tzinfo
from difflib import ndiff
from typing import Any, Self
from zoneinfo import ZoneInfo

from deskbreak.core.effects import Effect, Prompt, SetLevel, Suggestion
from deskbreak.core.enums import Answer, BreakKind, Feedback, HoldReason, PauseKind, Posture
from deskbreak.core.events import (
    BreakAsked,
    DoneSaid,
    Fact,
    FeedbackGiven,
    LevelChosen,
    LevelOfferAnswered,
    PauseAsked,
    PlayerDied,
    PlayerEnded,
    PostureSensed,
    PostureSet,
    PromptAnswered,
    ReadingSet,
    ResumeAsked,
    SensorLost,
    SettingsChanged,
    SoreDaySet,
)
from deskbreak.core.moment import Moment, local_datetime
from deskbreak.core.state import Adviser, Situation
from deskbreak.core.status import BreakStatus, Status
from deskbreak.settings.keys import parse_value
from deskbreak.settings.load import merged
from deskbreak.settings.model import Settings
from deskbreak.settings.tables import table_of
from deskbreak.settings.values import Duration
from deskbreak.simulate.values import Written
from deskbreak.simulate.world import Seen, World

MONDAY = "2026-03-02 09:00"
BERLIN = ZoneInfo("Europe/Berlin")
UTC = ZoneInfo("UTC")

ROUTINE_S = 120.0


class PlainAdviser:
    """Knows one routine of two minutes, and what it was last asked."""

    def __init__(self, *, knows: bool = True) -> None:
        self.knows = knows
        self.asked: list[Situation] = []

    def stretch(self, situation: Situation, settings: Settings) -> Suggestion | None:
        """That routine; a walk where it knows none."""
        self.asked.append(situation)
        walk = Suggestion(BreakKind.WALK, float(settings.breaks.walk))
        return self.named("reach", settings) or walk

    def named(self, routine: str, settings: Settings) -> Suggestion | None:
        """That routine, if it is called by its name."""
        known = self.knows and routine == "reach"
        return Suggestion(BreakKind.STRETCH, ROUTINE_S, "reach", "Reach up") if known else None


def seconds(length: str | float) -> float:
    """`1h30m` in seconds; a number is seconds already."""
    return float(Duration.parse(length)) if isinstance(length, str) else float(length)


def settings_of(*words: str, base: Settings | None = None) -> Settings:
    """Settings from `key=value` in words, as on the command line; no waiting for gaps in typing."""
    root = table_of(Settings)
    values: dict[str, Any] = {"breaks": {"typing_gap": Duration(0)}}
    if base is not None:
        values = root.read(root.plain(base), (), [])
    for word in words:
        key, value = word.split("=", 1)
        tree: Any = parse_value(key.strip(), value.strip())
        for part in reversed(key.strip().split(".")):
            tree = {part: tree}
        values = merged(values, tree)
    built: Settings = root.build(values)
    return built


def moment(at: str = MONDAY, zone: tzinfo = UTC, clock: float = 1_000_000.0) -> Moment:
    """A moment on all three clocks; the awake one is behind, since the machine has slept before."""
    wall = local_datetime(datetime.fromisoformat(at), zone).timestamp()
    return Moment(wall, clock - 40_000.0, clock, zone)


class Desk:
    """A simulated day. Every verb lets the time pass that it takes, and returns the desk."""

    def __init__(
        self,
        *settings: str,
        at: str = MONDAY,
        zone: tzinfo = UTC,
        adviser: Adviser | None = None,
        **world: Any,
    ) -> None:
        self.adviser: Any = adviser or PlainAdviser()
        self.world = World(settings_of(*settings), self.adviser, moment(at, zone), **world)
        self._told = 0

    # time, and the hands on the keyboard

    def waits(self, length: str | float) -> Self:
        """Time passes; whoever types types on, whoever is away stays away."""
        self.world.run_until(self.world.t + seconds(length))
        return self

    def works(self, length: str | float) -> Self:
        """Types without pause for so long."""
        self.world.input_starts()
        return self.waits(length)

    def rests(self, length: str | float) -> Self:
        """Takes the hands off for so long."""
        self.world.input_stops()
        return self.waits(length)

    def leaves(self, length: str | float) -> Self:
        """Is away for so long, and types again."""
        self.rests(length)
        self.world.input_starts()
        return self

    def nudges(self, length: str | float = 1) -> Self:
        """Gives input for so long, with everything else as it was."""
        self.world.input_for(seconds(length))
        return self.waits(length)

    def locks(self, length: str | float) -> Self:
        """Locks the screen for so long."""
        self.world.lock()
        self.waits(length)
        self.world.unlock()
        return self

    def sleeps(self, length: str | float, *, announced: bool = True) -> Self:
        """The machine sleeps for so long."""
        self.world.sleep(seconds(length), announced=announced)
        return self.waits(length)

    # what the person says

    def answers(self, answer: str, length: str | None = None, prompt: int | None = None) -> Self:
        """Answers the prompt."""
        snooze = None if length is None else seconds(length)
        self.world.tell(PromptAnswered(Answer(answer), prompt, snooze))
        return self

    def asks(self, kind: str | None = None, routine: str | None = None) -> Self:
        """Wants a break now."""
        wanted = None if kind is None else BreakKind(kind)
        self.world.tell(BreakAsked(wanted, routine))
        return self

    def makes_up(self) -> Self:
        """Wants the break that the last prompt suggested in vain."""
        self.world.tell(BreakAsked(missed=True))
        return self

    def says_done(self) -> Self:
        """Says that the break is over."""
        self.world.tell(DoneSaid())
        return self

    def says(self, posture: str) -> Self:
        """Says `sitting` or `standing`."""
        self.world.tell(PostureSet(Posture(posture)))
        return self

    def reads(self, on: bool = True, length: str | None = None) -> Self:
        """Sits here without typing, for so long if they say so, or no longer."""
        self.world.tell(ReadingSet(on, None if length is None else seconds(length)))
        return self

    def pauses(self, until: str = "") -> Self:
        """Pauses for `30m`, until `17:00`, `today`, or until resumed."""
        if not until:
            fact = PauseAsked(PauseKind.OPEN)
        elif until == "today":
            fact = PauseAsked(PauseKind.TODAY)
        elif ":" in until:
            fact = PauseAsked(PauseKind.UNTIL, until=time.fromisoformat(until))
        else:
            fact = PauseAsked(PauseKind.FOR, for_s=seconds(until))
        self.world.tell(fact)
        return self

    def resumes(self) -> Self:
        """Ends the pause."""
        self.world.tell(ResumeAsked())
        return self

    def judges(self, feedback: str, exercise: str | None = None) -> Self:
        """Says how the routine was."""
        last = self.world.engine.past.started[-1:] or ["reach"]
        self.world.tell(FeedbackGiven(last[0], Feedback(feedback), exercise))
        return self

    def chooses_level(self, level: int) -> Self:
        """Chooses a level; what then should be written into the settings is."""
        return self._as_written(LevelChosen(level))

    def answers_the_offer(self, level: int, *, yes: bool) -> Self:
        """Takes the next level, or declines it."""
        return self._as_written(LevelOfferAnswered(level, yes))

    def _as_written(self, fact: Fact) -> Self:
        for effect in self.world.tell(fact):
            if isinstance(effect, SetLevel):
                self.sets(f"routines.level={effect.level}")
        return self

    def is_sore(self, *areas: str, on: bool = True) -> Self:
        """Says that today is a sore day, or no longer."""
        self.world.tell(SoreDaySet(on, areas))
        return self

    def sets(self, *words: str) -> Self:
        """Changes settings."""
        self.world.tell(SettingsChanged(settings_of(*words, base=self.world.engine.settings)))
        return self

    # what the machine says

    def senses(self, posture: str | None) -> Self:
        """A desk sensor reads `sitting` or `standing`, or (None) cannot tell any more."""
        self.world.tell(SensorLost() if posture is None else PostureSensed(Posture(posture)))
        return self

    def holds(self, reason: str = "call") -> Self:
        """A reason to wait comes up."""
        self.world.hold(HoldReason(reason))
        return self

    def releases(self, reason: str = "call") -> Self:
        """A reason to wait is gone."""
        self.world.release(HoldReason(reason))
        return self

    def plays(self, share: float = 1.0, step: tuple[int, int] = (0, 0)) -> Self:
        """The player reports that so much of the routine was done."""
        self.world.tell(PlayerEnded(self.world.run, share, *step))
        return self

    def player_dies(self, share: float = 0.0, step: tuple[int, int] = (0, 0)) -> Self:
        """The player is gone without a report."""
        self.world.tell(PlayerDied(self.world.run, "killed", share, *step))
        return self

    def plans(self, *entries: str) -> Self:
        """The calendar has these entries from now on: `10:00-11:00 Review`, times of that day."""
        written = []
        for entry in entries:
            times, _, title = entry.partition(" ")
            begins, ends = map(time.fromisoformat, times.split("-"))
            written.append(Written(begins, ends, title).on(self.world.now))
        self.world.read_calendar(tuple(written))
        return self

    def restarts(self, down: str | float = 0, **how: Any) -> Self:
        """The program is gone for so long."""
        self.world.restart(seconds(down), **how)
        return self

    # what there is to see

    @property
    def status(self) -> Status:
        """What is going on."""
        return self.world.engine.status()

    @property
    def prompt(self) -> Prompt:
        """The prompt that is shown."""
        prompt = self.status.prompt
        assert prompt is not None, "no prompt is shown"
        return prompt

    @property
    def break_(self) -> BreakStatus:
        """The break that is going on."""
        break_ = self.status.break_
        assert break_ is not None, "no break is going on"
        return break_

    @property
    def bout(self) -> float:
        """The length of the bout in whole seconds."""
        return round(self.status.bout.length_s)

    @property
    def state(self) -> str:
        """The one word for what is going on."""
        return self.status.state.value

    @property
    def ledger(self) -> dict[str, int]:
        """The parts of the day that are not nothing."""
        return {part: s for part, s in self.status.today.ledger.items() if s}

    @property
    def t(self) -> float:
        """Seconds since the start."""
        return self.world.t

    @property
    def refusal(self) -> str | None:
        """What the last request was refused with, if it was refused just now."""
        said = self.world.refusals
        return said[-1][1] if said and said[-1][0] == self.world.t else None

    def effects(self, kind: type[Effect]) -> list[Any]:
        """What the engine has asked for so far, of one kind."""
        return [effect for _, effect in self.world.effects if isinstance(effect, kind)]

    def log(self) -> list[Seen]:
        """Everything that happened, in the order of time."""
        return sorted(self.world.log, key=lambda seen: seen.t)

    def events(self, *names: str) -> list[str]:
        """Events of these names so far, as `30m prompt`."""
        return [_line(seen, ()) for seen in self.log() if seen.happening.event in names]

    def finds(self, *lines: str) -> Self:
        """Since the last look exactly this happened: `30m prompt bout_s=1800`, one a line.

        Only the values that a line names are compared.
        """
        news = self.world.log[self._told :]
        self._told = len(self.world.log)
        news.sort(key=lambda seen: seen.t)
        wanted = [line.split() for text in lines for line in text.splitlines() if line.strip()]
        keys = [[word.split("=")[0] for word in line[2:]] for line in wanted]
        keys += [[]] * (len(news) - len(keys))
        found = [_line(seen, names) for seen, names in zip(news, keys, strict=False)]
        expected = [" ".join([_clock(line[0]), *line[1:]]) for line in wanted]
        assert found == expected, "\n" + "\n".join(ndiff(expected, found))
        return self

    def forgets(self) -> Self:
        """What happened so far is not the point."""
        self._told = len(self.world.log)
        return self


def when(length: str | float, event: str) -> str:
    """A line as `events` has it, whatever way the time is written."""
    return f"{_clock(length)} {event}"


def _clock(length: str | float) -> str:
    return Duration(seconds(length)).text


def _line(seen: Seen, keys: Iterable[str]) -> str:
    said = seen.happening.as_dict()
    values = [f"{key}={_value(said.get(key))}" for key in keys]
    return " ".join([Duration(round(seen.t)).text, seen.happening.event, *values])


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(str(item) for item in value)
    return str(value).replace(" ", "_")
