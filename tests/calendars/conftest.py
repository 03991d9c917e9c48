"""Where these calendars are read: a machine in Berlin."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskbreak.calendars.busy import Window
from deskbreak.calendars.read import Agenda, read_agenda

FILES = Path(__file__).parent / "files"
BERLIN = ZoneInfo("Europe/Berlin")

Read = Callable[..., Agenda]


def wall(local: str) -> float:
    """`2026-03-25 10:00` in Berlin, in seconds."""
    return datetime.fromisoformat(local).replace(tzinfo=BERLIN).timestamp()


def lines(agenda: Agenda) -> list[str]:
    """The entries as `03-25 10:00-11:00 Review`, in Berlin."""
    return [
        f"{datetime.fromtimestamp(entry.begins, BERLIN):%m-%d %H:%M}"
        f"-{datetime.fromtimestamp(entry.ends, BERLIN):%H:%M} {entry.title}".rstrip()
        for entry in sorted(agenda.entries)
    ]


@pytest.fixture(autouse=True)
def _in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def read() -> Read:
    """Reads files of the folder beside this one, for two weeks around a change to summer time."""

    def reading(*names: str, begins: str = "2026-03-23", ends: str = "2026-04-04") -> Agenda:
        window = Window(wall(begins), wall(ends))
        return read_agenda([str(FILES / name) for name in names], window)

    return reading


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Agenda]:
    """Reads a calendar with these entries, each the lines between its BEGIN and END."""

    def reading(*entries: str, head: str = "") -> Agenda:
        events = "".join(f"BEGIN:VEVENT\n{entry.strip()}\nEND:VEVENT\n" for entry in entries)
        path = tmp_path / "written.ics"
        path.write_text(f"BEGIN:VCALENDAR\n{head}{events}END:VCALENDAR\n")
        return read_agenda([str(path)], Window(wall("2026-03-25"), wall("2026-03-26")))

    return reading
