"""A file of the person is replaced as a whole or not at all (B34)."""

import os
from pathlib import Path

import pytest

from deskbreak.files import rewrite_file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target = tmp_path / "dotfiles" / "deskbreak.toml"
    target.parent.mkdir()
    target.write_text("")
    link = tmp_path / "config.toml"
    link.symlink_to("dotfiles/deskbreak.toml")
    rewrite_file(link, "a = 1\n")
    assert link.is_symlink()
    assert target.read_text() == "a = 1\n"
    assert names(target.parent) == ["deskbreak.toml"]


def test_a_link_to_a_file_that_is_not_there_yet_is_followed(tmp_path: Path) -> None:
    link = tmp_path / "config.toml"
    link.symlink_to(tmp_path / "later" / "config.toml")
    rewrite_file(link, "a = 1\n")
    assert link.is_symlink()
    assert (tmp_path / "later" / "config.toml").read_text() == "a = 1\n"


def test_the_old_file_is_never_written_to(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("old\n")
    with path.open() as old:
        rewrite_file(path, "new\n")
        assert old.read() == "old\n"
    assert path.read_text() == "new\n"


def test_when_it_cannot_be_put_in_place_nothing_is_left_behind(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.mkdir()
    with pytest.raises(OSError, match=r"config\.toml"):
        rewrite_file(path, "a = 1\n")
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
            rewrite_file(path, "# much\n" * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, quiet)
    assert path.read_text() == "old\n"
    assert os.listdir(tmp_path) == ["config.toml"]  # noqa: PTH208
