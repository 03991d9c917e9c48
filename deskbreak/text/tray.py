"""What the tray says: pure functions from a Status to one line, two at most."""

from datetime import datetime, timedelta

from deskbreak.core.effects import Suggestion
from deskbreak.core.enums import BreakKind, HoldReason, Posture, PromptKind, QuietReason, State
from deskbreak.core.status import BreakStatus, Status
from deskbreak.struct import Struct
from deskbreak.text.display import one_line
from deskbreak.text.durations import exactly, gone, left

_REASONS = {
    HoldReason.CALL: "call",
    HoldReason.CAMERA: "camera in use",
    HoldReason.SCREEN_SHARE: "screen share",
    HoldReason.FULLSCREEN: "full screen",
    HoldReason.DO_NOT_DISTURB: "do not disturb",
    HoldReason.CALENDAR: "calendar",
    HoldReason.APP: "program in use",
}
_COMING = {PromptKind.BREAK: "break", PromptKind.STAND: "stand up", PromptKind.SIT: "change"}
_NOW = {
    PromptKind.BREAK: "time to move",
    PromptKind.STAND: "time to stand up",
    PromptKind.SIT: "time to sit or move",
}
_LONGEST_DETAIL = 60  # the title of an entry in a calendar can be a page long
_AT_THE_DESK = (State.SITTING, State.STANDING, State.UNKNOWN)


def due(status: Status) -> bool:
    """Whether a break is due, asked for or not."""
    return status.bout.due and status.state in _AT_THE_DESK


def waits(status: Status) -> str:
    """Why a prompt would wait now ("call (Zoom)"); empty if nothing holds it."""
    named = []
    for hold in status.holds:
        if hold.reason in _REASONS:
            reason, detail = _REASONS[hold.reason], one_line(hold.detail, _LONGEST_DETAIL)
            named.append(f"{reason} ({detail})" if detail else reason)
    return ", ".join(named)


def status_line(status: Status) -> str:
    """What is going on, as the first line of the menu: "Sitting 12 min · break in 18 min"."""
    match status.state:
        case State.PAUSED:
            return _paused(status)
        case State.OFF:
            return f"{_off(status)} · nothing is counted"
        case State.AWAY:
            return "Away, screen locked" if status.presence.locked else "Away from the desk"
        case State.ASLEEP:
            return "Asleep"
        case State.BREAK:
            return _on_break(status)
        case _:
            return " · ".join(filter(None, (_bout(status), _next(status))))


def detail_line(status: Status) -> str:
    """What deserves a second line; empty most of the time."""
    if status.state is State.UNKNOWN:
        why = f": {status.presence.why}" if status.presence.why else ""
        return f"Cannot tell whether you are here{why}"
    if status.presence.reading_until is not None:
        return f"Reading until {clock(status.presence.reading_until, status.at)}"
    if status.standing.enabled and status.state in _AT_THE_DESK:
        target = status.standing.target_s
        of = f" of {gone(target)}" if target else ""
        return f"Standing today: {gone(status.standing.today_s)}{of}"
    return ""


def tooltip(status: Status) -> str:
    """The status line and, where there is more to say, the detail below it."""
    return "\n".join(filter(None, (status_line(status), detail_line(status))))


def label(status: Status) -> str:
    """The minutes left, to stand beside the icon ("18 min"); empty if nothing is coming."""
    if due(status) or status.bout.due_in_s is None:
        return ""
    return left(status.bout.due_in_s)


def left_today(what: str, times: int | None) -> str:
    """An entry and how often a day still has it, where that has an end: "Skip (2 left today)"."""
    return what if times is None else f"{what} ({times} left today)"


def take_now(suggestion: Suggestion | None) -> str:
    """The entry that begins what is suggested, or whatever suits where nothing is."""
    return "Take a break now" + _named(suggestion)


def missed(suggestion: Suggestion | None) -> str:
    """The entry that brings back what the last prompt suggested."""
    return "The break I missed" + _named(suggestion)


def _named(suggestion: Suggestion | None) -> str:
    if suggestion is None:
        return ""
    if suggestion.kind is BreakKind.WALK:
        return f": a walk, {exactly(suggestion.length_s)}"
    return f": {suggestion.routine_name or exactly(suggestion.length_s)}"


def end(taken: BreakStatus | None) -> str:
    """The entry that ends the break."""
    return "End the walk" if taken and taken.kind is BreakKind.WALK else "End the stretch"


