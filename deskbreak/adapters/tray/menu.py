"""The tray menu: what can be clicked, from what Status says; the rules are the engine's alone."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from deskbreak.adapters.tray.toolkit import Menu, MenuItem
from deskbreak.core import events
from deskbreak.core.effects import NoticeKind
from deskbreak.core.enums import Answer, BreakKind, PauseKind, Posture
from deskbreak.core.status import Status
from deskbreak.settings.values import AREAS
from deskbreak.struct import Struct
from deskbreak.text import tray
from deskbreak.text.durations import exactly

_CAN_BE_SORE = tuple(area for area in AREAS if area not in ("eyes", "whole_body"))

STATISTICS = "stats"
SETTINGS = "settings"

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
    holds the names that `open_window` can open ("stats", "settings"); the others are not offered.
    `countdown` tells whether the minutes left are shown beside the icon, `shade` in what colours it
    is drawn (`tray.icon`). `read` shows one of the
    texts that are there to be read at any time.
    """

    status: Callable[[], Status]
    send: Callable[[events.Fact], None]
    areas: Callable[[], Sequence[tuple[str, str]]]
    snoozes: Callable[[], Sequence[float]]
    set_alternate: Callable[[bool], None]
    open_window: Callable[[str], None]
    quit: Callable[[], None]
    read: Callable[[NoticeKind], None]
    windows: frozenset[str] = frozenset()
    countdown: Callable[[], bool] = lambda: False
    shade: Callable[[], str] = lambda: "auto"


def entry(
    text: str | Callable[[], str], action: Any, radio: bool = False, default: bool = False,
    **when: Callable[[], bool],
) -> Any:  # fmt: skip
    """An entry that opens a submenu or calls `action`; `when` it is visible, enabled, checked."""
    looks = {name: partial(_look, is_so) for name, is_so in when.items()}
    shown = text if isinstance(text, str) else partial(_look, text)
    does = action if action is None or isinstance(action, Menu) else lambda _icon, _item: action()
    return MenuItem(shown, does, radio=radio, default=default, **looks)


def _look(now: Callable[[], Any], _item: object) -> Any:
    return now()


def _never() -> bool:
    return False


def build(sources: MenuSources) -> Any:
    """The menu as a pystray.Menu; its texts, checks and entries are worked out at every look."""
    status, send, says = sources.status, sources.send, partial(partial, sources.send)

    def free() -> bool:
        return status().break_ is None

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
        entry(
            "Start the suggested break",  # what a left click does, where one is due
            partial(_start_suggested, sources),
            default=True,
            visible=_never,
            enabled=lambda: tray.due(status()) and free(),
        ),
        entry(lambda: tray.status_line(status()), None, enabled=_never),
        entry(
            lambda: tray.detail_line(status()),
            None,
            enabled=_never,
            visible=lambda: bool(tray.detail_line(status())),
        ),
        Menu.SEPARATOR,
        entry("Start a stretch", Menu(partial(_stretches, sources)), enabled=free),
        entry("Go for a walk", says(events.BreakAsked(BreakKind.WALK)), enabled=free),
        entry(
            lambda: tray.missed(status().missed),
            says(events.BreakAsked(missed=True)),
            visible=lambda: status().missed is not None and free(),
        ),
        entry(
            "Done",
            says(events.DoneSaid()),
            enabled=lambda: not free() or tray.due(status()) or status().prompt is not None,
        ),
        entry(
            lambda: tray.left_today("Snooze", status().today.snoozes_left),
            Menu(partial(_snoozes, sources)),
            enabled=lambda: status().can_snooze,
        ),
        entry(
            lambda: tray.left_today("Skip", status().today.skips_left),
            says(events.PromptAnswered(Answer.SKIP)),
            enabled=lambda: status().prompt is not None and status().can_skip,
        ),
        Menu.SEPARATOR,
        entry("Standing desk", _standing_desk(sources)),
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
        Menu.SEPARATOR,
        offer("Try the next level", yes=True),
        offer("Stay at this level", yes=False),
        entry("Sore today", _sore_day(sources)),
        entry("When to see a doctor", partial(sources.read, NoticeKind.DOCTOR)),
        Menu.SEPARATOR,
        window("Statistics…", STATISTICS),
        window("Settings…", SETTINGS),
        entry("About", partial(sources.read, NoticeKind.ABOUT)),
        entry("Quit", sources.quit),
    )


def _start_suggested(sources: MenuSources) -> None:
    prompt = sources.status().prompt
    suggestion = None if prompt is None else prompt.suggestion
    if suggestion is None:
        sources.send(events.BreakAsked())
    else:
        sources.send(events.BreakAsked(suggestion.kind, suggestion.routine))


def _stretches(sources: MenuSources) -> Iterator[Any]:
    def stretch(text: str, routine: str | None) -> Any:
        return entry(text, partial(sources.send, events.BreakAsked(BreakKind.STRETCH, routine)))

    prompt = sources.status().prompt
    suggestion = None if prompt is None else prompt.suggestion
    if suggestion is None or suggestion.routine is None:
        yield stretch("Suggested", None)
    else:
        yield stretch(f"Suggested: {suggestion.routine_name}", suggestion.routine)
    yield Menu.SEPARATOR
    for area, routine in sources.areas():
        yield stretch(area, routine)


def _snoozes(sources: MenuSources) -> Iterator[Any]:
    for seconds in sources.snoozes():
        fact = events.PromptAnswered(Answer.SNOOZE, snooze_s=seconds)
        yield entry(exactly(seconds), partial(sources.send, fact))


def _standing_desk(sources: MenuSources) -> Any:
    def posture(text: str, which: Posture) -> Any:
        return entry(
            text,
            partial(sources.send, events.PostureSet(which)),
            checked=lambda: sources.status().posture is which,
            radio=True,
        )

    return Menu(
        posture("Sitting", Posture.SITTING),
        posture("Standing", Posture.STANDING),
        Menu.SEPARATOR,
        entry(
            "Remind me to alternate",
            lambda: sources.set_alternate(not sources.status().standing.enabled),
            checked=lambda: sources.status().standing.enabled,
        ),
    )


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
