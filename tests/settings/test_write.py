import os
import stat
from pathlib import Path

import pytest

from deskbreak.settings.edit import set_key
from deskbreak.settings.files import UnreadableError, change_file, write_settings


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


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target = tmp_path / "dotfiles" / "deskbreak.toml"
    target.parent.mkdir()
    target.write_text("")
    link = tmp_path / "config.toml"
    link.symlink_to("dotfiles/deskbreak.toml")
    write_settings(link, "a = 1\n")
    assert link.is_symlink()
    assert target.read_text() == "a = 1\n"
    assert names(target.parent) == ["deskbreak.toml"]


def test_a_link_to_a_file_that_is_not_there_yet_is_followed(tmp_path: Path) -> None:
    link = tmp_path / "config.toml"
    link.symlink_to(tmp_path / "later" / "config.toml")
    write_settings(link, "a = 1\n")
    assert link.is_symlink()
    assert (tmp_path / "later" / "config.toml").read_text() == "a = 1\n"


def test_without_a_change_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("a = 1\n")
    before = path.stat()
    change_file(path, lambda text: text)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_the_old_file_is_never_written_to(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("old\n")
    with path.open() as old:
        write_settings(path, "new\n")
        assert old.read() == "old\n"
    assert path.read_text() == "new\n"


def test_when_the_change_is_refused_the_file_is_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("walk\n")
    with pytest.raises(UnreadableError):
        change_file(path, lambda text: set_key(text, "breaks.walk", 60.0))
    assert path.read_text() == "walk\n"
    assert names(tmp_path) == ["config.toml"]


def test_when_it_cannot_be_put_in_place_nothing_is_left_behind(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.mkdir()
    with pytest.raises(OSError, match=r"config\.toml"):
        write_settings(path, "a = 1\n")
    assert names(tmp_path) == ["config.toml"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_on_a_full_disk_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("old\n")
    import resource
    import signal

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    quiet = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            write_settings(path, "# much\n" * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, quiet)
    assert path.read_text() == "old\n"
    assert os.listdir(tmp_path) == ["config.toml"]  # noqa: PTH208
