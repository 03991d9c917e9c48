"""The running state in its file: what cannot be read is kept for whoever wants to look."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deskbreak.adapters.store.state import TomlStateStore, acknowledge, is_acknowledged
from tests.adapters.store.accidents import full_disk

DAY = 1_772_442_000  # 2026-03-02


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deskbreak" / "state.toml"


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (DAY, DAY))


def saved(path: Path) -> bytes:
    TomlStateStore(path, problem=pytest.fail).save({"bout": {"length_s": 1.5}, "name": "ä"})
    return path.read_bytes()


UNREADABLE = {
    "nothing in it": b"",
    "not TOML": b"\x7fELF\x02\x01 = [",
    "NUL bytes, as after a power cut": b"\0" * 400,
    "not UTF-8": b'version = 1\n[state]\na = "\xff"\n',
    "of another version": b"version = 7\n[state]\na = 1\n",
    "of a version that is no number": b'version = "1"\n[state]\na = 1\n',
    "without a state": b"version = 1\nstate = 3\n",
    "something else": b"[tool.black]\nline-length = 100\n",
    "far too large": b"# " + b"x" * 2_000_000,
    "nested without end": b"version = 1\nstate = " + b"[" * 20_000,
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_file_that_is_no_state_is_set_aside_and_said(path: Path, data: bytes) -> None:
    put(path, data)
    problems: list[str] = []
    store = TomlStateStore(path, problems.append)
    assert store.load() is None
    kept = path.with_name("state.toml.broken-2026-03-02")
    assert kept.read_bytes() == data
    assert not path.exists()
    assert len(problems) == 1
    assert str(kept) in problems[0]
    store.save({"a": 1})
    assert store.load() == {"a": 1}
    assert len(problems) == 1


def test_cut_off_anywhere_it_is_set_aside_and_never_half_believed(path: Path) -> None:
    whole = saved(path)
    for length in range(len(whole) - 1):  # without its last newline it is still whole
        put(path, whole[:length])
        problems: list[str] = []
        assert TomlStateStore(path, problems.append).load() is None
        assert len(problems) == 1
    put(path, whole[:-1])
    assert TomlStateStore(path, pytest.fail).load() == {"bout": {"length_s": 1.5}, "name": "ä"}


def test_a_second_one_of_a_day_does_not_take_the_place_of_the_first(path: Path) -> None:
    for text in (b"one", b"two", b"three"):
        put(path, text)
        TomlStateStore(path, lambda _: None).load()
    kept = {found.name: found.read_bytes() for found in path.parent.iterdir()}
    assert kept == {
        "state.toml.broken-2026-03-02": b"one",
        "state.toml.broken-2026-03-02-2": b"two",
        "state.toml.broken-2026-03-02-3": b"three",
    }


def test_a_state_of_which_nothing_can_be_made_is_set_aside_too(path: Path) -> None:
    problems: list[str] = []
    store = TomlStateStore(path, problems.append)
    store.save({"bout": "a riddle"})
    assert store.load() == {"bout": "a riddle"}
    store.reject(ValueError("no bout is a riddle"))
    assert store.load() is None
    assert "no bout is a riddle" in problems[0]
    assert len(list(path.parent.glob("*.broken-*"))) == 1
    store.reject(ValueError("there is nothing to set aside"))
    assert len(problems) == 2


def test_a_folder_in_its_place_is_set_aside_too(path: Path) -> None:
    path.mkdir(parents=True)
    problems: list[str] = []
    store = TomlStateStore(path, problems.append)
    assert store.load() is None
    assert len(problems) == 1
    store.save({"a": 1})
    assert store.load() == {"a": 1}


def test_a_full_disk_is_said_to_the_caller_and_the_old_state_stands(path: Path) -> None:
    store = TomlStateStore(path, problem=pytest.fail)
    store.save({"a": "old"})
    with full_disk(), pytest.raises(OSError, match=r"large|space"):
        store.save({"a": "new"})
    assert store.load() == {"a": "old"}


WRITER = """
import sys
from pathlib import Path
from deskbreak.adapters.store.state import TomlStateStore
store = TomlStateStore(Path(sys.argv[1]), print)
for number in range(1_000_000):
    store.save({"first": number, "padding": ["x" * 50] * 400, "last": number})
    sys.stdout.write(f"{number}\\n"); sys.stdout.flush()
"""


def test_killed_at_any_moment_it_leaves_the_old_state_or_the_new(path: Path) -> None:
    for saves in (1, 3, 7, 12, 20):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        said = [int(writer.stdout.readline()) for _ in range(saves)][-1]
        writer.send_signal(signal.SIGKILL)
        said = max([said, *(int(line) for line in writer.stdout.read().split("\n")[:-1])])
        writer.stdout.close()
        writer.wait()
        state = TomlStateStore(path, problem=pytest.fail).load()
        assert state is not None
        assert state["first"] == state["last"]
        assert said <= state["first"] <= said + 1
        assert [found.name for found in path.parent.iterdir()] == ["state.toml"]


def test_it_is_remembered_by_whoever_looks_next(tmp_path: Path) -> None:
    file = tmp_path / "state" / "acknowledged.toml"
    assert not is_acknowledged(file)
    acknowledge(file)
    assert is_acknowledged(file)
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["", "notice = false", 'notice = "yes"', "[", "\udcff"])
def test_what_says_nothing_like_it_is_no_acceptance(tmp_path: Path, text: str) -> None:
    file = tmp_path / "acknowledged.toml"
    file.write_bytes(text.encode(errors="surrogateescape"))
    assert not is_acknowledged(file)


def test_a_disk_that_takes_nothing_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    broken = tmp_path / "file" / "acknowledged.toml"
    acknowledge(broken)
    assert not is_acknowledged(broken)
