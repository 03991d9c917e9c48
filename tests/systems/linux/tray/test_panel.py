"""The icon on a real panel: seen, opened and clicked as a person would."""

import asyncio
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.tray.tray import SniTray
from tests.servers import Desktop, desktop, require, stop, xfce_panel
from tests.statuses import Desk, due, status
from tests.waiting import spin
from tools.draw_icons import AMBER, TEAL

WIDTH = 800
ICON = (WIDTH - 15, 15)


@pytest.fixture
def tray(screen: Desktop, loop: asyncio.AbstractEventLoop, desk: Desk) -> Iterator[SniTray]:
    with closing(
        SniTray(loop, Bus(loop, "session", screen.bus), desk.sources(), print, {})
    ) as made:
        yield made
    loop.run_until_complete(asyncio.sleep(0))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def person(screen: Desktop, loop: asyncio.AbstractEventLoop, tmp_path: Path) -> "Person":
    return Person(screen, loop, tmp_path)


@pytest.fixture
def screen() -> Iterator[Desktop]:
    require("Xvfb", "dbus-daemon", "xfce4-panel", "xfconfd", "xdotool", "import")
    pytest.importorskip("PIL")
    with desktop(width=WIDTH, height=500, panel=True) as here:
        yield here


class Person:
    """Looks at the screen and uses the mouse, while the loop of the icon goes on."""

    def __init__(self, screen: Desktop, loop: asyncio.AbstractEventLoop, folder: Path) -> None:
        self.screen = screen
        self.loop = loop
        self.folder = folder

    def until(self, condition: Callable[[], Any]) -> Any:
        return spin(self.loop, condition)

    def sees(self, colour: tuple[int, int, int]) -> bool:
        """Whether the end of the panel has a patch of that colour."""
        from PIL import Image

        with Image.open(self.screen.screenshot(self.folder / "screen.png")) as picture:
            corner = picture.convert("RGB").crop((WIDTH - 30, 0, WIDTH, 30)).tobytes()
        return sum(corner[at : at + 3] == bytes(colour) for at in range(0, len(corner), 3)) >= 8

    def menu(self) -> dict[str, int] | None:
        """Where the open menu is: the one window that is high, but not as wide as the screen."""
        search = ("search", "--onlyvisible", "--name", "")
        try:
            found = self.screen.run("xdotool", *search, "getwindowgeometry", "--shell", "%@")
        except subprocess.CalledProcessError:  # a window went away while it was looked at
            return None
        for window in found.split("WINDOW=")[1:]:
            lines = (line.partition("=") for line in window.split()[1:])
            place = {name: int(value) for name, _, value in lines}
            if place["HEIGHT"] > 100 and place["WIDTH"] < WIDTH:
                return place
        return None

    def opens_menu(self, button: int) -> dict[str, int]:
        """Click the icon until its menu is there: a panel shows icons before their menus work."""
        self.until(lambda: not self.menu())
        for _ in range(10):
            self.screen.click(*ICON, button)
            with suppress(AssertionError):
                found: dict[str, int] = spin(self.loop, self.menu, 1.0)
                return found
        raise AssertionError("no menu opens")


def test_a_person_at_a_panel(screen: Desktop, person: Person, desk: Desk, tray: SniTray) -> None:
    person.until(lambda: person.sees(TEAL))

    for now, colour in ((status(), TEAL), (due(), AMBER)):
        desk.now = now
        tray.show(now)
        person.until(lambda colour=colour: person.sees(colour))  # type: ignore[misc]
        for button in (1, 3):  # either opens the menu; its last entry is Quit
            menu = person.opens_menu(button)
            screen.click(menu["X"] + 40, menu["Y"] + menu["HEIGHT"] - 15)
            person.until(lambda: desk.done)
            assert (desk.done, desk.sent) == ([("quit", None)], [])
            desk.done.clear()

    stop(screen.processes["panel"])
    person.until(lambda: tray.capabilities()[0].works is False)
    desk.now = status()
    tray.show(desk.now)
    with xfce_panel(screen.env):
        person.until(lambda: person.sees(TEAL))
        assert tray.capabilities()[0].works
        tray.close()
        person.until(lambda: not person.sees(TEAL))
