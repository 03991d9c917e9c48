"""When a session is over for a process that was started in it."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbreak.systems.linux.session import tie as ending
from deskbreak.systems.linux.session.tie import SessionEnd, Tie
from tests.servers import own_display, xvfb
from tests.waiting import spin, spin_for


@pytest.fixture
def display(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "wayland-7"))
        listening.listen()
        yield listening


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}


def test_it_holds_as_long_as_the_display_is_there(
    display: socket.socket, environ: dict[str, str], tmp_path: Path
) -> None:
    tie = Tie.of(environ)
    assert tie.display == str(tmp_path / "wayland-7")
    assert tie.paths() == [tmp_path / "wayland-7"]
    assert not tie.is_cut()
    display.close()
    assert tie.is_cut()


def test_a_display_with_a_full_queue_is_there(
    display: socket.socket, environ: dict[str, str], tmp_path: Path
) -> None:
    tie = Tie.of(environ)
    display.listen(0)
    for _ in range(10):
        assert not tie.is_cut()


def test_the_next_server_under_the_same_name_is_another_session() -> None:
    name = own_display()
    with xvfb(more=[name]):
        tie = Tie.of({"DISPLAY": name})
        assert tie.server
        assert not tie.is_cut()
    assert tie.is_cut()
    assert not tie.is_over(), "it may come back"
    with xvfb(more=[name]):
        assert tie.is_over()
        assert tie.is_cut()
        assert not Tie.of({"DISPLAY": name}).is_cut()


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"DISPLAY": "far.away:0"},
        {"DISPLAY": "localhost:10.0"},
        {"DISPLAY": ":987654"},
        {"DISPLAY": "junk"},
        {"WAYLAND_DISPLAY": "/nowhere/wayland-0"},
    ],
)
def test_where_no_display_can_be_seen_nothing_ties(environ: dict[str, str]) -> None:
    tie = Tie.of(environ | {"XDG_SESSION_ID": "3"})
    assert tie == Tie()
    assert not tie.is_cut()
    assert tie.paths() == []


@pytest.mark.usefixtures("display")
def test_logind_closes_a_session(environ: dict[str, str], tmp_path: Path) -> None:
    sessions = tmp_path / "sessions"
    sessions.mkdir()
    environ["XDG_SESSION_ID"] = "3"
    assert Tie.of(environ, sessions).session == ""  # one that is not there ties nothing
    (sessions / "3").write_text("UID=1000\nSTATE=online\n")
    tie = Tie.of(environ, sessions)
    assert tie.paths(sessions)[-1] == sessions / "3"
    assert not tie.is_over(sessions)
    (sessions / "3").write_text("UID=1000\nSTATE=closing\n")
    assert tie.is_over(sessions)
    (sessions / "3").unlink()
    assert tie.is_over(sessions)
    sessions.rmdir()
    assert not tie.is_over(sessions)


def test_a_display_that_comes_back_in_time_ends_nothing(
    loop: asyncio.AbstractEventLoop,
    display: socket.socket,
    environ: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    over: list[None] = []
    end = SessionEnd(loop, Tie.of(environ), tmp_path, lambda: over.append(None))
    display.close()
    end.look()
    end.look()
    (tmp_path / "wayland-7").unlink()
    with socket.socket(socket.AF_UNIX) as again:
        again.bind(str(tmp_path / "wayland-7"))
        again.listen()
        end.look()
        assert not end._grace.is_set
    spin_for(loop, 0)
    assert not over
    end.close()


def test_one_that_stays_away_ends_it_after_a_while_and_at_once_where_more_is_gone(
    loop: asyncio.AbstractEventLoop,
    display: socket.socket,
    environ: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(ending, "GRACE_S", 0.01)
    over: list[str] = []
    tie = Tie.of(environ)
    later = SessionEnd(loop, tie, tmp_path, lambda: over.append("later"))
    at_once = SessionEnd(loop, tie, tmp_path / "gone", lambda: over.append("at once"))
    for one in (later, at_once):
        one.look()
    assert not over
    display.close()
    for one in (later, at_once):
        one.look()
    assert over == ["at once"]
    spin(loop, lambda: over == ["at once", "later"])
    for one in (later, at_once):
        one.close()
