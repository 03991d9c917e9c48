"""What every Tray keeps to: the icon on the bus, with a host and without, the fake, and none."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial

import pytest

from deskbreak.adapters.tray.native import NativeTray
from deskbreak.ports import Tray
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.tray.tray import SniTray
from deskbreak.systems.system import NoTray
from deskbreak.systems.windows.tray import windows_icon
from tests.adapters.tray.toolkits import Win32, WindowsBase
from tests.fakes.tray import FakeTray
from tests.fakes.tray_host import TrayHost
from tests.servers import private_bus
from tests.statuses import Desk, every_status
from tests.waiting import spin, spin_for

Make = Callable[[asyncio.AbstractEventLoop, ExitStack], Tray]


def on_the_bus(loop: asyncio.AbstractEventLoop, ends: ExitStack, *, hosted: bool) -> Tray:
    address = ends.enter_context(private_bus())
    ends.callback(loop.run_until_complete, asyncio.sleep(0))
    tray = SniTray(loop, Bus(loop, "session", address), Desk().sources(), print, {})
    ends.callback(tray.close)
    if hosted:
        ends.callback(TrayHost(loop, address).close)
        spin(loop, lambda: tray.capabilities()[0].works)
    return tray


def on_windows(loop: asyncio.AbstractEventLoop, _ends: ExitStack) -> Tray:
    pytest.importorskip("PIL")
    icon = windows_icon(WindowsBase, Win32)
    return NativeTray(loop, Desk().sources(), icon, "stand-in", detached=True)


@pytest.fixture(
    params=[
        partial(on_the_bus, hosted=True),
        partial(on_the_bus, hosted=False),
        on_windows,
        lambda _loop, _ends: FakeTray(),
        lambda _loop, _ends: FakeTray(works=False),
        lambda _loop, _ends: NoTray("there is no session bus", "Start it from a desktop."),
    ],
    ids=["hosted", "no-host", "windows", "fake", "fake-none", "none"],
)
def tray(request: pytest.FixtureRequest, loop: asyncio.AbstractEventLoop) -> Iterator[Tray]:
    make: Make = request.param
    with ExitStack() as ends:
        yield make(loop, ends)


def test_it_takes_every_status_as_often_as_it_comes(
    tray: Tray, loop: asyncio.AbstractEventLoop
) -> None:
    for _ in range(3):
        for now in every_status():
            tray.show(now)
    spin_for(loop, 0.05)


def test_what_does_not_work_says_why(tray: Tray) -> None:
    found = tray.capabilities()
    assert [capability.name for capability in found] == ["tray"]
    for capability in found:
        assert capability.works or capability.why
        assert capability.works is False or capability.backend


def test_it_can_be_closed_twice_and_is_silent_afterwards(
    tray: Tray, loop: asyncio.AbstractEventLoop
) -> None:
    tray.close()
    tray.close()
    for now in every_status():
        tray.show(now)
    spin_for(loop, 0.02)
    assert len(tray.capabilities()) == 1
