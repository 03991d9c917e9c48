"""`deskbreak desk`: found, used and followed, with a desk that we play on a private bus."""

import asyncio
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbreak.app import client
from tests.cli.typed import COMMAND, ROOT, Machine, Ran, at_home, machine, typed
from tests.fakes.bluez import ADDRESS, FakeBluez, Peripheral
from tests.servers import private_bus
from tests.waiting import spin, until

pytest.importorskip("bleak")

WITHOUT_BLEAK = """
import sys
sys.modules["bleak"] = None
from deskbreak.cli.main import cli
cli(prog_name="deskbreak")
"""
WITHOUT_BLEAK_DESKS = """
import runpy, sys
sys.modules["bleak"] = None
runpy.run_module("deskbreak.desks", run_name="__main__", alter_sys=True)
"""
OTHER = "C0:FF:EE:00:00:01"


@pytest.fixture(scope="module")
def bus() -> Iterator[str]:
    with private_bus() as address:
        yield address


@pytest.fixture
def home(tmp_path: Path, bus: str) -> Iterator[Machine]:
    with machine(tmp_path) as made:
        made.env["DBUS_SYSTEM_BUS_ADDRESS"] = bus
        yield made


@pytest.fixture
def bluez(loop: asyncio.AbstractEventLoop, bus: str) -> Iterator[FakeBluez]:
    made = FakeBluez(
        loop, bus,
        Peripheral(ADDRESS, "Desk 1234"),
        Peripheral(OTHER, "Headphones", tells_height=False),
    )  # fmt: skip
    yield made
    made.stop()


def types(loop: asyncio.AbstractEventLoop, home: Machine, *words: str) -> Ran:
    """Type a command while the desk, which is of this process, answers."""
    ran = subprocess.Popen(
        [*COMMAND, *words], env=home.env, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    spin(loop, lambda: ran.poll() is not None, 20)
    out, err = ran.communicate()
    return Ran(ran.returncode, out, err)


def said_of(home: Machine) -> str:
    """What the daemon says of the desk."""
    found = client.ask(home.socket, {"do": "doctor"})["capabilities"]
    why: str = next(one["why"] for one in found if one["name"] == "desk")
    return why


def sensor_of(home: Machine) -> list[str]:
    words: list[str] = tomllib.loads(home.config.read_text())["standing"]["sensor"]
    return words


@pytest.mark.usefixtures("bluez")
def test_find_lists_desks_with_their_heights(
    loop: asyncio.AbstractEventLoop, home: Machine
) -> None:
    ran = types(loop, home, "desk", "find", "--seconds", "0.5")
    assert (ran.code, ran.out) == (0, f"{ADDRESS}  Desk 1234  72 cm\n")


def test_find_says_what_to_do_where_there_is_none(
    loop: asyncio.AbstractEventLoop, home: Machine, bus: str
) -> None:
    bluez = FakeBluez(loop, bus, Peripheral(OTHER, "Headphones", tells_height=False))
    ran = types(loop, home, "desk", "find", "--seconds", "0.2")
    bluez.stop()
    assert (ran.code, ran.out) == (1, "")
    assert "no desk was found. Bring one close" in ran.err


def test_find_without_bluetooth(loop: asyncio.AbstractEventLoop, home: Machine) -> None:
    ran = types(loop, home, "desk", "find", "--seconds", "0.2")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith("deskbreak: the Bluetooth service (BlueZ) does not run.\n")


def test_the_posture_follows_the_desk(
    loop: asyncio.AbstractEventLoop, home: Machine, bluez: FakeBluez
) -> None:
    ran = types(loop, home, "desk", "use", ADDRESS.lower())
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Your posture follows the desk {ADDRESS}: from 90 cm on you stand.")
    home.starts("--no-tray")
    spin(loop, lambda: home.status()["standing"]["sensed"], 10)
    assert home.status()["posture"] == "sitting"
    bluez.moves(100, speed=3000)
    bluez.moves(110)
    spin(loop, lambda: home.status()["posture"] == "standing", 10)
    said = types(loop, home, "desk", "status").out
    assert said.startswith("You count as standing.\nThe desk says: standing, 110 cm (")
    assert "Alternating is off; standing is 15 min at a time." in said
    assert home.types("sit").code == 0
    bluez.moves(112)
    spin(loop, lambda: said_of(home) == "standing, 112 cm", 10)
    assert home.status()["posture"] == "sitting", "the desk stands where it stood"
    bluez.moves(70)
    bluez.moves(110)
    spin(loop, lambda: home.status()["posture"] == "standing", 10)
    home.stops()
    spin(loop, lambda: not bluez.desks[0].connected)


def test_use_writes_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = at_home(monkeypatch, tmp_path)
    home.sets("# mine\n[standing]\nenabled = true # yes\n")
    assert typed(capsys, "desk", "use", ADDRESS, "--boundary", "95.5 cm").code == 0
    assert sensor_of(home) == [
        sys.executable, "-P", "-E", "-m", "deskbreak.desks", ADDRESS, "--boundary", "95.5",
    ]  # fmt: skip
    assert "# mine" in home.config.read_text()
    assert "enabled = true # yes" in home.config.read_text()
    assert typed(capsys, "desk", "use", ADDRESS).code == 0
    assert sensor_of(home)[-1] == ADDRESS


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("desk",), "found 'desk', allowed: an address such as E8:5B:5B:24:22:E4."),
        ((ADDRESS, "--boundary", "20cm"), "found '20cm', allowed: 65cm to 125cm."),
        ((ADDRESS, "--boundary", "1.2m"), "found '1.2m', allowed: 65cm to 125cm."),
        ((ADDRESS, "--boundary", "nan"), "found 'nan', allowed: 65cm to 125cm."),
    ],
)
def test_use_names_what_it_cannot_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...], message: str,
) -> None:  # fmt: skip
    home = at_home(monkeypatch, tmp_path)
    assert typed(capsys, "desk", "use", *words) == Ran(2, "", f"deskbreak: {message}\n")
    assert not home.config.exists()


