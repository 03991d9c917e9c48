"""Several machines, and several logins, that share one home."""

from pathlib import Path

import pytest

from deskbreak.app import hosts
from deskbreak.app.hosts import LOCK, folder_here, take_folder
from deskbreak.app.instance import NAME, claim


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def runtime(state: Path, name: str) -> str:
    folder = state.with_name(name)
    folder.mkdir()
    return str(folder)


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process is called as a daemon is, for as long as the test runs."""
    comm = Path("/proc/self/comm")
    before = comm.read_text()
    comm.write_text(NAME)
    yield  # type: ignore[misc]
    comm.write_text(before)


def test_the_first_machine_has_what_is_there_and_another_one_its_own(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state.mkdir()
    (state / "state.toml").touch()
    assert folder_here(state, "/run/user/1000") == state
    take_folder(state, "/run/user/1000")
    monkeypatch.setattr(hosts, "machine", lambda: "another")
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
    with claim(state / LOCK):
        other = folder_here(state, second)
        assert other.parent == state / "hosts"
        take_folder(other, second)
        assert folder_here(state, "") == state  # su, cron, ssh: whoever runs
    assert folder_here(state, first) == state
    assert folder_here(state, second) == other
    with claim(other / LOCK):
        assert folder_here(state, "") == other


@pytest.mark.usefixtures("named")
def test_one_that_runs_in_a_session_that_is_gone_is_in_the_same_folder(state: Path) -> None:
    first, second = runtime(state, "first"), runtime(state, "second")
    take_folder(state, first)
    Path(first).rmdir()
    with claim(state / LOCK):
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
