"""A desk sensor that a test moves."""

from deskbreak.core.enums import Posture
from deskbreak.core.events import PostureSensed, SensorLost
from deskbreak.ports import Capability, Send


class FakeDesk:
    """The DeskSensor port without a desk. `height` is what it reads; None: it cannot tell."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._open = False
        self._height: Posture | None = None

    def start(self) -> None:
        self._open = True

    def refresh(self) -> None:
        pass

    def moves(self, height: Posture | None) -> None:
        """The desk is there now."""
        self._height = height
        if self._open:
            self._send(SensorLost() if height is None else PostureSensed(height))

    def capabilities(self) -> list[Capability]:
        return [Capability("desk", "fake", self._height is not None, str(self._height))]

    def close(self) -> None:
        self._open = False
