"""Getting in at an X server: by any name of its display, with what lets us in, or not at all."""

import asyncio
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.adapters.stream import UNREADABLE
from deskbreak.systems.linux.dbus.types import sockets
from deskbreak.systems.linux.x11 import XLink, cookie_for, display_of
from tests.servers import xvfb
from tests.waiting import spin

Loop = asyncio.AbstractEventLoop
pytestmark = pytest.mark.usefixtures("other_programs")

SECRET = bytes(range(16))


class Door:
    """A link, and what became of it."""

    def __init__(self, loop: Loop) -> None:
        self.said: list[str] = []
        self.link = XLink(loop, lambda: self.said.append(""), lambda *_: None, self.said.append)

    def tries(self, loop: Loop, name: str) -> str:
        """ "" where it is let in, else why not."""
        self.link.begin(name)
        spin(loop, lambda: self.said)
        self.link.close()
        return self.said[0]


def entry(family: int, address: bytes, number: bytes, kind: bytes, secret: bytes) -> bytes:
    parts = (address, number, kind, secret)
    return struct.pack(">H", family) + b"".join(struct.pack(">H", len(p)) + p for p in parts)


def cookies(folder: Path, *entries: bytes) -> Path:
    path = folder / "Xauthority"
    path.write_bytes(b"".join(entries))
    return path


@contextmanager
def guarded(folder: Path, *more: str) -> Iterator[str]:
    """A server that lets in who has the secret only."""
    known = cookies(folder, entry(0xFFFF, b"", b"", b"MIT-MAGIC-COOKIE-1", SECRET))
    with xvfb(more=("-auth", str(known), *more)) as display:
        yield display


@pytest.mark.parametrize("name", ["{0}", "{0}.0", "unix{0}", "unix/{0}"])
def test_any_name_of_a_display_will_do(loop: Loop, name: str) -> None:
    with xvfb() as display:
        assert Door(loop).tries(loop, name.format(display)) == ""


def test_a_display_over_the_network(loop: Loop) -> None:
    with xvfb(more=("-listen", "tcp", "-ac")) as display:
        for host in ("localhost", "127.0.0.1", "tcp/localhost"):
            assert Door(loop).tries(loop, f"{host}{display}") == ""


@pytest.mark.parametrize("name", ["", ":", ":x", "nonsense", ":1.2.3", "tcp/:0", "some.where:0"])
def test_a_name_that_makes_no_sense_is_said(loop: Loop, name: str) -> None:
    with pytest.raises(OSError, match="display"):
        Door(loop).link.begin(name)


def test_what_lets_us_in_is_found(
    loop: Loop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with guarded(tmp_path) as display:
        number = display.removeprefix(":").encode()
        (tmp_path / "ours").mkdir()
        ours = cookies(
            tmp_path / "ours",
            entry(256, b"elsewhere", number, b"MIT-MAGIC-COOKIE-1", b"x" * 16),
            entry(0xFFFF, b"", b"9999", b"MIT-MAGIC-COOKIE-1", b"y" * 16),
            entry(0xFFFF, b"", number, b"XDM-AUTHORIZATION-1", b"z" * 16),
            entry(0xFFFF, b"", number, b"MIT-MAGIC-COOKIE-1", SECRET),
        )
        monkeypatch.setenv("XAUTHORITY", str(ours))
        assert Door(loop).tries(loop, display) == ""


def test_without_it_the_server_says_no(
    loop: Loop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XAUTHORITY", str(tmp_path / "nothing"))
    with guarded(tmp_path) as display:
        why = Door(loop).tries(loop, display)
    assert why.startswith("the X server does not let us in (")


@given(st.binary(max_size=200))
def test_a_broken_file_of_cookies_lets_nobody_in_and_breaks_nothing(data: bytes) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(Path, "read_bytes", lambda _path: data)
        cookie_for(display_of(":0"))


def _reader() -> Callable[[bytearray], None]:
    link = XLink(asyncio.SelectorEventLoop(), lambda: None, lambda *_: None, lambda _why: None)
    link._loop.close()
    return link._take


@given(st.binary(max_size=300))
def test_whatever_a_server_says_at_first_is_read_or_refused(data: bytes) -> None:
    try:
        _reader()(bytearray(data))
    except UNREADABLE:
        return


def test_an_extension_that_is_not_there(loop: Loop) -> None:
    found: list[object] = []
    with xvfb() as display:
        link = XLink(
            loop,
            lambda: link.ask_extension("NO-SUCH-THING", found.append),
            lambda *_: None,
            found.append,
        )
        link.begin(display)
        spin(loop, lambda: found)
        link.close()
    assert found == [None]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_the_session_bus_as_the_environment_says(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/my%20bus,guid=00ff")
    bare.setenv("XDG_RUNTIME_DIR", "/run/user/1")
    assert list(sockets("session")) == ["/run/my bus"]


def test_the_session_bus_in_the_runtime_folder(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("XDG_RUNTIME_DIR", "/run/user/1")
    assert list(sockets("session")) == ["/run/user/1/bus"]


def test_no_session_at_all(bare: pytest.MonkeyPatch) -> None:
    with pytest.raises(LookupError, match="neither"):
        list(sockets("session"))


def test_the_system_bus(bare: pytest.MonkeyPatch) -> None:
    assert list(sockets("system")) == ["/run/dbus/system_bus_socket"]
    bare.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/run/other")
    assert list(sockets("system")) == ["/run/other"]


def test_several_addresses_and_abstract_ones() -> None:
    address = "tcp:host=localhost,port=1;unix:abstract=/a;unix:path=/b"
    assert list(sockets("session", address)) == ["\0/a", "/b"]


@pytest.mark.parametrize("address", ["", "nonsense", "unix", "unix:path", "autolaunch:", "tcp:a=b"])
def test_an_address_without_sense(address: str) -> None:
    with pytest.raises(LookupError, match="makes no sense"):
        list(sockets("session", address))
