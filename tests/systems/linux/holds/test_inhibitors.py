"""What keeps the screen awake, by each desktop's book, and what is written there but does not."""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deskbreak.core.enums import HoldReason
from deskbreak.core.events import Fact, HoldBegan, HoldEnded
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.holds.inhibitors import InhibitorProbe, who_keeps_awake
from tests.fakes.compositor import EVERYTHING, FakeCompositor
from tests.fakes.inhibitors import FakeBook, FakeLogindBook, FakeSessionBook
from tests.systems.linux.holds.conftest import Reasons
from tests.waiting import spin, spin_for

BEGAN, ENDED = HoldBegan(HoldReason.INHIBITOR, ""), HoldEnded(HoldReason.INHIBITOR)
GNOME, GNOME_PATH = "org.gnome.SessionManager", "/org/gnome/SessionManager"
PLASMA = "org.kde.Solid.PowerManagement.PolicyAgent"
PLASMA_PATH = "/org/kde/Solid/PowerManagement/PolicyAgent"
POWER, POWER_PATH = "org.freedesktop.PowerManagement", "/org/freedesktop/PowerManagement/Inhibit"


@pytest.fixture
def probe(loop: asyncio.AbstractEventLoop, bus: Bus, reason: Reasons) -> Iterator[InhibitorProbe]:
    made = InhibitorProbe(loop, reason(HoldReason.INHIBITOR), (bus, bus), lambda: 60, {})
    yield made
    made.close()


@pytest.fixture
def logind(loop: asyncio.AbstractEventLoop, address: str) -> Iterator[FakeLogindBook]:
    made = FakeLogindBook(loop, address)
    yield made
    made.stop()


@pytest.mark.parametrize(
    "entry",
    [
        {"what": "sleep"},
        {"what": "handle-lid-switch"},
        {"mode": "delay"},
        {"uid": os.getuid() + 1},
        {"why": "audio-playing"},
    ],
    ids=["it blocks sleep alone", "a lid", "it only delays", "somebody else's", "sound alone"],
)
def test_what_does_not_keep_our_screen_awake(
    loop: asyncio.AbstractEventLoop,
    logind: FakeLogindBook,
    probe: InhibitorProbe,
    facts: list[Fact],
    entry: dict[str, Any],
) -> None:
    logind.keep_awake("apt", **entry)
    probe.start()
    spin(loop, lambda: probe.capabilities()[0].works)
    spin_for(loop, 0.05)
    assert facts == []
    logind.keep_awake("mpv", what="sleep:idle")
    spin(loop, lambda: facts)
    assert facts == [HoldBegan(HoldReason.INHIBITOR, "mpv")]


def test_the_first_that_counts_is_named() -> None:
    book = [
        ("idle", "other", "", "block", 7, 1),
        ("idle", "slow", "", "delay", 5, 1),
        ("sleep:idle", "mpv", "", "block", 5, 1),
        ("idle", "vlc", "", "block", 5, 1),
    ]
    assert who_keeps_awake(book, 5) == "mpv"
    assert who_keeps_awake(book[:2], 5) is None


def test_a_logind_that_talks_nonsense_means_nothing(
    loop: asyncio.AbstractEventLoop,
    logind: FakeLogindBook,
    probe: InhibitorProbe,
    facts: list[Fact],
) -> None:
    logind.broken = True
    logind.keep_awake("mpv")
    probe.start()
    spin(loop, lambda: "ListInhibitors" in [member for member, _ in logind.calls])
    spin_for(loop, 0.05)
    assert facts == []


def test_a_logind_that_goes_takes_its_word_along(
    loop: asyncio.AbstractEventLoop,
    logind: FakeLogindBook,
    probe: InhibitorProbe,
    facts: list[Fact],
) -> None:
    logind.keep_awake("mpv")
    probe.start()
    spin(loop, lambda: facts)
    logind.stop()
    spin(loop, lambda: len(facts) == 2)
    assert facts[1] == ENDED


