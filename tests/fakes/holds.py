"""Reasons not to prompt that begin and end when the test says so."""

from collections.abc import Callable

from deskbreak.core.enums import HoldReason
from deskbreak.core.events import HoldBegan, HoldEnded
from deskbreak.ports import Capability, Send
from deskbreak.settings.model import Settings

_SWITCHES = {
    HoldReason.CALL: "calls",
    HoldReason.CAMERA: "camera",
    HoldReason.SCREEN_SHARE: "screen_share",
    HoldReason.FULLSCREEN: "fullscreen",
    HoldReason.DO_NOT_DISTURB: "do_not_disturb",
}


class FakeHolds:
    """The HoldSource port with the test as the whole system behind it."""

    def __init__(self, send: Send, settings: Callable[[], Settings] = Settings) -> None:
        self._send = send
        self._settings = settings
        self._open = False
        self._true: dict[HoldReason, str] = {}
        self._told: set[HoldReason] = set()

    def begin(self, reason: HoldReason, detail: str = "") -> None:
        """From now on it is so."""
        self._true[reason] = detail
        self.refresh()

    def end(self, reason: HoldReason) -> None:
        """It is so no longer."""
        self._true.pop(reason, None)
        self.refresh()

    def start(self) -> None:
        """Begin to listen."""
        self._open = True
        self.refresh()

    def refresh(self) -> None:
        """Tell what is news by the settings of the moment."""
        wanted = {reason for reason in self._true if self._open and self._wants(reason)}
        for reason in sorted(wanted - self._told):
            self._told.add(reason)
            self._send(HoldBegan(reason, self._true[reason]))
        for reason in sorted(self._told - wanted):
            self._told.discard(reason)
            self._send(HoldEnded(reason))

    def capabilities(self) -> list[Capability]:
        """That it is a fake."""
        return [Capability(r.value, "fake", self._open and self._wants(r)) for r in HoldReason]

    def close(self) -> None:
        """Stop listening; what was said no longer holds."""
        self._open = False
        self.refresh()

    def _wants(self, reason: HoldReason) -> bool:
        settings = self._settings()
        hold = settings.hold
        if reason is HoldReason.INHIBITOR:
            return settings.presence.count_inhibitors
        if reason is HoldReason.APP:
            return bool(hold.apps)
        return bool(getattr(hold, _SWITCHES.get(reason, ""), True))
