"""The clock of the tests' loop: it jumps where nobody can act, and waits where somebody can."""

import asyncio
import os
import subprocess
import sys
import threading
import time

import pytest

from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.types import Address
from tests.fakes.notification_server import NAME, PATH, FakeNotificationServer
from tests.servers import private_bus
from tests.virtual_time import VirtualTimeLoop
from tests.waiting import spin, spin_for

YEAR_S = 365 * 86400.0


def test_nothing_to_do_costs_no_time(loop: VirtualTimeLoop) -> None:
    began = loop.time()
    spin_for(loop, YEAR_S)
    assert loop.time() == pytest.approx(began + YEAR_S)


def test_it_stands_still_while_something_runs(loop: VirtualTimeLoop) -> None:
    began = loop.time()
    loop.call_soon(time.sleep, 0.05)
    spin_for(loop, 0)
    assert loop.time() == began


def test_it_stops_where_the_condition_came_true(loop: VirtualTimeLoop) -> None:
    rings: list[float] = []
    for seconds in (1, 2, 3):
        loop.call_later(seconds, lambda: rings.append(loop.time()))
    began = loop.time()
    assert spin(loop, lambda: len(rings) == 2)
    assert rings == [began + 1, began + 2]


def test_a_wait_in_vain_ends(loop: VirtualTimeLoop) -> None:
    with pytest.raises(AssertionError, match="pigs fly"):
        spin(loop, lambda: False, 0.1, "pigs fly")


@pytest.mark.skipif("DESKBREAK_LATE" in os.environ, reason="answers are late, on purpose")
def test_an_answer_by_way_of_a_bus_is_never_jumped_over(
    loop: VirtualTimeLoop, bus: Bus, address: str
) -> None:
    server = FakeNotificationServer(loop, address)
    spin(loop, lambda: bus.up)
    said: list[object] = []
    for _ in range(50):
        bus.call(Address(NAME, PATH, NAME), "GetServerInformation", timeout=1e-6,
                 on_reply=said.append, on_error=said.append)  # fmt: skip
        spin(loop, lambda: said)
        assert said.pop() == ("fake", "deskbreak tests", "1.0", "1.2")
    server.stop()


def test_another_process_on_the_bus_is_waited_for(loop: VirtualTimeLoop) -> None:
    code = (
        "import sys; from jeepney.io.blocking import open_dbus_connection as open;"
        "connection = open(sys.argv[1]); print(flush=True); sys.stdin.read()"
    )
    with private_bus() as address:
        bus = Bus(loop, "session", address)
        bus.start()
        words = [sys.executable, "-c", code, address]
        pipe = subprocess.PIPE
        with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True) as other:
            assert other.stdout is not None
            other.stdout.readline()
            assert _is_real(loop)
            other.communicate()
        bus.close()
        spin_for(loop, 0)


def test_a_thread_is_waited_for(loop: VirtualTimeLoop) -> None:
    release = threading.Event()
    thread = threading.Thread(target=release.wait)
    thread.start()
    assert _is_real(loop)
    release.set()
    thread.join()
    assert not _is_real(loop)


def test_a_pipe_whoever_writes_to_it_is_waited_for(loop: VirtualTimeLoop) -> None:
    reader, writer = os.pipe()
    loop.add_reader(reader, lambda: None)
    assert _is_real(loop)
    loop.remove_reader(reader)
    os.close(reader)
    os.close(writer)


@pytest.mark.usefixtures("other_programs")
def test_a_program_that_is_only_expected_is_waited_for(loop: VirtualTimeLoop) -> None:
    assert _is_real(loop)


def _is_real(loop: asyncio.AbstractEventLoop) -> bool:
    """Whether time takes time."""
    began = time.monotonic()
    spin_for(loop, 0.5)
    return time.monotonic() - began >= 0.5
