"""Do-not-disturb: each server's way, real ones where they are small, and servers that change."""

import asyncio
import base64
import contextlib
import subprocess
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.adapters.stream import UNREADABLE
from deskbreak.core.enums import HoldReason
from deskbreak.core.events import Fact, HoldBegan, HoldEnded
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.holds import dnd
from deskbreak.systems.linux.holds.dnd import (
    FORMAT,
    QuietProbe,
    database,
    find_switch,
    read_switch,
)
from tests.fakes.quiet import NAME, PATH, FakeQuietServer
from tests.servers import desktop, require
from tests.systems.linux.holds.conftest import Reasons
from tests.waiting import spin, spin_for

BEGAN = HoldBegan(HoldReason.DO_NOT_DISTURB, "")
ENDED = HoldEnded(HoldReason.DO_NOT_DISTURB)
DUNST, MAKO, MAKO_PATH = "org.dunstproject.cmd0", "fr.emersion.Mako", "/fr/emersion/Mako"
SWAYNC, SWAYNC_PATH = "org.erikreider.swaync.cc", "/org/erikreider/swaync/cc"
BANNERS = "/org/gnome/desktop/notifications/show-banners"

# Made by dconf 0.40: show-banners is false, MATE's do-not-disturb is true, and one key of another
# type.
DATABASE = zlib.decompress(
    base64.b85decode(
        "c$`g<J4*vW6oqdd8%-jqEEE(hENqq)u~5=$p`e9W*~~tYEHN`-chpuTf<=my78Vv3Vr3J=Mnv=n2o^p%e}P3>jp"
        "uGg$iT-rIozFl=Vo<VM4^zH%$WdNsl?6|O_l~3kOeuz2q+A}wRfjK9~txgD6P{D)Ccd!-6^hTKSul1gvMa`xxB&m"
        "voE0j5ZVGax3lxygMAKp8`=R!FEf*zv$v3+LC?W!H%)yU_9^5S&`Yqk*(q8y@LA+nd^dQUZl7>p_9f&G&?la$zhd"
        "QS;7geE4f+X|e(%5d?d-=<{|)VdvbxUmZhGcjyr>-TgSf6$(@C2>#Wi(cyF$t!iizA%>L98JFL2E6s!}zQA2<!66"
        "U%crX4fjJI{*8ZN{5xu6FO8fcKE&Mr)<QwAI5qwatHUM$Q>@VeGxR2bnw3rdArK1+Z7d|*}`HC1O5S{J76{"
    )
)


@pytest.fixture
def probe(
    loop: asyncio.AbstractEventLoop, bus: Bus, reason: Reasons, tmp_path: Path
) -> Iterator[QuietProbe]:
    environ = {"XDG_CONFIG_HOME": str(tmp_path)}
    made = QuietProbe(loop, reason(HoldReason.DO_NOT_DISTURB), bus, environ)
    yield made
    made.close()


Serve = Callable[..., FakeQuietServer]


@pytest.fixture
def serve(loop: asyncio.AbstractEventLoop, address: str) -> Iterator[Serve]:
    made: list[FakeQuietServer] = []

    def start(*names: str) -> FakeQuietServer:
        made.append(FakeQuietServer(loop, address, *names))
        return made[-1]

    yield start
    for server in made:
        server.stop()


@pytest.mark.parametrize("by_name", [False, True])
def test_the_way_of_the_specification(
    loop: asyncio.AbstractEventLoop,
    probe: QuietProbe,
    serve: Serve,
    facts: list[Fact],
    by_name: bool,
) -> None:
    plasma = serve("Plasma")
    plasma.properties[NAME, "Inhibited"] = ("b", True)
    probe.start()
    spin(loop, lambda: facts)
    plasma.change(PATH, NAME, "Inhibited", ("b", False), by_name=by_name)
    spin(loop, lambda: len(facts) == 2)
    assert facts == [BEGAN, ENDED]
    (row,) = probe.capabilities()
    assert (row.backend, row.works) == ("Plasma", True)


def test_a_newer_mako_tells_its_modes(
    loop: asyncio.AbstractEventLoop, probe: QuietProbe, serve: Serve, facts: list[Fact]
) -> None:
    mako = serve("mako")
    mako.properties[MAKO, "Modes"] = ("as", ["default"])
    probe.start()
    spin(loop, lambda: probe.capabilities()[0].works)
    mako.change(MAKO_PATH, MAKO, "Modes", ("as", ["default", "do-not-disturb"]))
    spin(loop, lambda: facts)
    mako.change(MAKO_PATH, MAKO, "Modes", ("as", ["work"]))
    spin(loop, lambda: len(facts) == 2)
    assert "ListModes" not in [member for member, _ in mako.calls]


