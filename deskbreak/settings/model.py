"""Every setting there is: its name, default, range and sentence. All else follows from this page.

A class is a table of config.toml, its docstring the table's sentence; `types` says how a value is
read, `load` reads files against it, `keys` walks it; default.toml, the manual and the JSON Schema
are made of it. Durations are seconds in code (`Duration` is a float), `30m` in files.
"""

from collections.abc import Iterator
from datetime import time
from typing import Annotated

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
    says,
    span,
    words,
)
from deskbreak.struct import Struct, field


def _d(written: str) -> Duration:
    return Duration.parse(written)


class Breaks(Struct):
    """When a break is due, what it is, and what happens when it is put off."""

    sit_limit: Annotated[
        Duration, span("How long to sit before a break is due.", "1s", "24h", "5m")
    ] = _d("30m")
    natural_break: Annotated[
        Duration, span("Being away this long counts as a break.", "1s", "4h", "1m")
    ] = _d("2m")
    heads_up: Annotated[
        Duration,
        span("How long before a prompt to announce it quietly (0s: not at all).", "0s", "1h"),
    ] = _d("0s")
    walk: Annotated[Duration, span("How long a walk is.", "1s", "2h", "1m")] = _d("5m")
    long_walk: Annotated[
        Duration, span("How long the walk after a meal or after meetings is.", "1s", "4h", "2m")
    ] = _d("10m")
    walk_share: Annotated[
        float,
        number("For how much of the day's breaks a walk comes first: 0 none, 1 all.", 0, 1),
    ] = 0.5
    snooze: Annotated[
        tuple[Annotated[Duration, span("", "1s", "4h", "1m")], ...],
        says("The lengths of snooze on offer; the first is the one on the button.", fewest=1),
    ] = (_d("5m"), _d("10m"), _d("15m"))
    snooze_limit: Annotated[int, number("How often you can snooze in one bout.", 0, 100)] = 3
    snoozes_a_day: Annotated[
        int, number("How many snoozes a day there are (0: as many as you like).", 0, 1000)
    ] = 0
    skips_a_day: Annotated[
        int, number("How many skips a day there are (0: as many as you like).", 0, 1000)
    ] = 0
    after_skip: Annotated[
        Duration, span("How much more sitting a skip allows.", "1s", "8h", "1m")
    ] = _d("15m")
    repeat_every: Annotated[
        Duration, span("When a prompt without an answer comes again.", "1s", "4h", "1m")
    ] = _d("5m")
    typing_gap: Annotated[
        Duration,
        span("The gap in typing and clicking that a prompt waits for (0s: none).", "0s", "5m"),
    ] = _d("3s")
    polite_wait: Annotated[
        Duration,
        span("How long a prompt waits for such a gap at most (0s: not at all).", "0s", "1h"),
    ] = _d("1m")
    settle: Annotated[
        Duration, span("Quiet time after coming back, unlocking or waking.", "0s", "1h")
    ] = _d("30s")
    escalate: Annotated[
        Escalation,
        says(
            "What the prompt becomes after three without an answer: no louder, an urgent "
            "notification, or an overlay on the screen that Esc closes."
        ),
    ] = "urgent"


class Presence(Struct):
    """How deskbreak tells whether you are at the desk."""

    away_after: Annotated[
        Duration,
        span(
            "Without input for this long you count as away, dated back to the last input.",
            "1s",
            "1h",
            "20s",
        ),
    ] = _d("1m")
    bump_filter: Annotated[
        Duration,
        span("Input shorter than this does not end an absence (a nudged mouse).", "0s", "5m"),
    ] = _d("3s")
    count_inhibitors: Annotated[
        bool, says("Count as seated while a video plays or a program keeps the screen awake.")
    ] = True
    seated_longest: Annotated[
        Duration,
        span(
            "Without input for this long you count as gone, whatever plays, calls or was said.",
            "1m",
            "24h",
            "30m",
        ),
    ] = _d("2h")
    source: Annotated[
        str,
        words(
            "Where idle time is read.",
            "auto, or a source that `deskbreak doctor` names",
            pattern=r"^[a-z][a-z0-9_-]*$",
            most=40,
        ),
    ] = "auto"


