"""What it takes to read a large calendar: in one file, and in a file for each entry."""

import argparse
import json
import resource
import statistics
import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from deskbreak.adapters.calendar.ask import command

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
YEARS = 10
OVER = "WEEKLY;BYDAY=TU;UNTIL=20140601T000000Z"
WHAT = {
    "one": "{} entries in one file",
    "many": "{} entries in a file each",
    "endless": "1000 entries that repeat every day since 2012",
    "over": "2000 entries that repeated until 2014",
}
ENTRY = """BEGIN:VEVENT\r
UID:{number}@example.org\r
DTSTAMP:20260101T000000Z\r
DTSTART;TZID=Europe/Berlin:{begins:%Y%m%dT%H%M%S}\r
{length}\r
SUMMARY:Meeting {number}\r
DESCRIPTION:What this one is about\\, in a few words that fill a line or two of\r
  the file\\, as descriptions do.\r
ATTENDEE;CN=Anna;PARTSTAT=ACCEPTED:mailto:anna@example.org\r
{repeats}BEGIN:VALARM\r
ACTION:DISPLAY\r
TRIGGER:-PT15M\r
END:VALARM\r
END:VEVENT\r
"""


def entries(count: int) -> list[str]:
    """Entries over some years, one in twenty of them weekly; always the same."""
    random = Random(1)
    made = []
    for number in range(count):
        ago = timedelta(days=random.randrange(-60, YEARS * 365), hours=random.randrange(9))
        begins = NOW - ago
        ends = begins + timedelta(hours=1)
        length = "DURATION:PT1H" if number % 3 else f"DTEND:{ends:%Y%m%dT%H%M%SZ}"
        repeats = "" if number % 20 else "RRULE:FREQ=WEEKLY\r\n"
        made.append(ENTRY.format(number=number, begins=begins, length=length, repeats=repeats))
    return made


def series(count: int, rule: str) -> list[str]:
    """Entries that repeat by that rule since 2012."""
    begins = datetime(2012, 1, 3, 8, tzinfo=UTC)
    one = {"length": "DURATION:PT30M", "repeats": f"RRULE:FREQ={rule}\r\n"}
    return [
        ENTRY.format(number=number, begins=begins + timedelta(minutes=number % 600), **one)
        for number in range(count)
    ]


def calendar(*made: str) -> bytes:
    """A calendar of those entries."""
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(made)}END:VCALENDAR\r\n".encode()


def measured(place: Path, runs: int) -> dict[str, Any]:
    """Processor time of the program, the median of some runs, and what it found."""
    words = command([str(place)], NOW.timestamp(), NOW.timestamp() + 172800)
    seconds, found = [], {}
    for _ in range(runs):
        begun = spent()
        done = subprocess.run(words, capture_output=True, check=True)
        seconds.append(spent() - begun)
        found = json.loads(done.stdout)
    return {
        "cpu_s": round(statistics.median(seconds), 2),
        "files": found["files"],
        "entries": len(found["entries"]),
        "problems": len(found["problems"]),
    }


def spent() -> float:
    """Processor time of all programs started so far, in seconds."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def main() -> None:
    """Print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000, help="how many [10000]")
    parser.add_argument("--runs", type=int, default=3, help="the median of so many [3]")
    parser.add_argument("--json", action="store_true", help="figures for a program")
    options = parser.parse_args()
    made = entries(options.entries)
    with tempfile.TemporaryDirectory() as folder:
        one, many = Path(folder, "one.ics"), Path(folder, "many")
        one.write_bytes(calendar(*made))
        many.mkdir()
        for number, entry in enumerate(made):
            (many / f"{number}.ics").write_bytes(calendar(entry))
        figures = {"one": measured(one, options.runs), "many": measured(many, options.runs)}
        for name, rule, number in (("endless", "DAILY", 1000), ("over", OVER, 2000)):
            one.write_bytes(calendar(*series(number, rule)))
            figures[name] = measured(one, options.runs)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    if options.json:
        print(json.dumps(figures | {"peak_mib": round(peak)}))
        return
    for place, figure in figures.items():
        print(
            f"{WHAT[place].format(options.entries)}: {figure['cpu_s']} s of the processor, "
            f"{figure['entries']} of them in the next two days"
        )
    print(f"at most {peak:.0f} MiB while it runs")


if __name__ == "__main__":
    main()
