"""What counts as busy, entry by entry, and what of a file is read at all."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.calendars import read as reading
from deskbreak.calendars.busy import Window
from deskbreak.calendars.pieces import Piece, take_apart
from deskbreak.calendars.read import LARGEST, Agenda, find, read_agenda
from tests.calendars.conftest import lines, wall

TEN = "DTSTART:20260325T090000Z\nDTEND:20260325T100000Z\n"  # 10:00 to 11:00 in Berlin

Written = Callable[..., Agenda]


@pytest.mark.parametrize(
    "entry",
    [
        TEN,
        TEN + "STATUS:CONFIRMED",
        TEN + "STATUS:TENTATIVE",
        TEN + "TRANSP:OPAQUE\nX-MICROSOFT-CDO-BUSYSTATUS:OOF",
        "DTSTART:20260325T090000Z\nDURATION:PT1H",
        "DTSTART:20260325T100000\nDTEND:20260325T110000",
        'DTSTART;TZID="W. Europe Standard Time":20260325T100000\nDURATION:PT60M',
        "DTSTART:20250101T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY",
        "DTSTART:20250101T090000Z\nDURATION:PT1H\nRDATE:20260325T090000Z,20270101T090000Z",
        "DTSTART:20250101T090000Z\nRDATE;VALUE=PERIOD:20260325T090000Z/PT1H",
        TEN + "ATTENDEE;PARTSTAT=DECLINED:mailto:someone.else@example.org",
        TEN + "EXDATE:",
    ],
)
def test_busy(written: Written, entry: str) -> None:
    agenda = written(f"UID:1\nSUMMARY:Review\n{entry}", head="X-WR-CALNAME:anna@example.org\n")
    assert (lines(agenda), agenda.problems) == (["03-25 10:00-11:00 Review"], [])


@pytest.mark.parametrize(
    "entry",
    [
        TEN + "STATUS:CANCELLED",
        TEN + "transp:transparent",
        TEN + "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        TEN + "X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE",
        TEN + "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        TEN + "ATTENDEE;PARTSTAT=DECLINED:MAILTO:Anna@example.org",
        "DTSTART;VALUE=DATE:20260325",
        "DTSTART;VALUE=DATE:20260325\nDTEND;VALUE=DATE:20260326",
        "DTSTART;VALUE=DATE:20260323\nRRULE:FREQ=DAILY",
        "DTSTART:20260325T090000Z",
        "DTSTART:20260325T090000Z\nDTEND:20260325T090000Z",
        "DTSTART:20260326T090000Z\nDURATION:PT1H",
        "DTSTART:20260324T220000Z\nDTEND:20260324T230000Z",  # ends as the day begins in Berlin
    ],
)
def test_free(written: Written, entry: str) -> None:
    agenda = written(f"UID:1\nSUMMARY:Review\n{entry}", head="X-WR-CALNAME:anna@example.org\n")
    assert (lines(agenda), agenda.problems) == ([], [])


def test_a_calendar_that_takes_its_entries_back(written: Written) -> None:
    assert lines(written(f"UID:1\n{TEN}", head="METHOD:CANCEL\n")) == []


def test_entries_without_a_name_of_their_own_are_not_one_series(written: Written) -> None:
    entries = [f"SUMMARY:{title}\n{TEN}" for title in ("One", "Two")]
    assert lines(written(*entries)) == ["03-25 10:00-11:00 One", "03-25 10:00-11:00 Two"]


@pytest.mark.parametrize("kept", ["PRIVATE", "CONFIDENTIAL"])
def test_a_private_entry_keeps_its_title_to_itself(written: Written, kept: str) -> None:
    assert lines(written(f"UID:1\nSUMMARY:Doctor\nCLASS:{kept}\n{TEN}")) == ["03-25 10:00-11:00"]


def test_a_title_is_one_line_of_bearable_length(written: Written) -> None:
    (entry,) = written(f"UID:1\nSUMMARY:A\\n b{'c' * 200}\n{TEN}").entries
    assert entry.title == f"A b{'c' * 116}…"


def test_the_same_entry_in_two_files_is_one(tmp_path: Path) -> None:
    for name in ("a.ics", "b.ICS"):
        text = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n{TEN}END:VEVENT\nEND:VCALENDAR\n"
        (tmp_path / name).write_text(text)
    agenda = read_agenda([str(tmp_path)], Window(wall("2026-03-25"), wall("2026-03-26")))
    assert (len(agenda.files), len(agenda.entries)) == (2, 1)


def test_zones_of_one_calendar_mean_nothing_in_another(written: Written) -> None:
    def zone(offset: str) -> str:
        return (
            "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
            f"TZOFFSETFROM:{offset}\nTZOFFSETTO:{offset}\nEND:STANDARD\nEND:VTIMEZONE\n"
        )

    local = "UID:1\nDTSTART;TZID=Ours:20260325T100000\nDTEND;TZID=Ours:20260325T110000"
    assert lines(written(local, head=zone("+0100"))) == ["03-25 10:00-11:00"]
    assert lines(written(local, head=zone("+0200"))) == ["03-25 09:00-10:00"]
    agenda = written(local)
    assert lines(agenda) == ["03-25 10:00-11:00"]
    assert "no zone is called 'Ours'" in agenda.problems[0].what


# what is found


def test_no_address_is_fetched() -> None:
    (problem,) = read_agenda(["https://example.org/a.ics"], Window(0, 1)).problems
    assert problem.what == "is an address; only files are read, no network"


def test_a_folder_that_cannot_be_meant_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_FOLDERS", 3)
    for number in range(5):
        (tmp_path / str(number)).mkdir()
    found = Agenda()
    find([str(tmp_path)], found)
    assert len(found.folders) == 3
    assert found.problems[0].what == "holds more than 3 folders; name one further down"


def test_a_file_that_is_too_large_is_named(tmp_path: Path) -> None:
    with (tmp_path / "a.ics").open("wb") as file:
        file.truncate(LARGEST + 1)
    (problem,) = read_agenda([str(tmp_path)], Window(0, 1)).problems
    assert problem.what == "is larger than 64 MB"


# taking apart


@pytest.mark.parametrize(
    ("entry", "touches"),
    [
        ("DTSTART:20260323T000000Z", True),
        ("DTSTART:20260322T000000Z\nDTEND:20260322T010000Z", False),
        ("DTSTART:20260320\nDTEND:20260323", True),
        ("DTSTART:20260320T000000Z\nDURATION:P3D", True),
        ("DTSTART:20260301T000000Z\nDURATION:P3W2DT5H", True),
        ("DTSTART:20260301T000000Z\nDURATION:PT5H", False),
        ("DTSTART:20260327T000000Z", True),
        ("DTSTART:20260328T000000Z", False),
        ("DTSTART:19700101T000000Z\nRRULE:FREQ=DAILY", True),
        ("DTSTART:20270101T000000Z\nRECURRENCE-ID:20260325T000000Z", True),
        ("DTSTART:soon", True),
        ("DTEND:19700101T000000Z", True),
        ('DTSTART;TZID="(UTC+01:00) Amsterdam":20250101T000000', False),
    ],
)
def test_only_what_may_touch_the_days_is_read(entry: str, touches: bool) -> None:
    assert Piece(entry, 1).may_touch(date(2026, 3, 25), date(2026, 3, 25)) is touches


@given(st.binary(max_size=300) | st.lists(st.sampled_from([
    b"BEGIN:VCALENDAR\r\n", b"END:VCALENDAR\n", b"BEGIN:VEVENT\n", b"end:vevent\r\n", b"\xff\xfe",
    b"BEGIN:VTIMEZONE\n", b"END:VTIMEZONE\n", b"DTSTART:20260325T09", b"0000Z\n", b"\n ", b"\xc3",
    b"RRULE:FREQ=DAILY\n", b"UID:1\n", b"TZID:X\n", b":;=\n",
])).map(b"".join))  # fmt: skip
def test_no_bytes_are_ever_more_than_a_problem(data: bytes) -> None:
    sheets, unended = take_apart(data)
    assert all(line >= 1 for line in unended)
    for sheet in sheets:
        assert all(piece.text.upper().startswith("BEGIN:VEVENT") for piece in sheet.entries)
