"""What the icon looks like for a Status: picture, tooltip, and whether it asks for attention."""

from dataclasses import dataclass

from deskbreak.adapters.tray import texts
from deskbreak.core.status import Status
from deskbreak.core.words import State

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


@dataclass(frozen=True, slots=True)
class Face:
    """How the icon presents itself; two equal faces need no update.

    `picture` names a drawing (`draw_icons.drawings`). `text` may change with every minute, `topic`
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
    due = texts.due(status) or status.prompt is not None
    held = texts.waits(status)
    picture = "due" if due else _PICTURES[status.state]
    return Face(
        picture=picture if shade == "auto" else f"{picture}-{shade}",
        text=texts.tooltip(status),
        label=texts.label(status),
        # What waits, or was put off, is shown; but it does not wave.
        attention=due and not held and (status.snoozed_until is None or status.prompt is not None),
        topic=(
            status.state, due, held, status.snoozed_until, status.paused_until,
            status.break_ is None, status.presence.why, status.quiet,
        ),
        menu=(
            status.state, due, status.prompt, status.break_ is None, status.can_snooze,
            status.paused, status.posture, status.standing.enabled,
            status.presence.reading, status.presence.reading_until,
            bool(texts.detail_line(status)), status.can_skip, status.missed,
            status.today.snoozes_left, status.today.skips_left,
        ),
    )  # fmt: skip
