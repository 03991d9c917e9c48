"""A simulated year, written through the real store and read back: history and ledger agree."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from deskbreak.adapters.store.exchange import export_lines, import_entries, read_lines
from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.adapters.store.queries import Reader
from deskbreak.core.enums import Activity
from deskbreak.core.records import (
    BoutEnded,
    BreakEnded,
    DayClosed,
    Prompted,
    SitPrompted,
    StandPrompted,
)
from deskbreak.simulate.world import Seen
from deskbreak.stats.day import Day
from deskbreak.stats.summary import summarise
from tests.desk import BERLIN
from tests.stats.year import Person

DAYS = 365


@dataclass(frozen=True)
class Year:
    path: Path
    seen: list[Seen]
    days: list[Day]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    path = tmp_path_factory.mktemp("year") / "history.sqlite3"
    history = SqliteHistory(path, pytest.fail)
    person = Person(history.record)
    person.lives(DAYS)
    history.close()
    with Reader(path) as reader:
        days = reader.days(date.min, date.max)
    return Year(path, person.desk.log(), days)


def length_of(day: date) -> int:
    begin, end = (
        datetime.combine(one, time(4), BERLIN).timestamp() for one in (day, day + timedelta(days=1))
    )
    return round(end - begin)


def test_every_day_that_was_closed_adds_up_to_its_length(year: Year) -> None:
    closed = [day for day in year.days if day.closed]
    assert len(closed) == DAYS
    assert {length_of(day.day) for day in closed} == {23 * 3600, 24 * 3600, 25 * 3600}
    for day in closed:
        assert sum(day.ledger.values()) == length_of(day.day), day.day


def test_what_is_read_back_is_the_ledger_that_the_engine_closed(year: Year) -> None:
    said = [s.happening for s in year.seen if isinstance(s.happening, DayClosed)]
    assert {one.day: one.ledger for one in said} == {
        day.day.isoformat(): day.ledger for day in year.days if day.closed
    }


def test_the_bouts_of_a_day_are_the_time_at_the_desk_to_the_second(year: Year) -> None:
    for day in year.days:
        assert sum(day.sitting) == day.of(Activity.SITTING), day.day
        assert sum(day.standing) == day.of(Activity.STANDING), day.day


def test_nothing_is_lost_on_the_way(year: Year) -> None:
    one = summarise(year.days, {}, 1800.0)
    bouts = [s.happening.length_s for s in year.seen if isinstance(s.happening, BoutEnded)]
    taken = [
        s.happening
        for s in year.seen
        if isinstance(s.happening, BreakEnded) and s.happening.outcome in ("done", "partial")
    ]
    asked = (Prompted, StandPrompted, SitPrompted)
    prompts = [s for s in year.seen if isinstance(s.happening, asked)]
    assert one.sitting.count + one.standing.count == len(bouts) > 2000
    assert one.breaks.walks + one.breaks.routines == len(taken) > 1000
    assert one.shown == len(prompts) > 1500
    assert set(one.prompts) >= {"taken", "snoozed", "skipped", "dismissed"}
    assert one.held["call"] >= 900


def test_the_whole_year_goes_out_and_in_again_without_a_loss(year: Year, tmp_path: Path) -> None:
    with Reader(year.path) as reader:
        out = list(export_lines(reader.all_rows()))
    other = tmp_path / "other.sqlite3"
    assert import_entries(other, read_lines(out)) == len(out) - 1
    with Reader(other) as reader:
        assert list(export_lines(reader.all_rows())) == out
        assert reader.days(date.min, date.max) == year.days
