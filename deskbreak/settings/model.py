"""Every setting there is: its name, default, range and sentence. All else follows from this page.

A class is a table of config.toml, its docstring the table's sentence; `types` says how a value is
read, `load` reads files against it, `keys` walks it; default.toml, the manual and the JSON Schema
are made of it. Durations are seconds in code (`Duration` is a float), `30m` in files.
"""

from collections.abc import Iterator
from datetime import time

from deskbreak.settings.values import (
    AREAS,
    EVERY_DAY,
    HOOK_EVENTS,
    Area,
    Dates,
    Day,
    Duration,
    Escalation,
    Place,
    RecentPain,
    Shade,
    Style,
    Tag,
    number,
    setting,
    span,
    within,
)
from deskbreak.struct import Struct, field

_ARGUMENT = {"what": "an argument", "most": 4096}
_PROGRAM = {"what": "a program's name", "least": 1, "most": 200}


class Breaks(Struct):
    """When a break is due, what it is, and what happens when it is put off."""

    sit_limit: Duration = span("How long to sit before a break is due.", "30m", "1s", "24h", "5m")
    natural_break: Duration = span(
        "Being away this long counts as a break.", "2m", "1s", "4h", "1m"
    )
    heads_up: Duration = span(
        "How long before a prompt to announce it quietly (0s: not at all).", "0s", "0s", "1h"
    )
    walk: Duration = span("How long a walk is.", "5m", "1s", "2h", "1m")
    long_walk: Duration = span(
        "How long the walk after a meal or after meetings is.", "10m", "1s", "4h", "2m"
    )
    walk_share: float = number(
        "For how much of the day's breaks a walk comes first: 0 none, 1 all.", 0.5, 0, 1
    )
    snooze: tuple[Duration, ...] = setting(
        "The lengths of snooze on offer; the first is the one on the button.",
        tuple(map(Duration.parse, ("5m", "10m", "15m"))),
        each=within("1s", "4h", "1m"),
        fewest=1,
    )
    snooze_limit: int = number("How often you can snooze before one break.", 3, 0, 100)
    snoozes_a_day: int = number(
        "How many snoozes a day there are (0: as many as you like).", 0, 0, 1000
    )
    skips_a_day: int = number(
        "How many skips a day there are (0: as many as you like).", 0, 0, 1000
    )
    after_skip: Duration = span("How much more sitting a skip allows.", "15m", "1s", "8h", "1m")
    repeat_every: Duration = span(
        "When a prompt without an answer comes again.", "5m", "1s", "4h", "1m"
    )
    typing_gap: Duration = span(
        "The gap in typing and clicking that a prompt waits for (0s: none).",
        "3s",
        "0s",
        "5m",
        unit="s",
    )
    polite_wait: Duration = span(
        "How long a prompt waits for such a gap at most (0s: not at all).", "1m", "0s", "1h"
    )
    settle: Duration = span(
        "Quiet time after coming back, unlocking or waking.", "30s", "0s", "1h", unit="s"
    )
    escalate: Escalation = setting(
        "What the prompt becomes after three without an answer: no louder, an urgent "
        "notification, or an overlay on the screen that Esc closes.",
        "urgent",
    )


class Presence(Struct):
    """How deskbreak tells whether you are at the desk."""

    away_after: Duration = span(
        "Without input for this long you count as away, dated back to the last input.",
        "1m",
        "1s",
        "1h",
        "20s",
    )
    bump_filter: Duration = span(
        "Input shorter than this does not end an absence (a nudged mouse).",
        "3s",
        "0s",
        "5m",
        unit="s",
    )
    count_inhibitors: bool = setting(
        "Count as seated while a video plays or a program keeps the screen awake.", True
    )
    seated_longest: Duration = span(
        "Without input for this long you count as gone, whatever plays, calls or was said.",
        "2h",
        "1m",
        "24h",
        "30m",
    )
    source: str = setting(
        "Where idle time is read.",
        "auto",
        what="auto, or a source that `deskbreak doctor` names",
        most=40,
        pattern=r"^[a-z][a-z0-9_-]*$",
    )


