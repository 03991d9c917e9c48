"""The choice of an idle source: in order, explained, overruled, never X11 through XWayland."""

import asyncio

import pytest

from deskbreak.adapters.idle.choose import SOURCES, Candidate, Desktop, choose
from deskbreak.core.facts import Fact, IdleSourceFound, IdleSourceLost
from deskbreak.ports import IdleSource, Send
from tests.fakes.clock import ManualClock
from tests.fakes.idle import FakeIdle
from tests.servers import xvfb

X11 = {"DISPLAY": ":0", "XDG_SESSION_TYPE": "x11"}
WAYLAND = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0", "XDG_SESSION_TYPE": "wayland"}


class Fakes:
    """Candidates that work, or do not, and what was tried of them."""

    def __init__(self) -> None:
        self.tried: list[str] = []

    def works(self, name: str, *, on_wayland: bool = False) -> Candidate:
        def make(_loop: asyncio.AbstractEventLoop, send: Send, _desktop: Desktop) -> IdleSource:
            self.tried.append(name)
            source = FakeIdle(ManualClock(), send)
            source.name = name
            return source

        return Candidate(name, make, on_wayland)

    def cannot(self, name: str, error: Exception, *, on_wayland: bool = False) -> Candidate:
        def make(_loop: asyncio.AbstractEventLoop, _send: Send, _desktop: Desktop) -> IdleSource:
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
    source, reasons = choose(loop, facts.append, "auto", X11, sources)
    assert source is not None
    assert source.name == "three"
    assert fakes.tried == ["one", "two", "three"]
    assert [(r.name, r.backend, r.works, r.why) for r in reasons] == [
        ("idle", "one", False, "no such thing"),
        ("idle", "two", False, "no module"),
        ("idle", "three", True, ""),
    ]
    assert facts == [IdleSourceFound("three")]


def test_a_name_in_the_settings_overrules_the_order(
    loop: asyncio.AbstractEventLoop, fakes: Fakes
) -> None:
    source, _ = choose(loop, lambda _: None, "two", X11, (fakes.works("one"), fakes.works("two")))
    assert source is not None
    assert source.name == "two"
    assert fakes.tried == ["two"]


@pytest.mark.parametrize("wanted", ["one", "unheard-of"])
def test_a_name_that_does_not_work_is_not_replaced_by_another_in_silence(
    loop: asyncio.AbstractEventLoop, fakes: Fakes, wanted: str
) -> None:
    facts: list[Fact] = []
    sources = (fakes.cannot("one", OSError("no such thing")), fakes.works("two"))
    source, reasons = choose(loop, facts.append, wanted, X11, sources)
    assert source is None
    assert wanted in reasons[-1].why
    assert "two" not in fakes.tried
    assert isinstance(facts[0], IdleSourceLost)
    assert wanted in facts[0].why


def test_none_tries_nothing_and_says_that_it_was_the_settings(
    loop: asyncio.AbstractEventLoop, fakes: Fakes
) -> None:
    facts: list[Fact] = []
    source, reasons = choose(loop, facts.append, "none", X11, (fakes.works("one"),))
    assert source is None
    assert fakes.tried == []
    assert "settings" in reasons[-1].why
    assert facts == [IdleSourceLost(reasons[-1].why)]


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
    source, reasons = choose(loop, facts.append, "auto", environ, (fakes.works("one"),))
    assert source is None
    assert fakes.tried == []
    assert [r.works for r in reasons] == [False, False]
    assert reasons[-1].advice
    assert isinstance(facts[0], IdleSourceLost)
    assert "Wayland" in facts[0].why


def test_a_source_for_wayland_is_taken_there(loop: asyncio.AbstractEventLoop, fakes: Fakes) -> None:
    sources = (fakes.works("x"), fakes.works("w", on_wayland=True))
    source, _ = choose(loop, lambda _: None, "auto", WAYLAND, sources)
    assert source is not None
    assert source.name == "w"


def test_a_person_who_names_an_x11_source_on_wayland_gets_it_with_a_word_of_warning(
    loop: asyncio.AbstractEventLoop, fakes: Fakes
) -> None:
    source, reasons = choose(loop, lambda _: None, "x", WAYLAND, (fakes.works("x"),))
    assert source is not None
    assert reasons[-1].works
    assert "Wayland" in reasons[-1].why


def test_without_a_display_it_says_so_once(loop: asyncio.AbstractEventLoop) -> None:
    facts: list[Fact] = []
    source, reasons = choose(loop, facts.append, "auto", {})
    assert source is None
    assert [r.backend for r in reasons] == ["xsync", "xscreensaver", None]
    assert isinstance(facts[0], IdleSourceLost)
    assert facts[0].why.count("DISPLAY") == 1


@pytest.mark.parametrize("wanted", ["auto", *(source.name for source in SOURCES)])
def test_on_a_real_x_server_the_real_sources_are_chosen(
    loop: asyncio.AbstractEventLoop, wanted: str
) -> None:
    facts: list[Fact] = []
    with xvfb() as display:
        source, reasons = choose(loop, facts.append, wanted, {"DISPLAY": display})
        assert source is not None
        assert source.name == ("xsync" if wanted == "auto" else wanted)
        assert source.idle_s() is not None
        source.close()
    assert facts == [IdleSourceFound(source.name)]
    assert reasons[-1].works
