"""All probes together: what the settings want runs, the rest is named, what breaks stays out."""

import asyncio
import subprocess
import sys

import pytest

from deskbreak.adapters.holds.probes import Holds, Part, Probe
from deskbreak.core.events import Fact
from deskbreak.ports import Capability
from deskbreak.settings.model import Hold, Presence, Settings
from deskbreak.struct import replace
from deskbreak.systems.linux.holds.choose import choose_holds

NAMES = ["calls", "camera", "screen share", "full screen", "do not disturb", "inhibitors"]
SWITCHES = ["calls", "camera", "screen_share", "fullscreen", "do_not_disturb"]


class Played(Probe):
    def __init__(self, log: list[str], breaks: bool) -> None:
        self.log, self.breaks = log, breaks

    def start(self) -> None:
        self.log.append("start")
        if self.breaks:
            raise RuntimeError("a bug")

    def refresh(self) -> None:
        self.log.append("refresh")

    def capabilities(self) -> list[Capability]:
        return [Capability("played", "fake", True)]

    def close(self) -> None:
        self.log.append("close")


def part(log: list[str], *, breaks: bool = False) -> Part:
    def make() -> Probe:
        log.append("make")
        return Played(log, breaks)

    return Part("played", "hold.calls", lambda settings: settings.hold.calls, make)


def test_a_probe_is_made_when_it_is_wanted_and_not_before() -> None:
    log: list[str] = []
    wanted = [False]
    holds = Holds((part(log),), lambda: Settings(hold=Hold(calls=wanted[0])))
    holds.start()
    assert log == []
    (row,) = holds.capabilities()
    assert (row.works, row.why) == (False, "switched off in the settings (hold.calls)")
    wanted[0] = True
    holds.refresh()
    holds.refresh()
    assert log == ["make", "start", "refresh"]
    assert holds.capabilities()[0].works
    wanted[0] = False
    holds.refresh()
    assert log[3:] == ["close"]
    holds.close()
    assert log[4:] == []


def test_one_that_breaks_is_left_alone_with_a_reason_and_the_others_go_on() -> None:
    broken: list[str] = []
    fine: list[str] = []
    holds = Holds((part(broken, breaks=True), part(fine)), Settings)
    holds._parts = (holds._parts[0], Part("fine", "", lambda _: True, holds._parts[1].make))
    holds.start()
    holds.refresh()
    assert broken == ["make", "start"]
    assert fine == ["make", "start", "refresh"]
    first, second = holds.capabilities()
    assert (first.works, first.why) == (False, "it broke: a bug")
    assert second.works


OFF = Settings(
    hold=replace(Hold(), **dict.fromkeys(SWITCHES, False)),
    presence=Presence(count_inhibitors=False),
)


@pytest.mark.parametrize("settings", [OFF, Settings()], ids=["nothing", "as it comes"])
def test_every_probe_is_named_whether_it_is_wanted_or_not(
    loop: asyncio.AbstractEventLoop, settings: Settings
) -> None:
    facts: list[Fact] = []
    holds = choose_holds(loop, facts.append, lambda: settings, {}, None)
    holds.start()
    rows = holds.capabilities()
    assert [row.name for row in rows] == NAMES
    silent = [row for row in rows if row.name != "camera"]  # its devices can always be watched
    assert all(row.why and row.advice and not row.works for row in silent)
    holds.close()
    assert facts == []


def test_what_is_switched_off_is_not_even_loaded() -> None:
    code = """
import sys
import asyncio
from deskbreak.settings.model import Hold, Presence, Settings
from deskbreak.systems.linux.holds.choose import choose_holds
off = Settings(
    hold=Hold(calls=False, camera=False, screen_share=False, fullscreen=False,
              do_not_disturb=False), presence=Presence(count_inhibitors=False))
loop = asyncio.SelectorEventLoop()
holds = choose_holds(loop, print, lambda: off, {}, None)
holds.start()
print(sorted(m for m in sys.modules if m.startswith(("deskbreak.adapters", "deskbreak.systems"))))
holds.close()
loop.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    ours = ("", ".holds", ".holds.probes", ".holds.reason")
    adapters = [f"deskbreak.adapters{module}" for module in ours]
    linux = [
        f"deskbreak.systems{module}"
        for module in ("", ".linux", *(f".linux.holds{part}" for part in ("", ".choose")))
    ]
    assert done.stdout.strip() == str([*adapters, *linux])
