"""Opens the windows that the tray offers, each a process of its own."""

import asyncio
import importlib.util
import logging
from pathlib import Path

from deskbreak.adapters.child import Child, Program
from deskbreak.adapters.programs import python

log = logging.getLogger(__name__)

_MODULES = {"stats": "deskbreak.windows.stats", "settings": "deskbreak.windows.settings"}


class Windows:
    """The windows that can be opened here; one of each at a time. `config` is the settings file."""

    def __init__(self, loop: asyncio.AbstractEventLoop, config: Path) -> None:
        self._loop = loop
        self._words = {"settings": ("--config", str(config))}
        self._open: dict[str, Child] = {}

    def available(self) -> frozenset[str]:
        """The names of the windows; none where there is no Qt."""
        qt = importlib.util.find_spec("PySide6") is not None
        return frozenset(_MODULES) if qt else frozenset()

    def open(self, name: str) -> None:
        """Open that window; a second one of its kind is not opened."""
        if name in self._open:
            return
        words = python(_MODULES[name], *self._words.get(name, ()))
        try:
            self._open[name] = Child(
                self._loop, Program(words), lambda code: self._gone(name, code)
            )
        except OSError as error:
            log.warning("The window %s could not be opened: %s", name, error)

    def _gone(self, name: str, code: int) -> None:
        del self._open[name]
        if code:
            log.warning("The window %s could not be shown (exit code %s).", name, code)
