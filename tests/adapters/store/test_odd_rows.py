"""Rows of an odd shape cost themselves alone: in statistics, in an export, beside an import."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskbreak.adapters.store.exchange import export_lines, import_entries, read_lines
from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.adapters.store.queries import Reader
from deskbreak.adapters.store.rows import INSERT
from deskbreak.stats.day import Row
from deskbreak.stats.lines import lines
from deskbreak.stats.period import Period, Span
from deskbreak.stats.report import Report, report
from deskbreak.stats.timeline import timeline
from tests.adapters.store.oddities import DAY, NOON, ODD, SOUND, put
from tests.thorough import examples


def whole(path: Path, period: Period) -> Report:
    with Reader(path) as reader:
        rows = reader.rows(period.first, period.last)
        before = period.four_weeks_before()
        days = reader.days(period.first, period.last)
        earlier = reader.days(before.first, before.last)
        return report(period, days, earlier, {}, 1800.0, timeline(rows))


def everything_works(path: Path) -> tuple[Report, int]:
    """Every view and the export; the view of the day, and how many rows the export left out."""
    for span in (Span.WEEK, Span.YEAR):
        lines(whole(path, Period.around(span, DAY)))
    with Reader(path) as reader:
        edges = reader.first_and_last()
        assert edges is not None
        reader.days(*edges)
    lines(whole(path, Period.between(*edges)))
    with Reader(path) as reader:
        exported = list(export_lines(reader.all_rows()))
        odd = reader.odd
    other = path.with_name("other.sqlite3")
    other.unlink(missing_ok=True)
    entries = read_lines(exported)
    assert import_entries(other, entries) == len(entries)
    assert import_entries(path, entries) == 0
    history = SqliteHistory(path, pytest.fail)
    history.past()
    history.day(DAY)
    history.close()
    return whole(path, Period.around(Span.DAY, DAY)), odd


@pytest.mark.parametrize("row", ODD.values(), ids=ODD)
def test_an_odd_row_costs_itself_alone_and_is_counted(tmp_path: Path, row: dict[str, Any]) -> None:
    path = tmp_path / "history.sqlite3"
    put(path, row)
    day, odd = everything_works(path)
    assert day.summary.ledger["sitting"] == 600
    assert odd == 1


def test_all_of_them_together(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    put(path, *ODD.values())
    day, odd = everything_works(path)
    assert day.summary.ledger["sitting"] == 600
    assert odd == len(ODD)
    new = Row(NOON.wall - 3600, 0, DAY, "skipped", {})
    assert import_entries(path, [new]) == 1  # between rows whose time nobody knows
    assert everything_works(path)[1] == len(ODD)


ANY = st.none() | st.integers() | st.floats() | st.text() | st.binary()
DATA = st.recursive(
    ANY.filter(lambda one: not isinstance(one, bytes)),
    lambda inner: st.lists(inner, max_size=2)
    | st.dictionaries(
        st.sampled_from(["length_s", "day", "ledger", "sitting", "outcome", "routine", "feedback"])
        | st.text(max_size=3), inner, max_size=3,
    ),
    max_leaves=5,
).map(json.dumps)  # fmt: skip
ROWS = st.fixed_dictionaries(
    {},
    optional={
        "wall": st.floats(allow_nan=False) | st.text() | st.binary(),
        "zone_s": st.integers(-(2**60), 2**60) | st.text() | st.binary(),
        "day": st.sampled_from(["2026-03-02", "2026-03-01", "2026-3-2", "0000-00-00"]) | st.text(),
        "event": st.sampled_from(["bout_ended", "break_ended", "day_closed", "feedback", "hold"]),
        "data": DATA,
    },
)


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ROWS, max_size=4))
def test_no_rows_ever_stop_a_command(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("odd") / "history.sqlite3"
    put(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        for row in rows:
            try:
                connection.execute(INSERT, tuple((SOUND | row).values()))
            except (sqlite3.IntegrityError, UnicodeEncodeError):
                continue  # SQLite itself says no
    everything_works(path)
