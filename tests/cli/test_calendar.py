"""`deskbreak calendar`, and a calendar file that holds the prompts of a real daemon."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.typed import Machine, machine, typed
from tests.waiting import until


def entry(title: str, begins: datetime, length: timedelta = timedelta(hours=1)) -> str:
    edges = (f"{edge.astimezone(UTC):%Y%m%dT%H%M%SZ}" for edge in (begins, begins + length))
    first, last = edges
    return (
        f"BEGIN:VEVENT\nUID:{title}\nDTSTART:{first}\nDTEND:{last}\nSUMMARY:{title}\nEND:VEVENT\n"
    )


def calendar(*entries: str) -> str:
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{''.join(entries)}END:VCALENDAR\n"


def today(hour: int, *, days: int = 0) -> datetime:
    """An hour of today on this machine's clock."""
    now = datetime.now().astimezone()
    return now.replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=days)


@pytest.fixture
def named(here: Machine) -> Path:
    """The calendar file that the settings name."""
    here.sets('[calendar]\nfiles = ["~/work.ics"]\n')
    return here.home / "work.ics"


def test_without_files_it_says_how_to_name_one(
    here: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = typed(capsys, "calendar")
    assert (ran.code, ran.err) == (0, "")
    assert "deskbreak config set calendar.files" in ran.out
    assert json.loads(typed(capsys, "calendar", "--json").out) == {
        "version": 1, "files": 0, "entries": [], "problems": [],
    }  # fmt: skip


def test_today_and_tomorrow(named: Path, capsys: pytest.CaptureFixture[str]) -> None:
    night = entry("Night shift", today(22), timedelta(hours=8))
    later = entry("Later", today(9, days=2))
    named.write_text(calendar(entry("Review", today(10)), night, later))
    ran = typed(capsys, "calendar")
    assert (ran.code, ran.err) == (0, "")
    first, second = today(0), today(0, days=1)
    assert ran.out == (
        f"Today, {first:%A %-d %B}\n  10:00-11:00  Review\n  22:00-24:00  Night shift\n"
        f"Tomorrow, {second:%A %-d %B}\n  00:00-06:00  Night shift\n"
    )


def test_as_json_with_what_could_not_be_read(
    named: Path, here: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    here.sets('[calendar]\nfiles = ["~/work.ics", "~/none.ics"]\n')
    named.write_text(calendar(entry("Review", today(10))))
    ran = typed(capsys, "calendar", "--json")
    assert ran.code == 0
    found = json.loads(ran.out)
    assert found["entries"] == [
        {"begins": today(10).isoformat(), "ends": today(11).isoformat(), "title": "Review"}
    ]
    assert found["problems"] == [f"{here.home}/none.ics: there is no such file or folder"]
    assert typed(capsys, "calendar").err == f"{found['problems'][0]}\n"


def test_where_nothing_can_be_read_it_exits_with_1(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = typed(capsys, "calendar")
    assert ran.code == 1
    assert ran.err == f"{named}: there is no such file or folder\n"


def test_other_words_exit_with_2(here: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(capsys, "calendar", "tomorrow").code == 2


def test_doctor_says_what_the_files_are_like(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named.write_text(calendar(entry("Now", datetime.now(UTC))))
    rows = json.loads(typed(capsys, "doctor", "--json").out)["capabilities"]
    (row,) = [row for row in rows if row["name"] == "calendar"]
    assert (row["works"], row["backend"]) == (True, "1 file")
    assert row["why"] == "1 busy entry around now"


# a daemon that really runs


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Machine]:
    with machine(tmp_path, '[calendar]\nfiles = ["~/calendars"]\n') as found:
        yield found


def holds(made: Machine) -> list[tuple[str, str]]:
    said: list[dict[str, Any]] = made.status()["holds"]
    return [(hold["reason"], hold["detail"]) for hold in said if hold["reason"] == "calendar"]


def test_an_entry_holds_prompts_and_a_change_of_the_file_lets_go(made: Machine) -> None:
    team = made.home / "calendars" / "team"
    team.mkdir(parents=True)
    now = entry("Planning", datetime.now(UTC) - timedelta(minutes=1))
    (team / "a.ics").write_text(calendar(now))
    made.starts()
    until(lambda: holds(made) == [("calendar", "Planning")], what="the entry is known")
    beside = team / ".a.ics.tmp"
    beside.write_text(calendar(entry("Planning", today(10, days=3))))
    beside.replace(team / "a.ics")
    until(lambda: holds(made) == [], what="the entry is gone")
    (team / "b.ics").write_text(calendar(now.replace("Planning", "Review")))
    until(lambda: holds(made) == [("calendar", "Review")], what="another file has come")
    made.sets("[hold]\ncalendar = false\n")
    until(lambda: holds(made) == [], what="nobody asks for calendars any more")
    assert made.lives


def test_a_title_does_nothing_to_a_status_bar(made: Machine) -> None:
    (made.home / "calendars").mkdir()
    title = 'R&D <sync> %{A1:reboot:}Q, "quoted"'
    now = entry(title.replace(",", "\\,"), datetime.now(UTC) - timedelta(minutes=1))
    (made.home / "calendars" / "a.ics").write_text(calendar(now))
    made.sets('[calendar]\nfiles = ["~/calendars"]\n[breaks]\nsit_limit = "1s"\nsettle = "0s"\n')
    made.starts()
    made.waits_for("a break that waits for the entry", due=True)
    until(lambda: holds(made) == [("calendar", title)], what="the entry is known")
    waybar = json.loads(made.types("status", "--format", "waybar").out)
    assert "(R&amp;D &lt;sync&gt; %{A1" in waybar["tooltip"]
    assert title in made.types("status").out
    polybar = made.types("status", "--format", "polybar").out
    assert 'R&D <sync> % {A1:reboot:}Q, "quoted"' in polybar
