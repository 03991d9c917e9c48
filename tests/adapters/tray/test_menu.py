from collections.abc import Iterator
from typing import Any

import pytest

from deskbreak.adapters.tray.menu import build
from deskbreak.adapters.tray.toolkit import Menu
from deskbreak.core.effects import NoticeKind, Suggestion
from deskbreak.core.enums import Answer, BreakKind, PauseKind, Posture, Presence, State
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
from deskbreak.core.status import BreakStatus, PresenceStatus, Status, TodayStatus
from deskbreak.text.tray import detail_line, status_line
from tests.statuses import Desk, due, every_status, status, stretch, unknown, walk
from tests.text.test_tray import BANNED

READING = PresenceStatus(Presence.AT_DESK, "xsync", 400.0, reading=True)


def labels(menu: Any) -> list[str]:
    return ["—" if item is Menu.SEPARATOR else item.text for item in menu]


def find(menu: Any, *path: str) -> Any:
    item = next(item for item in menu if item.text == path[0])
    return find(item.submenu, *path[1:]) if path[1:] else item


def everything(menu: Any) -> Iterator[Any]:
    for item in menu:
        yield item
        if item.submenu is not None:
            yield from everything(item.submenu)


def test_the_menu_is_as_promised() -> None:
    assert labels(build(Desk().sources())) == [
        "Sitting 12 min · break in 18 min", "—",
        "Take a break now", "Go for a walk", "Choose a stretch", "—",
        "Standing", "I'm reading", "Pause", "Sore today", "—",
        "Statistics…", "Settings…", "Start at login", "Help and safety", "Quit",
    ]  # fmt: skip


def test_the_submenus_are_as_promised() -> None:
    menu = build(Desk().sources())
    assert labels(find(menu, "Choose a stretch").submenu) == [
        "Whatever suits", "—", "Neck", "Hips_and_back"
    ]  # fmt: skip
    assert labels(find(build(Desk(due()).sources()), "Snooze").submenu) == [
        "5 minutes", "10 minutes"
    ]  # fmt: skip
    assert labels(find(menu, "Help and safety").submenu) == [
        "Welcome…", "When to see a doctor", "About deskbreak"
    ]  # fmt: skip
    assert labels(find(menu, "Pause").submenu) == [
        "30 minutes", "1 hour", "2 hours", "Rest of the day", "Until I resume"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "fact"),
    [
        (("Take a break now: Desk reset",), BreakAsked(BreakKind.STRETCH, "desk-reset")),
        (("Choose a stretch", "Whatever suits"), BreakAsked(BreakKind.STRETCH)),
        (("Choose a stretch", "Neck"), BreakAsked(BreakKind.STRETCH, "neck-1")),
        (("Go for a walk",), BreakAsked(BreakKind.WALK)),
        (("Snooze", "10 minutes"), PromptAnswered(Answer.SNOOZE, snooze_s=600.0)),
        (("Skip",), PromptAnswered(Answer.SKIP)),
        (("Standing",), PostureSet(Posture.STANDING)),
        (("I'm reading",), ReadingSet(True)),
        (("Sore today", "Keep it easy until midnight"), SoreDaySet(True)),
        (("Sore today", "Low back"), SoreDaySet(True, ("low_back",))),
        (("Pause", "1 hour"), PauseAsked(PauseKind.FOR, 3600.0)),
        (("Pause", "Rest of the day"), PauseAsked(PauseKind.TODAY)),
        (("Pause", "Until I resume"), PauseAsked(PauseKind.OPEN)),
    ],
)
def test_a_click_posts_its_fact(path: tuple[str, ...], fact: Fact) -> None:
    desk = Desk(due())
    item = find(build(desk.sources()), *path)
    assert item.enabled
    item(None)
    assert desk.sent == [fact]


@pytest.mark.parametrize(
    ("path", "call"),
    [
        (("Start at login",), ("at_login", True)),
        (("Help and safety", "When to see a doctor"), ("read", NoticeKind.DOCTOR)),
        (("Help and safety", "About deskbreak"), ("read", NoticeKind.ABOUT)),
        (("Statistics…",), ("window", "stats")),
        (("Settings…",), ("window", "settings")),
        (("Help and safety", "Welcome…"), ("window", "welcome")),
        (("Quit",), ("quit", None)),
    ],
)
def test_a_click_calls_what_belongs_to_it(path: tuple[str, ...], call: tuple[str, Any]) -> None:
    desk = Desk()
    find(build(desk.sources()), *path)(None)
    assert desk.done == [call]
    assert desk.sent == []


def test_the_choice_is_left_open_while_nothing_is_suggested() -> None:
    desk = Desk(due(prompt=None))
    find(build(desk.sources()), "Take a break now")(None)
    assert desk.sent == [BreakAsked()]


@pytest.mark.parametrize("taken", [walk(), stretch()])
def test_a_break_can_be_ended(taken: BreakStatus) -> None:
    desk = Desk(status(state=State.BREAK, break_=taken))
    find(build(desk.sources()), f"End the {taken.kind}")(None)
    assert desk.sent == [DoneSaid()]


START = ("Take a break now", "Go for a walk", "Choose a stretch")


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        (status(), START),
        (due(), (f"{START[0]}: Desk reset", *START[1:], "Snooze", "Skip")),
        (due(prompt=None, can_snooze=False), START),
        (status(state=State.BREAK, break_=walk()), ("End the walk",)),
        (status(state=State.BREAK, break_=stretch()), ("End the stretch",)),
    ],
)
def test_only_what_can_be_done_now_is_there(now: Status, offered: tuple[str, ...]) -> None:
    menu = labels(build(Desk(now).sources()))
    first = menu.index("—") + 1
    assert tuple(menu[first : menu.index("—", first)]) == offered


