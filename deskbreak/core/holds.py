"""Reasons not to prompt right now (B14), some of which also keep a person seated (B2)."""

from dataclasses import dataclass, field

from deskbreak.core.words import HoldReason
from deskbreak.settings.model import Settings

_SWITCHES = {
    HoldReason.CALL: "calls",
    HoldReason.CAMERA: "camera",
    HoldReason.SCREEN_SHARE: "screen_share",
    HoldReason.FULLSCREEN: "fullscreen",
    HoldReason.DO_NOT_DISTURB: "do_not_disturb",
    HoldReason.CALENDAR: "calendar",
}


_MEETINGS = frozenset({HoldReason.CALL, HoldReason.CAMERA, HoldReason.CALENDAR})


@dataclass(frozen=True, slots=True)
class Hold:
    """One reason, since a reading of the elapsed clock; `spent` once it has held for too long."""

    reason: HoldReason
    detail: str
    since: float
    spent: bool = False


@dataclass(slots=True)
class Holds:
    """All reasons that are on; a reason can be on only once."""

    on: dict[HoldReason, Hold] = field(default_factory=dict)

    def begin(self, reason: HoldReason, detail: str, t: float) -> bool:
        """Take note of a reason; False if it was on already."""
        if reason in self.on:
            return False
        self.on[reason] = Hold(reason, detail, t)
        return True

    def end(self, reason: HoldReason) -> Hold | None:
        """The reason is gone; None if it was not on."""
        return self.on.pop(reason, None)

    def active(self, settings: Settings) -> list[Hold]:
        """The holds that keep prompts back, by the settings in force."""
        return [hold for hold in self.on.values() if not hold.spent and _counts(hold, settings)]

    @property
    def in_meeting(self) -> bool:
        """Whether the person is with other people: on a call, on camera, or so says the calendar."""
        return not _MEETINGS.isdisjoint(self.on)

    def keep_seated(self, settings: Settings) -> bool:
        """Whether one of them is a reason to be seated without input (B2)."""
        if HoldReason.CALL in self.on or HoldReason.CAMERA in self.on:
            return True
        return settings.presence.count_inhibitors and HoldReason.INHIBITOR in self.on

    def next_spent_at(self, settings: Settings) -> float | None:
        """When the oldest active hold will have held for `hold.longest`."""
        begun = [hold.since for hold in self.active(settings)]
        return min(begun) + settings.hold.longest if begun else None

    def spend(self, settings: Settings, t: float) -> list[Hold]:
        """Mark those that have held for `hold.longest`, and say which."""
        late = [h for h in self.active(settings) if h.since + settings.hold.longest <= t]
        for hold in late:
            self.on[hold.reason] = Hold(hold.reason, hold.detail, hold.since, spent=True)
        return late


def _counts(hold: Hold, settings: Settings) -> bool:
    if hold.reason is HoldReason.INHIBITOR:
        return False
    switch = _SWITCHES.get(hold.reason)
    return switch is None or bool(getattr(settings.hold, switch))
