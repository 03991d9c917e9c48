"""The contract of Prompts on the notification servers that people have, clicked with a mouse."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from deskbreak.core.enums import Answer
from deskbreak.core.events import Fact, PromptAnswered
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.notify.freedesktop import FreedesktopPrompts, Remembered
from tests.adapters.prompts.traffic import Traffic
from tests.contracts.prompts import PromptsContract, Screen, break_prompt
from tests.fakes.prompts import FakePrompts
from tests.servers import (
    Desktop,
    desktop,
    dunst_action,
    private_bus,
    private_environment,
    require,
    xvfb,
)
from tests.servers import dunst as dunst_server
from tests.waiting import spin, spin_for, until

Loop = asyncio.AbstractEventLoop


class RealScreen:
    """Prompts on a private desktop, with a mouse instead of calls."""

    def __init__(self, loop: Loop, here: Desktop, window: str) -> None:
        self.facts: list[Fact] = []
        self.here = here
        self.traffic = Traffic(loop, here.bus)
        self.bus = Bus(loop, "session", here.bus)
        self.fallback = FakePrompts(self.facts.append)
        self.prompts = FreedesktopPrompts(self.bus, self.facts.append, self.fallback)
        self._window = window
        self.bus.start()
        spin(loop, lambda: self.bus.up)

    def showing(self) -> list[str]:
        return [title for title, actions in self.traffic.banners.values() if actions]

    def noticed(self) -> list[str]:
        return [title for title, actions in self.traffic.showed if not actions]

    def press(self, answer: Answer) -> None:
        """The person presses that button."""
        raise NotImplementedError

    def turn_away(self, answer: Answer) -> None:
        """The person dismisses it."""
        raise NotImplementedError

    def frame(self) -> tuple[int, int, int, int]:
        """Left, top, width and height of the one banner on the screen, once it is there."""
        until(lambda: len(self._windows()) == 1, what="one banner is drawn")
        said = self.here.run("xdotool", "getwindowgeometry", "--shell", self._windows()[0])
        values = dict(line.split("=") for line in said.split())
        return int(values["X"]), int(values["Y"]), int(values["WIDTH"]), int(values["HEIGHT"])

    def _windows(self) -> list[str]:
        listed = self.here.run(
            "sh", "-c", f"xdotool search --onlyvisible --class {self._window} || true"
        )
        return listed.split()

    def end(self, loop: Loop) -> None:
        self.prompts.close()
        spin(loop, lambda: not self.traffic.banners)
        self.bus.close()
        self.traffic.close()
        spin_for(loop, 0)


class XfceScreen(RealScreen):
    """xfce4-notifyd draws real buttons."""

    def __init__(self, loop: Loop, here: Desktop) -> None:
        super().__init__(loop, here, "Xfce4-notifyd")

    def press(self, answer: Answer) -> None:
        ((_title, keys),) = self.traffic.banners.values()
        left, top, width, height = self.frame()
        y = top + height - 20
        buttons = until(lambda: self._buttons(left, width, y, len(keys)), what="drawn buttons")
        self.here.click(buttons[keys.index(str(answer))], y)

    def turn_away(self, answer: Answer) -> None:
        assert answer is Answer.DISMISS
        left, top, _width, _height = self.frame()
        self.here.click(left + 150, top + 25)

    def _buttons(self, left: int, width: int, y: int, count: int) -> list[int]:
        """Where the buttons are on that row of pixels: what is not as white as the banner."""
        path = self.here.screenshot(self.here.home / "screen.png")
        with Image.open(path) as image:
            row = [image.convert("L").getpixel((x, y)) for x in range(left + 2, left + width - 2)]
        edges = [x for x in range(1, len(row)) if (row[x] == 255) != (row[x - 1] == 255)]
        pairs = list(zip(edges[::2], edges[1::2], strict=False))
        if len(pairs) != count:
            return []
        return [left + 2 + (a + b) // 2 for a, b in pairs]


class DunstScreen(RealScreen):
    """dunst draws no buttons: a menu answers, or a middle click on the banner."""

    def __init__(self, loop: Loop, here: Desktop) -> None:
        super().__init__(loop, here, "Dunst")

    def press(self, answer: Answer) -> None:
        labels = {Answer.SNOOZE: "Snooze", Answer.STANDING: "Standing now"}
        dunst_action(self.here.env, labels.get(answer, str(answer).capitalize()))

    def turn_away(self, answer: Answer) -> None:
        assert answer is Answer.DISMISS
        left, top, _width, _height = self.frame()
        self.here.click(left + 50, top + 20)


class RealServerContract(PromptsContract):
    """As the contract, but nobody waits until a banner expires."""

    @pytest.mark.parametrize("answer", [Answer.DISMISS])
    def test_turning_away_is_told(self, loop: Loop, screen: Screen, answer: Answer) -> None:
        super().test_turning_away_is_told(loop, screen, answer)


@pytest.fixture(scope="module")
def xfce() -> Iterator[Desktop]:
    require("xdotool", "import")
    with desktop(notifications="xfce", width=800, height=400) as here:
        yield here


@pytest.fixture(scope="module")
def dunst() -> Iterator[Desktop]:
    require("xdotool", "dunstctl")
    with desktop(notifications="dunst", width=800, height=400) as here:
        yield here


class TestXfce(RealServerContract):
    @pytest.fixture
    def screen(self, loop: Loop, xfce: Desktop) -> Iterator[XfceScreen]:
        screen = XfceScreen(loop, xfce)
        yield screen
        screen.end(loop)


class TestDunst(RealServerContract):
    @pytest.fixture
    def screen(self, loop: Loop, dunst: Desktop) -> Iterator[DunstScreen]:
        screen = DunstScreen(loop, dunst)
        yield screen
        screen.end(loop)

    def test_a_middle_click_starts_the_suggestion(self, loop: Loop, screen: DunstScreen) -> None:
        screen.prompts.show(break_prompt())
        self.wait_for(loop, screen, 1)
        left, top, _width, _height = screen.frame()
        screen.here.click(left + 50, top + 20, button=2)
        spin(loop, lambda: screen.facts)
        assert screen.facts == [PromptAnswered(Answer.STRETCH, 1)]

    def test_a_hung_server_is_stood_in_for_until_it_shows_it(
        self, loop: Loop, screen: DunstScreen
    ) -> None:
        loop.run_until_complete(screen.prompts.known())
        screen.prompts._patience_s = 0.2
        process = screen.here.processes["notifications"]
        process.send_signal(signal.SIGSTOP)
        try:
            screen.prompts.show(break_prompt())
            spin(loop, lambda: screen.fallback.live)
        finally:
            process.send_signal(signal.SIGCONT)
        spin(loop, lambda: screen.fallback.live is None)
        assert len(screen.traffic.banners) == 1


def test_a_server_that_was_killed_and_a_program_that_was(loop: Loop) -> None:
    """Both lose what they know; neither leaves a dead banner or loses the prompt."""
    require("dunst")
    with desktop(notifications="dunst", width=400, height=300) as here:
        facts: list[Fact] = []
        left: list[Remembered | None] = []
        traffic = Traffic(loop, here.bus)
        bus = Bus(loop, "session", here.bus)
        first = FreedesktopPrompts(
            bus, facts.append, FakePrompts(facts.append), remember=left.append
        )
        bus.start()
        first.show(break_prompt())
        spin(loop, lambda: traffic.banners)
        here.processes["notifications"].kill()
        traffic.banners.clear()
        with dunst_server(here.env):
            spin(loop, lambda: traffic.banners)
            assert len(traffic.showed) == 2
            spin(loop, lambda: left[-1] is not None)
            bus.close()  # as if we had been killed: nobody takes the banner away
            later = Bus(loop, "session", here.bus)
            second = FreedesktopPrompts(
                later, facts.append, FakePrompts(facts.append), remembered=left[-1]
            )
            later.start()
            spin(loop, lambda: not traffic.banners)
            assert facts == []
            second.close()
            later.close()
        first.close()
        traffic.close()
        spin_for(loop, 0)


def test_a_server_is_started_when_it_is_needed(loop: Loop, tmp_path: Path) -> None:
    """As on desktops whose server is started by the bus with the first notification."""
    require("dunst")
    with xvfb(400, 300) as display:
        env = private_environment(tmp_path, display)
        with private_bus(activatable=["org.knopwob.dunst"], env=env) as address:
            facts: list[Fact] = []
            bus = Bus(loop, "session", address)
            fallback = FakePrompts(facts.append)
            prompts = FreedesktopPrompts(bus, facts.append, fallback, patience_s=10)
            traffic = Traffic(loop, address)
            bus.start()
            spin(loop, lambda: prompts.capabilities()[0].works)
            assert prompts.capabilities()[0].backend == "started when needed"
            prompts.show(break_prompt())
            spin(loop, lambda: traffic.banners)
            assert (prompts.capabilities()[0].backend or "").startswith("dunst")
            assert fallback.shown == []
            prompts.close()
            bus.close()
            traffic.close()
            spin_for(loop, 0)
