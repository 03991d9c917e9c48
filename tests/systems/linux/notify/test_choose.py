"""Which channel is chosen, and how the choice explains itself."""

import asyncio
from pathlib import Path

from deskbreak.adapters.prompts.passive import PassivePrompts
from deskbreak.adapters.prompts.terminal import TerminalPrompts
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.notify.choose import choose_prompts
from deskbreak.systems.linux.notify.freedesktop import FreedesktopPrompts, Remembered
from deskbreak.systems.system import LastBanner
from tests.contracts.prompts import break_prompt
from tests.fakes.notification_server import FakeNotificationServer
from tests.servers import private_bus
from tests.waiting import spin, spin_for

Loop = asyncio.AbstractEventLoop


def ignore(_what: object) -> None:
    pass


def test_notifications_with_buttons_where_there_is_a_bus(loop: Loop) -> None:
    remembered: list[Remembered | None] = []
    with private_bus() as address:
        server = FakeNotificationServer(loop, address)
        bus = Bus(loop, "session", address)
        last = LastBanner(None, remembered.append)
        prompts = choose_prompts(loop, ignore, bus, last=last, icon="deskbreak")
        assert isinstance(prompts, FreedesktopPrompts)
        bus.start()
        prompts.show(break_prompt())
        spin(loop, lambda: server.banners)
        spin(loop, lambda: remembered)
        assert [c.name for c in prompts.capabilities()] == ["notifications", "actions"]
        prompts.close()
        bus.close()
        server.stop()
        spin_for(loop, 0)


def test_without_a_server_each_channel_says_what_it_can(loop: Loop, tmp_path: Path) -> None:
    bus = Bus(loop, "session", f"unix:path={tmp_path}/nobody")
    prompts = choose_prompts(loop, ignore, bus)
    bus.start()
    loop.run_until_complete(prompts.known())  # type: ignore[attr-defined]
    names = [c.name for c in prompts.capabilities()]
    assert names == ["notifications", "plain notifications", "terminal"]
    first = prompts.capabilities()[0]
    assert not first.works
    assert "cannot reach the session bus" in first.why
    assert first.advice
    prompts.close()
    bus.close()
    spin_for(loop, 0)


def test_without_any_bus_plain_ones(loop: Loop) -> None:
    assert isinstance(choose_prompts(loop, ignore, None), PassivePrompts)


def test_the_console_when_it_is_asked_for(loop: Loop) -> None:
    prompts = choose_prompts(loop, ignore, None, console=True)
    assert isinstance(prompts, TerminalPrompts)
    prompts.close()
