"""The probes that there are for a desktop on Linux."""

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from deskbreak.adapters.holds.probes import Holds, Part, Probe
from deskbreak.adapters.holds.reason import Reason
from deskbreak.core.enums import HoldReason
from deskbreak.ports import Send
from deskbreak.struct import Struct

if TYPE_CHECKING:
    from deskbreak.settings.model import Settings
    from deskbreak.systems.linux.dbus.bus import Bus

_STEADY_S = 1.0
"""How long it must last: programs look whether there is a microphone or camera, and let go."""


def choose_holds(
    loop: asyncio.AbstractEventLoop,
    send: Send,
    settings: Callable[[], "Settings"],
    environ: Mapping[str, str],
    session_bus: "Bus | None",
    system_bus: "Bus | None" = None,
) -> Holds:
    """Everything that this desktop tells; the buses may be down, or missing for good.

    `settings` returns those in force.
    """
    makers = _Makers(loop, send, settings, environ, session_bus, system_bus)
    parts = (
        Part("calls", "hold.calls", lambda s: s.hold.calls, makers.calls),
        Part("camera", "hold.camera", lambda s: s.hold.camera, makers.camera),
        Part("screen share", "hold.screen_share", lambda s: s.hold.screen_share, makers.screen),
        Part(
            "full screen", "hold.fullscreen",
            lambda s: s.hold.fullscreen or bool(s.hold.apps), makers.windows,
        ),
        Part("do not disturb", "hold.do_not_disturb", lambda s: s.hold.do_not_disturb, makers.dnd),
        Part(
            "inhibitors", "presence.count_inhibitors",
            lambda s: s.presence.count_inhibitors, makers.inhibitors,
        ),
    )  # fmt: skip
    return Holds(parts, settings)


class _Makers(Struct):
    """Makes each probe when it is wanted first; until then its module is not even loaded."""

    loop: asyncio.AbstractEventLoop
    send: Send
    settings: Callable[[], "Settings"]
    environ: Mapping[str, str]
    session_bus: "Bus | None"
    system_bus: "Bus | None"

    def calls(self) -> Probe:
        from deskbreak.systems.linux.holds.calls import CallProbe

        reason = self._reason(HoldReason.CALL, _STEADY_S)
        return CallProbe(self.loop, reason, self.environ, self._not_calls)

    def camera(self) -> Probe:
        from deskbreak.systems.linux.holds.camera import CameraProbe

        reason = self._reason(HoldReason.CAMERA, _STEADY_S)
        return CameraProbe(self.loop, reason, self.environ, not_calls=self._not_calls)

    def screen(self) -> Probe:
        from deskbreak.systems.linux.holds.pipewire import ScreenShareProbe

        reason = self._reason(HoldReason.SCREEN_SHARE, _STEADY_S)
        return ScreenShareProbe(self.loop, reason, self.environ)

    def windows(self) -> Probe:
        from deskbreak.systems.linux.holds.windows import WindowProbe

        fullscreen = self._reason(HoldReason.FULLSCREEN, _STEADY_S)
        app = self._reason(HoldReason.APP)
        wanted = self.settings
        return WindowProbe(self.loop, fullscreen, app, lambda: wanted().hold, self.environ)

    def dnd(self) -> Probe:
        from deskbreak.systems.linux.holds.dnd import QuietProbe

        reason = self._reason(HoldReason.DO_NOT_DISTURB)
        return QuietProbe(self.loop, reason, self.session_bus, self.environ)

    def inhibitors(self) -> Probe:
        from deskbreak.systems.linux.holds.inhibitors import InhibitorProbe

        reason = self._reason(HoldReason.INHIBITOR, _STEADY_S)
        buses = (self.system_bus, self.session_bus)
        settings = self.settings
        return InhibitorProbe(
            self.loop, reason, buses, lambda: settings().presence.away_after, self.environ
        )

    def _not_calls(self) -> tuple[str, ...]:
        return self.settings().hold.not_calls

    def _reason(self, reason: HoldReason, steady_s: float = 0.0) -> Reason:
        return Reason(self.loop, self.send, reason, steady_s)
