"""A TOML file of ours is replaced as a whole or not at all (B34)."""

import os
import stat
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from deskbreak.adapters.store.state import write_toml
from deskbreak.core.enums import Posture
from deskbreak.files import Files
from tests.adapters.store.accidents import full_disk, read_only, small_disk


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text())


class Stubborn(Files):
    """A disk that says no at one of the steps; `reached` counts them."""

    def __init__(self, no_at: str, error: BaseException) -> None:
        self.no_at = no_at
        self.error = error

    def write(self, descriptor: int, data: bytes) -> None:
        if self.no_at == "write":
            super().write(descriptor, data[: len(data) // 2])
            raise self.error
        super().write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        if self.no_at == "sync":
            raise self.error
        super().sync(descriptor)

    def rename(self, old: Path, new: Path) -> None:
        if self.no_at == "rename":
            raise self.error
        super().rename(old, new)


def test_values_of_every_kind_are_written(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    written = {"text": "ä\n\"'", "n": 1, "x": 0.5, "on": True, "at": at, "word": Posture.SITTING}
    write_toml(path, {**written, "table": {"list": [{"a": 1}, {"b": (1, 2)}]}})
    assert read(path) == {
        **written,
        "word": "sitting",
        "table": {"list": [{"a": 1}, {"b": [1, 2]}]},
    }


def test_nobody_else_can_read_it_whatever_the_mask_and_the_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "down" / "a.toml"
    before = os.umask(0)
    try:
        write_toml(path, {"a": 1})
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_none_in_a_list_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    write_toml(path, {"a": 1})
    with pytest.raises(ValueError, match="no place for None"):
        write_toml(path, {"a": [1, None]})
    with pytest.raises(TypeError):
        write_toml(path, {"a": object()})
    assert read(path) == {"a": 1}


@pytest.mark.parametrize("step", ["write", "sync", "rename"])
@pytest.mark.parametrize("error", [OSError(28, "full"), KeyboardInterrupt()])
def test_a_disk_that_says_no_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, step: str, error: BaseException
) -> None:
    path = tmp_path / "a.toml"
    write_toml(path, {"a": "old"})
    with pytest.raises(type(error)):
        write_toml(path, {"a": "new" * 10_000}, Stubborn(step, error))
    assert read(path) == {"a": "old"}
    assert [found.name for found in tmp_path.iterdir()] == ["a.toml"]


def test_the_file_is_on_the_disk_before_it_takes_the_place_of_the_old(tmp_path: Path) -> None:
    done: list[str] = []

    class Told(Files):
        def write(self, descriptor: int, data: bytes) -> None:
            done.append("write")
            super().write(descriptor, data)

        def sync(self, descriptor: int) -> None:
            done.append("sync")
            super().sync(descriptor)

        def rename(self, old: Path, new: Path) -> None:
            done.append("rename")
            super().rename(old, new)

    write_toml(tmp_path / "a.toml", {"a": 1}, Told())
    assert done == ["write", "sync", "rename"]


def test_a_disk_that_takes_little_at_a_time_gets_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:7]))
    write_toml(tmp_path / "a.toml", {"a": "x" * 100})
    assert read(tmp_path / "a.toml") == {"a": "x" * 100}


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    write_toml(path, {"a": "old"})
    with full_disk(), pytest.raises(OSError, match=r"large|space"):
        write_toml(path, {"a": "new"})
    assert read(path) == {"a": "old"}
    assert [found.name for found in tmp_path.iterdir()] == ["a.toml"]


def test_a_small_disk_that_fills_up_leaves_the_old_file(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk, 64):
        write_toml(disk / "a.toml", {"a": "old"})
        with pytest.raises(OSError, match="No space"):
            write_toml(disk / "a.toml", {"a": "x" * 100_000})
        assert read(disk / "a.toml") == {"a": "old"}
        write_toml(disk / "a.toml", {"a": "short again"})
        assert read(disk / "a.toml") == {"a": "short again"}


def test_a_folder_that_may_only_be_read_leaves_the_old_file(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    write_toml(folder / "a.toml", {"a": "old"})
    with read_only(folder), pytest.raises(OSError, match=r"Read-only|Permission"):
        write_toml(folder / "a.toml", {"a": "new"})
    assert read(folder / "a.toml") == {"a": "old"}


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    meant = tmp_path / "elsewhere" / "a.toml"
    path = tmp_path / "a.toml"
    path.symlink_to(meant)
    write_toml(path, {"a": 1})
    assert path.is_symlink()
    assert read(meant) == {"a": 1}
