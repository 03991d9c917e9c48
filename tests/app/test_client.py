"""The command's end of the control socket, against the real server and against nobody."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from deskbreak.adapters.control.protocol import Request
from deskbreak.adapters.control.server import ControlServer
from deskbreak.app.client import ControlError, NotAnswering, NotRunning, Refused, ask, follow
from deskbreak.systems.posix.door import SocketDoor
from tests.waiting import LIMIT_S, until


def answer(request: Request) -> Mapping[str, Any]:
    if request.do == "done":
        return {"ok": False, "error": "There is no break to end right now."}
    return {"state": "sitting", "text": "ä" * 100_000}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "control.sock"


@pytest.fixture
def server(loop: asyncio.AbstractEventLoop, path: Path) -> Iterator[ControlServer]:
    made = ControlServer(loop, SocketDoor(loop, path), answer)
    made.start()
    yield made
    made.close()


def in_thread(loop: asyncio.AbstractEventLoop, *call: Any) -> Any:
    """What a blocking call returns while the server goes on in this thread."""
    return loop.run_until_complete(asyncio.to_thread(*call))


@pytest.mark.usefixtures("server")
def test_a_reply_comes_back_however_long(loop: asyncio.AbstractEventLoop, path: Path) -> None:
    reply = in_thread(loop, ask, path, {"id": 1, "do": "status"})
    assert reply == {"id": 1, "ok": True, "state": "sitting", "text": "ä" * 100_000}


@pytest.mark.usefixtures("server")
def test_a_refusal_is_the_daemons_own_sentence(loop: asyncio.AbstractEventLoop, path: Path) -> None:
    with pytest.raises(Refused, match=r"^There is no break to end right now\.$") as refusal:
        in_thread(loop, ask, path, {"do": "done"})
    assert refusal.value.exit_code == 1


def test_events_are_followed_until_the_daemon_ends(
    loop: asyncio.AbstractEventLoop, path: Path, server: ControlServer
) -> None:
    heard: list[dict[str, Any]] = []

    def listen() -> None:
        for said in follow(path):
            heard.append(said)
            loop.call_soon_threadsafe(next_step)

    def next_step() -> None:
        if len(heard) <= 3:
            server.publish({"event": "skipped", "n": len(heard)})
        else:
            server.close()

    in_thread(loop, listen)
    assert heard[0]["ok"] is True
    assert [said.get("n") for said in heard[1:]] == [1, 2, 3]


def test_whoever_stops_following_hangs_up(
    loop: asyncio.AbstractEventLoop, path: Path, server: ControlServer
) -> None:
    def listen_once() -> None:
        events = follow(path)
        next(events)
        events.close()  # type: ignore[attr-defined]

    in_thread(loop, listen_once)
    from tests.waiting import spin

    spin(loop, lambda: not server._callers)


@pytest.mark.parametrize("there", ["no folder", "no file", "a dead socket"])
def test_without_a_daemon_it_says_so_and_how_to_start_one(path: Path, there: str) -> None:
    if there != "no folder":
        path.parent.mkdir()
    if there == "a dead socket":
        with socket.socket(socket.AF_UNIX) as dead:
            dead.bind(str(path))
    with pytest.raises(NotRunning, match="deskbreak run") as refusal:
        ask(path, {"do": "status"})
    assert refusal.value.exit_code == 3
    with pytest.raises(NotRunning):
        next(follow(path))


def test_a_path_that_cannot_be_a_socket_is_no_answer(tmp_path: Path) -> None:
    with pytest.raises(NotAnswering, match="cannot be reached"):
        ask(tmp_path / ("x" * 200), {"do": "status"})


def serve_once(path: Path, reply: bytes | None) -> threading.Thread:
    """A daemon that says these bytes to one caller and hangs up, or (None) says nothing."""
    path.parent.mkdir()
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(path))
    listening.listen()

    def serve() -> None:
        with listening, listening.accept()[0] as caller:
            caller.recv(1000)
            if reply is None:
                caller.recv(1000)
            else:
                caller.sendall(reply)

    thread = threading.Thread(target=serve)
    thread.start()
    return thread


@pytest.mark.parametrize(
    ("reply", "error", "text"),
    [
        (b"", NotAnswering, "without an answer"),
        (b"garbage\n", NotAnswering, "not an answer"),
        (b"[1]\n", NotAnswering, "not an answer"),
        (b'{"ok": tr', NotAnswering, "without an answer"),
        (b"{}\n", Refused, "no reason"),
        (None, NotAnswering, "does not answer"),
    ],
)
def test_a_daemon_that_is_not_itself_is_told_from_one_that_says_no(
    path: Path, reply: bytes | None, error: type[ControlError], text: str
) -> None:
    thread = serve_once(path, reply)
    with pytest.raises(error, match=text):
        ask(path, {"do": "status"}, timeout=0.2 if reply is None else 60)
    thread.join()


def test_a_full_queue_is_waited_for(loop: asyncio.AbstractEventLoop, path: Path) -> None:
    path.parent.mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen(1)
        listening.settimeout(LIMIT_S)
        _fill(path)
        with pytest.raises(NotAnswering, match="too many are calling"):
            ask(path, {"do": "status"}, timeout=0.05)
        asking = threading.Thread(target=lambda: replies.append(ask(path, {"do": "status"})))
        replies: list[dict[str, Any]] = []
        asking.start()
        while not replies:
            if _answered_one(listening):
                asking.join()
    assert replies == [{"ok": True}]


ASKING = """
import sys
from pathlib import Path
from deskbreak.app.client import ask
print("now", flush=True)
print(ask(Path(sys.argv[1]), {"do": "status"}))
"""


def test_a_wait_in_a_full_queue_goes_on_after_a_stop(path: Path) -> None:
    path.parent.mkdir()
    words = [sys.executable, "-c", ASKING, str(path)]
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen(1)
        listening.settimeout(LIMIT_S)
        _fill(path)
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as asking:
            assert asking.stdout is not None
            assert asking.stdout.readline() == "now\n"
            for _ in range(3):
                until(lambda: _state(asking) == "S", what="it waits for its place")
                asking.send_signal(signal.SIGSTOP)
                until(lambda: _state(asking) == "T")
                asking.send_signal(signal.SIGCONT)
            until(lambda: _state(asking) in "SZ")
            while asking.poll() is None and not _answered_one(listening):
                pass
            assert asking.stdout.read() == "{'ok': True}\n"


def _state(process: subprocess.Popen[str]) -> str:
    return Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0]


def _answered_one(listening: socket.socket) -> bool:
    caller, _ = listening.accept()
    with caller:
        if asked := caller.recv(1000):
            caller.sendall(b'{"ok": true}\n')
    return bool(asked)


def _fill(path: Path) -> None:
    """Call, and be gone again, until nobody who does not wait gets in."""
    with suppress(BlockingIOError):
        while True:
            with socket.socket(socket.AF_UNIX) as one:
                one.setblocking(False)
                one.connect(str(path))


def test_a_slow_answer_is_waited_for_and_said_to_be_slow(path: Path) -> None:
    path.parent.mkdir()
    said = threading.Event()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()

        def serve() -> None:
            with listening.accept()[0] as caller:
                caller.recv(1000)
                said.wait()  # only a caller that has said so gets its answer
                caller.sendall(b'{"ok": true}\n')

        thread = threading.Thread(target=serve)
        thread.start()
        assert ask(path, {"do": "status"}, slow=said.set) == {"ok": True}
        thread.join()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can be somebody else")
def test_somebody_else_who_answers_is_not_believed(path: Path) -> None:
    path.parent.mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        os.seteuid(1234)
        try:
            listening.listen()
        finally:
            os.seteuid(0)
        with pytest.raises(NotAnswering, match=r"belongs to another user \(1234\)"):
            ask(path, {"do": "status"})


def test_a_command_that_asks_loads_nothing_heavy() -> None:
    program = (
        "import sys; before = set(sys.modules);"
        "import deskbreak.app.client; from deskbreak.systems import here; here().session_key();"
        "print(sorted({'asyncio', 'subprocess', 'logging', 'sqlite3', 'deskbreak.core.status'}"
        " & (set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
