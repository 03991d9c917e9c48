"""Calendars as they are found in the world: what is written wrongly costs itself alone."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import recurring_ical_events
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from deskbreak.calendars import read as reading
from deskbreak.calendars import sheet
from deskbreak.calendars.busy import Window
from deskbreak.calendars.read import MOST_PROBLEMS, Agenda, read_agenda
from tests.calendars.conftest import BERLIN, lines, wall

Written = Callable[..., Agenda]

GOOD = "UID:good\nSUMMARY:Good\nDTSTART:20260325T090000Z\nDURATION:PT1H"
GOOD_LINE = "03-25 10:00-11:00 Good"
DAY = Window(wall("2026-03-25"), wall("2026-03-26"))


# one UID for many entries


def one(hour: int, *more: str, uid: str = "2026-189", title: str = "") -> str:
    begins = f"DTSTART:20260325T{hour - 1:02}0000Z"  # Berlin is an hour ahead
    return "\n".join([f"UID:{uid}", f"SUMMARY:{title or hour}", begins, "DURATION:PT1H", *more])


def test_a_feed_that_gives_every_entry_one_name_has_them_all(written: Written) -> None:
    agenda = written(one(9), one(12), one(19), one(12, title="Beside"))
    assert lines(agenda) == [
        "03-25 09:00-10:00 9",
        "03-25 12:00-13:00 12",
        "03-25 12:00-13:00 Beside",
        "03-25 19:00-20:00 19",
    ]


def test_of_counted_versions_the_newest_counts(written: Written) -> None:
    agenda = written(one(9, "SEQUENCE:1"), one(12, "SEQUENCE:3"), one(15, "SEQUENCE:2"))
    assert lines(agenda) == ["03-25 12:00-13:00 12"]
    assert lines(written(one(9), one(12, "SEQUENCE:1", "STATUS:CANCELLED"))) == []
    moved_away = "UID:2026-189\nSEQUENCE:4\nDTSTART:20270101T090000Z\nDURATION:PT1H"
    assert lines(written(one(9), moved_away)) == []


def test_a_series_and_its_changed_dates_stay_one_thing_beside_others(written: Written) -> None:
    series = one(9, "RRULE:FREQ=DAILY", title="Daily").replace("20260325", "20260101")
    other = one(17, "RRULE:FREQ=WEEKLY", title="Weekly")
    moved = one(14, "RECURRENCE-ID:20260325T080000Z", "SEQUENCE:1", title="Moved")
    agenda = written(series, moved, other)
    assert lines(agenda) == ["03-25 14:00-15:00 Moved", "03-25 17:00-18:00 Weekly"]
    cancelled = one(9, "RECURRENCE-ID:20260325T080000Z", "STATUS:CANCELLED")
    assert lines(written(series, cancelled, other)) == ["03-25 17:00-18:00 Weekly"]
    into = moved.replace("ID:20260325", "ID:20260310")
    assert lines(written(series, into)) == ["03-25 09:00-10:00 Daily", "03-25 14:00-15:00 Moved"]


def test_a_change_of_all_later_dates(written: Written) -> None:
    series = one(9, "RRULE:FREQ=DAILY", title="Daily").replace("20260325", "20250101")
    later = one(15, "RECURRENCE-ID;RANGE=THISANDFUTURE:20260310T080000Z", title="Later")
    agenda = written(series, later.replace("DTSTART:20260325", "DTSTART:20260310"))
    assert lines(agenda) == ["03-25 15:00-16:00 Later"]


# zones


@pytest.mark.parametrize(
    ("zone", "begins"),
    [
        ("GMT+01:00", "12:00"),
        ("UTC+1", "12:00"),
        ("GMT+0100", "12:00"),
        ("UTC-05:30", "18:30"),
        ("+0200", "11:00"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "12:00"),
        ("(GMT+01.00) Sarajevo/Warsaw/Zagreb", "12:00"),
        ("(UTC+01:00) A town nobody knows", "12:00"),
        ("(UTC) Coordinated Universal Time", "13:00"),
        ("(GMT) Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London", "13:00"),
        ("(UTC+10:00) Canberra, Melbourne, Sydney", "02:00"),
        ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "07:30"),
        ("(GMT-05:00) Eastern Time (US & Canada)", "17:00"),
        ("US-Eastern", "17:00"),
        ("europe/berlin", "12:00"),
        ("Europe/Berlin_DST", "12:00"),
        ("tzone://Microsoft/Utc", "13:00"),
        ("Etc/GMT-3", "10:00"),
        ("W. Europe Standard Time", "12:00"),
    ],
)
def test_a_zone_is_read_as_it_is_meant(written: Written, zone: str, begins: str) -> None:
    entry = 'UID:1\nSUMMARY:x\nDTSTART;TZID="{0}":20260325T120000\nDTEND;TZID="{0}":20260325T121000'
    agenda = written(entry.format(zone))
    assert agenda.problems == []
    assert lines(agenda)[0][6:11] == begins
    if ";" not in zone:  # quotes are often forgotten
        assert written(entry.replace('"', "").format(zone)).entries == agenda.entries


def test_a_place_is_known_by_the_offset_beside_it_and_has_its_summer_time(written: Written) -> None:
    zone = "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"
    text = f'UID:1\nSUMMARY:x\nDTSTART;TZID="{zone}":20250701T100000\nDURATION:PT1H\n'
    rule = "RRULE:FREQ=DAILY\nEXDATE;TZID=Europe/Berlin:20260324T100000"
    assert lines(written(text + rule)) == ["03-25 10:00-11:00 x"]
    nowhere = text.replace("Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Nowhere")
    assert lines(written(nowhere + rule)) == ["03-25 10:00-11:00 x"]
    bermuda = text.replace("(UTC+01:00) Amsterdam", "(UTC-04:00) Berlin")
    assert lines(written(bermuda + rule)) == ["03-25 15:00-16:00 x"]


def test_a_zone_without_a_name_is_that_of_times_without_one(written: Written) -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0300\n"
        "TZOFFSETTO:+0300\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    entry = "UID:1\nSUMMARY:x\nDTSTART;TZID=:20260325T120000\nDURATION:PT1H"
    agenda = written(entry, head=zone)
    assert (lines(agenda), agenda.problems) == (["03-25 10:00-11:00 x"], [])
    agenda = written(entry)
    assert (lines(agenda), agenda.problems) == (["03-25 12:00-13:00 x"], [])


@pytest.mark.parametrize("name", ["x" * 5000, "../../etc/passwd", "a\0b", "Route 66-12", "GMT+99"])
def test_what_is_no_zone_is_local_time(written: Written, name: str) -> None:
    agenda = written(
        f"UID:1\nSUMMARY:x\nDTSTART;TZID={name}:20260325T120000\nDURATION:PT1H", GOOD,
        head=f"X-WR-TIMEZONE:{name}\n",
    )  # fmt: skip
    assert lines(agenda) == [GOOD_LINE, "03-25 12:00-13:00 x"]
    assert all("no zone is called" in problem.what for problem in agenda.problems)
    assert all(len(problem.what) <= 200 for problem in agenda.problems)


# dates and lengths


@pytest.mark.parametrize(
    "entry",
    [
        "DTSTART:2026-03-25T09:00:00Z\nDTEND:2026-03-25T10:00:00Z",
        "DTSTART:20260325T0900Z\nDTEND:20260325T1000Z",
        "DTSTART:20260325T100000.000\nDURATION:P1H",
        "DTSTART:20260325T090000Z\nDURATION:pt60m",
        "DTSTART:20260101T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\nEXDATE:20260324T090000Z,soon",
        "DTSTART:20260324T090000Z\nDURATION:PT1H\nRDATE:20260325T090000Z,20269999T090000Z,",
        "DTSTART:20260101T090000Z\nDURATION:PT1H\nRRULE: FREQ = DAILY ; INTERVAL = 1 ;",
    ],
)
def test_a_plain_slip_is_understood(written: Written, entry: str) -> None:
    agenda = written(f"UID:1\nSUMMARY:Good\n{entry}")
    assert lines(agenda) == [GOOD_LINE]
    assert [p.what for p in agenda.problems if "is not a date" not in p.what] == []


WRONG = {
    "a day that is none": "DTSTART:20261399T090000Z\nDURATION:PT1H",
    "an end that is none": "DTSTART:20260325T090000Z\nDTEND:later",
    "a length that is none": "DTSTART:20260325T090000Z\nDURATION:for ever",
    "a length beyond all calendars": "DTSTART:20260325T090000Z\nDURATION:P99999999999D",
    "the last day of all": "DTSTART:99991231T230000Z\nDURATION:P1D",
    "the last day, long": "DTSTART:99991231T230000Z\nDURATION:P9999W",
    "the first day of all": "DTSTART:00010101T000000\nDURATION:PT5M",
    "an end before the begin": "DTSTART:20260325T090000Z\nDTEND:20260324T090000Z",
    "no length at all": "DTSTART:20260325T090000Z\nDURATION:-PT1H",
    "a rule until never": "DTSTART:20260101T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=never",
    "no interval": "DTSTART:20260101T090000Z\nDURATION:PT5M\nRRULE:FREQ=DAILY;INTERVAL=0",
    "an interval back": "DTSTART:20260101T090000Z\nDURATION:PT5M\nRRULE:FREQ=DAILY;INTERVAL=-1",
    "every second, spaced": "DTSTART:20260101T090000Z\nDURATION:PT5M\nRRULE:FREQ= SECONDLY",
    "every second, small": "DTSTART:20260101T090000Z\nDURATION:PT5M\nrrule;x=y:freq=secondly",
    "every minute, folded": "DTSTART:20260101T090000Z\nDURATION:PT5M\nRRULE:FREQ=MIN\n UTELY",
    "every second of a day": "DTSTART:20260101T090000Z\nDURATION:PT5M\nRRULE:FREQ=DAILY;BYSECOND="
    + ",".join(map(str, range(60))) + ";BYMINUTE=" + ",".join(map(str, range(60))),
    "since the first year": "DTSTART:00010101T000000Z\nDURATION:PT5M\nRRULE:FREQ=MONTHLY",
    "counted for ever": "DTSTART:00010101T000000Z\nDURATION:PT5M\n"
    "RRULE:FREQ=DAILY;COUNT=900000;BYDAY=MO",
    "a day that never comes": "DTSTART:20260101T090000Z\nDURATION:PT5M\n"
    "RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
    "a rule in a zone": "DTSTART;TZID=Bomb:20260101T090000\nDURATION:-PT5M",
}  # fmt: skip
BOMB = (
    "BEGIN:VTIMEZONE\nTZID:Bomb\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0100\n"
    "TZOFFSETTO:+0100\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n"
)


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "ONE_CPU_S", 0.2)


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize("entry", WRONG.values(), ids=WRONG)
def test_a_wrong_entry_costs_itself_alone(written: Written, entry: str) -> None:
    agenda = written(f"UID:1\nSUMMARY:Bad\n{entry}", GOOD, head=BOMB)
    assert lines(agenda) == [GOOD_LINE]
    assert {problem.line for problem in agenda.problems} <= {2, 11}  # of the zone, of the entry


@pytest.mark.usefixtures("_impatient")
def test_all_of_them_together_cost_themselves_alone(written: Written) -> None:
    entries = [f"UID:{name}\nSUMMARY:{name}\n{entry}" for name, entry in WRONG.items()]
    assert lines(written(*entries, GOOD, head=BOMB)) == [GOOD_LINE]


def test_a_wrong_change_costs_itself_and_not_its_series(written: Written) -> None:
    series = one(9, "RRULE:FREQ=DAILY").replace("20260325", "20260101")
    for wrong in ("RECURRENCE-ID:whenever", "RECURRENCE-ID:20260325T080000Z\nDTEND:never"):
        agenda = written(series, f"UID:2026-189\nDTSTART:20260325T100000Z\n{wrong}")
        assert lines(agenda) == ["03-25 09:00-10:00 9"]
        assert len(agenda.problems) == 1


PARTS = st.lists(
    st.sampled_from([
        "DTSTART:20260325T0", "90000Z\n", "DTEND:2026", "DURATION:P", "9", "W", "\n", "T1H\n", "-",
        "RRULE:FREQ=DAILY", ";COUNT=2", ";INTERVAL=", ";BYDAY=MO", ";BYSETPOS=-1", ";UNTIL=2026",
        "RRULE:FREQ=YEARLY", "RDATE:", "EXDATE;TZID=", "RECURRENCE-ID:", "20260325T090000Z", '"',
        "UID:good\n", "SEQUENCE:x\n", "\x00", "\N{FULLWIDTH DIGIT TWO}0260325", ';TZID="(UTC+1)',
        "99991231T23",
    ]), max_size=12,
).map("".join)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(PARTS)
def test_no_entry_costs_another(tmp_path: Path, entry: str) -> None:
    path = tmp_path / "any.ics"
    events = f"BEGIN:VEVENT\nUID:1\n{entry}\nEND:VEVENT\nBEGIN:VEVENT\n{GOOD}\nEND:VEVENT\n"
    path.write_text(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n")
    assert GOOD_LINE in lines(read_agenda([str(path)], DAY))


# very much of something


RULES = st.builds(
    lambda freq, interval, count, by, last: f"FREQ={freq};INTERVAL={interval}{count}{by}{last}",
    st.sampled_from(["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 5),
    st.sampled_from(["", ";COUNT=3", ";COUNT=700", ";UNTIL=20260325T100000Z", ";UNTIL=20250301"]),
    st.sampled_from(
        ["", ";BYDAY=MO,WE", ";BYMONTH=3", ";BYHOUR=7,9", ";BYDAY=MO,TU,WE;BYSETPOS=-1"]
    ),
    st.sampled_from(["", ";WKST=SU"]),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    RULES,
    st.sampled_from(["TZID=Europe/Berlin:20240229T070000", "TZID=Asia/Tokyo:20250716T233000",
                     "TZID=Europe/London:20260301T090000"]),
    st.sampled_from(["PT1H", "P3D", "PT15M"]),
    st.sampled_from(["", "EXDATE:20260325T060000Z\n", "EXDATE:20260324T143000Z\n"]),
)  # fmt: skip
def test_a_rule_wound_forward_says_the_same(
    tmp_path: Path, rule: str, begins: str, length: str, without: str
) -> None:
    path = tmp_path / "rule.ics"
    entry = f"UID:1\nDTSTART;{begins}\nDURATION:{length}\nRRULE:{rule}\n{without}"
    path.write_text(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{entry}END:VEVENT\nEND:VCALENDAR\n")
    with pytest.MonkeyPatch.context() as unwound:
        unwound.setattr(sheet, "wind_forward", lambda *_: None)
        plain = read_agenda([str(path)], DAY)
    wound = read_agenda([str(path)], DAY)
    assert "10,000 times" in str(plain.problems) or lines(wound) == lines(plain)


def test_a_rule_of_any_age_takes_the_same_few_steps(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []
    real = recurring_ical_events.of

    def counted(calendar: Calendar) -> object:
        begun.extend(event.start.toordinal() for event in calendar.events)
        return real(calendar)

    monkeypatch.setattr(recurring_ical_events, "of", counted)
    for year in (1601, 1970, 2012):
        for rule in ("HOURLY", "DAILY", "WEEKLY;BYDAY=WE", "DAILY;COUNT=999999"):
            written(f"UID:1\nDTSTART:{year}0101T090000Z\nDURATION:PT1H\nRRULE:FREQ={rule}")
    assert min(begun) >= datetime.fromtimestamp(DAY.begins, BERLIN).toordinal() - 15


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20140601T000000Z",
        "FREQ=DAILY;UNTIL=20260301",
        "FREQ=DAILY;COUNT=5",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=10",
    ],
)
def test_what_is_over_is_not_even_looked_at(
    written: Written, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    monkeypatch.setattr(sheet, "event_of", lambda piece: pytest.fail(piece.text))
    assert lines(written(f"UID:1\nDTSTART:20100105T090000Z\nDURATION:PT1H\nRRULE:{rule}")) == []


def test_of_very_many_problems_the_first_are_said_and_the_others_counted(tmp_path: Path) -> None:
    path = tmp_path / "cut.ics"
    path.write_text("BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 5000)
    agenda = read_agenda([str(path)], DAY)
    assert (len(agenda.problems), agenda.more_problems) == (MOST_PROBLEMS, 5000 - MOST_PROBLEMS)


def test_of_very_many_entries_the_first_are_taken_and_that_is_said(
    written: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_ENTRIES", 3)
    agenda = written(*(one(hour, uid=str(hour)) for hour in range(1, 12)))
    assert len(agenda.entries) == 4
    assert (
        agenda.problems[0].what == "has more than 3 busy entries around now; the rest is left out"
    )


def test_a_file_that_takes_too_long_costs_what_is_left_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "FILE_CPU_S", -1.0)
    for name in ("a", "b"):
        events = "".join(f"BEGIN:VEVENT\n{one(h, uid=f'{name}{h}')}\nEND:VEVENT\n" for h in (9, 12))
        (tmp_path / f"{name}.ics").write_text(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n")
    agenda = read_agenda([str(tmp_path)], DAY)
    assert lines(agenda) == ["03-25 09:00-10:00 9"]
    assert [p.what for p in agenda.problems] == ["takes too long to read; the rest is left out"] * 2
    monkeypatch.setattr(reading, "ALL_CPU_S", -1.0)
    agenda = read_agenda([str(tmp_path)], DAY)
    assert agenda.problems[0].what == "took too long, with those before it; 1 more are not read"


def test_a_clock_beyond_all_calendars_is_one_plain_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_text(
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{GOOD}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    for at in (253402300799.0, 1e15, -1e15):
        agenda = read_agenda([str(tmp_path)], Window(at - 1, at))
        assert not agenda.entries
        assert all(problem.what.startswith("cannot be read at this") for problem in agenda.problems)
    at_2300 = 10_413_792_000.0
    assert read_agenda([str(tmp_path)], Window(at_2300, at_2300 + 1)).problems == []
