"""`deskbreak settings`, as far as it goes without a window."""

from pathlib import Path

import pytest

from tests.cli.typed import typed

Capsys = pytest.CaptureFixture[str]


@pytest.mark.usefixtures("here")
def test_a_file_that_is_not_there_is_told(capsys: Capsys, tmp_path: Path) -> None:
    ran = typed(capsys, "settings", "--config", str(tmp_path / "none.toml"))
    assert (ran.code, ran.out) == (2, "")
    assert "there is no file" in ran.err


@pytest.mark.usefixtures("here")
def test_a_page_that_is_not_there_is_told_with_those_that_are(capsys: Capsys) -> None:
    ran = typed(capsys, "settings", "--page", "brakes")
    assert ran.code == 2
    assert "breaks" in ran.err


@pytest.mark.usefixtures("here")
def test_whoever_looks_for_preferences_is_told_the_word(capsys: Capsys) -> None:
    assert "`deskbreak settings`" in typed(capsys, "preferences").err
