"""The settings in force: taken over, kept, and complained about once."""

import logging
from pathlib import Path

import pytest

from deskbreak.app.settings_file import Tuning


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


@pytest.fixture
def tuning(file: Path) -> Tuning:
    return Tuning(file)


def limit(tuning: Tuning) -> str:
    return tuning.settings.breaks.sit_limit.text


def test_without_a_file_everything_is_at_its_default(tuning: Tuning) -> None:
    said: list[str] = []
    assert not tuning.reload(said.append)
    assert (limit(tuning), tuning.error, said) == ("30m", None, [])


def test_an_edit_is_taken_over_and_told(tuning: Tuning, file: Path) -> None:
    file.write_text('[breaks]\nsit_limit = "45m"\n')
    assert tuning.reload(pytest.fail)
    assert not tuning.reload(pytest.fail)
    assert limit(tuning) == "45m"


def test_a_bad_edit_changes_nothing_and_is_said_once(tuning: Tuning, file: Path) -> None:
    file.write_text('[breaks]\nsit_limit = "45m"\n')
    tuning.reload(pytest.fail)
    file.write_text('[breaks]\nsit_limit = "45x"\nwalk = "6m"\n')
    said: list[str] = []
    assert [tuning.reload(said.append) for _ in range(3)] == [False] * 3
    assert (limit(tuning), tuning.settings.breaks.walk.text) == ("45m", "5m")
    assert said == [tuning.error]
    assert said[0].startswith(f'{file}:2: breaks.sit_limit: found "45x"')


def test_the_next_good_edit_clears_the_error(tuning: Tuning, file: Path) -> None:
    tuning.reload(pytest.fail)
    file.write_text("[breaks\n")
    tuning.reload(lambda _text: None)
    file.write_text('[breaks]\nsit_limit = "50m"\n')
    assert tuning.reload(pytest.fail)
    assert (limit(tuning), tuning.error) == ("50m", None)


def test_the_same_mistake_again_after_a_good_edit_is_said_again(tuning: Tuning, file: Path) -> None:
    said: list[str] = []
    for text in ("[breaks\n", "", "[breaks\n"):
        file.write_text(text)
        tuning.reload(said.append)
    assert len(said) == 2


def test_at_the_start_what_can_be_used_of_a_bad_file_counts(tuning: Tuning, file: Path) -> None:
    file.write_text('[breaks]\nsit_limit = "45m"\nwalk = "far"\n')
    said: list[str] = []
    tuning.reload(said.append)
    assert limit(tuning) == "45m"
    assert tuning.error is not None
    assert len(said) == 1


def test_a_warning_is_logged_once_and_stops_nothing(
    tuning: Tuning, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.write_text('[breaks]\nsit_limt = "45m"\nwalk = "6m"\n')
    with caplog.at_level(logging.WARNING):
        assert tuning.reload(pytest.fail)
        tuning.reload(pytest.fail)
    assert tuning.settings.breaks.walk.text == "6m"
    (line,) = caplog.messages
    assert "breaks.sit_limt" in line
    assert "sit_limit" in line


def test_the_site_is_below_the_person_and_the_command_line_above(tmp_path: Path) -> None:
    person, site = tmp_path / "person.toml", tmp_path / "site.toml"
    person.write_text('[breaks]\nwalk = "2m"\nlong_walk = "22m"\n')
    site.write_text('[breaks]\nwalk = "1m"\nsit_limit = "11m"\n')
    tuning = Tuning(person, (site,), {"breaks.long_walk": "33m"})
    tuning.reload(pytest.fail)
    breaks = tuning.settings.breaks
    assert (breaks.sit_limit.text, breaks.walk.text, breaks.long_walk.text) == ("11m", "2m", "33m")


def test_a_key_is_written_into_the_file_of_the_person_and_its_comments_stay(
    tuning: Tuning, file: Path
) -> None:
    file.write_text("# mine\n[standing]\nenabled = false  # for now\n")
    assert tuning.write("standing.enabled", True, pytest.fail)
    assert file.read_text() == "# mine\n[standing]\nenabled = true  # for now\n"


def test_a_file_that_cannot_be_changed_stays_and_the_person_hears_why(
    tuning: Tuning, file: Path
) -> None:
    file.write_text("[standing\n")
    said: list[str] = []
    assert not tuning.write("standing.enabled", True, said.append)
    assert file.read_text() == "[standing\n"
    assert len(said) == 1
    assert said[0].startswith(f"standing.enabled could not be written into {file}: ")
