"""The choice of an idle source: in order, explained, overruled, never X11 through XWayland."""

import asyncio
from pathlib import Path

import pytest

from deskbreak.adapters.idle.chain import Source
from deskbreak.core.events import Fact, IdleSourceFound, IdleSourceLost, Sampled
from deskbreak.ports import Send
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.idle.choose import SOURCES, Candidate, Desktop, choose
from tests.fakes.clock import ManualClock
from tests.fakes.compositor import FakeCompositor
from tests.fakes.idle import FakeIdle
from tests.fakes.mutter import FakeMutter
from tests.servers import xvfb
from tests.systems.linux.idle.test_loginhint import Logind
from tests.waiting import spin, spin_for

X11 = {"DISPLAY": ":0", "XDG_SESSION_TYPE": "x11"}
WAYLAND = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0", "XDG_SESSION_TYPE": "wayland"}


class Fakes:
    """Candidates that work, or do not, and what was tried of them."""

    def __init__(self) -> None:
        self.tried: list[str] = []

    def works(self, name: str, *, on_wayland: bool = False) -> Candidate:
        def make(_loop: asyncio.AbstractEventLoop, send: Send, _desktop: Desktop) -> Source:
            self.tried.append(name)
            source = FakeIdle(ManualClock(), send)
            source.name = name
            return source

        return Candidate(name, make, on_wayland)

    def cannot(self, name: str, error: Exception, *, on_wayland: bool = False) -> Candidate:
        def make(_loop: asyncio.AbstractEventLoop, _send: Send, _desktop: Desktop) -> Source:
            self.tried.append(name)
            raise error

        return Candidate(name, make, on_wayland)


@pytest.fixture
def fakes() -> Fakes:
    return Fakes()


def test_the_first_that_works_is_taken_and_the_reasons_of_those_before_are_kept(
    loop: asyncio.AbstractEventLoop, fakes: Fakes
) -> None:
    facts: list[Fact] = []
    sources = (
        fakes.cannot("one", OSError("no such thing")),
        fakes.cannot("two", ImportError("no module")),
        fakes.works("three"),
        fakes.works("four"),
    )
    keeper = choose(loop, facts.append, "auto", X11, sources)
    assert keeper.name == "three"
    assert fakes.tried == ["one", "two", "three"]
    assert [(r.name, r.backend, r.works, r.why) for r in keeper.capabilities()] == [
        ("idle", "one", False, "no such thing"),
        ("idle", "two", False, "no module"),
        ("idle", "three", True, "a fake remark"),
    ]
    assert facts == [IdleSourceFound("three")]


def test_a_name_in_the_settings_overrules_the_order(
    loop: asyncio.AbstractEventLoop, fakes: Fakes
) -> None:
    keeper = choose(loop, lambda _: None, "two", X11, (fakes.works("one"), fakes.works("two")))
    assert keeper.name == "two"
    assert fakes.tried == ["two"]


@pytest.mark.parametrize("wanted", ["one", "unheard-of"])
def test_a_name_that_does_not_work_is_not_replaced_by_another_in_silence(
    loop: asyncio.AbstractEventLoop, fakes: Fakes, wanted: str
) -> None:
    facts: list[Fact] = []
    sources = (fakes.cannot("one", OSError("no such thing")), fakes.works("two"))
    keeper = choose(loop, facts.append, wanted, X11, sources)
    assert keeper.name == "none"
    assert wanted in keeper.capabilities()[-1].why
    assert "two" not in fakes.tried
    assert isinstance(facts[0], IdleSourceLost)
    assert wanted in facts[0].why


def test_none_tries_nothing_and_says_that_it_was_the_settings(
    loop: asyncio.AbstractEventLoop, fakes: Fakes
) -> None:
    facts: list[Fact] = []
    keeper = choose(loop, facts.append, "none", X11, (fakes.works("one"),))
    (row,) = keeper.capabilities()
    assert fakes.tried == []
    assert "settings" in row.why
    assert facts == [IdleSourceLost(row.why)]


