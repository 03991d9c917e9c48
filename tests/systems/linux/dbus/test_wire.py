"""The connection itself against a bus that misbehaves."""

import asyncio
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jeepney import DBusAddress, Message, new_signal

from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.types import Address, BusError, Gone, Signal, Wanted
from deskbreak.systems.linux.dbus.wire import Wire
from tests.fakes.hostile_bus import HostileBus
from tests.thorough import examples
from tests.waiting import spin, spin_for

Loop = asyncio.AbstractEventLoop
WANTED = Wanted("org.example.A", "B")


@pytest.fixture
def hostile(loop: Loop, tmp_path: Path) -> Iterator[HostileBus]:
    bus = HostileBus(loop, tmp_path)
    yield bus
    bus.close()


@pytest.fixture
def bus(loop: Loop, hostile: HostileBus) -> Iterator[Bus]:
    """A connection to the hostile bus that is up and comes back at once."""
    bus = Bus(loop, "session", hostile.address, first_retry_s=0.01)
    bus.start()
    spin(loop, lambda: bus.up)
    yield bus
    bus.close()
    spin_for(loop, 0)


def signal(*body: str) -> bytes:
    where = DBusAddress("/a", interface="org.example.A")
    return bytes(new_signal(where, "B", "s" * len(body), body).serialise(serial=9))


def test_a_message_in_pieces_is_one_message(loop: Loop, hostile: HostileBus, bus: Bus) -> None:
    heard: list[Signal] = []
    bus.watch(WANTED, heard.append)
    for byte in signal("x"):
        hostile.send(bytes([byte]))
        spin_for(loop, 0)
    spin(loop, lambda: heard)
    assert heard[0].body == ("x",)


def test_many_messages_in_one_piece_come_in_order(
    loop: Loop, hostile: HostileBus, bus: Bus
) -> None:
    heard: list[Signal] = []
    bus.watch(WANTED, heard.append)
    hostile.send(b"".join(signal(str(n)) for n in range(100)))
    spin(loop, lambda: len(heard) == 100)
    assert [s.body[0] for s in heard] == [str(n) for n in range(100)]


@pytest.mark.parametrize(
    "junk",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        bytes(64),
        signal("x")[:16] + b"\xff" * 100,
        signal("x").replace(b"x\0", b"\xff\0"),
        b"l\x09\0\1" + signal("x")[4:],
        struct.pack("<cBBBIII", b"l", 4, 0, 1, 0x7FFFFFFF, 1, 0x7FFFFFFF),
    ],
    ids=["http", "zeros", "broken header", "not utf-8", "unknown kind", "two gigabytes"],
)
def test_what_cannot_be_read_drops_the_connection_and_a_new_one_works(
    loop: Loop, hostile: HostileBus, bus: Bus, junk: bytes
) -> None:
    heard: list[Signal] = []
    bus.watch(WANTED, heard.append)
    hostile.send(junk)
    spin(loop, lambda: hostile.clients == 2 and bus.up)
    hostile.send(signal("after"))
    spin(loop, lambda: heard)
    assert heard[0].body == ("after",)


def test_a_bus_that_hangs_up(loop: Loop, hostile: HostileBus, bus: Bus) -> None:
    hostile.hang_up()
    spin(loop, lambda: hostile.clients == 2 and bus.up)


def test_a_bus_that_does_not_let_us_in(loop: Loop, hostile: HostileBus) -> None:
    hostile.turns_away = True
    bus = Bus(loop, "session", hostile.address, first_retry_s=0.01)
    bus.start()
    spin(loop, lambda: hostile.clients >= 3)
    assert "does not let us in" in bus.why
    hostile.turns_away = False
    spin(loop, lambda: bus.up)
    bus.close()


def test_a_bus_that_does_not_greet(loop: Loop, hostile: HostileBus) -> None:
    hostile.refuses_hello = True
    bus = Bus(loop, "session", hostile.address, first_retry_s=0.01)
    bus.start()
    spin(loop, lambda: hostile.clients >= 2)
    assert not bus.up
    assert bus.why == "the bus does not answer"
    hostile.refuses_hello = False
    spin(loop, lambda: bus.up)
    bus.close()
    spin_for(loop, 0)


def test_calls_wait_for_a_connection_that_is_coming_up(loop: Loop, hostile: HostileBus) -> None:
    to = Address("org.example.A", "/a", "org.example.A")
    bus = Bus(loop, "session", hostile.address, first_retry_s=5)
    bus.start()
    said: list[object] = []
    bus.call(to, "Early", "u", (7,), on_error=said.append)
    spin(loop, lambda: hostile.messages)
    assert hostile.messages[0].body == (7,)
    hostile.turns_away = True
    bus.close()
    bus.start()
    bus.call(to, "Early", on_error=said.append)
    spin(loop, lambda: len(said) == 2)
    assert all(isinstance(error, Gone) for error in said)
    bus.close()


def test_a_bus_that_says_nothing(loop: Loop, hostile: HostileBus) -> None:
    hostile.deaf = True
    lost: list[str] = []
    wire = Wire(loop, lambda: None, lambda _message: None, lost.append, patience_s=0.05)
    wire.begin(hostile.address.removeprefix("unix:path="))
    spin(loop, lambda: lost)
    assert lost == ["the bus does not answer"]


def test_nobody_listens(loop: Loop, tmp_path: Path) -> None:
    wire = Wire(loop, lambda: None, lambda _message: None, lambda _why: None)
    with pytest.raises(FileNotFoundError):
        wire.begin(str(tmp_path / "nobody"))


def test_what_the_socket_does_not_take_is_sent_later(
    loop: Loop, hostile: HostileBus, bus: Bus
) -> None:
    to = Address("org.example.A", "/a", "org.example.A")
    hostile.stop_reading()
    text = "x" * 100_000
    for n in range(30):
        bus.call(to, "Take", "us", (n, text), timeout=None)
    spin_for(loop, 0.02)
    assert bus.up
    hostile.read_on()
    spin(loop, lambda: len(hostile.messages) == 30)
    assert [m.body for m in hostile.messages] == [(n, text) for n in range(30)]


def test_a_bus_that_never_reads_is_given_up(loop: Loop, hostile: HostileBus, bus: Bus) -> None:
    said: list[BusError] = []
    hostile.stop_reading()
    to = Address("org.example.A", "/a", "org.example.A")
    for _ in range(20):
        bus.call(to, "Take", "s", ("x" * 1_000_000,), timeout=None, on_error=said.append)
    spin(loop, lambda: said)
    assert str(said[0]) == "the bus takes nothing in"


@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(junk=st.binary(min_size=1, max_size=200), cut=st.integers(0, 60))
def test_no_bytes_whatever_raise(junk: bytes, cut: int) -> None:
    """Anything that comes in ends in messages or in one loss, never in an exception."""
    loop = asyncio.SelectorEventLoop()
    lost: list[str] = []
    messages: list[Message] = []
    wire = Wire(loop, lambda: None, messages.append, lost.append)
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    wire.open(ours)
    wire._auth = None
    wire._take_in(bytearray(signal("x")[:cut] + junk))
    assert len(lost) <= 1
    wire.close()
    theirs.close()
    ours.close()
    loop.close()