def test_gnome_tells_by_a_property(
    loop: asyncio.AbstractEventLoop, address: str, probe: InhibitorProbe, facts: list[Fact]
) -> None:
    gnome = FakeBook(loop, address, GNOME, "InhibitedActions", ("u", 4))
    probe.start()
    spin(loop, lambda: probe.capabilities()[0].works)
    assert probe.capabilities()[0].backend == "GNOME session"
    for actions in (12, 4):
        body: tuple[Any, ...] = (GNOME, {"InhibitedActions": ("u", actions)}, [])
        name = "org.freedesktop.DBus.Properties"
        gnome.signal(GNOME_PATH, name, "PropertiesChanged", "sa{sv}as", body)
        spin(loop, lambda actions=actions: len(facts) == (1 if actions == 12 else 2))
    assert facts == [BEGAN, ENDED]
    gnome.stop()


def test_plasma_tells_of_films_and_its_power_manager_of_downloads_does_not_count(
    loop: asyncio.AbstractEventLoop, address: str, probe: InhibitorProbe, facts: list[Fact]
) -> None:
    plasma = FakeBook(loop, address, PLASMA, "HasInhibition", ("b", False))
    power = FakeBook(loop, address, POWER, "HasInhibit", ("b", True))
    probe.start()
    spin(loop, lambda: probe.capabilities()[0].backend == "Plasma, power manager")
    spin_for(loop, 0.05)
    assert facts == []
    assert ("HasInhibition", (4,)) in plasma.calls
    for film in (True, False):
        plasma.value = ("b", film)
        body = ([("mpv", "film")], []) if film else ([], ["mpv"])
        plasma.signal(PLASMA_PATH, PLASMA, "InhibitionsChanged", "a(ss)as", body)
        spin(loop, lambda film=film: len(facts) == (1 if film else 2))
    assert facts == [BEGAN, ENDED]
    plasma.stop()
    power.stop()


def test_a_power_manager_counts_where_there_is_no_plasma(
    loop: asyncio.AbstractEventLoop, address: str, probe: InhibitorProbe, facts: list[Fact]
) -> None:
    power = FakeBook(loop, address, POWER, "HasInhibit", ("b", False))
    probe.start()
    spin(loop, lambda: probe.capabilities()[0].works)
    power.value = ("b", True)
    power.signal(POWER_PATH, f"{POWER}.Inhibit", "HasInhibitChanged", "b", (True,))
    spin(loop, lambda: facts)
    assert facts == [BEGAN]
    power.stop()


CHANGED = {
    PLASMA: (PLASMA_PATH, PLASMA, "InhibitionsChanged", "a(ss)as", ([], [])),
    POWER: (POWER_PATH, f"{POWER}.Inhibit", "HasInhibitChanged", "b", (True,)),
}


@dataclass(frozen=True)
class Teller:
    """A service that says that something keeps the screen awake, and who where it is asked."""

    name: str
    question: str
    who: str
    sound: tuple[str, list[Any]]
    film: tuple[str, list[Any]]


AUDIO = ("Firefox", "audio-playing")
TELLERS = [
    Teller(PLASMA, "HasInhibition", "ListInhibitions", ("a(ss)", [AUDIO]),
           ("a(ss)", [AUDIO, ("mpv", "Playing video")])),
    Teller(POWER, "HasInhibit", "GetInhibitors", ("as", ["GNOME Music"]), ("as", ["mpv"])),
]  # fmt: skip


@pytest.mark.parametrize("of", TELLERS, ids=["Plasma", "power manager"])
def test_who_plays_sound_alone_is_asked_for_and_does_not_count(
    loop: asyncio.AbstractEventLoop,
    address: str,
    probe: InhibitorProbe,
    facts: list[Fact],
    of: Teller,
) -> None:
    book = FakeBook(loop, address, of.name, of.question, ("b", True))
    book.lists[of.who] = of.sound
    probe.start()
    spin(loop, lambda: of.who in [member for member, _ in book.calls])
    book.lists[of.who] = of.film
    book.signal(*CHANGED[of.name])
    spin(loop, lambda: facts)
    assert [member for member, _ in book.calls].count(of.who) == 2
    book.lists[of.who] = of.sound
    book.signal(*CHANGED[of.name])
    spin(loop, lambda: len(facts) == 2)
    assert facts == [BEGAN, ENDED]
    book.stop()


