"""A daemon without a machine: the real engine and requests, a clock that a test moves, fakes."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from deskbreak.adapters.control.protocol import parse
from deskbreak.app.adviser import CatalogueAdviser
from deskbreak.app.control import ControlHandler
from deskbreak.app.daemon import Daemon, Listener, Ports
from deskbreak.app.settings_file import Tuning
from deskbreak.app.troubles import Troubles
from deskbreak.core.engine import Engine
from deskbreak.core.events import Fact
from deskbreak.core.moment import Moment
from deskbreak.core.records import Happening
from deskbreak.core.state import Adviser
from deskbreak.ports import Capability
from deskbreak.settings.files import shipped
from tests.fakes.clock import ManualClock
from tests.fakes.history import MemoryHistory
from tests.fakes.player import FakePlayer
from tests.fakes.prompts import FakePrompts
from tests.fakes.store import MemoryStateStore
from tests.fakes.waker import ManualWaker


class Indoors:
    """Talks to the daemon as the control socket does; `events` is what subscribers would hear."""

    def __init__(
        self,
        config: Path,
        settings: Mapping[str, str] | None = None,
        adviser: Adviser | None = None,
    ) -> None:
        self.tuning = Tuning(config, overrides=dict(settings or {}))
        self.tuning.reload(self.complain)
        self.complaints: list[str] = []
        self.events: list[dict[str, Any]] = []
        self.works = [Capability("notifications", "fake", True), Capability("tray", None, False)]
        self.levels: list[int] = []
        self.reloads = self.quits = 0
        self.clock = ManualClock()
        self.prompts = FakePrompts(self.send)
        self.notified: list[str] = []
        self.player = FakePlayer(self.send)
        self.state = MemoryStateStore()
        self.troubles = Troubles(self.complain, lambda: self.clock.now().local)
        self.history = MemoryHistory()
        self.listeners: list[Listener] = [self._heard]
        adviser = adviser or CatalogueAdviser([shipped("microroutines")])
        engine = Engine(self.tuning.settings, adviser, self.clock.now())
        ports = Ports(
            self.clock, self.state, self.prompts, self.player, self.history, self.listeners,
            set_level=self.levels.append, complain=self.complain, troubles=self.troubles,
        )  # fmt: skip
        self.daemon = Daemon(engine, ports, self._waker)
        self.desk = ControlHandler(
            self.daemon, self.tuning, lambda: self.works, self._reload, self._quit,
            lost=str, notify=self.notified.append,
        )  # fmt: skip
        self.daemon.update()

    def says(self, do: str, **words: Any) -> dict[str, Any]:
        """Make a request."""
        return dict(self.desk.answer(parse({"do": do, **words})))

    def complain(self, text: str) -> None:
        self.complaints.append(text)

    def send(self, fact: Fact) -> None:
        self.daemon.tell(fact)

    def _heard(self, happening: Happening, _at: Moment) -> None:
        self.events.append({"event": happening.event, **happening.as_dict()})

    def _waker(self, alarm: Callable[[], None]) -> ManualWaker:
        self.waker = ManualWaker(self.clock, alarm)
        return self.waker

    def _reload(self) -> None:
        self.reloads += 1

    def _quit(self) -> None:
        self.quits += 1


class IndoorTalk:
    """The `Talk` of the demo's guide, with time that passes only while it waits.

    `act` is called at every step of the clock: it is the person, and the player.
    """

    STEP = 0.25

    def __init__(self, indoors: Indoors) -> None:
        self.indoors = indoors
        self.asked: list[str] = []
        self._heard = 0

    async def ask(self, do: str, **words: Any) -> dict[str, Any]:
        self.asked.append(" ".join([do, *map(str, words.values())]))
        return self.indoors.says(do, **words)

    async def wait(self, names: Collection[str], seconds: float) -> dict[str, Any] | None:
        for _ in range(round(seconds / self.STEP) + 1):
            while self._heard < len(self.indoors.events):
                event = self.indoors.events[self._heard]
                self._heard += 1
                if event["event"] in names:
                    return event
            self.indoors.clock.advance(self.STEP)
            self.act()
        return None

    def act(self) -> None:
        """Nobody does anything."""