def test_nothing_but_the_lines_at_the_top_is_ever_grey() -> None:
    for now in every_status():
        said = (status_line(now), detail_line(now))
        for item in everything(build(Desk(now).sources())):
            assert item is Menu.SEPARATOR or item.enabled is (item.text not in said)


@pytest.mark.parametrize("now", [due(), due(prompt=None)])
def test_no_click_on_the_icon_itself_begins_anything(now: Status) -> None:
    desk = Desk(now)
    build(desk.sources())(None)
    assert (desk.sent, desk.done) == ([], [])


def test_checks_follow_the_status_and_nothing_else() -> None:
    desk = Desk()
    menu = build(desk.sources())
    switches = ("Standing", "I'm reading", "Start at login")
    assert [find(menu, name).checked for name in switches] == [False] * 3
    for name in switches:
        find(menu, name)(None)
    assert [find(menu, name).checked for name in switches] == [False] * 3
    desk.now, desk.at_login = status(posture=Posture.STANDING, presence=READING), True
    assert [find(menu, name).checked for name in switches] == [True] * 3


def test_switches_switch_back() -> None:
    desk = Desk(status(posture=Posture.STANDING, presence=READING), at_login=True)
    menu = build(desk.sources())
    for name in ("Standing", "I'm reading", "Start at login"):
        find(menu, name)(None)
    assert desk.sent == [PostureSet(Posture.SITTING), ReadingSet(False)]
    assert desk.done == [("at_login", False)]


def test_where_nothing_can_start_at_login_it_is_not_offered() -> None:
    assert "Start at login" not in labels(build(Desk(at_login=None).sources()))


def test_while_paused_there_is_resume_instead_of_pause() -> None:
    desk = Desk(status(state=State.PAUSED, paused=True))
    menu = build(desk.sources())
    assert "Pause" not in labels(menu)
    find(menu, "Resume")(None)
    assert desk.sent == [ResumeAsked()]


def test_windows_that_cannot_open_are_not_offered() -> None:
    menu = build(Desk(windows=frozenset({"stats"})).sources())
    assert "Statistics…" in labels(menu)
    assert "Settings…" not in labels(menu)


def test_without_any_window_the_menu_says_what_to_type() -> None:
    desk = Desk(windows=frozenset())
    menu = build(desk.sources())
    assert "Settings…" not in labels(menu)
    find(menu, "Install the windows…")(None)
    assert desk.done == [("read", NoticeKind.WINDOWS)]
    assert "Install the windows…" not in labels(build(Desk(windows=frozenset({"stats"})).sources()))


def test_a_detail_has_a_line_of_its_own() -> None:
    menu = build(Desk(unknown("no idle source answers")).sources())
    assert labels(menu)[1] == "Cannot tell whether you are here: no idle source answers"
    assert not next(iter(menu)).enabled


def test_nothing_in_the_menu_is_unkind() -> None:
    for now in every_status():
        for item in everything(build(Desk(now).sources())):
            assert not BANNED.search(item.text), item.text


def test_the_break_i_missed_is_there_until_it_is_made_up_for() -> None:
    desk = Desk(status(missed=Suggestion(BreakKind.STRETCH, 120.0, "reach", "Reach up")))
    menu = build(desk.sources())
    find(menu, "The break I missed: Reach up")(None)
    assert desk.sent == [BreakAsked(missed=True)]
    for now in (status(), status(state=State.BREAK, break_=walk(), missed=WALK)):
        assert not any("missed" in label for label in labels(build(Desk(now).sources())))
    again = build(Desk(status(missed=WALK)).sources())
    assert find(again, "The break I missed: a walk, 5 minutes").enabled


WALK = Suggestion(BreakKind.WALK, 300.0)


def test_what_a_day_still_has_is_said_where_it_has_an_end() -> None:
    menu = build(
        Desk(due(today=TodayStatus(snoozes_left=2, skips_left=0), can_skip=False)).sources()
    )
    assert find(menu, "Snooze (2 left today)").enabled
    assert not any(label.startswith("Skip") for label in labels(menu))


def test_the_next_level_is_in_sight_while_it_is_on_offer() -> None:
    desk = Desk()
    menu = build(desk.sources())
    assert "Try the next level" not in labels(menu)
    desk.now = status(level_offered=2)
    find(menu, "Try the next level")(None)
    find(menu, "Stay at this level")(None)
    assert desk.sent == [LevelOfferAnswered(2, True), LevelOfferAnswered(2, False)]


def test_sore_today_has_a_tick_for_the_day_and_one_for_each_area() -> None:
    desk = Desk(status(sore=("neck",)))
    menu = build(desk.sources())
    areas = find(menu, "Sore today").submenu
    ticked = [item.text for item in areas if item is not Menu.SEPARATOR and item.checked]
    assert ticked == ["Keep it easy until midnight", "Neck"]
    for name in ("Hips", "Neck", "Keep it easy until midnight"):
        find(menu, "Sore today", name)(None)
    assert desk.sent == [
        SoreDaySet(True, ("neck", "hips")), SoreDaySet(True, ()), SoreDaySet(False)
    ]  # fmt: skip
