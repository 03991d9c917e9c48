"""One instance, and a second that can say who the first is."""

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deskbreak.app.instance import (
    LOCK,
    NAME,
    AlreadyRunning,
    Holder,
    claim,
    folder_here,
    holder,
    take_folder,
)
from deskbreak.systems.linux.system import Linux

HOLDER = """
import sys, time
from pathlib import Path
from deskbreak.app.instance import claim
held = claim(Path(sys.argv[1]))
print("claimed", flush=True)
time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "instance.lock"


@contextmanager
def another_instance(path: Path) -> Iterator[int]:
    """The number of a process that holds the lock until the block ends, and is killed then."""
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        try:
            assert holder.stdout.readline() == b"claimed\n"
            yield holder.pid
        finally:
            holder.send_signal(signal.SIGKILL)


def test_a_second_instance_hears_who_runs_and_since_when(path: Path) -> None:
    with another_instance(path) as pid:
        says = f"^it is running already as process {pid} since 20"
        with pytest.raises(AlreadyRunning, match=says) as second:
            claim(path)
    assert second.value.holder.pid == pid
    since = second.value.holder.since
    assert since is not None
    assert abs(datetime.now(UTC) - since) < timedelta(minutes=1)


def test_a_killed_instance_is_in_nobodys_way(path: Path) -> None:
    with another_instance(path):
        pass
    assert path.exists()
    claim(path).close()


def test_a_process_that_the_instance_started_does_not_hold_the_lock(path: Path) -> None:
    held = claim(path)
    with subprocess.Popen(["sleep", "60"], close_fds=False) as child:
        held.close()
        with closing(claim(path)):
            assert child.poll() is None
        child.kill()


def test_released_it_can_be_claimed_again(path: Path) -> None:
    first = claim(path)
    with pytest.raises(AlreadyRunning):
        claim(path)
    first.close()
    first.close()
    with closing(claim(path)):
        assert path.read_text().splitlines()[0] == str(os.getpid())
        with pytest.raises(AlreadyRunning):
            claim(path)
    claim(path).close()


def test_a_holder_that_has_not_said_who_it_is_is_a_holder(path: Path) -> None:
    held = claim(path)
    path.write_text("")
    with pytest.raises(AlreadyRunning, match=r"^it is running already$") as second:
        claim(path)
    assert second.value.holder == Holder()
    held.close()


def test_what_is_in_the_file_makes_no_difference(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"999999\nand more from long ago" * 100)
    held = claim(path)
    assert path.read_text().splitlines()[0] == str(os.getpid())
    held.close()


def test_nobody_else_can_read_it(path: Path) -> None:
    held = claim(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    held.close()


def test_a_place_where_no_file_can_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        claim(tmp_path / "file" / "instance.lock")
    (tmp_path / "link").symlink_to("/dev/null")
    with pytest.raises(OSError, match="link"):
        claim(tmp_path / "link")


NO_LOCKS = """
import fcntl
from pathlib import Path

def flock(descriptor, operation):
    raise OSError(37, "No locks available")

fcntl.flock = flock
Path("/proc/self/comm").write_text("deskbreak")
"""


def test_where_files_know_no_locks_the_living_process_counts(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    command = [sys.executable, "-c", NO_LOCKS + HOLDER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"claimed\n"
        with pytest.raises(AlreadyRunning, match=f"as process {other.pid} since"):
            claim(path)
        found = holder(path)
        assert found is not None
        assert found.pid == other.pid
        other.kill()
    assert holder(path) is None
    claim(path).close()


def test_a_process_of_before_the_machine_was_started_anew_is_gone(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(f"{os.getppid()}\nanother-boot\n\n\n\n")
    assert holder(path) is None


def test_the_file_says_how_to_find_it(path: Path, tmp_path: Path) -> None:
    socket, session = tmp_path / "control.sock", ("/tmp/.X11-unix/X7", "c2")
    with closing(claim(path, socket, session)):
        with pytest.raises(AlreadyRunning) as second:
            claim(path)
        found = second.value.holder
        assert (found.pid, found.socket, found.session) == (os.getpid(), socket, session)


# several machines, and several logins, that share one home


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def runtime(state: Path, name: str) -> str:
    folder = state.with_name(name)
    folder.mkdir()
    return str(folder)


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process is called as a daemon is, for as long as the test runs."""
    comm = Path("/proc/self/comm")
    before = comm.read_text()
    comm.write_text(NAME)
    yield
    comm.write_text(before)


def test_the_first_machine_has_what_is_there_and_another_one_its_own(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state.mkdir()
    (state / "state.toml").touch()
    assert folder_here(state, "/run/user/1000") == state
    take_folder(state, "/run/user/1000")
    monkeypatch.setattr(Linux, "machine", lambda _self: "another")
    other = folder_here(state, "/run/user/1000")
    assert other.parent == state / "hosts"
    take_folder(other, "/run/user/1000")
    assert folder_here(state, "/run/user/1000") == other
    assert folder_here(state, "") == other
    monkeypatch.undo()
    assert folder_here(state, "/run/user/1000") == state


def test_a_login_with_another_runtime_folder_goes_on_with_the_state(state: Path) -> None:
    take_folder(state, runtime(state, "first"))
    assert folder_here(state, runtime(state, "second")) == state


@pytest.mark.usefixtures("named")
def test_two_that_are_there_at_once_and_both_at_work_are_two(state: Path) -> None:
    first, second = runtime(state, "first"), runtime(state, "second")
    take_folder(state, first)
    with closing(claim(state / LOCK)):
        other = folder_here(state, second)
        assert other.parent == state / "hosts"
        take_folder(other, second)
        assert folder_here(state, "") == state  # su, cron, ssh: whoever runs
    assert folder_here(state, first) == state
    assert folder_here(state, second) == other
    with closing(claim(other / LOCK)):
        assert folder_here(state, "") == other


@pytest.mark.usefixtures("named")
def test_one_that_runs_in_a_session_that_is_gone_is_in_the_same_folder(state: Path) -> None:
    first, second = runtime(state, "first"), runtime(state, "second")
    take_folder(state, first)
    Path(first).rmdir()
    with closing(claim(state / LOCK)):
        assert folder_here(state, second) == state


def test_one_that_was_started_without_a_session_is_found_from_any(state: Path) -> None:
    take_folder(state, "")
    assert folder_here(state, runtime(state, "first")) == state


def test_a_mark_that_makes_no_sense_is_nobodys(state: Path) -> None:
    state.mkdir()
    (state / "host").write_bytes(b"\xff\xfe\n\xff")
    assert folder_here(state, "").parent == state / "hosts"
    (state / "host").write_bytes(b"")
    assert folder_here(state, "") == state