@pytest.mark.parametrize("words", [("find",), ("use", ADDRESS)])
def test_without_the_extra(home: Machine, words: tuple[str, ...]) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_BLEAK, "desk", *words],
        env=home.env, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("deskbreak: a desk is heard over Bluetooth with the package bleak")
    assert "`pip install 'deskbreak[desk]'` brings it" in ran.stderr
    assert not home.config.exists()


def test_the_program_without_the_extra_says_so_to_the_daemon(home: Machine) -> None:
    program = [sys.executable, "-c", WITHOUT_BLEAK_DESKS, ADDRESS]
    home.sets(f"[standing]\nsensor = {json.dumps(program)}\n")
    home.starts("--no-tray")
    until(lambda: "`pip install 'deskbreak[desk]'`" in home.types("desk", "status").out)
    assert home.said.count("which is not installed") == 1


def test_status_without_a_sensor(home: Machine) -> None:
    assert home.types("desk", "status").code == 3
    home.sets("[standing]\nenabled = true\n")
    home.starts("--no-tray")
    assert home.types("desk", "status").out == (
        "You count as sitting.\n"
        "No desk reports it: it is what you said last (`deskbreak stand`, `deskbreak sit`).\n"
        "Alternating is on; standing is 15 min at a time.\n"
    )
    assert home.types("status").out.endswith(" · standing today: under 1 min of 2 h\n")


def test_doctor_tries_a_sensor_out(home: Machine) -> None:
    home.sets('[standing]\nsensor = ["echo", "unknown", "no", "desk"]\n')
    said = home.types("doctor").out
    assert "✗ desk            echo unknown no desk: unknown, no desk" in said
    assert "→ Until then your posture is what you say" in said
