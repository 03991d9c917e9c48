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
from deskbreak.core.status import PresenceStatus, StandingStatus, Status, TodayStatus
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
        "Start a stretch", "Go for a walk", "Done", "Snooze", "Skip", "—",
        "Standing desk", "I'm reading", "Pause", "—",
        "Sore today", "When to see a doctor", "—",
        "Statistics…", "Settings…", "About", "Quit",
    ]  # fmt: skip


def test_the_submenus_are_as_promised() -> None:
    menu = build(Desk().sources())
    assert labels(find(menu, "Start a stretch").submenu) == [
        "Suggested", "—", "Neck", "Hips_and_back"
    ]  # fmt: skip
    assert labels(find(menu, "Snooze").submenu) == ["5 minutes", "10 minutes"]
    assert labels(find(menu, "Standing desk").submenu) == [
        "Sitting", "Standing", "—", "Remind me to alternate"
    ]  # fmt: skip
    assert labels(find(menu, "Pause").submenu) == [
        "30 minutes", "1 hour", "2 hours", "Rest of the day", "Until I resume"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "fact"),
    [
        (("Start a stretch", "Suggested: Desk reset"), BreakAsked(BreakKind.STRETCH, "desk-reset")),
        (("Start a stretch", "Neck"), BreakAsked(BreakKind.STRETCH, "neck-1")),
        (("Go for a walk",), BreakAsked(BreakKind.WALK)),
        (("Done",), DoneSaid()),
        (("Snooze", "10 minutes"), PromptAnswered(Answer.SNOOZE, snooze_s=600.0)),
        (("Skip",), PromptAnswered(Answer.SKIP)),
        (("Standing desk", "Standing"), PostureSet(Posture.STANDING)),
        (("Standing desk", "Sitting"), PostureSet(Posture.SITTING)),
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
        (("Standing desk", "Remind me to alternate"), ("alternate", True)),
        (("Statistics…",), ("window", "stats")),
        (("Settings…",), ("window", "settings")),
        (("Quit",), ("quit", None)),
    ],
)
def test_a_click_calls_what_belongs_to_it(path: tuple[str, ...], call: tuple[str, Any]) -> None:
    desk = Desk()
    find(build(desk.sources()), *path)(None)
    assert desk.done == [call]
    assert desk.sent == []


def test_suggested_leaves_the_choice_open_while_nothing_is_suggested() -> None:
    desk = Desk()
    find(build(desk.sources()), "Start a stretch", "Suggested")(None)
    assert desk.sent == [BreakAsked(BreakKind.STRETCH, None)]


@pytest.mark.parametrize(
    ("now", "enabled"),
    [
        (status(), {"Start a stretch", "Go for a walk"}),
        (due(), {"Start a stretch", "Go for a walk", "Done", "Snooze", "Skip"}),
        (due(prompt=None, can_snooze=False), {"Start a stretch", "Go for a walk", "Done"}),
        (status(state=State.BREAK, break_=walk()), {"Done"}),
        (status(state=State.BREAK, break_=stretch()), {"Done"}),
    ],
)
def test_what_makes_sense_is_enabled(now: Status, enabled: set[str]) -> None:
    menu = build(Desk(now).sources())
    asked = ("Start a stretch", "Go for a walk", "Done", "Snooze", "Skip")
    assert {name for name in asked if find(menu, name).enabled} == enabled


def test_checks_follow_the_status_and_nothing_else() -> None:
    desk = Desk()
    menu = build(desk.sources())
    standing = ("Standing desk", "Standing")
    assert find(menu, *standing).radio
    assert find(menu, "I'm reading").checked is False
    assert [find(menu, "Standing desk", name).checked for name in ("Sitting", "Standing")] == [
        True, False
    ]  # fmt: skip
    find(menu, *standing)(None)
    assert find(menu, *standing).checked is False
    desk.now = status(
        posture=Posture.STANDING, presence=READING, standing=StandingStatus(True, 0.0, 0.0)
    )
    assert find(menu, *standing).checked
    assert find(menu, "I'm reading").checked
    assert find(menu, "Standing desk", "Remind me to alternate").checked


def test_switches_switch_back() -> None:
    desk = Desk(status(presence=READING, standing=StandingStatus(True, 0.0, 0.0)))
    menu = build(desk.sources())
    find(menu, "I'm reading")(None)
    find(menu, "Standing desk", "Remind me to alternate")(None)
    assert desk.sent == [ReadingSet(False)]
    assert desk.done == [("alternate", False)]


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


def test_a_detail_has_a_line_of_its_own() -> None:
    menu = build(Desk(unknown("no idle source answers")).sources())
    assert labels(menu)[1] == "Cannot tell whether you are here: no idle source answers"
    assert not next(iter(menu)).enabled


def test_the_default_is_live_only_while_a_break_is_due() -> None:
    desk = Desk()
    menu = build(desk.sources())
    default = next(item for item in menu.items if item.default)
    assert not default.visible
    assert not default.enabled
    desk.now = due()
    assert default.enabled
    menu(None)
    desk.now = due(prompt=None)
    menu(None)
    assert desk.sent == [BreakAsked(BreakKind.STRETCH, "desk-reset"), BreakAsked()]


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
    assert not find(menu, "Skip (0 left today)").enabled


def test_when_to_see_a_doctor_and_about_can_be_read_at_any_time() -> None:
    desk = Desk()
    menu = build(desk.sources())
    find(menu, "When to see a doctor")(None)
    find(menu, "About")(None)
    assert desk.done == [("read", NoticeKind.DOCTOR), ("read", NoticeKind.ABOUT)]


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
