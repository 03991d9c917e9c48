"""Out as JSON lines and in again: nothing lost, nothing twice, everything in its place."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.adapters.store.exchange import (
    UnfitError,
    count_rows,
    erase,
    export_lines,
    import_entries,
    read_lines,
)
from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.adapters.store.queries import Reader
from deskbreak.core.enums import BreakKind
from deskbreak.core.moment import Moment
from deskbreak.core.records import BreakStarted, DayClosed, Skipped
from deskbreak.stats.day import Row
from tests.thorough import examples

DAY = date(2026, 3, 2)


def entry(wall: float, event: str = "skipped", **data: object) -> Row:
    return Row(wall, 3600, DAY, event, data)


def all_of(path: Path) -> list[Row]:
    with Reader(path) as reader:
        return list(reader.all_rows())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.sqlite3"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
entries = st.builds(
    Row,
    wall=st.floats(0, 4e9).map(lambda wall: round(wall, 3)),
    zone_s=st.integers(-86399, 86399),
    day=st.dates(date(1970, 1, 1), date(2100, 1, 1)),
    event=st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20),
    data=st.dictionaries(st.text(), json_values, max_size=4),
)


@given(st.lists(entries, max_size=6))
@settings(max_examples=examples(25), deadline=None)
def test_whatever_goes_out_comes_in_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, found: list[Row]
) -> None:
    path = tmp_path_factory.mktemp("x") / "history.sqlite3"
    lines = list(export_lines(found))
    assert read_lines(lines) == found
    assert import_entries(path, found) == len(found)
    assert all_of(path) == found
    assert list(export_lines(all_of(path))) == lines
    assert import_entries(path, found) == 0
    assert all_of(path) == found


def test_a_second_import_takes_only_what_is_new(path: Path) -> None:
    first = [entry(1.0), entry(2.0), entry(2.0)]
    import_entries(path, first)
    assert import_entries(path, [*first, entry(2.0), entry(3.0)]) == 2
    assert [row.wall for row in all_of(path)] == [1.0, 2.0, 2.0, 2.0, 3.0]


def test_rows_of_another_computer_find_their_place_by_the_clock(path: Path) -> None:
    import_entries(path, [entry(10.0, "a"), entry(30.0, "b"), entry(20.0, "set back"), entry(50.0)])
    import_entries(path, [entry(5.0, "x"), entry(25.0, "y"), entry(40.0, "z")])
    assert [row.event for row in all_of(path)] == ["x", "a", "y", "b", "set back", "z", "skipped"]


def test_the_daemon_goes_on_writing_after_an_import(path: Path) -> None:
    history = SqliteHistory(path, problem=pytest.fail)
    history.record(Skipped(), Moment(1772442000.0, 0.0, 0.0))
    import_entries(path, [entry(5.0, "old")])
    history.record(Skipped(), Moment(1772442060.0, 0.0, 0.0))
    history.close()
    assert [row.event for row in all_of(path)] == ["old", "skipped", "skipped"]


def test_an_export_without_rows_is_one_too(path: Path) -> None:
    lines = list(export_lines([]))
    assert json.loads(lines[0]) == {"format": "deskbreak-history", "version": 1}
    assert read_lines(lines) == []
    assert import_entries(path, []) == 0


def test_the_mark_that_an_editor_puts_before_an_export_is_read() -> None:
    first, *others = export_lines([entry(1.0)])
    assert read_lines([f"\ufeff{first}", *others]) == [entry(1.0)]


GOOD = {"wall": 1.0, "zone_s": 0, "day": "2026-03-02", "event": "skipped", "data": {}}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ("[]", "lacks"),
        (json.dumps(GOOD | {"wall": "noon"}), "lacks"),
        (json.dumps(GOOD | {"wall": -1}), "wall is -1"),
        (json.dumps(GOOD | {"wall": True}), "wall is True"),
        (json.dumps(GOOD | {"wall": 1e300}), "wall is"),
        (json.dumps(GOOD | {"zone_s": 86400}), "zone_s is 86400"),
        (json.dumps(GOOD | {"day": "yesterday"}), "day is 'yesterday'"),
        (json.dumps(GOOD | {"event": ""}), "event is not a name"),
        (json.dumps(GOOD | {"data": []}), "lacks"),
        (json.dumps(GOOD | {"wall": float("nan")}), "wall is nan"),
        ("[" * 100_000, "not JSON"),
        (json.dumps(GOOD | {"day": "0001-01-01"}), "day is '0001-01-01'"),
        (json.dumps(GOOD | {"day": "9999-12-31"}), "day is '9999-12-31'"),
        (json.dumps(GOOD | {"day": "20260302"}), "day is '20260302'"),
        (json.dumps(GOOD | {"data": {"x": [float("nan")]}}), "not JSON"),
        (json.dumps(GOOD | {"data": {"x": float("inf")}}), "not JSON"),
        (json.dumps(GOOD | {"data": {"x": 0}}).replace("0}", "1e999}"), "not JSON"),
        (json.dumps(GOOD | {"data": {"x": "\ud800"}}), "not JSON"),
        *(
            (json.dumps(GOOD | {"event": event, "data": data}), says)
            for event, data, says in (
                ("bout_ended", {"length_s": 1e308}, "length_s is 1e"),
                ("bout_ended", {"length_s": "long"}, "length_s is 'long'"),
                ("bout_ended", {"length_s": True}, "length_s is True"),
                ("natural_break", {"away_s": 10**400}, "away_s is 1000"),
                ("break_ended", {"outcome": ["done"]}, "outcome is"),
                ("break_ended", {"at_step": "x"}, "at_step is 'x'"),
                ("feedback", {"routine": {"a": 1}}, "routine is"),
                ("day_closed", {}, "day is None"),
                ("day_closed", {"day": "soon", "ledger": {}}, "day is 'soon'"),
                ("day_closed", {"day": "2026-03-02"}, "ledger is not"),
                *(
                    ("day_closed", {"day": "2026-03-02", "ledger": ledger}, "ledger is not")
                    for ledger in ([1], {"sitting": "x"}, {"sitting": 1e308})
                ),
            )
        ),
    ],
)  # fmt: skip
def test_a_line_that_does_not_fit_is_named_by_its_number(line: str, says: str) -> None:
    lines = [*export_lines([entry(1.0)]), "", line]
    with pytest.raises(UnfitError, match=f"line 4: .*{says}"):
        read_lines(lines)


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "nothing"), ('{"a": 1}', "not an export"), ("[]", "not an export"),
     ('{"format": "deskbreak-history", "version": 9}', "version 9")],
)  # fmt: skip
def test_what_is_no_export_is_refused(text: str, says: str) -> None:
    with pytest.raises(UnfitError, match=says):
        read_lines([text])


@pytest.fixture
def week(path: Path) -> SqliteHistory:
    """Seven days; each one's ledger is closed on the next."""
    history = SqliteHistory(path, problem=pytest.fail)
    for number in range(7):
        day = DAY + timedelta(days=number)
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()
        history.record(BreakStarted(BreakKind.STRETCH, f"secret-{number}"), Moment(noon, 0, 0))
        history.record(DayClosed(day.isoformat(), {"sitting": number}), Moment(noon + 57600, 0, 0))
    return history


