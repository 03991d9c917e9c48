"""Screens that are shared and cameras that are looked at, by PipeWire and by the devices."""

import asyncio
import contextlib
import os
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.adapters.stream import UNREADABLE
from deskbreak.core.enums import HoldReason
from deskbreak.core.events import Fact, HoldBegan, HoldEnded
from deskbreak.systems.linux.holds import pipewire
from deskbreak.systems.linux.holds.camera import CameraProbe, camera_users, is_camera
from deskbreak.systems.linux.holds.pipewire import (
    Node,
    ScreenShareProbe,
    camera_taken,
    socket_of,
    taker,
)
from tests.fakes.deaf import DeafServer
from tests.systems.linux.holds.conftest import Reasons
from tests.systems.linux.holds.servers import pictures
from tests.systems.linux.holds.servers import pipewire as running_pipewire
from tests.waiting import spin, spin_for

SCREEN = Node("Stream/Output/Video", "screen", "", device=False)
PORTAL = Node("Video/Source", "xdpw", "", device=False)
CAMERA = Node("Video/Source", "v4l2_input", "", device=True)
BROWSER = Node("Stream/Input/Video", "browser", "Firefox", device=False)
BEGAN = HoldBegan(HoldReason.SCREEN_SHARE, "")


@pytest.mark.parametrize(
    ("nodes", "shared", "camera"),
    [
        ([], False, False),
        ([CAMERA], False, False),
        ([CAMERA, BROWSER], False, True),
        ([SCREEN, BROWSER], True, False),
        ([PORTAL, BROWSER], True, False),
        ([PORTAL], True, False),
        ([SCREEN, CAMERA, BROWSER, BROWSER], True, True),
    ],
)
def test_what_the_streams_come_to(nodes: list[Node], shared: bool, camera: bool) -> None:
    assert any(node.is_screen for node in nodes) is shared
    assert camera_taken(nodes) is camera
    assert taker(nodes) == ("Firefox" if BROWSER in nodes else "")


@pytest.mark.parametrize(
    ("environ", "path"),
    [
        ({"XDG_RUNTIME_DIR": "/run/me"}, "/run/me/pipewire-0"),
        ({"XDG_RUNTIME_DIR": "/run/me", "PIPEWIRE_REMOTE": "other"}, "/run/me/other"),
        ({"PIPEWIRE_RUNTIME_DIR": "/run/p", "XDG_RUNTIME_DIR": "/run/me"}, "/run/p/pipewire-0"),
        ({"PIPEWIRE_REMOTE": "/run/socket"}, "/run/socket"),
    ],
)
def test_where_pipewire_listens(environ: dict[str, str], path: str) -> None:
    assert socket_of(environ) == Path(path)


def test_without_a_place_to_look_it_says_so(
    loop: asyncio.AbstractEventLoop, reason: Reasons
) -> None:
    probe = ScreenShareProbe(loop, reason(HoldReason.SCREEN_SHARE), {})
    probe.start()
    (row,) = probe.capabilities()
    assert (row.works, row.why) == (False, "XDG_RUNTIME_DIR is not set")
    probe.close()


def test_pipewire_that_dies_ends_the_sharing(
    loop: asyncio.AbstractEventLoop, reason: Reasons, facts: list[Fact]
) -> None:
    with running_pipewire() as env:
        probe = ScreenShareProbe(loop, reason(HoldReason.SCREEN_SHARE), env)
        probe.start()
        with pictures(env, "Stream/Output/Video"):
            spin(loop, lambda: facts)
            assert probe.capabilities()[0].works
            with pictures(env, "Stream/Output/Video", "another"):
                spin_for(loop, 0.2)
        assert facts[0] == BEGAN
    spin(loop, lambda: len(facts) == 2)
    assert facts[1] == HoldEnded(HoldReason.SCREEN_SHARE)
    spin(loop, lambda: not probe.capabilities()[0].works)
    probe.close()


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (b"\0" * 3 + b"GET / HTTP/1.1\r\n\r\n" * 4, "unreadable"),
        (pipewire.message(0, 3, 0, 0, 1, -1, "you are not welcome"), "not welcome"),
    ],
    ids=["another protocol", "a complaint"],
)
def test_what_is_no_pipewire_for_us_is_given_up(
    loop: asyncio.AbstractEventLoop, reason: Reasons, tmp_path: Path, said: bytes, says: str
) -> None:
    other = DeafServer(tmp_path / "pipewire-0")
    environ = {"XDG_RUNTIME_DIR": str(tmp_path)}
    probe = ScreenShareProbe(loop, reason(HoldReason.SCREEN_SHARE), environ)
    probe.start()
    other.accept()
    other.say(said)
    spin(loop, lambda: says in probe.capabilities()[0].why)
    probe.close()
    other.close()


def test_what_was_packed_is_unpacked() -> None:
    said = pipewire.message(
        2, 0, 9, 41, 7, "PipeWire:Interface:Node", 3, (1, "node.name", "screen")
    )
    buffer = bytearray(said + b"rest")
    number, event, values = pipewire.take_message(buffer) or (0, 0, [])
    assert (number, event) == (2, 0)
    assert values[:4] == [41, 7, "PipeWire:Interface:Node", 3]
    assert pipewire.named(values[4]) == {"node.name": "screen"}
    assert buffer == b"rest"
    for length in range(len(said)):
        assert pipewire.take_message(bytearray(said[:length])) is None


