"""What is kept: days that are counted and forgotten, notes in the saved state, the weekly note."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.ten_years import made_up
from deskbreak.adapters.store.exchange import import_entries
from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.app.housekeeping import Keeping, WeeklyNote, with_sound_notes
from deskbreak.core.enums import Posture
from deskbreak.core.moment import Moment
from deskbreak.core.records import BoutEnded, DayClosed, Skipped
from deskbreak.settings.model import Settings
from tests.desk import Desk, settings_of

FIRST = date(2026, 3, 2)


def at(day: date, hour: int) -> Moment:
    return Moment(datetime(day.year, day.month, day.day, hour, tzinfo=UTC).timestamp(), 0.0, 0.0)


class Home:
    """A history, and the keeping that listens to what it records."""

    def __init__(self, path: Path, keep_days: float) -> None:
        self.path = path
        self.keep_s = keep_days * 86_400
        self.history = SqliteHistory(path, pytest.fail)
        self.keeping = Keeping(
            path, lambda: self.keep_s, self.history.forget_before, self.history.mend
        )

    def lives(self, days: int, since: date = FIRST) -> None:
        for number in range(days):
            day = since + timedelta(days=number)
            self.history.record(BoutEnded(Posture.SITTING, 600), at(day, 12))
            closed = DayClosed(day.isoformat(), {"sitting": 600, "away": 85_800})
            after = at(day + timedelta(days=1), 4)
            self.history.record(closed, after)
            self.keeping.heard(closed, after)

    def column(self, table: str) -> list[str]:
        with closing(sqlite3.connect(self.path)) as connection:
            rows = connection.execute(f"SELECT DISTINCT day FROM {table} ORDER BY day")
            return [day for (day,) in rows]


def test_everything_is_kept_unless_less_is_wanted(tmp_path: Path) -> None:
    home = Home(tmp_path / "history.sqlite3", 0)
    home.lives(5)
    assert len(home.column("ledgers")) == 5
    home.history.close()


def test_only_so_many_days_are_kept(tmp_path: Path) -> None:
    home = Home(tmp_path / "history.sqlite3", 3)
    home.lives(10)
    assert home.column("ledgers") == ["2026-03-09", "2026-03-10", "2026-03-11"]
    assert home.column("bouts") == ["2026-03-09", "2026-03-10", "2026-03-11"]
    home.keep_s = 0.5 * 86_400  # whole days
    home.keeping.heard(DayClosed("2026-03-11", {}), at(date(2026, 3, 12), 4))
    assert home.column("ledgers") == ["2026-03-11"]
    home.history.close()


def test_a_clock_that_is_years_ahead_for_some_days_erases_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path / "history.sqlite3", 30)
    home.lives(10)
    home.lives(6, since=date(2031, 6, 1))
    assert len(home.column("ledgers")) == 16
    home.history.close()


def test_whoever_comes_back_after_years_keeps_so_many_days_as_before(tmp_path: Path) -> None:
    home = Home(tmp_path / "history.sqlite3", 30)
    home.lives(10)
    home.lives(7, since=date(2031, 6, 1))
    assert home.column("ledgers")[0] == "2031-06-01"
    home.history.close()


def test_each_day_is_counted_as_soon_as_it_is_over(tmp_path: Path) -> None:
    home = Home(tmp_path / "history.sqlite3", 0)
    home.lives(3)
    assert home.column("days") == ["2026-03-02", "2026-03-03", "2026-03-04"]
    home.history.close()


def test_nothing_else_makes_it_move(tmp_path: Path) -> None:
    home = Home(tmp_path / "history.sqlite3", 1)
    home.keeping.heard(Skipped(), at(FIRST, 12))
    assert list(tmp_path.iterdir()) == []


def test_a_history_that_cannot_be_read_stops_nobody(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    path.write_text("no database, but long enough to be taken for one by its size alone")
    looked_after: list[str] = []
    keeping = Keeping(path, lambda: 0.0, lambda _: None, lambda: looked_after.append("once"))
    keeping.heard(DayClosed("2026-03-02", {}), at(FIRST, 4))
    assert looked_after == ["once"]
    assert path.read_text().startswith("no database")


SOUND = {"banner": [":1.7", 12], "weekly": "2026-W10", "shown": {"eyes": "2026-03-02"}}

ANYTHING = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


def sound(notes: Any) -> tuple[Any, list[str]]:
    problems: list[str] = []
    saved = with_sound_notes({"boot": "b", "engine": {"a": 1}, "notes": notes}, problems.append)
    assert saved is not None
    assert (saved["boot"], saved["engine"]) == ("b", {"a": 1})
    return saved["notes"], problems


def test_what_was_noted_comes_back() -> None:
    assert sound(SOUND) == (SOUND, [])
    assert sound({"acknowledged": True, "of a later version": 1})[1] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("banner", 3),
        ("banner", "x"),
        ("banner", [1]),
        ("banner", ["a", "b"]),
        ("banner", {"a": 1}),
        ("banner", ["a", True]),
        ("weekly", 10),
        ("shown", ["eyes"]),
        ("shown", {"eyes": 1}),
        ("acknowledged", "yes"),
    ],
)
def test_a_note_of_another_shape_costs_itself_alone_and_is_said(name: str, value: Any) -> None:
    kept = {other: note for other, note in SOUND.items() if other != name}
    notes, (problem,) = sound({**SOUND, name: value})
    assert notes == kept
    assert problem == f"A part of the saved state made no sense and was left out ({name})."


@pytest.mark.parametrize("notes", [3, "x", [1, 2]])
def test_notes_that_are_none_are_left_out_and_said(notes: Any) -> None:
    assert sound(notes) == (
        {},
        ["A part of the saved state made no sense and was left out (notes)."],
    )


@given(
    ANYTHING | st.fixed_dictionaries({}, optional=dict.fromkeys((*SOUND, "acknowledged"), ANYTHING))
)
def test_no_notes_ever_stop_a_start(notes: Any) -> None:
    kept, _ = sound(notes)
    assert sound(kept) == (kept, [])


def test_without_a_saved_state_there_is_nothing_to_look_at() -> None:
    assert with_sound_notes(None, pytest.fail) is None


MONDAY = "2026-03-02T09:00:00"


class Diary:
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
    home = Diary(path, ON)
    home.works(1)
    assert home.said == []
    home.works(20)
    assert len(home.said) == 1
    assert home.said[0].startswith("Last week: ")
    assert home.remembered == ["2026-W10"]


def test_nobody_gets_it_who_has_not_asked(path: Path) -> None:
    home = Diary(path)
    home.works(10)
    assert (home.said, home.remembered) == ([], [])


def test_it_does_not_come_again_after_a_restart(path: Path) -> None:
    home = Diary(path, ON, noted="2026-W10")
    home.works(10)
    assert home.said == []


def test_who_comes_on_wednesday_gets_it_on_wednesday(path: Path) -> None:
    home = Diary(path, ON, noted="2026-W09", at="2026-03-04T13:00:00")
    home.works(5)
    assert len(home.said) == 1


def test_the_small_hours_of_monday_belong_to_sunday(path: Path) -> None:
    home = Diary(path, ON, noted="2026-W09", at="2026-03-02T03:00:00")
    home.works(20)
    assert home.said == []
    home.desk.leaves("40m")
    home.works(5)
    assert len(home.said) == 1


def test_it_waits_for_a_call_to_end(path: Path) -> None:
    home = Diary(path, ON)
    home.desk.holds()
    home.works(10)
    assert home.said == []
    home.desk.releases()
    home.works(2)
    assert len(home.said) == 1


def test_without_a_week_to_look_back_on_there_is_silence(tmp_path: Path) -> None:
    home = Diary(tmp_path / "none.sqlite3", ON)
    home.works(10)
    assert (home.said, home.remembered) == ([], ["2026-W10"])


def test_it_comes_again_the_week_after(path: Path) -> None:
    home = Diary(path, ON)
    home.works(5)
    home.desk.leaves(timedelta(days=7).total_seconds())
    home.works(5)
    assert home.remembered == ["2026-W10", "2026-W11"]
