"""The control socket under friends, strangers, junk, crowds and readers who do not read."""

import asyncio
import json
import os
import resource
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from deskbreak.adapters.control.protocol import Query, Request
from deskbreak.adapters.control.server import ControlServer
from deskbreak.systems.posix.door import SocketDoor
from tests.waiting import spin, spin_for


class App:
    """Answers like the app would, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.replies: dict[str, Mapping[str, Any] | Exception] = {"status": {"state": "sitting"}}

    def __call__(self, request: Request) -> Mapping[str, Any]:
        self.asked.append(request)
        reply = self.replies.get(request.do, {})
        if isinstance(reply, Exception):
            raise reply
        return reply


class Caller:
    """Somebody at the other end, speaking bytes."""

    def __init__(self, loop: asyncio.AbstractEventLoop, path: Path) -> None:
        self.loop = loop
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.connect(str(path))
        self.socket.setblocking(False)
        self.heard = b""
        self.hung_up = False

    def say(self, *lines: bytes | dict[str, Any]) -> None:
        for line in lines:
            data = json.dumps(line).encode() + b"\n" if isinstance(line, dict) else line
            self.loop.run_until_complete(self.loop.sock_sendall(self.socket, data))

    def listen(self) -> bool:
        """Hear what has come; whether that was all there will ever be."""
        try:
            while more := self.socket.recv(1 << 20):
                self.heard += more
            self.hung_up = True
        except BlockingIOError:
            pass
        except ConnectionError:
            self.hung_up = True
        return self.hung_up

    def replies(self, count: int) -> list[dict[str, Any]]:
        """The next so many lines, waited for."""

        def enough() -> bool:
            self.listen()
            return self.heard.count(b"\n") >= count or self.hung_up

        spin(self.loop, enough, what=f"{count} replies")
        *lines, self.heard = self.heard.split(b"\n", count)
        return [json.loads(line) for line in lines]

    def reply(self) -> dict[str, Any]:
        return self.replies(1)[0]

    def wait_for_the_end(self) -> None:
        def ended() -> bool:
            self.listen()
            return self.hung_up

        spin(self.loop, ended)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "control.sock"


@pytest.fixture
def app() -> App:
    return App()


@pytest.fixture
def server(loop: asyncio.AbstractEventLoop, path: Path, app: App) -> Iterator[ControlServer]:
    made = ControlServer(loop, SocketDoor(loop, path), app)
    made.start()
    yield made
    made.close()


@pytest.fixture
def call(
    loop: asyncio.AbstractEventLoop, path: Path, server: ControlServer
) -> Iterator[Callable[[], Caller]]:
    callers: list[Caller] = []

    def make() -> Caller:
        callers.append(Caller(loop, path))
        return callers[-1]

    yield make
    for caller in callers:
        caller.socket.close()


Call = Callable[[], Caller]


# ------------------------------------------------------------------------------- good manners


def test_a_request_gets_its_reply(call: Call, app: App) -> None:
    caller = call()
    caller.say({"id": 1, "do": "status"})
    assert caller.reply() == {"id": 1, "ok": True, "state": "sitting"}
    assert app.asked == [Request("status", Query.STATUS, 1)]


def test_requests_in_one_piece_or_in_many_are_answered_in_order(call: Call) -> None:
    caller = call()
    caller.say(b'{"id": 1, "do": "status"}\n{"id": 2, "do": "done"}\n{"id": 3, ')
    assert [reply["id"] for reply in caller.replies(2)] == [1, 2]
    for byte in b'"do": "status"}\r\n':
        caller.say(bytes([byte]))
    assert caller.reply()["id"] == 3


def test_a_last_line_without_its_end_is_answered_when_the_caller_falls_silent(call: Call) -> None:
    caller = call()
    caller.say(b'{"id": 1, "do": "status"}')
    caller.socket.shutdown(socket.SHUT_WR)
    assert caller.reply()["ok"] is True
    caller.wait_for_the_end()


def test_an_answer_can_be_a_refusal(call: Call, app: App) -> None:
    app.replies["done"] = {"ok": False, "error": "There is no break to end right now."}
    caller = call()
    caller.say({"id": "x", "do": "done"})
    assert caller.reply() == {
        "id": "x",
        "ok": False,
        "error": "There is no break to end right now.",
    }


def test_text_of_any_language_comes_back(call: Call, app: App) -> None:
    app.replies["status"] = {"text": "größe 伸展 🧘\nzweite Zeile \udcff"}
    caller = call()
    caller.say({"do": "status"})
    assert caller.reply()["text"] == "größe 伸展 🧘\nzweite Zeile ?"


# ---------------------------------------------------------------------------------------- junk

JUNK = {
    "no JSON": b"status please\n",
    "an empty line": b"\n",
    "half an object": b'{"do": "status"\n',
    "a list": b'["status"]\n',
    "a number": b"7\n",
    "null": b"null\n",
    "NUL bytes": b"\x00\x00\x00\n",
    "a NUL byte inside": b'{"do": "sta\x00tus"}\n',
    "not UTF-8": b'{"do": "\xff\xfe"}\n',
    "UTF-16": '{"do": "status"}\n'.encode("utf-16-le") + b"\n",
    "a byte order mark": '\ufeff{"do": "status"}\n'.encode(),
    "nested without end": b"[" * 60_000 + b"\n",
    "a number without end": b'{"id": ' + b"9" * 60_000 + b"}\n",
    "nothing it knows": b'{"do": "dance"}\n',
    "a key too many": b'{"do": "done", "loud": true}\n',
    "one byte too long": b'{"do": "' + b"x" * (64 * 1024 - 9) + b'"}\n',
    "a mebibyte": b"x" * (1 << 20) + b"\n",
    "a mebibyte of spaces around a request": b" " * (1 << 20) + b'{"do": "status"}\n',
}


@pytest.mark.parametrize("data", JUNK.values(), ids=JUNK.keys())
def test_junk_gets_an_error_reply_and_the_next_line_is_heard(
    call: Call, app: App, data: bytes
) -> None:
    caller = call()
    caller.say(data, {"id": 1, "do": "status"})
    for reply in iter(caller.reply, {"id": 1, "ok": True, "state": "sitting"}):
        assert reply["ok"] is False
        assert reply["error"]
        assert len(json.dumps(reply)) < 1000
    assert len(app.asked) == 1


def test_a_line_of_exactly_the_limit_is_heard(call: Call) -> None:
    request = b'{"do": "status"}'
    caller = call()
    caller.say(b" " * (64 * 1024 - len(request)) + request + b"\n")
    assert caller.reply()["ok"] is True


def test_a_line_that_never_ends_costs_one_reply_and_no_memory(call: Call) -> None:
    caller = call()
    for _ in range(40):
        caller.say(b"x" * 65_536)
    assert "65536" in caller.reply()["error"]
    caller.say(b'\n{"id": 5, "do": "status"}\n')
    assert caller.reply()["id"] == 5


def test_an_accident_in_an_answer_is_told_and_logged_and_the_others_are_served(
    call: Call, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    app.replies["done"] = KeyError("surprise")
    caller = call()
    caller.say({"id": 1, "do": "done"}, {"id": 2, "do": "status"})
    first, second = caller.replies(2)
    assert (first["ok"], second["ok"]) == (False, True)
    assert "surprise" not in first["error"]
    assert "surprise" in caplog.text


def test_a_caller_that_vanishes_disturbs_nobody(call: Call, app: App) -> None:
    for _ in range(5):
        rude = call()
        rude.say(b'{"do": "status"}\n' * 50)
        rude.socket.close()
    caller = call()
    caller.say({"id": 1, "do": "status"})
    assert caller.reply()["id"] == 1


# ---------------------------------------------------------------------------------- who may call


def test_only_its_owner_can_reach_it(path: Path, server: ControlServer) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_folder_that_others_could_enter_is_closed(
    loop: asyncio.AbstractEventLoop, path: Path, app: App
) -> None:
    path.parent.mkdir(mode=0o777)
    path.parent.chmod(0o777)
    server = ControlServer(loop, SocketDoor(loop, path), app)
    server.start()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    server.close()


def test_a_stranger_gets_no_answer(loop: asyncio.AbstractEventLoop, path: Path, app: App) -> None:
    server = ControlServer(loop, SocketDoor(loop, path, os.getuid() + 1), app)
    server.start()
    caller = Caller(loop, path)
    spin(loop, caller.listen)
    assert json.loads(caller.heard) == {
        "id": None,
        "ok": False,
        "error": "this belongs to another user",
    }
    assert app.asked == []
    caller.socket.close()
    server.close()


def test_a_silent_crowd_shuts_nobody_out(
    call: Call, server: ControlServer, loop: asyncio.AbstractEventLoop
) -> None:
    crowd: list[Caller] = []
    for _ in range(150):
        crowd.append(call())
        spin_for(loop, 0)
    owner = call()
    owner.say({"do": "quit"})
    assert owner.reply()["ok"] is True
    assert len(server._callers) <= 64
    assert "call again" in crowd[0].reply()["error"]
    crowd[0].wait_for_the_end()


def test_who_has_been_silent_for_longest_makes_room(
    call: Call, server: ControlServer, loop: asyncio.AbstractEventLoop
) -> None:
    first, second = call(), call()
    for caller in (first, second, first):
        caller.say({"do": "status"})
        caller.reply()
    crowd = [call() for _ in range(63)]
    second.reply()
    second.wait_for_the_end()
    for caller in (first, crowd[0], crowd[-1]):
        caller.say({"do": "status"})
        assert caller.reply()["ok"] is True


def test_no_follower_is_lost_to_a_crowd_and_there_is_an_end_to_followers(
    call: Call, server: ControlServer, loop: asyncio.AbstractEventLoop
) -> None:
    followers = [call() for _ in range(64)]
    for follower in followers:
        follower.say({"do": "subscribe"})
        assert follower.reply()["ok"] is True
    late = call()
    late.say({"id": 1, "do": "subscribe"}, {"id": 2, "do": "status"})
    refused, answered = late.replies(2)
    assert "64 are following already" in refused["error"]
    assert answered["ok"] is True
    for _ in range(100):
        call()
        spin_for(loop, 0)
    last = call()
    last.say({"do": "status"})
    assert last.reply()["ok"] is True
    server.publish({"event": "skipped"})
    for follower in followers:
        assert follower.reply() == {"event": "skipped"}


# ----------------------------------------------------------------------------------- subscribers


def test_subscribers_hear_every_event_from_then_on(call: Call, server: ControlServer) -> None:
    first, second, silent = call(), call(), call()
    assert not server.has_subscribers
    server.publish({"event": "early"})
    for caller in (first, second, first):
        caller.say({"id": 1, "do": "subscribe"})
        assert caller.reply()["ok"] is True
    assert server.has_subscribers
    server.publish({"event": "prompt", "bout_s": 1800})
    server.publish({"event": "skipped"})
    for caller in (first, second):
        assert caller.replies(2) == [{"event": "prompt", "bout_s": 1800}, {"event": "skipped"}]
    first.say({"id": 2, "do": "status"})
    assert first.reply()["id"] == 2
    silent.listen()
    assert silent.heard == b""


def test_a_subscriber_that_left_is_forgotten(
    call: Call, server: ControlServer, loop: asyncio.AbstractEventLoop
) -> None:
    gone, here = call(), call()
    for caller in (gone, here):
        caller.say({"do": "subscribe"})
        caller.reply()
    gone.socket.close()
    spin(loop, lambda: len(server._subscribers) == 1)
    server.publish({"event": "skipped"})
    assert here.reply() == {"event": "skipped"}


def test_a_subscriber_that_does_not_read_is_dropped_and_the_others_hear_everything(
    call: Call,
    server: ControlServer,
    loop: asyncio.AbstractEventLoop,
    caplog: pytest.LogCaptureFixture,
) -> None:
    asleep, awake = call(), call()
    for caller in (asleep, awake):
        caller.say({"do": "subscribe"})
        caller.reply()
    for number in range(3000):
        server.publish({"event": "x" * 1000, "n": number})
        if number % 50 == 0:
            awake.listen()
            spin_for(loop, 0)
    spin(loop, lambda: len(server._subscribers) == 1)
    assert [reply["n"] for reply in awake.replies(3000)] == list(range(3000))
    asleep.wait_for_the_end()
    assert "does not read" in caplog.text


def test_a_caller_that_asks_without_end_and_does_not_read_is_dropped(
    call: Call, app: App, loop: asyncio.AbstractEventLoop, server: ControlServer
) -> None:
    app.replies["status"] = {"text": "x" * 20_000}
    greedy = call()
    greedy.say(b'{"do": "status"}\n' * 1000)
    spin(loop, lambda: not server._callers)
    assert 0 < len(app.asked) < 100
    greedy.wait_for_the_end()


# ------------------------------------------------------------------------------ begin and end


def test_the_end_takes_the_socket_away_and_hangs_up(
    call: Call, path: Path, server: ControlServer
) -> None:
    caller = call()
    caller.say({"do": "status"})
    caller.reply()
    server.close()
    caller.wait_for_the_end()
    assert not path.exists()
    server.close()


LISTENER = """
import socket, sys, time
s = socket.socket(socket.AF_UNIX)
s.bind(sys.argv[1])
s.listen()
print(flush=True)
time.sleep(60)
"""


def test_the_socket_of_a_killed_daemon_is_replaced(
    loop: asyncio.AbstractEventLoop, path: Path, app: App
) -> None:
    path.parent.mkdir()
    dead = subprocess.Popen([sys.executable, "-c", LISTENER, path], stdout=subprocess.PIPE)
    assert dead.stdout is not None
    dead.stdout.readline()
    dead.send_signal(signal.SIGKILL)
    dead.communicate()
    assert path.exists()
    server = ControlServer(loop, SocketDoor(loop, path), app)
    server.start()
    caller = Caller(loop, path)
    caller.say({"do": "status"})
    assert caller.reply()["ok"] is True
    caller.socket.close()
    server.close()


def test_the_socket_of_a_living_daemon_is_left_alone(
    loop: asyncio.AbstractEventLoop, path: Path, app: App, server: ControlServer, call: Call
) -> None:
    second = ControlServer(loop, SocketDoor(loop, path), app)
    with pytest.raises(OSError, match="another deskbreak answers there"):
        second.start()
    second.close()
    caller = call()
    caller.say({"do": "status"})
    assert caller.reply()["ok"] is True


def test_a_file_that_is_no_socket_is_left_alone(
    loop: asyncio.AbstractEventLoop, path: Path, app: App
) -> None:
    path.parent.mkdir()
    path.write_text("precious")
    with pytest.raises(OSError, match="not a socket"):
        ControlServer(loop, SocketDoor(loop, path), app).start()
    assert path.read_text() == "precious"


def test_a_socket_that_is_no_longer_ours_is_left_alone_at_the_end(
    path: Path, server: ControlServer
) -> None:
    path.unlink()
    path.write_text("somebody else's by now")
    server.close()
    assert path.exists()


@pytest.mark.parametrize("what", ["the socket", "its folder"])
def test_a_socket_that_was_taken_away_is_made_again(
    call: Call, path: Path, server: ControlServer, what: str
) -> None:
    early = call()
    early.say({"do": "subscribe"})
    early.reply()
    path.unlink()
    if what == "its folder":
        path.parent.rmdir()
    server.renew()
    inode = path.stat().st_ino
    server.renew()
    assert path.stat().st_ino == inode
    caller = call()
    caller.say({"do": "status"})
    assert caller.reply()["ok"] is True
    server.publish({"event": "skipped"})
    assert early.reply() == {"event": "skipped"}


def test_a_socket_in_whose_place_another_answers_is_not_taken_back(
    loop: asyncio.AbstractEventLoop, path: Path, app: App, server: ControlServer
) -> None:
    path.unlink()
    other = ControlServer(loop, SocketDoor(loop, path), app)
    other.start()
    with pytest.raises(OSError, match="another deskbreak answers there"):
        server.renew()
    other.close()
    server.renew()
    assert path.is_socket()


def test_without_descriptors_the_longest_silent_makes_room(
    call: Call, loop: asyncio.AbstractEventLoop, server: ControlServer
) -> None:
    silent = call()
    spin(loop, lambda: server._callers)
    caller = call()
    lowest_free = os.dup(0)
    os.close(lowest_free)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, hard))
    try:
        silent.wait_for_the_end()
        caller.say({"do": "status"})
        assert caller.reply()["ok"] is True
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_without_descriptors_it_takes_a_breath_and_then_the_call(
    call: Call,
    loop: asyncio.AbstractEventLoop,
    server: ControlServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("deskbreak.systems.posix.door._BREATH_S", 0.02)
    caller = call()
    lowest_free = os.dup(0)
    os.close(lowest_free)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, hard))
    try:
        spin_for(loop, 0.03)
        assert server._callers == []
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    caller.say({"do": "status"})
    assert caller.reply()["ok"] is True
