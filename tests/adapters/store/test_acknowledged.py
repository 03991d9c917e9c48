"""That the first-time notice was accepted."""

from pathlib import Path

import pytest

from deskbreak.adapters.store.acknowledged import Acknowledged


def test_it_is_remembered_by_whoever_looks_next(tmp_path: Path) -> None:
    file = tmp_path / "state" / "acknowledged.toml"
    assert not Acknowledged(file).given
    Acknowledged(file).give()
    assert Acknowledged(file).given
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["", "notice = false", 'notice = "yes"', "[", "\udcff"])
def test_what_says_nothing_like_it_is_no_acceptance(tmp_path: Path, text: str) -> None:
    file = tmp_path / "acknowledged.toml"
    file.write_bytes(text.encode(errors="surrogateescape"))
    assert not Acknowledged(file).given


def test_a_disk_that_takes_nothing_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    broken = Acknowledged(tmp_path / "file" / "acknowledged.toml")
    broken.give()
    assert not broken.given
