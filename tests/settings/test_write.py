import stat
from pathlib import Path

import pytest

from deskbreak.settings.edit import set_key
from deskbreak.settings.files import UnreadableError, change_file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_and_its_folders_are_made_for_the_person_alone(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "config.toml"
    assert change_file(path, lambda text: text + "preset = 'walker'\n") == "preset = 'walker'\n"
    assert path.read_text() == "preset = 'walker'\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names(path.parent) == ["config.toml"]


def test_mode_and_line_ends_stay(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"[breaks]\r\nwalk = '1m'\r\n")
    path.chmod(0o640)
    change_file(path, lambda text: set_key(text, "breaks.walk", 120.0))
    assert path.read_bytes() == b'[breaks]\r\nwalk = "2m"\r\n'
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_without_a_change_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("a = 1\n")
    before = path.stat()
    change_file(path, lambda text: text)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_when_the_change_is_refused_the_file_is_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("walk\n")
    with pytest.raises(UnreadableError):
        change_file(path, lambda text: set_key(text, "breaks.walk", 60.0))
    assert path.read_text() == "walk\n"
    assert names(tmp_path) == ["config.toml"]
