"""The weekly note comes once, on the first working morning of a week, to whoever wants it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.ten_years import made_up
from deskbreak.adapters.store.exchange import import_entries
from deskbreak.app.housekeeping import WeeklyNote
from deskbreak.settings.model import Settings
from tests.desk import Desk, settings_of

MONDAY = "2026-03-02T09:00:00"


class Home:
    """A daemon's day, and the note that looks on."""

    def __init__(self, path: Path, *settings: str, noted: str = "", at: str = MONDAY) -> None:
        self.desk = Desk(*settings, at=at)
        self.settings: Settings = settings_of(*settings)
        self.said: list[str] = []
        self.remembered: list[str] = []
        self.note = WeeklyNote(
            path, lambda: self.settings, self.said.append, noted, self.remembered.append
        )

    def works(self, minutes: int) -> None:
        """Works on, with the note looking at every minute."""
        for _ in range(minutes):
            self.desk.works(60)
            self.note.look(self.desk.status)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("h") / "history.sqlite3"
    import_entries(path, made_up(0.16, ["desk-neck"], datetime.fromisoformat(MONDAY).date()))
    return path


ON = "ui.weekly_note=true"


def test_it_comes_once_when_the_person_has_settled(path: Path) -> None:
    home = Home(path, ON)
    home.works(1)
    assert home.said == []
    home.works(20)
    assert len(home.said) == 1
    assert home.said[0].startswith("Last week: ")
    assert home.remembered == ["2026-W10"]


def test_nobody_gets_it_who_has_not_asked(path: Path) -> None:
    home = Home(path)
    home.works(10)
    assert (home.said, home.remembered) == ([], [])


def test_it_does_not_come_again_after_a_restart(path: Path) -> None:
    home = Home(path, ON, noted="2026-W10")
    home.works(10)
    assert home.said == []


def test_who_comes_on_wednesday_gets_it_on_wednesday(path: Path) -> None:
    home = Home(path, ON, noted="2026-W09", at="2026-03-04T13:00:00")
    home.works(5)
    assert len(home.said) == 1


def test_the_small_hours_of_monday_belong_to_sunday(path: Path) -> None:
    home = Home(path, ON, noted="2026-W09", at="2026-03-02T03:00:00")
    home.works(20)
    assert home.said == []
    home.desk.leaves("40m")
    home.works(5)
    assert len(home.said) == 1


def test_it_waits_for_a_call_to_end(path: Path) -> None:
    home = Home(path, ON)
    home.desk.holds()
    home.works(10)
    assert home.said == []
    home.desk.releases()
    home.works(2)
    assert len(home.said) == 1


def test_without_a_week_to_look_back_on_there_is_silence(tmp_path: Path) -> None:
    home = Home(tmp_path / "none.sqlite3", ON)
    home.works(10)
    assert (home.said, home.remembered) == ([], ["2026-W10"])


def test_it_comes_again_the_week_after(path: Path) -> None:
    home = Home(path, ON)
    home.works(5)
    home.desk.leaves(timedelta(days=7).total_seconds())
    home.works(5)
    assert home.remembered == ["2026-W10", "2026-W11"]