def left(path: Path) -> tuple[list[str], list[str]]:
    """The routines and the ledgers that are still there."""
    with closing(sqlite3.connect(path)) as connection:
        routines = connection.execute(
            "SELECT json_extract(data, '$.routine') FROM happenings WHERE event = 'break_started'"
        )
        ledgers = connection.execute("SELECT DISTINCT day FROM ledgers")
        return [r[-1] for (r,) in routines], [day[-1] for (day,) in ledgers]


def test_a_day_goes_with_its_ledger(path: Path, week: SqliteHistory) -> None:
    week.close()
    day = DAY + timedelta(days=2)
    assert count_rows(path, day, day) == 2
    assert erase(path, day, day) == 2
    assert left(path) == (
        ["0", "1", "3", "4", "5", "6"],
        ["2", "3", "5", "6", "7", "8"],
    )
    assert erase(path, day, day) == 0


def test_a_range_and_everything(path: Path, week: SqliteHistory) -> None:
    week.close()
    assert erase(path, DAY, DAY + timedelta(days=4)) == 10
    assert left(path) == (["5", "6"], ["7", "8"])
    assert erase(path) == 4
    assert left(path) == ([], [])


def test_it_is_gone_from_the_file_too(path: Path, week: SqliteHistory) -> None:
    week.close()
    erase(path, DAY, DAY)
    files = [file.read_bytes() for file in path.parent.iterdir()]
    assert not any(b"secret-0" in data for data in files)
    assert any(b"secret-1" in data for data in files)


def test_it_works_while_the_daemon_writes(path: Path, week: SqliteHistory) -> None:
    assert erase(path, DAY, DAY) == 2
    assert week.day(DAY) == []
    one = datetime(2026, 3, 2, 13, tzinfo=UTC).timestamp()
    week.record(BreakStarted(BreakKind.WALK), Moment(one, 0, 0))
    assert [entry.event for entry in week.day(DAY)] == ["break_started"]
    week.close()


def test_where_there_is_nothing_nothing_is_made(path: Path) -> None:
    assert (erase(path), count_rows(path)) == (0, 0)
    assert not path.exists()


def test_the_history_lets_go_of_what_is_too_old(path: Path, week: SqliteHistory) -> None:
    week.forget_before(DAY + timedelta(days=5))
    week.close()
    assert left(path) == (["5", "6"], ["7", "8"])
