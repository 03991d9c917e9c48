"""The tray menu: what can be clicked, from what Status says; the rules are the engine's alone."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from deskbreak.adapters.tray.toolkit import Menu, MenuItem
from deskbreak.core import events
from deskbreak.core.effects import NoticeKind, Suggestion
from deskbreak.core.enums import Answer, BreakKind, PauseKind, Posture
from deskbreak.core.status import Status
from deskbreak.settings.values import AREAS
from deskbreak.struct import Struct
from deskbreak.text import tray
from deskbreak.text.durations import exactly

_CAN_BE_SORE = tuple(area for area in AREAS if area not in ("eyes", "whole_body"))

STATISTICS = "stats"
SETTINGS = "settings"
WELCOME = "welcome"

PAUSES = (
    ("30 minutes", events.PauseAsked(PauseKind.FOR, 1800.0)),
    ("1 hour", events.PauseAsked(PauseKind.FOR, 3600.0)),
    ("2 hours", events.PauseAsked(PauseKind.FOR, 7200.0)),
    ("Rest of the day", events.PauseAsked(PauseKind.TODAY)),
    ("Until I resume", events.PauseAsked(PauseKind.OPEN)),
)


class MenuSources(Struct):
    """What the menu reads and calls; all of it in the thread of the loop, none of it may block.

    `areas` gives (label, routine id) pairs, `snoozes` the configured lengths in seconds. `windows`
    holds the names that `open_window` can open ("stats", "settings", "welcome"); the others are
    not offered.
    `at_login` tells whether deskbreak starts by itself, None where that cannot be changed.
    `countdown` tells whether the minutes left are shown beside the icon, `shade` in what colours it
    is drawn (`tray.icon`). `read` shows one of the
    texts that are there to be read at any time.
    """

    status: Callable[[], Status]
    send: Callable[[events.Fact], None]
    areas: Callable[[], Sequence[tuple[str, str]]]
    snoozes: Callable[[], Sequence[float]]
    set_at_login: Callable[[bool], None]
    open_window: Callable[[str], None]
    quit: Callable[[], None]
    read: Callable[[NoticeKind], None]
    windows: frozenset[str] = frozenset()
    at_login: Callable[[], bool | None] = lambda: None
    countdown: Callable[[], bool] = lambda: False
    shade: Callable[[], str] = lambda: "auto"


def entry(text: str | Callable[[], str], action: Any, **when: Callable[[], bool]) -> Any:
    """An entry that opens a submenu or calls `action`; `when` it is visible, enabled, checked."""
    looks = {name: partial(_look, is_so) for name, is_so in when.items()}
    shown = text if isinstance(text, str) else partial(_look, text)
    does = action if action is None or isinstance(action, Menu) else lambda _icon, _item: action()
    return MenuItem(shown, does, **looks)


def _look(now: Callable[[], Any], _item: object) -> Any:
    return now()


def _never() -> bool:
    return False


def build(sources: MenuSources) -> Any:
    """The menu as a pystray.Menu; its texts, checks and entries are worked out at every look."""
    status, send, says = sources.status, sources.send, partial(partial, sources.send)

    def free() -> bool:
        return status().break_ is None

    def standing() -> bool:
        return status().posture is Posture.STANDING

    def offer(text: str, *, yes: bool) -> Any:
        def answer() -> None:
            level = status().level_offered
            if level is not None:
                send(events.LevelOfferAnswered(level, yes))

        return entry(text, answer, visible=lambda: status().level_offered is not None)

    def window(text: str, name: str) -> Any:
        open_it = partial(sources.open_window, name)
        return entry(text, open_it, visible=lambda: name in sources.windows)

    return Menu(
        entry(lambda: tray.status_line(status()), None, enabled=_never),
        entry(
            lambda: tray.detail_line(status()),
            None,
            enabled=_never,
            visible=lambda: bool(tray.detail_line(status())),
        ),
        Menu.SEPARATOR,
        entry(
            lambda: tray.take_now(_suggested(status())),
            partial(_start_suggested, sources),
            visible=free,
        ),
        entry("Go for a walk", says(events.BreakAsked(BreakKind.WALK)), visible=free),
        entry("Choose a stretch", Menu(partial(_stretches, sources)), visible=free),
        entry(
            lambda: tray.missed(status().missed),
            says(events.BreakAsked(missed=True)),
            visible=lambda: status().missed is not None and free(),
        ),
        entry(
            lambda: tray.end(status().break_),
            says(events.DoneSaid()),
            visible=lambda: not free(),
        ),
        entry(
            lambda: tray.left_today("Snooze", status().today.snoozes_left),
            Menu(partial(_snoozes, sources)),
            visible=lambda: status().can_snooze,
        ),
        entry(
            lambda: tray.left_today("Skip", status().today.skips_left),
            says(events.PromptAnswered(Answer.SKIP)),
            visible=lambda: status().prompt is not None and status().can_skip,
        ),
        Menu.SEPARATOR,
        entry("Standing", partial(_change_posture, sources), checked=standing),
        entry(
            "I'm reading",
            lambda: send(events.ReadingSet(not status().presence.reading)),
            checked=lambda: status().presence.reading,
        ),
        entry(
            "Pause",
            Menu(*(entry(text, says(asked)) for text, asked in PAUSES)),
            visible=lambda: not status().paused,
        ),
        entry("Resume", says(events.ResumeAsked()), visible=lambda: status().paused),
        entry("Sore today", _sore_day(sources)),
        offer("Try the next level", yes=True),
        offer("Stay at this level", yes=False),
        Menu.SEPARATOR,
        window("Statistics…", STATISTICS),
        window("Settings…", SETTINGS),
        entry(
            "Install the windows…",
            partial(sources.read, NoticeKind.WINDOWS),
            visible=lambda: not sources.windows,
        ),
        entry(
            "Start at login",
            lambda: sources.set_at_login(not sources.at_login()),
            visible=lambda: sources.at_login() is not None,
            checked=lambda: bool(sources.at_login()),
        ),
        entry(
            "Help and safety",
            Menu(
                window("Welcome…", WELCOME),
                entry("When to see a doctor", partial(sources.read, NoticeKind.DOCTOR)),
                entry("About deskbreak", partial(sources.read, NoticeKind.ABOUT)),
            ),
        ),
        entry("Quit", sources.quit),
    )


def _suggested(status: Status) -> Suggestion | None:
    return None if status.prompt is None else status.prompt.suggestion


def _start_suggested(sources: MenuSources) -> None:
    suggestion = _suggested(sources.status())
    if suggestion is None:
        sources.send(events.BreakAsked())
    else:
        sources.send(events.BreakAsked(suggestion.kind, suggestion.routine))


def _change_posture(sources: MenuSources) -> None:
    standing = sources.status().posture is Posture.STANDING
    sources.send(events.PostureSet(Posture.SITTING if standing else Posture.STANDING))


def _stretches(sources: MenuSources) -> Iterator[Any]:
    def stretch(text: str, routine: str | None) -> Any:
        return entry(text, partial(sources.send, events.BreakAsked(BreakKind.STRETCH, routine)))

    yield stretch("Whatever suits", None)
    yield Menu.SEPARATOR
    for area, routine in sources.areas():
        yield stretch(area, routine)


def _snoozes(sources: MenuSources) -> Iterator[Any]:
    for seconds in sources.snoozes():
        fact = events.PromptAnswered(Answer.SNOOZE, snooze_s=seconds)
        yield entry(exactly(seconds), partial(sources.send, fact))


def _sore_day(sources: MenuSources) -> Any:
    """A tick for the day, and one for each area."""

    def sore() -> tuple[str, ...]:
        return sources.status().sore or ()

    def tick(area: str) -> Any:
        def toggle() -> None:
            others = tuple(one for one in sore() if one != area)
            sources.send(events.SoreDaySet(True, others if area in sore() else (*others, area)))

        text = area.replace("_", " ").capitalize()
        return entry(text, toggle, checked=lambda: area in sore())

    return Menu(
        entry(
            "Keep it easy until midnight",
            lambda: sources.send(events.SoreDaySet(sources.status().sore is None)),
            checked=lambda: sources.status().sore is not None,
        ),
        Menu.SEPARATOR,
        *map(tick, _CAN_BE_SORE),
    )
