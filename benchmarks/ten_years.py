"""How long statistics take on a history of ten years, and what its size costs the daemon."""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from deskbreak.adapters.store.exchange import export_lines, import_entries
from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.adapters.store.queries import Reader
from deskbreak.content.load import load_catalogue
from deskbreak.core.moment import Moment
from deskbreak.core.records import Skipped
from deskbreak.settings.files import shipped
from deskbreak.stats.day import Row
from deskbreak.stats.period import Period, Span
from deskbreak.stats.report import Report, report
from deskbreak.stats.summary import Atlas, atlas
from deskbreak.stats.timeline import timeline

LAST = date(2026, 3, 1)
_BUDGET_MS = 100
_WORKDAYS = 5
_BOUTS = 16


def main(argv: Sequence[str] | None = None) -> int:
    """Make the history, ask for every view, print how long each took; always 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ten_years", description=__doc__)
    parser.add_argument("--years", type=int, default=10, help="how many years [10]")
    parser.add_argument("--runs", type=int, default=7, help="runs to time, the middle counts [7]")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder) / "history.sqlite3", options.years, options.runs)
    print(json.dumps(found, indent=2) if options.json else _said(found))
    return 0


def measure(path: Path, years: int, runs: int) -> dict[str, Any]:
    """Milliseconds of everything, and the size of the file."""
    known = atlas(load_catalogue([shipped("microroutines")]).catalogue)
    entries = list(made_up(years, sorted(known)))
    found: dict[str, Any] = {"rows": len(entries)}
    found["import_ms"] = _ms(lambda: import_entries(path, entries))
    found["size_mib"] = round(path.stat().st_size / 2**20, 1)
    everything = Period.between(entries[0].day, LAST)
    found["first_look_ms"] = _ms(lambda: look(path, everything, known))
    periods = {span.value: Period.around(span, LAST - timedelta(days=40)) for span in Span}
    periods["range"] = everything
    found["views_ms"] = {
        name: _middle([_ms(partial(look, path, period, known)) for _ in range(runs)])
        for name, period in periods.items()
    }
    found["daemon_first_row_ms"] = _ms(lambda: _one_row(path))
    with Reader(path) as reader:
        found["export_ms"] = _ms(lambda: sum(1 for _ in export_lines(reader.all_rows())))
    return found


def look(path: Path, period: Period, known: Atlas) -> Report:
    """What `stats` does for a view, from opening the file to the last number."""
    before = period.four_weeks_before()
    with Reader(path) as reader:
        days = reader.days(period.first, period.last)
        earlier = reader.days(before.first, before.last)
        rows = reader.rows(period.first, period.last) if period.span is Span.DAY else None
    made = report(
        period, days, earlier, known, 1800.0, timeline(rows) if rows is not None else None
    )
    made.as_dict() if period.length <= 366 else made.summary.as_dict()
    return made


def made_up(years: float, routines: Sequence[str], last: date = LAST) -> Iterator[Row]:
    """Rows as the engine says them: working days of sixteen bouts, and a ledger for every day."""
    chance = random.Random(20260301)
    first = last - timedelta(days=round(years * 365.25))
    ledger: dict[str, int] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        wall = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
        closed = (day - timedelta(days=1)).isoformat()
        spent = dict.fromkeys(("sitting", "standing", "break", "away"), 0)
        if number:
            yield Row(wall + 4 * 3600, 0, day, "day_closed", {"day": closed, "ledger": ledger})
        if day.weekday() < _WORKDAYS:
            yield from _working_day(day, wall + 9 * 3600, chance, routines, spent)
        ledger = spent | {"asleep": 86_400 - sum(spent.values())}


def _working_day(
    day: date, wall: float, chance: random.Random, routines: Sequence[str], spent: dict[str, int]
) -> Iterator[Row]:
    for _ in range(_BOUTS):
        bout = round(chance.triangular(600, 4500, 1860))
        length = round(chance.triangular(90, 600, 120))
        standing = chance.random() < 0.2
        posture = "standing" if standing else "sitting"
        spent[posture] += bout
        wall += bout

        def said(event: str, wall: float = wall, **data: Any) -> Row:
            return Row(wall, 0, day, event, data)

        if bout < 1500:
            yield said("natural_break", wall + 120, away_s=120)
            yield said("bout_ended", wall + 120, posture=posture, length_s=bout)
            spent["away"] += length + 120
            wall += length + 120
            continue
        yield said(
            "prompt", bout_s=bout, overdue_s=0, suggests="walk",
            actions=["walk", "stretch", "snooze", "skip"],
        )  # fmt: skip
        if chance.random() < 0.15:
            yield said("skipped")
        walk = chance.random() < 0.4
        which: dict[str, Any] = (
            {"kind": "walk"} if walk else {"kind": "stretch", "routine": chance.choice(routines)}
        )
        yield said("break_started", **which)
        yield said("break_ended", wall + length, outcome="done", length_s=length, **which)
        yield said("bout_ended", wall + length, posture=posture, length_s=bout)
        if not walk:
            yield said("feedback", wall + length + 5, routine=which["routine"], feedback="good")
        spent["break"] += length
        wall += length


def _one_row(path: Path) -> None:
    """What a daemon does with the file after its start."""
    history = SqliteHistory(path, lambda _: None)
    history.record(Skipped(), Moment(datetime(2026, 3, 2, 12, tzinfo=UTC).timestamp(), 0.0, 0.0))
    history.close()


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return round(1000 * (time.perf_counter() - start), 1)


def _middle(times: list[float]) -> float:
    return sorted(times)[len(times) // 2]


def _said(found: dict[str, Any]) -> str:
    lines = [f"{found['rows']} rows, {found['size_mib']} MiB (budget of a view {_BUDGET_MS} ms)"]
    lines += [f"{name:>22}: {ms:8.1f} ms" for name, ms in found["views_ms"].items()]
    for name in ("first_look_ms", "import_ms", "export_ms", "daemon_first_row_ms"):
        lines.append(f"{name.removesuffix('_ms').replace('_', ' '):>22}: {found[name]:8.1f} ms")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