def test_gnome_is_asked_for_the_reason_of_each(
    loop: asyncio.AbstractEventLoop, address: str, probe: InhibitorProbe, facts: list[Fact]
) -> None:
    gnome = FakeSessionBook(loop, address)
    gnome.keep_awake(1, "org.mozilla.firefox", "audio-playing")
    gnome.keep_awake(2, "backup", "Copying a video", flags=4)
    spin_for(loop, 1)  # all that is said by now has been said, also by one that is late
    probe.start()
    spin(loop, lambda: [member for member, _ in gnome.calls].count("GetReason") == 2)
    spin_for(loop, 1)
    gnome.keep_awake(3, "org.mozilla.firefox", "video-playing")
    spin(loop, lambda: facts)
    assert [member for member, _ in gnome.calls].count("GetInhibitors") == 2
    gnome.let_sleep(3)
    spin(loop, lambda: len(facts) == 2)
    assert facts == [BEGAN, ENDED]
    gnome.stop()


def test_where_nobody_tells_it_says_so(
    loop: asyncio.AbstractEventLoop, probe: InhibitorProbe
) -> None:
    probe.start()
    spin_for(loop, 0.03)
    (row,) = probe.capabilities()
    assert not row.works
    assert "nothing here says" in row.why


# ------------------------------------------------------------------------------ compositors


@pytest.fixture
def on_wayland(
    loop: asyncio.AbstractEventLoop,
    reason: Reasons,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[FakeCompositor, InhibitorProbe]]:
    monkeypatch.setattr("deskbreak.systems.linux.holds.inhibitors._SHORTEST_S", 0.05)
    monkeypatch.setattr("deskbreak.systems.linux.holds.inhibitors._LATER_S", 0.03)
    here = FakeCompositor(loop, tmp_path)
    environ = {"WAYLAND_DISPLAY": here.path}
    made = InhibitorProbe(loop, reason(HoldReason.INHIBITOR), (None, None), lambda: 0.1, environ)
    yield here, made
    made.close()
    here.close()


def test_a_film_is_found_out_by_the_two_kinds_of_idle_alarms(
    loop: asyncio.AbstractEventLoop,
    on_wayland: tuple[FakeCompositor, InhibitorProbe],
    facts: list[Fact],
) -> None:
    here, probe = on_wayland
    probe.start()
    spin(loop, lambda: here.made)
    spin_for(loop, 0.2)
    assert facts == [], "an empty chair before a dark screen"
    here.key()
    here.keep_awake(True)
    spin(loop, lambda: facts)
    here.key()
    spin(loop, lambda: len(facts) == 2)
    assert facts == [BEGAN, ENDED]
    assert here.made == [(75, False), (75, True)]
    assert probe.capabilities()[0].backend == "compositor"


def test_the_first_version_can_not_tell(
    loop: asyncio.AbstractEventLoop,
    on_wayland: tuple[FakeCompositor, InhibitorProbe],
) -> None:
    here, probe = on_wayland
    here.offers = [(name, 1) for name in EVERYTHING]
    probe.start()
    spin_for(loop, 0.05)
    assert not probe.capabilities()[0].works
    spin(loop, lambda: here.clients == [])


def test_a_compositor_that_goes_takes_its_word_along(
    loop: asyncio.AbstractEventLoop,
    on_wayland: tuple[FakeCompositor, InhibitorProbe],
    facts: list[Fact],
) -> None:
    here, probe = on_wayland
    here.keep_awake(True)
    probe.start()
    spin(loop, lambda: facts)
    here.hang_up()
    spin(loop, lambda: len(facts) == 2)
    assert not probe.capabilities()[0].works
