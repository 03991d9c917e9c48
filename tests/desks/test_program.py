"""The Bluetooth program as the daemon runs it: bleak's own BlueZ backend, and a BlueZ we play."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.fakes.bluez import ADDRESS, FakeBluez, Peripheral
from tests.servers import private_bus
from tests.waiting import spin

pytest.importorskip("bleak")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with private_bus() as address:
        yield address


class Program:
    """`python -m deskbreak.desks …` on that bus, and the lines it has printed; for `with`."""

    def __init__(self, loop: asyncio.AbstractEventLoop, bus: str, *words: str) -> None:
        self.loop = loop
        self.process = subprocess.Popen(
            [sys.executable, "-m", "deskbreak.desks", *words],
            env=os.environ | {"DBUS_SYSTEM_BUS_ADDRESS": bus},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        self.out = self.process.stdout
        os.set_blocking(self.out.fileno(), False)
        self.printed = b""

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_how: object) -> None:
        self.process.kill()
        self.process.communicate()

    @property
    def lines(self) -> list[str]:
        self.printed += self.out.read() or b""
        return self.printed.decode().splitlines()

    def prints(self, *lines: str) -> None:
        """Wait until exactly these lines have been printed since the start."""
        spin(self.loop, lambda: len(self.lines) >= len(lines), what=f"{lines}")
        assert self.lines == list(lines)

    def ends(self) -> tuple[int, str]:
        """Wait for its end: exit code, and what it complained of."""
        spin(self.loop, lambda: self.process.poll() is not None)
        errors = self.process.communicate()[1].decode()
        return self.process.returncode, errors


@pytest.fixture
def bluez(loop: asyncio.AbstractEventLoop, address: str) -> Iterator[FakeBluez]:
    made = FakeBluez(loop, address)
    yield made
    made.stop()


@pytest.fixture
def program(loop: asyncio.AbstractEventLoop, address: str, bluez: FakeBluez) -> Iterator[Program]:
    with Program(loop, address, ADDRESS) as made:
        yield made


def test_the_desk_goes_up_and_down(program: Program, bluez: FakeBluez) -> None:
    program.prints("unknown looking for the desk", "sitting 72 cm")
    for height in (80, 95, 108):
        bluez.moves(height, speed=3200)
    bluez.moves(109.4)
    program.prints("unknown looking for the desk", "sitting 72 cm", "standing 109 cm")
    bluez.moves(71, speed=-3200)
    bluez.moves(70)
    program.prints(
        "unknown looking for the desk", "sitting 72 cm", "standing 109 cm", "sitting 70 cm"
    )


def test_a_desk_that_the_system_is_connected_with_is_not_looked_for(
    loop: asyncio.AbstractEventLoop, address: str
) -> None:
    desk = Peripheral(ADDRESS, "Desk 1234")
    desk.connected, desk.height_cm = True, 105
    bluez = FakeBluez(loop, address, desk)
    with Program(loop, address, ADDRESS.lower()) as program:
        program.prints("unknown looking for the desk", "standing 105 cm")
        assert "StartDiscovery" not in [member for member, _ in bluez.calls]
        program.process.terminate()
        assert program.ends()[0] == 0
    bluez.stop()


def test_it_lets_go_of_the_desk_when_it_is_asked_to_end(program: Program, bluez: FakeBluez) -> None:
    program.prints("unknown looking for the desk", "sitting 72 cm")
    program.process.send_signal(signal.SIGTERM)
    assert program.ends()[0] == 0
    assert not bluez.desks[0].connected


def test_it_lets_go_of_the_desk_when_nobody_reads_it_any_more(
    program: Program, bluez: FakeBluez
) -> None:
    program.prints("unknown looking for the desk", "sitting 72 cm")
    program.out.close()
    spin(program.loop, lambda: program.process.poll() is not None)
    assert not bluez.desks[0].connected


def test_a_connection_that_breaks_is_made_again_and_the_height_said_again(
    program: Program, bluez: FakeBluez
) -> None:
    program.prints("unknown looking for the desk", "sitting 72 cm")
    bluez.loses()
    bluez.moves(110)
    program.prints("unknown looking for the desk", "sitting 72 cm", "standing 110 cm")


def test_what_is_no_height_begins_the_connection_anew(program: Program, bluez: FakeBluez) -> None:
    program.prints("unknown looking for the desk", "sitting 72 cm")
    bluez.sends(b"\x01")
    program.prints("unknown looking for the desk", "sitting 72 cm", "sitting 72 cm")


def test_no_adapter_is_said_in_plain_words(loop: asyncio.AbstractEventLoop, address: str) -> None:
    bluez = FakeBluez(loop, address, powered=False)
    with Program(loop, address, ADDRESS) as program:
        program.prints(
            "unknown looking for the desk",
            "unknown Bluetooth is not available "
            "(No powered Bluetooth adapters found. Turn on Bluetooth and try again)",
        )
    bluez.stop()


def test_no_bluetooth_service_is_said_in_plain_words(
    loop: asyncio.AbstractEventLoop, address: str
) -> None:
    with Program(loop, address, ADDRESS) as program:
        program.prints(
            "unknown looking for the desk", "unknown the Bluetooth service (BlueZ) does not run"
        )


def test_something_else_that_is_no_desk(loop: asyncio.AbstractEventLoop, address: str) -> None:
    bluez = FakeBluez(loop, address, Peripheral(ADDRESS, "Headphones", tells_height=False))
    with Program(loop, address, ADDRESS) as program:
        program.prints(
            "unknown looking for the desk", "unknown this is not a desk that reports its height"
        )
    bluez.stop()


@pytest.mark.parametrize("boundary", ["20", "300", "high"])
def test_a_boundary_that_no_desk_has(boundary: str) -> None:
    words = [sys.executable, "-m", "deskbreak.desks", ADDRESS, "--boundary", boundary]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert f"found '{boundary}', allowed: 65cm to 125cm" in ran.stderr
