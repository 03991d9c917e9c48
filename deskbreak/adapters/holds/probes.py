"""Puts probes together: those that the settings want, switched on and off as these change."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from deskbreak.ports import Capability
from deskbreak.struct import Struct

if TYPE_CHECKING:
    from deskbreak.settings.model import Settings

log = logging.getLogger(__name__)


class Probe(ABC):
    """Watches one thing, with as many ears as that takes."""

    @abstractmethod
    def start(self) -> None:
        """Begin to watch; never fails and never waits."""

    @abstractmethod
    def capabilities(self) -> list[Capability]:
        """What it can tell here, and why not."""

    @abstractmethod
    def close(self) -> None:
        """Stop watching; what it said no longer holds."""

    def refresh(self) -> None:  # noqa: B027 - most have nothing to do then
        """The settings have changed, and it is still wanted."""


class Part(Struct):
    """A probe: what it is called, the setting that wants it, and how it is made.

    `key` is that setting's name; `make` may raise OSError or ImportError.
    """

    name: str
    key: str
    wanted: Callable[["Settings"], bool]
    make: Callable[[], Probe]


class Holds:
    """The HoldSource port over all probes. `refresh` when the settings have changed."""

    def __init__(self, parts: tuple[Part, ...], settings: Callable[[], "Settings"]) -> None:
        self._parts = parts
        self._settings = settings
        self._running: dict[str, Probe] = {}
        self._broken: dict[str, str] = {}

    def start(self) -> None:
        """Begin to listen; a probe that cannot work here switches itself off with a reason."""
        self.refresh()

    def refresh(self) -> None:
        """Start and stop probes as the settings of the moment want it."""
        settings = self._settings()
        for part in self._parts:
            probe = self._running.get(part.name)
            if probe is None and part.wanted(settings):
                self._begin(part)
            elif probe is not None and not part.wanted(settings):
                del self._running[part.name]
                probe.close()
            elif probe is not None:
                probe.refresh()

    def capabilities(self) -> list[Capability]:
        """What each probe can tell here; those that nobody wants are named as well."""
        rows = []
        for part in self._parts:
            probe = self._running.get(part.name)
            if probe is not None:
                rows += probe.capabilities()
            else:
                rows.append(self._not_running(part))
        return rows

    def close(self) -> None:
        """Stop listening; what was said no longer holds."""
        while self._running:
            _, probe = self._running.popitem()
            probe.close()

    def _not_running(self, part: Part) -> Capability:
        if part.name in self._broken:
            why, advice = self._broken[part.name], "The log says more; please report it."
        else:
            why = f"switched off in the settings ({part.key})"
            advice = f"To switch it on: `deskbreak config set {part.key} true`."
        return Capability(part.name, None, False, why, advice)

    def _begin(self, part: Part) -> None:
        if part.name in self._broken:
            return
        try:
            probe = part.make()
            probe.start()
        except Exception as trouble:  # the rim: one probe that breaks must not keep us from working
            log.exception("The probe for %s does not work here", part.name)
            self._broken[part.name] = f"it broke: {trouble}"
        else:
            self._running[part.name] = probe
