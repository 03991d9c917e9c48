"""The tray menu: what can be clicked, from what Status says; the rules are the engine's alone."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from deskbreak.adapters.tray.toolkit import Menu, MenuItem
from deskbreak.core.effects import NoticeKind
from deskbreak.core.enums import Answer, BreakKind, PauseKind, Posture
from deskbreak.core.events import (
    BreakAsked,
    DoneSaid,
    Fact,
    LevelOfferAnswered,
    PauseAsked,
    PostureSet,
    PromptAnswered,
    ReadingSet,
    ResumeAsked,
    SoreDaySet,
)
from deskbreak.core.status import Status
from deskbreak.settings.values import AREAS
from deskbreak.struct import Struct
from deskbreak.text import tray
from deskbreak.text.durations import exactly


def entry(text: str | Callable[[Any], str], action: Any, **when: Any) -> Any:
    """An entry that opens a submenu, or calls `action`; `when` as pystray.MenuItem takes it."""
    if isinstance(action, Menu):
        return MenuItem(text, action, **when)
    return MenuItem(text, lambda _icon, _item: action(), **when)


_CAN_BE_SORE = tuple(area for area in AREAS if area not in ("eyes", "whole_body"))


def offer(status: Callable[[], Status], send: Callable[[Fact], None]) -> tuple[Any, Any]:
    """The answers to the level on offer; out of sight while none is."""

    def answer(text: str, *, yes: bool) -> Any:
        def say() -> None:
            level = status().level_offered
            if level is not None:
                send(LevelOfferAnswered(level, yes))

        return entry(text, say, visible=lambda _: status().level_offered is not None)

    return answer("Try the next level", yes=True), answer("Stay at this level", yes=False)


def sore_day(status: Callable[[], Status], send: Callable[[Fact], None]) -> Any:
    """A tick for the day, and one for each area."""

    def toggle(area: str) -> Callable[[], None]:
        def say() -> None:
            sore = status().sore or ()
            others = tuple(one for one in sore if one != area)
            send(SoreDaySet(True, others if area in sore else (*others, area)))

        return say

    def is_sore(area: str) -> Callable[[Any], bool]:
        return lambda _: area in (status().sore or ())

    return Menu(
        entry(
            "Keep it easy until midnight",
            lambda: send(SoreDaySet(status().sore is None)),
            checked=lambda _: status().sore is not None,
        ),
        Menu.SEPARATOR,
        *(
            entry(area.replace("_", " ").capitalize(), toggle(area), checked=is_sore(area))
            for area in _CAN_BE_SORE
        ),
    )


STATISTICS = "stats"
SETTINGS = "settings"

PAUSES = (
    ("30 minutes", PauseAsked(PauseKind.FOR, 1800.0)),
    ("1 hour", PauseAsked(PauseKind.FOR, 3600.0)),
    ("2 hours", PauseAsked(PauseKind.FOR, 7200.0)),
    ("Rest of the day", PauseAsked(PauseKind.TODAY)),
    ("Until I resume", PauseAsked(PauseKind.OPEN)),
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
    send: Callable[[Fact], None]
    areas: Callable[[], Sequence[tuple[str, str]]]
    snoozes: Callable[[], Sequence[float]]
    set_alternate: Callable[[bool], None]
    open_window: Callable[[str], None]
    quit: Callable[[], None]
    read: Callable[[NoticeKind], None]
    windows: frozenset[str] = frozenset()
    countdown: Callable[[], bool] = lambda: False
    shade: Callable[[], str] = lambda: "auto"


def build(sources: MenuSources) -> Any:
    """The menu as a pystray.Menu; its texts, checks and entries are worked out at every look."""
    status, send = sources.status, sources.send
    return Menu(
        _default(sources),
        _text(lambda _: tray.status_line(status())),
        _text(
            lambda _: tray.detail_line(status()),
            visible=lambda _: bool(tray.detail_line(status())),
        ),
        Menu.SEPARATOR,
        entry("Start a stretch", _stretches(sources), enabled=lambda _: _free(status())),
        entry(
            "Go for a walk",
            lambda: send(BreakAsked(BreakKind.WALK)),
            enabled=lambda _: _free(status()),
        ),
        entry(
            lambda _: tray.missed(status().missed),
            lambda: send(BreakAsked(missed=True)),
            visible=lambda _: status().missed is not None and _free(status()),
        ),
        entry("Done", lambda: send(DoneSaid()), enabled=lambda _: _can_be_done(status())),
        entry(
            lambda _: tray.left_today("Snooze", status().today.snoozes_left),
            _snoozes(sources),
            enabled=lambda _: status().can_snooze,
        ),
        entry(
            lambda _: tray.left_today("Skip", status().today.skips_left),
            lambda: send(PromptAnswered(Answer.SKIP)),
            enabled=lambda _: status().prompt is not None and status().can_skip,
        ),
        Menu.SEPARATOR,
        entry("Standing desk", _standing_desk(sources)),
        entry(
            "I'm reading",
            lambda: send(ReadingSet(not status().presence.reading)),
            checked=lambda _: status().presence.reading,
        ),
        entry("Pause", _pauses(sources), visible=lambda _: not status().paused),
        entry("Resume", lambda: send(ResumeAsked()), visible=lambda _: status().paused),
        Menu.SEPARATOR,
        *offer(status, send),
        entry("Sore today", sore_day(status, send)),
        entry("When to see a doctor", lambda: sources.read(NoticeKind.DOCTOR)),
        Menu.SEPARATOR,
        _window(sources, "Statistics…", STATISTICS),
        _window(sources, "Settings…", SETTINGS),
        entry("About", lambda: sources.read(NoticeKind.ABOUT)),
        entry("Quit", sources.quit),
    )


def _free(status: Status) -> bool:
    return status.break_ is None


def _can_be_done(status: Status) -> bool:
    return status.break_ is not None or tray.due(status) or status.prompt is not None


def _text(text: Callable[[Any], str], **when: Any) -> Any:
    return MenuItem(text, None, enabled=False, **when)


def _default(sources: MenuSources) -> Any:
    """What a left click does where a break is due; enabled only then, and never in sight."""

    def start() -> None:
        prompt = sources.status().prompt
        suggestion = None if prompt is None else prompt.suggestion
        if suggestion is None:
            sources.send(BreakAsked())
        else:
            sources.send(BreakAsked(suggestion.kind, suggestion.routine))

    return entry(
        "Start the suggested break",
        start,
        default=True,
        visible=False,
        enabled=lambda _: tray.due(sources.status()) and _free(sources.status()),
    )


def _stretches(sources: MenuSources) -> Any:
    def suggested(status: Status) -> tuple[str, str | None]:
        suggestion = status.prompt.suggestion if status.prompt is not None else None
        if suggestion is None or suggestion.routine is None:
            return "Suggested", None
        return f"Suggested: {suggestion.routine_name}", suggestion.routine

    def start(routine: str | None) -> Callable[[], None]:
        return lambda: sources.send(BreakAsked(BreakKind.STRETCH, routine))

    def entries() -> Iterator[Any]:
        text, routine = suggested(sources.status())
        yield entry(text, start(routine))
        yield Menu.SEPARATOR
        for area, chosen in sources.areas():
            yield entry(area, start(chosen))

    return Menu(entries)


def _snoozes(sources: MenuSources) -> Any:
    def snooze(seconds: float) -> Callable[[], None]:
        return lambda: sources.send(PromptAnswered(Answer.SNOOZE, snooze_s=seconds))

    def entries() -> Iterator[Any]:
        for seconds in sources.snoozes():
            yield entry(exactly(seconds), snooze(seconds))

    return Menu(entries)


def _standing_desk(sources: MenuSources) -> Any:
    def posture(text: str, which: Posture) -> Any:
        return entry(
            text,
            lambda: sources.send(PostureSet(which)),
            checked=lambda _: sources.status().posture is which,
            radio=True,
        )

    return Menu(
        posture("Sitting", Posture.SITTING),
        posture("Standing", Posture.STANDING),
        Menu.SEPARATOR,
        entry(
            "Remind me to alternate",
            lambda: sources.set_alternate(not sources.status().standing.enabled),
            checked=lambda _: sources.status().standing.enabled,
        ),
    )


def _pauses(sources: MenuSources) -> Any:
    def pause(asked: PauseAsked) -> Callable[[], None]:
        return lambda: sources.send(asked)

    return Menu(*(entry(text, pause(asked)) for text, asked in PAUSES))


def _window(sources: MenuSources, text: str, name: str) -> Any:
    return entry(text, lambda: sources.open_window(name), visible=name in sources.windows)
