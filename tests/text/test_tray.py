import re
from datetime import timedelta

import pytest

from deskbreak.core.enums import HoldReason, Posture, Presence, QuietReason, State
from deskbreak.core.status import BoutStatus, PresenceStatus, QuietStatus, StandingStatus, Status
from deskbreak.struct import replace
from deskbreak.systems.linux.tray.tray import WITHOUT, tray_advice
from deskbreak.text import tray
from tests.statuses import (
    AT,
    bout,
    due,
    every_status,
    hold,
    prompt,
    status,
    stretch,
    to_stand,
    unknown,
    walk,
)

BANNED = re.compile(
    r"\b(weak|damage|danger|wrong|bad|must|never|fragile|lazy|should have|fix\w*|injur\w*"
    r"|fail\w*|harm\w*)\b",
    re.IGNORECASE,
)
SNOOZED = AT + timedelta(minutes=5)
AWAY = PresenceStatus(Presence.AWAY, "xsync", 90.0, locked=True)


def off(why: QuietReason, hours: float) -> Status:
    return status(state=State.OFF, quiet=QuietStatus(why, AT + timedelta(hours=hours)))


def recess() -> Status:
    until = AT + timedelta(minutes=30)
    quiet = QuietStatus(QuietReason.REGULAR_PAUSE, until)
    return status(state=State.PAUSED, paused=True, paused_until=until, quiet=quiet)


@pytest.mark.parametrize(
    ("now", "line"),
    [
        (status(), "Sitting 12 min · break in 18 min"),
        (status(bout=bout(0.5)), "Sitting under 1 min · break in 30 min"),
        (status(bout=bout(29.5)), "Sitting 29 min · break in under 1 min"),
        (status(bout=bout(65, 125)), "Sitting 1 h 5 min · break in 1 h"),
        (status(bout=BoutStatus(Posture.SITTING, 60, 1800, None, due=False)), "Sitting 1 min"),
        (
            status(state=State.STANDING, bout=bout(3, 15, Posture.STANDING)),
            "Standing 3 min · change in 12 min",
        ),
        (
            status(state=State.STANDING, bout=bout(15, 15, Posture.STANDING)),
            "Standing 15 min · time to sit or move",
        ),
        (status(bout=to_stand(12, 8)), "Sitting 12 min · stand up in 8 min"),
        (status(bout=to_stand(20, 0, due=True)), "Sitting 20 min · time to stand up"),
        (
            status(bout=to_stand(21, 0, due=True), holds=(hold(),)),
            "Sitting 21 min · change due, waiting: call",
        ),
        (due(), "Sitting 30 min · time to move"),
        (due(42), "Sitting 42 min · break due 12 min ago"),
        (
            due(42, holds=(hold(detail="Zoom"),)),
            "Sitting 42 min · break due, waiting: call (Zoom)",
        ),
        (
            due(holds=(hold(HoldReason.FULLSCREEN), hold(HoldReason.INHIBITOR, "a film"))),
            "Sitting 30 min · break due, waiting: full screen",
        ),
        (due(holds=(hold(HoldReason.INHIBITOR, "a film"),)), "Sitting 30 min · time to move"),
        (due(33, prompt=None, snoozed_until=SNOOZED), "Sitting 33 min · snoozed until 10:05"),
        (status(state=State.BREAK, break_=walk(2)), "On a walk · 3 min left"),
        (status(state=State.BREAK, break_=walk(6)), "On a walk · 6 min so far"),
        (status(state=State.BREAK, break_=stretch(1)), "Stretching: Desk reset · 1 min left"),
        (
            status(state=State.BREAK, break_=replace(stretch(0), opening=True)),
            "Opening the guide\N{HORIZONTAL ELLIPSIS}",
        ),
        (status(state=State.PAUSED, paused=True), "Paused until you resume"),
        (
            status(state=State.PAUSED, paused_until=AT + timedelta(hours=2)),
            "Paused until 12:00",
        ),
        (
            status(state=State.PAUSED, paused_until=AT + timedelta(hours=18)),
            "Paused until tomorrow 04:00",
        ),
        (status(state=State.PAUSED, paused_until=AT + timedelta(days=3)), "Paused until Thu 10:00"),
        (status(state=State.AWAY), "Away from the desk"),
        (status(state=State.AWAY, presence=AWAY), "Away, screen locked"),
        (status(state=State.ASLEEP), "Asleep"),
        (status(state=State.OFF), "Off hours · nothing is counted"),
        (off(QuietReason.OFF_HOURS, 17), "Off hours until tomorrow 03:00 · nothing is counted"),
        (off(QuietReason.HOLIDAY, 14 * 24), "Holiday until 16 Mar 10:00 · nothing is counted"),
        (recess(), "Regular pause until 10:30"),
        (unknown("no source"), "Sitting 12 min · break in 18 min"),
    ],
)
def test_the_status_line_says_what_is_going_on(now: Status, line: str) -> None:
    assert tray.status_line(now) == line


def test_a_second_line_says_why_presence_is_unknown_or_how_the_standing_goes() -> None:
    assert tray.detail_line(status()) == ""
    reads = PresenceStatus(Presence.AT_DESK, "x11", 0.0, reading=True)
    assert tray.detail_line(status(presence=reads)) == ""
    timed = replace(reads, reading_until=AT + timedelta(minutes=5))
    assert tray.detail_line(status(presence=timed)) == f"Reading until {SNOOZED:%H:%M}"
    assert tray.detail_line(unknown()) == "Cannot tell whether you are here"
    assert tray.detail_line(unknown("no idle source answers")).endswith(": no idle source answers")
    stood = status(standing=StandingStatus(True, 2700.0, 7200.0))
    assert tray.detail_line(stood) == "Standing today: 45 min of 2 h"
    assert tray.detail_line(status(standing=StandingStatus(True, 60.0, 0.0))).endswith(": 1 min")
    assert tray.tooltip(stood) == (
        "Sitting 12 min · break in 18 min\nStanding today: 45 min of 2 h"
    )


def test_the_label_counts_down_and_then_is_silent() -> None:
    assert tray.label(status()) == "18 min"
    assert tray.label(due()) == ""
    assert tray.label(due(33, snoozed_until=SNOOZED, prompt=prompt())) == ""


def test_nothing_shown_is_unkind() -> None:
    shown = [tray.tooltip(now) for now in every_status()]
    shown += [tray_advice({"XDG_CURRENT_DESKTOP": name}) for name in ("GNOME", "KDE", "", "sway")]
    assert [text for text in (*shown, WITHOUT) if BANNED.search(text)] == []
