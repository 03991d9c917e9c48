"""The Wayland client against a compositor that keeps to the protocol, and one that does not."""

import asyncio
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deskbreak.systems.linux.wayland import WaylandLink, socket_path, string
from tests.fakes.compositor import FakeCompositor
from tests.waiting import spin, spin_for


@pytest.fixture
def here(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> Iterator[FakeCompositor]:
    made = FakeCompositor(loop, tmp_path)
    yield made
    made.close()


class Client:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.ready = 0
        self.lost: list[str] = []
        self.link = WaylandLink(loop, self._ready, self.lost.append)

    def _ready(self) -> None:
        self.ready += 1


@pytest.fixture
def client(loop: asyncio.AbstractEventLoop) -> Iterator[Client]:
    made = Client(loop)
    yield made
    made.link.close()


def test_it_learns_what_the_compositor_offers(
    loop: asyncio.AbstractEventLoop, here: FakeCompositor, client: Client
) -> None:
    client.link.begin(here.path)
    assert client.ready == 0
    spin(loop, lambda: client.ready)
    assert client.link.version("wl_seat") == 7
    assert client.link.version("ext_idle_notifier_v1") == 2
    assert client.link.version("xdg_wm_base") == 0
    with pytest.raises(OSError, match="does not offer xdg_wm_base"):
        client.link.bind("xdg_wm_base", 1)


def test_numbers_of_objects_that_are_gone_are_used_again(
    loop: asyncio.AbstractEventLoop, here: FakeCompositor, client: Client
) -> None:
    client.link.begin(here.path)
    spin(loop, lambda: client.ready)
    done: list[int] = []
    for _ in range(3):
        before = len(done)
        client.link.sync(lambda: done.append(1))
        spin(loop, lambda before=before: len(done) > before)
    spin_for(loop, 0.01)
    assert client.link.create() == 3, "the first callback's number, free three times over"


def test_a_message_may_come_in_pieces(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> None:
    heard: list[tuple[int, bytes]] = []
    here, client = FakeCompositor(loop, tmp_path), Client(loop)
    client.link.begin(here.path)
    spin(loop, lambda: client.ready)
    client.link.adopt(0xFF000007, lambda event, body: heard.append((event, body)))
    message = struct.pack("=II", 0xFF000007, 16 << 16 | 5) + b"8 bytes!"
    for at in range(len(message)):
        here.send_raw(message[at : at + 1])
        spin_for(loop, 0.001)
    here.send_raw(message + message[:9])
    spin(loop, lambda: len(heard) == 2)
    assert heard == [(5, b"8 bytes!")] * 2
    client.link.close()
    here.close()


def test_events_of_an_object_that_was_let_go_are_dropped(
    loop: asyncio.AbstractEventLoop, here: FakeCompositor, client: Client
) -> None:
    client.link.begin(here.path)
    spin(loop, lambda: client.ready)
    here.send_raw(struct.pack("=III", 4711, 12 << 16, 1))
    spin_for(loop, 0.02)
    assert client.lost == []


@pytest.mark.parametrize(
    ("does", "says"),
    [
        (FakeCompositor.hang_up, "has hung up"),
        (lambda here: here.raise_error("no such seat"), "no such seat"),
        (lambda here: here.send_raw(struct.pack("=II", 1, 3 << 16)), "unreadable"),
        (lambda here: here.send_raw(struct.pack("=II", 1, 8 << 16)), "unreadable"),
    ],
    ids=["hangs up", "complains", "sends a message of no length", "sends an error without text"],
)
def test_the_end_is_told_once_whatever_it_was(
    loop: asyncio.AbstractEventLoop,
    here: FakeCompositor,
    client: Client,
    does: Callable[[FakeCompositor], None],
    says: str,
) -> None:
    client.link.begin(here.path)
    spin(loop, lambda: client.ready)
    does(here)
    spin(loop, lambda: client.lost)
    client.link.request(1, 0, 99)
    spin_for(loop, 0.02)
    assert len(client.lost) == 1
    assert says in client.lost[0]
    assert client.lost[0].startswith("the compositor ")


def test_a_compositor_that_says_nothing_is_given_up(
    loop: asyncio.AbstractEventLoop, here: FakeCompositor, client: Client
) -> None:
    here.deaf = True
    client.link.patience_s = 0.05
    client.link.begin(here.path)
    spin(loop, lambda: client.lost)
    assert client.lost == ["the compositor does not answer"]
    assert client.ready == 0


def test_no_socket_and_nobody_behind_it_are_said_at_once(
    loop: asyncio.AbstractEventLoop, tmp_path: Path, client: Client
) -> None:
    with pytest.raises(OSError, match="no such socket"):
        client.link.begin(str(tmp_path / "wayland-9"))
    import socket

    left = tmp_path / "wayland-8"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(left))
    with pytest.raises(OSError, match="nobody listens"):
        client.link.begin(str(left))


def test_a_compositor_that_takes_nothing_in_does_not_fill_our_memory(
    loop: asyncio.AbstractEventLoop, here: FakeCompositor, client: Client
) -> None:
    client.link.begin(here.path)
    spin(loop, lambda: client.ready)
    loop.remove_reader(here.clients[0].connection)
    for _ in range(5000):
        client.link.request(1, 9, *range(100))
        if client.lost:
            break
        spin_for(loop, 0)
    assert client.lost == ["the compositor takes nothing in"]


@pytest.mark.parametrize(
    ("environ", "path"),
    [
        ({"WAYLAND_DISPLAY": "wayland-1", "XDG_RUNTIME_DIR": "/run/me"}, "/run/me/wayland-1"),
        ({"WAYLAND_DISPLAY": "/elsewhere/w", "XDG_RUNTIME_DIR": "/run/me"}, "/elsewhere/w"),
        ({"WAYLAND_DISPLAY": "/elsewhere/w"}, "/elsewhere/w"),
        ({"XDG_SESSION_TYPE": "wayland", "XDG_RUNTIME_DIR": "/run/me"}, "/run/me/wayland-0"),
    ],
)
def test_where_the_compositor_listens(environ: dict[str, str], path: str) -> None:
    assert socket_path(environ) == path


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"XDG_RUNTIME_DIR": "/run/me"}, "WAYLAND_DISPLAY"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "XDG_RUNTIME_DIR"),
    ],
)
def test_why_there_is_no_compositor(environ: dict[str, str], says: str) -> None:
    with pytest.raises(OSError, match=says):
        socket_path(environ)


def test_strings_are_padded_to_whole_words() -> None:
    body = struct.pack("=I", 6) + b"hello\0\0\0" + struct.pack("=I", 7)
    assert string(body, 0) == ("hello", 12)