class Hold(Struct):
    """What a due prompt waits for. Sitting goes on counting meanwhile."""

    calls: bool = setting("Wait while the microphone is in use.", True)
    camera: bool = setting("Wait while the camera is in use.", True)
    screen_share: bool = setting("Wait while the screen is shared or recorded.", True)
    fullscreen: bool = setting("Wait while a window fills the screen.", True)
    do_not_disturb: bool = setting("Wait while do-not-disturb is on.", True)
    calendar: bool = setting("Wait during entries of the calendar files.", True)
    apps: tuple[str, ...] = setting(
        "Wait while one of these programs is in front.",
        (),
        each=_PROGRAM,
        unique=True,
    )
    not_calls: tuple[str, ...] = setting(
        "Programs that use the microphone or camera without a call: dictation, voice control.",
        (),
        each=_PROGRAM,
        unique=True,
    )
    longest: Duration = span(
        "After waiting this long a prompt comes anyway.", "2h", "1s", "24h", "5m"
    )


class Standing(Struct):
    """For a desk that goes up and down."""

    enabled: bool = setting("Alternate between sitting and standing.", False)
    sit_for: Duration = span(
        "How long to sit before standing up is suggested.", "30m", "1s", "24h", "5m"
    )
    stand_for: Duration = span(
        "How long to stand before sitting or moving is suggested.", "15m", "1s", "24h", "2m"
    )
    warn_after: Duration = span(
        "From here on the prompt says that standing is tiring, too.", "40m", "1s", "24h", "5m"
    )
    daily_target: Duration = span(
        "Time standing to aim for in a day (0s: none).", "2h", "0s", "16h", "5m"
    )
    forget_after: Duration = span(
        "After an absence this long you count as sitting.", "4h", "1s", "24h", "10m"
    )
    sensor: tuple[str, ...] = setting(
        "A program that prints sitting, standing or unknown, a word a line, as a list.",
        (),
        each=_ARGUMENT,
        lone=False,
    )
    build_up: Duration = span(
        "How much longer you stand at each step of building up (0s: no longer).", "0s", "0s", "1h"
    )
    build_up_days: int = number("How many days with standing make one such step.", 5, 1, 365)
    build_up_to: Duration = span("Where building up stops growing.", "30m", "1s", "4h", "2m")

    def stand_for_after(self, days: int) -> float:
        """How long to stand, in seconds, when standing was used on that many earlier days."""
        grown = self.stand_for + self.build_up * (days // self.build_up_days)
        return max(self.stand_for, min(grown, self.build_up_to))


class Hours(Struct, kw_only=True):
    """A window in which deskbreak is on; it may cross midnight.

    It belongs to the day it begins on. Midnight to midnight (`00:00`, `24:00`) is the whole day.
    """

    days: tuple[Day, ...] = setting("The days it begins on.", EVERY_DAY, fewest=1, unique=True)
    begins: time = setting("When it begins.", name="from")
    ends: time = setting("When it ends.", name="to", until_24=True)

    def contradictions(self) -> Iterator[tuple[str, str]]:
        """Each key that does not go with the others, and what would."""
        if self.begins == self.ends != time(0):
            yield "to", 'another time than from; "00:00" to "24:00" is the whole day'


class Recess(Hours, kw_only=True):
    """A pause that comes by itself at the same time of the day; it may cross midnight."""


class Schedule(Struct):
    """Times of the day, as 24-hour clock readings."""

    day_starts: time = setting("When a new day begins, for statistics and balances.", time(4))
    meals: tuple[time, ...] = setting(
        "When meals begin; a long walk is suggested after.", (), unique=True
    )
    hours: tuple[Hours, ...] = setting("When deskbreak is on; without any, always.", ())
    pause: tuple[Recess, ...] = setting("When it pauses by itself, such as over lunch.", ())
    holidays: tuple[Dates, ...] = setting(
        "Days on which it is off; hours over midnight belong to the day they begin on.", ()
    )


class Routines(Struct):
    """Which routines suit you and how they are played. All of it stays on this computer."""

    places: tuple[Place, ...] = setting(
        "Where you can move.", ("desk", "standing", "walk"), unique=True
    )
    level: int = number("1 gentle, 2 moderate, 3 strong.", 1, 1, 3)
    weights: dict[str, float] = setting(
        "How much an area matters to you: 0 leaves it out, 3 is most.",
        {},
        each={"least": 0, "most": 3},
        names=AREAS,
    )
    avoid: tuple[str, ...] = setting(
        "Exercises to leave out.",
        (),
        each={"what": "an exercise's id", "most": 80, "pattern": r"^[a-z0-9][a-z0-9_-]*$"},
        unique=True,
    )
    avoid_if: tuple[Tag, ...] = setting(
        "What to be careful with; exercises that ask too much of it are left out.", (), unique=True
    )
    sore: tuple[Area, ...] = setting("Areas that only gentle exercises may load.", (), unique=True)
    recent_pain: RecentPain = setting(
        "Since when your back hurts; below six weeks there are only walks and easy movements.",
        "none",
    )
    style: Style = setting("Prefer moving (dynamic) or holding (static).", "dynamic")
    sound: bool = setting("Chimes in the player.", True)
    voice: bool = setting("Spoken cues in the player.", False)
    seed: int = number(
        "Another number, another order of routines that suit as well.", 0, 0, 2**31 - 1
    )


class Goals(Struct):
    """What to aim for in a day; 0 is no goal. Statistics and the weekly note say how it went."""

    walk: Duration = span("Time on walks.", "0s", "0s", "16h", "5m")
    breaks: int = number("Breaks, those of your own accord included.", 0, 0, 200)
    standing: Duration = span("Time standing.", "0s", "0s", "16h", "5m")


class History(Struct):
    """The record of your sitting days, which stays on this computer."""

    keep: Duration = span(
        "How long to keep a day, in whole days such as 365d (0s: forever).",
        "0s",
        "0s",
        "36500d",
        unit="d",
    )


class Calendar(Struct):
    """Calendars to keep clear of."""

    files: tuple[str, ...] = setting(
        "Calendar files (.ics) and folders of them on this computer.",
        (),
        each={"what": "a path", "least": 1, "most": 4096},
        unique=True,
    )


class Reminder(Struct):
    """A reminder beside the main one, on time at the desk; as many as you like."""

    name: str = setting("Its name, each one once.", what="a name", most=60, least=1)
    every: Duration = span("How often, in time at the desk.", "", "1s", "24h", "1m")
    length: Duration = span("How long it takes (0s: no time of its own).", "0s", "0s", "1h")
    text: str = setting("What it says (empty: its name).", "", what="a sentence", most=400)


class Tray(Struct):
    """The icon in the panel."""

    countdown: bool = setting("Show the minutes left beside the icon.", False)
    icon: Shade = setting(
        "In colours for any panel (auto), or in one colour for a light or a dark one.", "auto"
    )


class Ui(Struct):
    """Windows and notes."""

    theme: Shade = setting("Light, dark, or the desktop's.", "auto")
    text_scale: float = number("The size of text; 1 is normal.", 1.0, 0.5, 4)
    reduce_motion: bool = setting("Still pictures instead of moving ones.", False)
    set_up_tip: bool = setting("A tip, once, about the height of chair, screen and desk.", True)
    weekly_note: bool = setting(
        "A note on the first morning of a week: what went well, and one idea.", False
    )


class Settings(Struct):
    """Every setting. An empty file is a valid one."""

    preset: str = setting(
        "The preset underneath your own settings; +gentle-start may follow, as in "
        "hourly+gentle-start.",
        "balanced",
        what="a preset that `deskbreak config presets` lists",
        most=120,
        pattern=r"^[a-z0-9][a-z0-9-]*([+][a-z0-9][a-z0-9-]*)*$",
    )
    breaks: Breaks = Breaks()
    presence: Presence = Presence()
    hold: Hold = Hold()
    standing: Standing = Standing()
    schedule: Schedule = Schedule()
    routines: Routines = field(default_factory=Routines)
    goals: Goals = Goals()
    history: History = History()
    calendar: Calendar = Calendar()
    reminder: tuple[Reminder, ...] = setting("Reminders beside the main one.", (), unique="name")
    hooks: dict[str, tuple[str, ...]] = setting(
        "Programs to run at an event, as argument lists; no shell is involved, and the "
        "event comes as JSON on standard input.",
        {},
        each={"fewest": 1, "each": _ARGUMENT, "lone": False},
        names=HOOK_EVENTS,
    )
    tray: Tray = Tray()
    ui: Ui = Ui()