def clock(when: datetime, at: datetime) -> str:
    """A time as said at `at`: "14:00", "tomorrow 04:00", "Tue 04:00", "7 Jan 09:00"."""
    time = f"{when:%H:%M}"
    if when.date() == at.date():
        return time
    if when.date() == at.date() + timedelta(days=1):
        return f"tomorrow {time}"
    if when.date() >= at.date() + timedelta(days=7):
        return f"{when.day} {when:%b} {time}"
    return f"{when:%a} {time}"


def _paused(status: Status) -> str:
    if status.paused_until is None:
        return "Paused until you resume"
    regular = status.quiet is not None and status.quiet.why is QuietReason.REGULAR_PAUSE
    what = "Regular pause" if regular else "Paused"
    return f"{what} until {clock(status.paused_until, status.at)}"


def _off(status: Status) -> str:
    quiet = status.quiet
    what = "Holiday" if quiet is not None and quiet.why is QuietReason.HOLIDAY else "Off hours"
    if quiet is None or quiet.until is None:
        return what
    return f"{what} until {clock(quiet.until, status.at)}"


def _on_break(status: Status) -> str:
    taken = status.break_
    if taken is None:
        return "On a break"
    if taken.opening:
        return "Opening the guide\N{HORIZONTAL ELLIPSIS}"
    if taken.kind is BreakKind.WALK:
        what = "On a walk"
    else:
        what = f"Stretching: {taken.routine_name}" if taken.routine_name else "Stretching"
    if taken.remaining_s > 0:
        return f"{what} · {left(taken.remaining_s)} left"
    return f"{what} · {gone(taken.passed_s)} so far"


def _bout(status: Status) -> str:
    verb = "Standing" if status.bout.posture is Posture.STANDING else "Sitting"
    return f"{verb} {gone(status.bout.length_s)}"


def _next(status: Status) -> str:
    if due(status):
        return _due_now(status)
    if status.bout.due_in_s is None:
        return ""
    what = _COMING[status.bout.next_prompt]
    return f"{what} in {left(status.bout.due_in_s)}"


def _due_now(status: Status) -> str:
    if status.snoozed_until is not None:
        return f"snoozed until {clock(status.snoozed_until, status.at)}"
    what = "break" if status.bout.next_prompt is PromptKind.BREAK else "change"
    if reason := waits(status):
        return f"{what} due, waiting: {reason}"
    over = status.bout.length_s - status.bout.limit_s
    if over >= 60:
        return f"{what} due {gone(over)} ago"
    return _NOW[status.bout.next_prompt]


_PICTURES = {
    State.SITTING: "sitting",
    State.STANDING: "standing",
    State.AWAY: "away",
    State.ASLEEP: "away",
    State.OFF: "away",
    State.BREAK: "break",
    State.PAUSED: "paused",
    State.UNKNOWN: "unknown",
}


class Face(Struct):
    """How the icon presents itself; two equal faces need no update.

    `picture` names a drawing (`tools.draw_icons`). `text` may change with every minute, `topic`
    only when something has happened. `menu` is equal as long as the same entries are enabled and
    checked.
    """

    picture: str
    text: str
    label: str
    attention: bool
    topic: tuple[object, ...]
    menu: tuple[object, ...]


def face(status: Status, shade: str = "auto") -> Face:
    """How the icon should look now; `shade` is `tray.icon` of the settings."""
    overdue = due(status) or status.prompt is not None
    held = waits(status)
    picture = "due" if overdue else _PICTURES[status.state]
    return Face(
        picture=picture if shade == "auto" else f"{picture}-{shade}",
        text=tooltip(status),
        label=label(status),
        # What waits, or was put off, is shown; but it does not wave.
        attention=overdue
        and not held
        and (status.snoozed_until is None or status.prompt is not None),
        topic=(
            status.state, overdue, held, status.snoozed_until, status.paused_until,
            status.break_ is None, status.presence.why, status.quiet,
        ),
        menu=(
            status.state, overdue, status.prompt, status.break_ is None, status.can_snooze,
            status.paused, status.posture,
            status.presence.reading, status.presence.reading_until,
            bool(detail_line(status)), status.can_skip, status.missed,
            status.today.snoozes_left, status.today.skips_left,
        ),
    )  # fmt: skip