class Hold(Struct):
    """What a due prompt waits for. Sitting goes on counting meanwhile."""

    calls: Annotated[bool, says("Wait while the microphone is in use.")] = True
    camera: Annotated[bool, says("Wait while the camera is in use.")] = True
    screen_share: Annotated[bool, says("Wait while the screen is shared or recorded.")] = True
    fullscreen: Annotated[bool, says("Wait while a window fills the screen.")] = True
    do_not_disturb: Annotated[bool, says("Wait while do-not-disturb is on.")] = True
    calendar: Annotated[bool, says("Wait during entries of the calendar files.")] = True
    apps: Annotated[
        tuple[Annotated[str, words("", "a program's name", least=1, most=200)], ...],
        says("Wait while one of these programs is in front.", unique=True),
    ] = ()
    not_calls: Annotated[
        tuple[Annotated[str, words("", "a program's name", least=1, most=200)], ...],
        says(
            "Programs that use the microphone or camera without a call: dictation, voice control.",
            unique=True,
        ),
    ] = ()
    longest: Annotated[
        Duration, span("After waiting this long a prompt comes anyway.", "1s", "24h", "5m")
    ] = _d("2h")


class Standing(Struct):
    """For a desk that goes up and down."""

    enabled: Annotated[bool, says("Alternate between sitting and standing.")] = False
    sit_for: Annotated[
        Duration, span("How long to sit before standing up is suggested.", "1s", "24h", "5m")
    ] = _d("30m")
    stand_for: Annotated[
        Duration,
        span("How long to stand before sitting or moving is suggested.", "1s", "24h", "2m"),
    ] = _d("15m")
    warn_after: Annotated[
        Duration,
        span("From here on the prompt says that standing is tiring, too.", "1s", "24h", "5m"),
    ] = _d("40m")
    daily_target: Annotated[
        Duration, span("Time standing to aim for in a day (0s: none).", "0s", "16h")
    ] = _d("2h")
    forget_after: Annotated[
        Duration, span("After an absence this long you count as sitting.", "1s", "24h", "10m")
    ] = _d("4h")
    sensor: Annotated[
        tuple[Annotated[str, words("", "an argument", most=4096)], ...],
        says("A program that prints sitting, standing or unknown, a word a line, as a list."),
    ] = ()
    build_up: Annotated[
        Duration,
        span("How much stand_for grows at each step of building up (0s: not).", "0s", "1h"),
    ] = _d("0s")
    build_up_days: Annotated[
        int, number("How many days with standing make one such step.", 1, 365)
    ] = 5
    build_up_to: Annotated[Duration, span("Where building up stops growing.", "1s", "4h", "2m")] = (
        _d("30m")
    )

    def stand_for_after(self, days: int) -> float:
        """How long to stand, in seconds, when standing was used on that many earlier days."""
        grown = self.stand_for + self.build_up * (days // self.build_up_days)
        return max(self.stand_for, min(grown, self.build_up_to))


class Hours(Struct, kw_only=True):
    """A window in which deskbreak is on; it may cross midnight.

    It belongs to the day it begins on. Midnight to midnight (`00:00`, `24:00`) is the whole day.
    """

    days: Annotated[tuple[Day, ...], says("The days it begins on.", fewest=1, unique=True)] = (
        EVERY_DAY
    )
    begins: Annotated[time, says("When it begins.", name="from")]
    ends: Annotated[time, says("When it ends.", name="to", until_24=True)]

    def contradictions(self) -> Iterator[tuple[str, str]]:
        """Each key that does not go with the others, and what would."""
        if self.begins == self.ends != time(0):
            yield "to", 'another time than from; "00:00" to "24:00" is the whole day'


class Recess(Hours, kw_only=True):
    """A pause that comes by itself at the same time of the day; it may cross midnight."""


class Schedule(Struct):
    """Times of the day, as 24-hour clock readings."""

    day_starts: Annotated[time, says("When a new day begins, for statistics and balances.")] = time(
        4
    )
    meals: Annotated[
        tuple[time, ...], says("When meals begin; a long walk is suggested after.", unique=True)
    ] = ()
    hours: Annotated[tuple[Hours, ...], says("When deskbreak is on; without any, always.")] = ()
    pause: Annotated[tuple[Recess, ...], says("When it pauses by itself, such as over lunch.")] = ()
    holidays: Annotated[
        tuple[Dates, ...],
        says("Days on which it is off; hours over midnight belong to the day they begin on."),
    ] = ()


class Routines(Struct):
    """Which routines suit you and how they are played. All of it stays on this computer."""

    places: Annotated[tuple[Place, ...], says("Where you can move.", unique=True)] = (
        "desk",
        "standing",
        "walk",
    )
    level: Annotated[int, number("1 gentle, 2 moderate, 3 strong.", 1, 3)] = 1
    weights: Annotated[
        dict[str, Annotated[float, number("", 0, 3)]],
        says("How much an area matters to you: 0 leaves it out, 3 is most.", names=AREAS),
    ] = field(default_factory=dict)
    avoid: Annotated[
        tuple[
            Annotated[
                str, words("", "an exercise's id", pattern=r"^[a-z0-9][a-z0-9_-]*$", most=80)
            ],
            ...,
        ],
        says("Exercises to leave out.", unique=True),
    ] = ()
    avoid_if: Annotated[
        tuple[Tag, ...],
        says("What to be careful with; exercises with such a tag are left out.", unique=True),
    ] = ()
    sore: Annotated[
        tuple[Area, ...], says("Areas that only gentle exercises may load.", unique=True)
    ] = ()
    recent_pain: Annotated[
        RecentPain,
        says("Back pain now, since when; under_6_weeks means walks and easy movements only."),
    ] = "none"
    style: Annotated[Style, says("Prefer moving (dynamic) or holding (static).")] = "dynamic"
    sound: Annotated[bool, says("Chimes in the player.")] = True
    voice: Annotated[bool, says("Spoken cues in the player.")] = False
    seed: Annotated[
        int,
        number("Another number, another order of routines that suit as well.", 0, 2**31 - 1),
    ] = 0


class Goals(Struct):
    """What to aim for in a day; 0 is no goal. Statistics and the weekly note say how it went."""

    walk: Annotated[Duration, span("Time on walks.", "0s", "16h")] = _d("0s")
    breaks: Annotated[int, number("Breaks, those of your own accord included.", 0, 200)] = 0
    standing: Annotated[Duration, span("Time standing.", "0s", "16h")] = _d("0s")


class History(Struct):
    """The record of your sitting days, which stays on this computer."""

    keep: Annotated[
        Duration,
        span("How long to keep a day, in whole days such as 365d (0s: forever).", "0s", "36500d"),
    ] = _d("0s")


class Calendar(Struct):
    """Calendars to keep clear of."""

    files: Annotated[
        tuple[Annotated[str, words("", "a path", least=1, most=4096)], ...],
        says("Calendar files (.ics) and folders of them on this computer.", unique=True),
    ] = ()


class Reminder(Struct):
    """A reminder beside the main one, on time at the desk; as many as you like."""

    name: Annotated[str, words("Its name, each one once.", "a name", least=1, most=60)]
    every: Annotated[Duration, span("How often, in time at the desk.", "1s", "24h", "1m")]
    length: Annotated[Duration, span("How long it takes (0s: no time of its own).", "0s", "1h")] = (
        _d("0s")
    )
    text: Annotated[str, words("What it says (empty: its name).", "a sentence", most=400)] = ""


class Tray(Struct):
    """The icon in the panel."""

    countdown: Annotated[bool, says("Show the minutes left beside the icon.")] = False
    icon: Annotated[
        Shade, says("In colours for any panel (auto), or in one colour for a light or a dark one.")
    ] = "auto"


class Ui(Struct):
    """Windows and notes."""

    theme: Annotated[Shade, says("Light, dark, or the desktop's.")] = "auto"
    text_scale: Annotated[float, number("The size of text; 1 is normal.", 0.5, 4)] = 1.0
    reduce_motion: Annotated[bool, says("Still pictures instead of moving ones.")] = False
    set_up_tip: Annotated[
        bool, says("A tip, once, about the height of chair, screen and desk.")
    ] = True
    weekly_note: Annotated[
        bool, says("A note on the first morning of a week: what went well, and one idea.")
    ] = False


class Settings(Struct):
    """Every setting. An empty file is a valid one."""

    preset: Annotated[
        str,
        words(
            "The preset underneath your own settings; +gentle-start may follow, as in "
            "hourly+gentle-start.",
            "a preset that `deskbreak config presets` lists",
            pattern=r"^[a-z0-9][a-z0-9-]*([+][a-z0-9][a-z0-9-]*)*$",
            most=120,
        ),
    ] = "balanced"
    breaks: Breaks = Breaks()
    presence: Presence = Presence()
    hold: Hold = Hold()
    standing: Standing = Standing()
    schedule: Schedule = Schedule()
    routines: Routines = field(default_factory=Routines)
    goals: Goals = Goals()
    history: History = History()
    calendar: Calendar = Calendar()
    reminder: Annotated[
        tuple[Reminder, ...], says("Reminders beside the main one.", unique="name")
    ] = ()
    hooks: Annotated[
        dict[
            str,
            Annotated[
                tuple[Annotated[str, words("", "an argument", most=4096)], ...],
                says("", fewest=1),
            ],
        ],
        says(
            "Programs to run at an event, as argument lists; no shell is involved, and the "
            "event comes as JSON on standard input.",
            names=HOOK_EVENTS,
        ),
    ] = field(default_factory=dict)
    tray: Tray = Tray()
    ui: Ui = Ui()
