"""Calendars as other programs write them, each with what a person reads in that program."""

import pytest

from tests.calendars.conftest import Read, lines

WRITTEN = {
    "google.ics": """
        03-23 09:30-09:45 Stand-up
        03-24 14:00-15:00 Interview
        03-27 14:00-14:30 Stand-up with the new team
        04-01 09:30-09:45 Stand-up
        04-03 09:30-09:45 Stand-up
    """,  # excluded on the 25th, moved on the 27th, cancelled on the 30th, one talk declined
    "outlook.ics": """
        03-24 10:00-11:00 Gruppenrunde
        03-25 08:30-09:30
        03-25 11:00-12:00 Vielleicht
        03-31 10:00-11:00 Gruppenrunde
    """,  # a private title stays private; working elsewhere is free; the fair lasts all day
    "exchange.ics": """
        03-23 14:00-15:00 Sync with Boston
        03-25 18:00-18:30 Seattle calls
        03-27 16:00-17:00 Sync with Boston
        03-30 15:00-16:00 Sync with Boston
        04-02 15:00-16:00 Sync with Boston
    """,  # summer time came to Boston three weeks before it came to Berlin
    "evolution.ics": """
        03-24 08:00-09:30 Breakfast with the neighbours over there, as long as it may take us to eat a whole Käsekuchen
        03-26 16:00-17:30 Seminar
        04-02 16:00-17:30 Seminar
    """,  # noqa: E501 - a long title, folded in the file
    "thunderbird.ics": """
        03-23 18:00-19:00 Choir
        03-24 12:00-13:00 Choir
        03-25 10:30-11:00 Wherever I am at half past ten
        03-26 20:00-21:30 Choir in the church
        03-27 18:00-19:00 Choir
        03-28 18:00-19:00 Choir
        03-29 18:00-19:00 Choir
        03-30 18:00-19:00 Choir
        03-31 18:00-19:00 Choir
        04-01 18:00-19:00 Choir
    """,  # ten times in all, two of them excluded, one moved, one more by RDATE
    "apple.ics": """
        03-24 14:00-14:45 Weekly 🚀
        03-25 17:00-18:00 Noon in New York
        03-31 15:00-15:45 Weekly 🚀
    """,  # the zone of the calendar is that of the times that have none
    "nextcloud": """
        03-23 08:00-08:30 Planning
        03-29 01:30-03:30 The night in which an hour is missing
        03-30 10:00-11:00 Planning, later from now on
    """,  # a folder of folders with a file for each entry, as vdirsyncer leaves it
}  # fmt: skip


@pytest.mark.parametrize("name", WRITTEN)
def test_what_other_programs_write(read: Read, name: str) -> None:
    agenda = read(name)
    assert lines(agenda) == [line.strip() for line in WRITTEN[name].strip().splitlines()]
    assert agenda.problems == []


def test_the_missing_hour_is_missing(read: Read) -> None:
    (entry,) = read("nextcloud/team").entries
    assert entry.ends - entry.begins == 3600


def test_all_of_them_at_once_know_nothing_of_each_other(read: Read) -> None:
    alone = {entry for name in WRITTEN for entry in read(name).entries}
    assert read(*WRITTEN).entries == alone


def test_a_folder_is_searched_and_what_is_hidden_in_it_is_not(read: Read) -> None:
    agenda = read("nextcloud")
    assert [path.name for path in agenda.files] == ["0f3c.ics", "8a21.ics"]
    assert [path.name for path in agenda.folders] == ["nextcloud", "personal", "team"]


BROKEN = {
    "empty.ics": ("", ["None is empty"]),
    "login.ics": ("", ["None is not a calendar"]),
    "truncated.ics": ("03-25 09:00-10:00 Before the disk was full", ["10 what begins here"]),
    "latin1.ics": ("03-25 09:00-10:00 Gespräch über Käse – bei Jürgen", []),  # noqa: RUF001
    "utf16.ics": ("03-25 13:00-14:00 Größe", []),
    "folded.ics": ("03-25 17:00-18:00 Café", []),
    "entries.ics": (
        "03-25 09:00-10:00 All is well\n03-25 14:00-15:00 In a zone nobody knows",
        [
            "None X-WR-TIMEZONE: no zone is called 'Middle-earth/Shire'; local time is taken",
            "5 the zone that begins here cannot be read: ",
            "12 the entry that begins here cannot be read: DTSTART: ",
            "18 the entry that begins here cannot be read: it has no DTSTART",
            "23 the entry that begins here cannot be read: it repeats every minute or more often",
            "30 the entry that begins here cannot be read: RRULE: ",
            "38 no zone is called 'Gondor Standard Time'; local time is taken",
        ],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_named_and_costs_nothing_else(read: Read, name: str) -> None:
    agenda = read(f"broken/{name}")
    entries, problems = BROKEN[name]
    assert lines(agenda) == entries.splitlines()
    assert all(problem.file.endswith(name) for problem in agenda.problems)
    said = [f"{problem.line} {problem.what}" for problem in agenda.problems]
    assert len(said) == len(problems)
    assert all(line.startswith(begin) for line, begin in zip(said, problems, strict=True))


def test_a_broken_file_does_not_lose_the_others(read: Read) -> None:
    agenda = read("broken", "google.ics", "nowhere.ics")
    assert set(lines(read("google.ics"))) < set(lines(agenda))
    assert {problem.what for problem in agenda.problems} >= {
        "is empty",
        "there is no such file or folder",
    }
