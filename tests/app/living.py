"""An application that really runs, on a bus and in a home of its own, in the test's process."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deskbreak.app.application import Application
from deskbreak.app.environment import Options, Places
from deskbreak.systems import here
from tests.servers import private_bus, private_environment


@dataclass(slots=True)
class Running:
    """An application that runs, and the readers of settings in it."""

    application: Application
    config: Path
    loop: asyncio.AbstractEventLoop

    def sets(self, text: str) -> None:
        """The person saves this as their settings file, and it is noticed."""
        self.config.write_text(text)
        self.application._reload()

    @property
    def status(self) -> Any:
        return self.application._daemon.status()

    def doctor(self, name: str) -> list[tuple[str | None, str]]:
        rows = self.application.capabilities()
        return [(row.backend, row.why) for row in rows if row.name == name]

    def guide(self, word: str) -> Sequence[str]:
        """What the next guide is told from that word on."""
        words = [*self.application._arguments.command("a.player", "stand-hips"), ""]
        return words[words.index(word) :][:2] if word in words else []

    def tray(self) -> Any:
        """What the icon is made of."""
        tray: Any = self.application._tray
        return tray._sources

    def probe(self, name: str) -> Any:
        """What listens for that kind of reason to wait."""
        assert self.application._sources is not None
        holds: Any = self.application._sources._following["looking for reasons to wait"]
        return holds._running[name]

    def part(self, kind: type) -> Any:
        """The one part of that kind that hears what happens, or looks on."""
        heard = self.application._daemon._ports.listeners
        looks = [look for look, _ in self.application._daemon._onlookers]
        owners = [getattr(one, "__self__", None) for one in (*heard, *looks)]
        (found,) = [owner for owner in owners if isinstance(owner, kind)]
        return found


@contextmanager
def living(home: Path) -> Iterator[Running]:
    """An application without a display that is open; closed in the end."""
    loop = asyncio.SelectorEventLoop()
    with private_bus() as bus, pytest.MonkeyPatch.context() as patch:
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            patch.delenv(name, raising=False)
        for name, value in private_environment(home).items():
            patch.setenv(name, value)
        patch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
        places = Places.of_user()
        places.config.parent.mkdir(parents=True, exist_ok=True)
        application = Application(loop, here(), places, Options(places.config), stop=lambda: None)
        try:
            application.open()
            yield Running(application, places.config, loop)
        finally:
            application.close()
            loop.run_until_complete(asyncio.sleep(0))
            loop.close()
