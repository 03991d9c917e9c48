"""Reasons not to prompt right now (B14), some of which also keep a person seated (B2)."""

import re

from deskbreak.core.enums import HoldReason
from deskbreak.core.moment import SAME
from deskbreak.settings.model import Settings
from deskbreak.struct import Struct, field, replace

_SWITCHES = {
    HoldReason.CALL: "calls",
    HoldReason.CAMERA: "camera",
    HoldReason.SCREEN_SHARE: "screen_share",
    HoldReason.FULLSCREEN: "fullscreen",
    HoldReason.DO_NOT_DISTURB: "do_not_disturb",
    HoldReason.CALENDAR: "calendar",
}

_MEETINGS = frozenset({HoldReason.CALL, HoldReason.CAMERA, HoldReason.CALENDAR})

_SOUND = re.compile(r"(?<![a-z])(audio|music|sound|song|podcast|radio)s?(?![a-z])", re.IGNORECASE)
_MORE = re.compile(r"video|film|movie|picture|presentation|call|meeting", re.IGNORECASE)


def sound_alone(*said: str) -> bool:
    """Whether what keeps the screen awake does so for sound alone, which needs nobody there (B40).

    `said` is its name and the reason that it gives.
    """
    return any(map(_SOUND.search, said)) and not any(map(_MORE.search, said))


class Hold(Struct):
    """One reason, since a reading of the elapsed clock.

    `spent` once it has held for too long. `until` is set for one that was on before a restart:
    if nobody has told of it again by then, it is over.
    """

    reason: HoldReason
    detail: str
    since: float
    spent: bool = False
    until: float | None = None


class Holds(Struct, frozen=False):
    """All reasons that are on; a reason can be on only once."""

    on: dict[HoldReason, Hold] = field(default_factory=dict)

    def begin(self, reason: HoldReason, detail: str, t: float) -> None:
        """A reason has come up, or is confirmed, perhaps with another detail."""
        known = self.on.get(reason)
        self.on[reason] = (
            Hold(reason, detail, t) if known is None else replace(known, detail=detail, until=None)
        )

    def end(self, reason: HoldReason) -> None:
        """The reason is gone, if it was on."""
        self.on.pop(reason, None)

    def active(self, settings: Settings) -> list[Hold]:
        """The holds that keep prompts back, by the settings in force."""
        if not self.on:
            return []
        return [hold for hold in self.on.values() if not hold.spent and _counts(hold, settings)]

    @property
    def in_meeting(self) -> bool:
        """Whether the person is with others: on a call, on camera, or so says the calendar."""
        return not _MEETINGS.isdisjoint(self.on)

    def keep_seated(self, settings: Settings) -> bool:
        """Whether one of them is a reason to be seated without input (B2)."""
        if HoldReason.CALL in self.on or HoldReason.CAMERA in self.on:
            return True
        return settings.presence.count_inhibitors and HoldReason.INHIBITOR in self.on

    def next_end_at(self, settings: Settings) -> float | None:
        """When one of them will have held for `hold.longest`, or was not confirmed in time."""
        if not self.on:
            return None
        spent = [hold.since + settings.hold.longest for hold in self.active(settings)]
        unconfirmed = [hold.until for hold in self.on.values() if hold.until is not None]
        return min(spent + unconfirmed, default=None)

    def expire(self, settings: Settings, t: float) -> None:
        """Spend those that have held for `hold.longest`, drop those that nobody has confirmed."""
        for hold in self.active(settings):
            if hold.since + settings.hold.longest <= t + SAME:
                self.on[hold.reason] = replace(hold, spent=True)
        for hold in list(self.on.values()):
            if hold.until is not None and hold.until <= t + SAME:
                self.end(hold.reason)


def _counts(hold: Hold, settings: Settings) -> bool:
    if hold.reason is HoldReason.INHIBITOR:
        return False
    switch = _SWITCHES.get(hold.reason)
    return switch is None or bool(getattr(settings.hold, switch))