@pytest.mark.parametrize(
    "environ",
    [
        WAYLAND,
        {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-1"},
        {"DISPLAY": ":0", "XDG_SESSION_TYPE": "Wayland"},
    ],
)
def test_on_wayland_no_x11_source_is_tried_of_its_own_accord(
    loop: asyncio.AbstractEventLoop, fakes: Fakes, environ: dict[str, str]
) -> None:
    facts: list[Fact] = []
    keeper = choose(loop, facts.append, "auto", environ, (fakes.works("one"),))
    rows = keeper.capabilities()
    assert fakes.tried == []
    assert [row.works for row in rows] == [False, False]
    assert rows[-1].advice
    assert isinstance(facts[0], IdleSourceLost)
    assert "Wayland" in facts[0].why


def test_a_source_for_wayland_is_taken_there(loop: asyncio.AbstractEventLoop, fakes: Fakes) -> None:
    sources = (fakes.works("x"), fakes.works("w", on_wayland=True))
    assert choose(loop, lambda _: None, "auto", WAYLAND, sources).name == "w"


def test_a_person_who_names_an_x11_source_on_wayland_gets_it_with_a_word_of_warning(
    loop: asyncio.AbstractEventLoop, fakes: Fakes
) -> None:
    keeper = choose(loop, lambda _: None, "x", WAYLAND, (fakes.works("x"),))
    (row,) = keeper.capabilities()
    assert row.works
    assert "Wayland" in row.why


def test_where_there_is_nothing_at_all_it_says_each_reason_once_and_looks_no_further(
    loop: asyncio.AbstractEventLoop,
) -> None:
    facts: list[Fact] = []
    keeper = choose(loop, facts.append, "auto", {})
    assert [row.backend for row in keeper.capabilities()] == [
        *(source.name for source in SOURCES), None,
    ]  # fmt: skip
    assert isinstance(facts[0], IdleSourceLost)
    for word in ("DISPLAY is", "WAYLAND_DISPLAY is", "session bus", "system bus"):
        assert facts[0].why.count(word) == 1 + (word == "DISPLAY is")
    loop.call_later(0.05, loop.stop)
    loop.run_forever()
    assert len(facts) == 1
    assert not keeper._timer.is_set, "what is not in the environment will not come"


@pytest.mark.parametrize("wanted", ["auto", "xsync", "xscreensaver"])
def test_on_a_real_x_server_the_real_sources_are_chosen(
    loop: asyncio.AbstractEventLoop, wanted: str
) -> None:
    facts: list[Fact] = []
    with xvfb() as display:
        keeper = choose(loop, facts.append, wanted, {"DISPLAY": display})
        spin(loop, lambda: facts)
        assert keeper.name == ("xsync" if wanted == "auto" else wanted)
        spin(loop, lambda: keeper.idle_s() is not None or isinstance(facts[-1], Sampled))
        keeper.close()
    assert facts[0] == IdleSourceFound("xsync" if wanted == "auto" else wanted)
    assert keeper.capabilities()[-1].backend is None


def test_on_wayland_those_that_have_to_ask_first_have_their_turn_one_by_one(
    loop: asyncio.AbstractEventLoop, bus: Bus, address: str, tmp_path: Path
) -> None:
    """A compositor without any idle protocol, but with an idle monitor on the bus."""
    facts: list[Fact] = []
    compositor = FakeCompositor(loop, tmp_path, {"wl_seat": 7})
    mutter = FakeMutter(loop, address)
    environ = {"WAYLAND_DISPLAY": compositor.path}
    keeper = choose(loop, facts.append, "auto", environ, session_bus=bus)
    keeper.watch(0.05)
    spin(loop, lambda: len(facts) == 2)
    assert facts[0] == IdleSourceFound("mutter")
    assert isinstance(facts[1], Sampled)
    why = {row.backend: row.why for row in keeper.capabilities()}
    assert "Wayland" in why["xsync"]
    assert why["ext-idle-notify"] == "the compositor does not offer ext_idle_notifier_v1"
    assert why["mutter"] == ""
    assert "kde-idle" not in why
    keeper.close()
    mutter.stop()
    compositor.close()


@pytest.mark.parametrize("late_s", [2.5, 20, 200])
def test_a_mutter_that_is_slow_at_login_takes_over_from_what_is_coarse(
    loop: asyncio.AbstractEventLoop, bus: Bus, address: str, late_s: float
) -> None:
    mutter = FakeMutter(loop, address)
    mutter.silent = True
    logind = Logind(loop, address)
    logind.since = loop.time() - 50
    facts: list[Fact] = []
    environ = {"XDG_SESSION_TYPE": "wayland", "XDG_SESSION_ID": "2", "XDG_RUNTIME_DIR": "/nowhere"}
    keeper = choose(loop, facts.append, "auto", environ, session_bus=bus, system_bus=bus)
    keeper.watch(60)
    spin_for(loop, late_s)
    assert keeper.name == ("logind" if late_s > 5 else "none")
    mutter.speak()
    spin(loop, lambda: keeper.name == "mutter", timeout=120)
    assert facts[-1] == IdleSourceFound("mutter")
    assert not [fact for fact in facts if isinstance(fact, IdleSourceLost)]
    keeper.close()
    mutter.stop()
    logind.stop()
    spin_for(loop, 0)