def test_an_older_mako_is_asked_now_and_then(
    loop: asyncio.AbstractEventLoop,
    probe: QuietProbe,
    serve: Serve,
    facts: list[Fact],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from deskbreak.struct import replace

    monkeypatch.setattr(dnd, "_MODES_OF_MAKO", replace(dnd._MODES_OF_MAKO, every_s=0.05))
    mako = serve("mako")
    mako.answers["ListModes"] = ("as", (["default"],))
    probe.start()
    spin(loop, lambda: probe.capabilities()[0].works)
    mako.answers["ListModes"] = ("as", (["do-not-disturb"],))
    spin(loop, lambda: facts)
    mako.answers["ListModes"] = ("as", ([],))
    spin(loop, lambda: len(facts) == 2)
    assert facts == [BEGAN, ENDED]


@pytest.mark.parametrize("late_s", [1, 30, 120])
def test_a_server_that_names_itself_late_is_understood_all_the_same(
    loop: asyncio.AbstractEventLoop,
    probe: QuietProbe,
    serve: Serve,
    facts: list[Fact],
    late_s: float,
) -> None:
    dunst = serve("dunst")
    dunst.properties[DUNST, "paused"] = ("b", True)
    dunst.silent = True
    probe.start()
    spin_for(loop, late_s)
    dunst.speak()
    spin(loop, lambda: facts == [BEGAN])
    assert probe.capabilities()[0].backend == "dunst"


@pytest.mark.parametrize("late_s", [1, 30, 120])
def test_one_late_answer_does_not_end_the_asking(
    loop: asyncio.AbstractEventLoop,
    probe: QuietProbe,
    serve: Serve,
    facts: list[Fact],
    late_s: float,
) -> None:
    mako = serve("mako")
    mako.answers["ListModes"] = ("as", (["do-not-disturb"],))
    probe.start()
    spin(loop, lambda: facts == [BEGAN])
    mako.silent = True
    spin_for(loop, 60 + late_s)
    assert facts == [BEGAN], "nobody has said anything else"
    mako.answers["ListModes"] = ("as", ([],))
    mako.speak()
    spin(loop, lambda: facts == [BEGAN, ENDED])
    mako.answers["ListModes"] = ("as", (["do-not-disturb"],))
    spin(loop, lambda: facts == [BEGAN, ENDED, BEGAN], timeout=120)


@pytest.mark.parametrize("member", ["Subscribe", "SubscribeV2"])
def test_sway_notification_center_is_asked_when_it_says_that_something_changed(
    loop: asyncio.AbstractEventLoop,
    probe: QuietProbe,
    serve: Serve,
    facts: list[Fact],
    member: str,
) -> None:
    server = serve("SwayNotificationCenter", SWAYNC)
    server.answers["GetDnd"] = ("b", (False,))
    probe.start()
    spin(loop, lambda: probe.capabilities()[0].works)
    for quiet in (True, False):
        server.answers["GetDnd"] = ("b", (quiet,))
        server.signal(SWAYNC_PATH, SWAYNC, member, "ub", (0, quiet))
        spin(loop, lambda quiet=quiet: len(facts) == 1 + (not quiet))
    assert facts == [BEGAN, ENDED]


def test_gnome_goes_by_a_switch_in_its_settings_database(
    loop: asyncio.AbstractEventLoop,
    address: str,
    probe: QuietProbe,
    serve: Serve,
    facts: list[Fact],
    tmp_path: Path,
) -> None:
    serve("gnome-shell")
    writer = serve_dconf(loop, address)
    path = database({"XDG_CONFIG_HOME": str(tmp_path)})
    path.parent.mkdir()
    probe.start()
    spin(loop, lambda: probe.capabilities()[0].works)
    assert facts == []
    path.write_bytes(DATABASE)
    changed = ("/ca/desrt/dconf/Writer/user", "ca.desrt.dconf.Writer", "Notify", "sass")
    writer.signal(*changed, ("/org/gnome/desktop/interface/clock-format", [""], "tag"))
    spin_for(loop, 0.05)
    assert facts == [], "it is read again only when it is about this key"
    writer.signal(*changed, ("/org/gnome/desktop/notifications/", ["show-banners"], "tag"))
    spin(loop, lambda: facts)
    path.write_bytes(b"")
    writer.signal(*changed, (BANNERS, [""], "tag"))
    spin(loop, lambda: len(facts) == 2)
    path.write_bytes(b"not a database at all, but long enough")
    writer.signal(*changed, (BANNERS, [""], "tag"))
    spin(loop, lambda: not probe.capabilities()[0].works)
    assert facts == [BEGAN, ENDED]
    writer.stop()


def serve_dconf(loop: asyncio.AbstractEventLoop, address: str) -> FakeQuietServer:
    class Writer(FakeQuietServer):
        def __init__(self) -> None:
            super(FakeQuietServer, self).__init__(loop, address, "ca.desrt.dconf")

    return Writer()


def test_a_server_that_changes_is_asked_in_its_own_way(
    loop: asyncio.AbstractEventLoop, probe: QuietProbe, serve: Serve, facts: list[Fact]
) -> None:
    probe.start()
    spin_for(loop, 0.05)
    assert probe.capabilities()[0].why == "no notification server runs"
    plasma = serve("Plasma")
    plasma.properties[NAME, "Inhibited"] = ("b", True)
    spin(loop, lambda: facts)
    plasma.stop()
    spin(loop, lambda: len(facts) == 2)
    dunst = serve("dunst")
    dunst.properties[DUNST, "paused"] = ("b", True)
    spin(loop, lambda: len(facts) == 3)
    assert facts == [BEGAN, ENDED, BEGAN]
    assert probe.capabilities()[0].backend == "dunst"


@pytest.mark.parametrize("value", [("s", "yes"), ("u", 1), ("as", [])])
def test_an_answer_of_another_kind_means_nothing(
    loop: asyncio.AbstractEventLoop,
    probe: QuietProbe,
    serve: Serve,
    facts: list[Fact],
    value: tuple[str, object],
) -> None:
    mako = serve("mako")
    mako.properties[NAME, "Inhibited"] = value
    mako.properties[MAKO, "Modes"] = ("u", 7)
    probe.start()
    spin(loop, lambda: probe.capabilities()[0].works)
    assert facts == []


def test_one_that_does_not_tell_is_named(
    loop: asyncio.AbstractEventLoop, probe: QuietProbe, serve: Serve
) -> None:
    serve("Home-made")
    probe.start()
    spin(loop, lambda: probe.capabilities()[0].backend == "Home-made")
    (row,) = probe.capabilities()
    assert (row.works, row.why) == (False, "this notification server does not say")


def test_without_a_bus_it_says_so(loop: asyncio.AbstractEventLoop, reason: Reasons) -> None:
    probe = QuietProbe(loop, reason(HoldReason.DO_NOT_DISTURB), None, {})
    probe.start()
    assert probe.capabilities()[0].why == "there is no session bus"
    probe.close()


def test_a_real_xfce_and_its_switch(
    loop: asyncio.AbstractEventLoop, reason: Reasons, facts: list[Fact]
) -> None:
    require("xfconf-query")
    with desktop(notifications="xfce") as here:
        bus = Bus(loop, "session", here.bus)
        bus.start()
        probe = QuietProbe(loop, reason(HoldReason.DO_NOT_DISTURB), bus, here.env)
        probe.start()
        spin(loop, lambda: probe.capabilities()[0].works)
        assert probe.capabilities()[0].backend == "Xfce Notify Daemon"
        query = ["xfconf-query", "-c", "xfce4-notifyd", "-p", "/do-not-disturb"]
        for words in (["-n", "-t", "bool", "-s", "true"], ["-s", "false"], ["-s", "true"], ["-r"]):
            before = len(facts)
            subprocess.run([*query, *words], env=here.env, check=True, timeout=60)
            spin(loop, lambda before=before: len(facts) > before)
        probe.close()
        bus.close()
    assert facts == [BEGAN, ENDED, BEGAN, ENDED]


# ------------------------------------------------------------------------------ the database


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (BANNERS, False),
        ("/org/mate/notification-daemon/do-not-disturb", True),
        ("/org/gnome/desktop/interface/clock-format", None),
        ("/org/gnome/desktop/notifications/", None),
        ("/never/set", None),
    ],
)
def test_a_real_database_is_read(tmp_path: Path, key: str, value: bool | None) -> None:
    path = tmp_path / "user"
    assert read_switch(path, key) is None
    path.write_bytes(DATABASE)
    assert read_switch(path, key) is value


@given(st.binary(max_size=300), st.integers(0, len(DATABASE) - 1), st.integers(0, 255))
def test_no_bytes_upset_the_reader(data: bytes, at: int, byte: int) -> None:
    damaged = bytearray(DATABASE)
    damaged[at] = byte
    for whole in (data, FORMAT + data, bytes(damaged), DATABASE[:at]):
        with contextlib.suppress(*UNREADABLE):
            find_switch(whole, BANNERS)