@given(st.binary(max_size=100))
def test_no_bytes_upset_the_reader(data: bytes) -> None:
    header = struct.pack("=IIII", 2, len(data), 0, 0)
    with contextlib.suppress(*UNREADABLE):
        pipewire.take_message(bytearray(header + data))


# ------------------------------------------------------------------------------ devices


@pytest.fixture
def cameras(
    loop: asyncio.AbstractEventLoop, reason: Reasons, tmp_path: Path
) -> Iterator[CameraProbe]:
    environ = {"XDG_RUNTIME_DIR": str(tmp_path)}
    made = CameraProbe(loop, reason(HoldReason.CAMERA), environ, tmp_path)
    yield made
    made.close()


def test_a_camera_that_is_plugged_in_later_counts_as_well(
    loop: asyncio.AbstractEventLoop, cameras: CameraProbe, facts: list[Fact], tmp_path: Path
) -> None:
    cameras.start()
    device = tmp_path / "video7"
    device.touch()
    spin_for(loop, 0.3)
    assert facts == []
    with device.open():
        spin(loop, lambda: facts)
    spin(loop, lambda: len(facts) == 2)


def test_who_only_looks_whether_there_is_one_wakes_us_once(
    loop: asyncio.AbstractEventLoop, cameras: CameraProbe, facts: list[Fact], tmp_path: Path
) -> None:
    device = tmp_path / "video0"
    device.touch()
    cameras.start()
    for _ in range(20):
        with device.open():
            pass
    spin_for(loop, 0.3)
    assert facts == []


def test_other_files_are_none_of_our_business(
    loop: asyncio.AbstractEventLoop, cameras: CameraProbe, facts: list[Fact], tmp_path: Path
) -> None:
    (tmp_path / "null").touch()
    cameras.start()
    with (tmp_path / "null").open():
        spin_for(loop, 0.3)
    assert facts == []


def test_without_the_folder_pipewire_alone_may_tell(
    loop: asyncio.AbstractEventLoop, reason: Reasons, tmp_path: Path
) -> None:
    environ = {"XDG_RUNTIME_DIR": str(tmp_path)}
    probe = CameraProbe(loop, reason(HoldReason.CAMERA), environ, tmp_path / "nowhere")
    probe.start()
    (row,) = probe.capabilities()
    assert not row.works
    assert "does not say who opens a camera" in row.why
    probe.close()


@pytest.mark.parametrize(
    ("about", "camera"),
    [
        ("E:ID_V4L_CAPABILITIES=:capture:\n", True),
        ("E:ID_V4L_VERSION=2\nE:ID_V4L_CAPABILITIES=:\n", False),
        ("E:ID_V4L_VERSION=2\n", True),
        (None, True),
    ],
    ids=["it takes pictures", "a decoder", "nothing is known of it", "udev is silent"],
)
def test_a_decoder_is_no_camera(tmp_path: Path, about: str | None, camera: bool) -> None:
    number = Path("/dev/null").stat().st_rdev
    if about is not None:
        (tmp_path / f"c{os.major(number)}:{os.minor(number)}").write_text(about)
    assert is_camera(Path("/dev/null"), tmp_path) is camera


def process(proc: Path, number: int, name: str, *opened: str) -> None:
    folder = proc / str(number) / "fd"
    folder.mkdir(parents=True)
    (folder.parent / "comm").write_text(f"{name}\n")
    for at, path in enumerate(opened):
        (folder / str(at)).symlink_to(path)


def test_those_who_keep_it_open_for_others_do_not_count(tmp_path: Path) -> None:
    camera = Path("/dev/video0")
    process(tmp_path, 1, "wireplumber", "/dev/null", "/dev/video0")
    process(tmp_path, 2, "pipewire", "/dev/video0")
    process(tmp_path, 3, "cat", "/dev/video0-but-not-quite")
    (tmp_path / "self").symlink_to("3")
    assert camera_users(tmp_path, [camera]) == []
    process(tmp_path, 4, "cheese", "/dev/null", "/dev/video0")
    assert camera_users(tmp_path, [camera]) == ["cheese"]
    assert camera_users(tmp_path, []) == []


def test_a_program_that_is_named_may_look_at_the_camera(
    loop: asyncio.AbstractEventLoop, reason: Reasons, facts: list[Fact], tmp_path: Path
) -> None:
    ours = Path("/proc/self/comm").read_text().strip()
    not_calls = [ours.upper()]
    environ = {"XDG_RUNTIME_DIR": str(tmp_path)}
    probe = CameraProbe(
        loop, reason(HoldReason.CAMERA), environ, tmp_path, not_calls=lambda: not_calls
    )
    (tmp_path / "video0").touch()
    with (tmp_path / "video0").open():
        probe.start()
        assert facts == []
        not_calls.clear()
        probe.refresh()
        spin(loop, lambda: facts)
        not_calls.append(ours)
        probe.refresh()
    assert facts == [HoldBegan(HoldReason.CAMERA, ours), HoldEnded(HoldReason.CAMERA)]
    probe.close()
