"""One deskbreak for a person, whatever shells, logins and machines; it ends with its session."""

import fcntl
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.typed import Machine, machine
from tests.waiting import until


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Machine]:
    with machine(tmp_path) as made:
        yield made


@contextmanager
def display(made: Machine, name: str) -> Iterator[socket.socket]:
    """Something that listens as a display does, and where it is in the environment."""
    made.env["WAYLAND_DISPLAY"] = str(made.home / name)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(made.env["WAYLAND_DISPLAY"])
        listening.listen(64)
        yield listening


def test_a_shell_without_a_runtime_folder_finds_the_one_that_runs(made: Machine) -> None:
    made.starts("--no-tray")
    assert made.daemon is not None
    there = made.env.pop("XDG_RUNTIME_DIR")
    assert made.types("status").code == 0
    second = made.types("run", "--no-tray")
    assert second.code == 1
    assert f"already as process {made.daemon.pid} since" in second.err
    made.env["XDG_RUNTIME_DIR"] = there
    assert made.types("quit").code == 0
    assert made.daemon.wait(60) == 0


def test_one_started_in_such_a_shell_is_found_from_the_desktop(made: Machine) -> None:
    there = made.env.pop("XDG_RUNTIME_DIR")
    made.starts("--no-tray")
    made.env["XDG_RUNTIME_DIR"] = there
    assert made.types("status").code == 0
    assert made.types("run", "--no-tray").code == 1


def test_a_runtime_folder_that_was_cleaned_is_made_again(made: Machine) -> None:
    made.starts("--no-tray")
    shutil.rmtree(made.socket.parent)
    assert made.types("run", "--no-tray").code == 1
    until(made.socket.is_socket, 60)
    until(lambda: made.types("status").code == 0, 60)


def test_two_machines_with_one_home_keep_apart_what_is_going_on(made: Machine) -> None:
    one, two = made.env["XDG_RUNTIME_DIR"], str(made.home / "two")
    Path(two).mkdir(mode=0o700)
    other = Machine(made.home)
    other.errors = made.home / "other"
    other.env["XDG_RUNTIME_DIR"] = two
    made.starts("--no-tray")
    other.starts("--no-tray")
    try:
        assert made.types("stand").code == 0
        assert other.types("pause", "1h").code == 0
        assert made.types("quit").code == other.types("quit").code == 0
    finally:
        other.stops()
    made.stops()
    assert made.env["XDG_RUNTIME_DIR"] == one
    made.starts("--no-tray")
    assert made.status()["state"] != "paused"
    assert made.status()["posture"] == "standing"


def test_it_ends_when_its_display_and_its_runtime_folder_are_gone(made: Machine) -> None:
    with display(made, "first"):
        made.starts("--no-tray")
    shutil.rmtree(made.env["XDG_RUNTIME_DIR"])
    assert made.daemon is not None
    assert made.daemon.wait(60) == 0
    assert "The session is over" in made.log


def test_the_next_session_takes_over_from_one_that_is_gone(made: Machine) -> None:
    with display(made, "first"):
        made.starts("--no-tray")
        first = made.daemon
        assert first is not None
    with display(made, "second"):
        made.starts("--no-tray")
        assert first.wait(60) == 0
        assert made.lives


def test_one_that_is_about_to_go_is_waited_for(made: Machine) -> None:
    state = Path(made.env["XDG_STATE_HOME"], "deskbreak")
    state.mkdir(parents=True, mode=0o700)
    going = (state / "instance.lock").open("w")  # who it is has been taken out already
    fcntl.flock(going, fcntl.LOCK_EX)
    threading.Timer(1.0, going.close).start()
    made.starts("--no-tray")


def test_a_session_beside_one_that_lives_is_told_where_that_is(made: Machine) -> None:
    with display(made, "first"):
        made.starts("--no-tray")
        with display(made, "second"):
            second = made.types("run", "--no-tray")
            assert second.code == 1
            assert f"It serves the session on {made.home / 'first'}" in second.err
        assert made.lives
