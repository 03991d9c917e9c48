"""What is kept for one person alone, and when a folder counts as such."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbreak.private import is_ours_alone, make_folder, private_folder, shut


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o002, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_every_missing_folder_is_made_for_its_owner_alone(tmp_path: Path, umask: int) -> None:
    made = tmp_path / "one" / "two" / "three"
    make_folder(made)
    assert {mode(folder) for folder in (made, made.parent, made.parent.parent)} == {0o700}


def test_a_folder_that_is_there_stays_as_the_person_has_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_folder(tmp_path)
    make_folder(tmp_path / "below")
    assert mode(tmp_path) == 0o755


def test_one_of_ours_is_shut_where_others_could_enter(tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    ours.mkdir()
    ours.chmod(0o2775)
    private_folder(ours)
    assert mode(ours) == 0o2700


def test_shutting_raises_nothing(tmp_path: Path) -> None:
    shut(tmp_path / "not there")
    file = tmp_path / "file"
    file.touch()
    file.chmod(0o666)
    shut(file)
    assert mode(file) == 0o600


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        make_folder(tmp_path / "file" / "below")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path.resolve() / "above" / "folder"
    make_folder(made)
    return made


def test_ours_alone(folder: Path) -> None:
    assert is_ours_alone(folder)
    folder.parent.chmod(0o1777)  # sticky: others can put theirs beside it, not in its place
    assert is_ours_alone(folder)


@pytest.mark.parametrize("wider", [0o701, 0o710, 0o770, 0o777, 0o1777])
def test_a_folder_that_others_can_enter_is_not(folder: Path, wider: int) -> None:
    folder.chmod(wider)
    assert not is_ours_alone(folder)


def test_one_that_others_could_put_another_in_the_place_of_is_not(folder: Path) -> None:
    folder.parent.chmod(0o777)
    assert not is_ours_alone(folder)


def test_nor_is_a_link_a_file_or_nothing(folder: Path) -> None:
    link = folder.with_name("link")
    link.symlink_to(folder)
    file = folder.with_name("file")
    file.touch(0o600)
    assert not is_ours_alone(link)
    assert not is_ours_alone(file)
    assert not is_ours_alone(folder / "missing")


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")
def test_nor_is_one_of_somebody_else_or_below_theirs(folder: Path) -> None:
    os.chown(folder, 1234, 1234)
    assert not is_ours_alone(folder)
    os.chown(folder, 0, 0)
    os.chown(folder.parent, 1234, 1234)
    assert not is_ours_alone(folder)
