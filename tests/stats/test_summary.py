"""Many days in one set of numbers, and how they compare."""

from datetime import timedelta

from deskbreak.content.load import load_catalogue
from deskbreak.settings.files import shipped
from deskbreak.stats.day import Day, count
from deskbreak.stats.lines import NOTHING, lines, spoken
from deskbreak.stats.period import Period, Span
from deskbreak.stats.report import COLUMNS, report, running_day, with_today
from deskbreak.stats.summary import Atlas, Known, atlas, summarise
from tests.stats.rows import DAY, bout, routine, walk

KNOWN: Atlas = {
    "hips": Known("Hip hour", 1, True, ("hips", "glutes", "hips")),
    "neck": Known("Neck", 2, False, ("neck",)),
}
LIMIT = 1800.0


def day(number: int = 0, *rows: object) -> Day:
    return count(DAY + timedelta(days=number), rows)  # type: ignore[arg-type]


def test_bouts_over_days_have_one_median_and_one_longest() -> None:
    one = summarise(
        [day(0, bout("09:30", 30), bout("10:30", 40)), day(1, bout("09:30", 10))], KNOWN, LIMIT
    )
    assert (one.days, one.sitting.count, one.sitting.median_s) == (2, 3, 1800)
    assert one.sitting.longest_s == 2400


def test_a_bout_is_over_the_limit_when_it_is_longer_by_more_than_the_grace() -> None:
    one = summarise([day(0, bout("09:30", 35), bout("10:30", 65))], KNOWN, LIMIT)
    assert one.sitting.over_limit_share == 0.65


def test_routines_are_told_apart_by_what_the_catalogue_knows_of_them() -> None:
    one = summarise(
        [day(0, walk("09:00"), routine("10:00", "hips", at_step=1, of=3), routine("11:00", "neck"),
             routine("12:00", "mine"))],
        KNOWN, LIMIT,
    )  # fmt: skip
    breaks = one.breaks
    assert (breaks.walks, breaks.walk_s, breaks.routines) == (1, 300, 3)
    assert (breaks.routines_on_feet, breaks.routines_seated) == (1, 1)
    assert one.areas == {"hips": 1, "neck": 1}
    assert one.levels == {1: 1, 2: 1}
    assert one.routines == {"hips": 1, "neck": 1, "mine": 1}


def test_a_step_that_was_not_reached_visits_no_area() -> None:
    whole = summarise([day(0, routine("10:00", "hips", at_step=3, of=3))], KNOWN, LIMIT)
    assert whole.areas == {"hips": 1, "glutes": 1}


def test_days_away_are_no_days() -> None:
    away = count(DAY, [], {"away": 40000, "asleep": 46400})
    assert summarise([away], KNOWN, LIMIT).days == 0


def test_the_catalogue_is_known_by_routine_and_by_exercise() -> None:
    known = atlas(load_catalogue([shipped("microroutines")]).catalogue)
    assert not known["desk-neck"].on_feet
    assert known["stand-hips"].on_feet
    assert "neck" in known["desk-neck"].areas
    assert known["seated_march"].areas == ("hips",)
    assert known["easy_walk"].on_feet


def test_a_view_compares_by_the_day_with_the_four_weeks_before() -> None:
    period = Period.around(Span.DAY, DAY)
    before = [day(-7, bout("09:00", 60)), day(-6, bout("09:00", 40), walk("10:00"))]
    made = report(period, [day(0, bout("09:00", 20), walk("09:05"))], before, KNOWN, LIMIT)
    compared = {one.name: (one.now, one.before) for one in made.trend}
    assert compared["sitting_s"] == (1200, 3000)
    assert compared["walks"] == (1, 0.5)
    said = dict(lines(made))["Trend"]
    assert "sitting a day: 30 min less" in said
    assert "walks a day: 0.5 more" in said


def test_without_earlier_days_there_is_no_trend() -> None:
    made = report(Period.around(Span.DAY, DAY), [day(0, bout("09:00", 20))], [], KNOWN, LIMIT)
    assert made.trend == ()
    assert "Trend" not in dict(lines(made))


def test_an_empty_view_says_so_and_has_no_numbers_to_be_sorry_for() -> None:
    made = report(Period.around(Span.WEEK, DAY), [], [], KNOWN, LIMIT)
    assert made.empty
    assert lines(made) == []
    assert NOTHING in spoken(made)
    assert made.as_csv() == ",".join(COLUMNS) + "\n"


def test_the_csv_has_a_line_a_day_and_a_number_in_every_column() -> None:
    days = [day(0, bout("09:00", 20), walk("09:05")), day(1, bout("09:00", 30))]
    made = report(Period.around(Span.WEEK, DAY), days, [], KNOWN, LIMIT)
    head, *body = made.as_csv().splitlines()
    found = [dict(zip(head.split(","), line.split(","), strict=True)) for line in body]
    assert [one["day"] for one in found] == ["2026-03-02", "2026-03-03"]
    assert (found[0]["sitting_s"], found[0]["walks"], found[1]["walks"]) == ("1200", "1", "0")


def test_the_running_day_is_as_the_daemon_knows_it() -> None:
    ledger = dict.fromkeys(
        ("standing", "break", "away", "asleep", "paused", "off_hours", "unknown"), 0
    )
    status = {
        "at": "2026-03-02T12:00:00+01:00", "bout_s": 600, "posture": "sitting",
        "today": ledger | {"sitting": 5000, "not_running": 23800, "prompts": 3},
    }  # fmt: skip
    today = running_day(status)
    assert today is not None
    (found,) = with_today([day(0, bout("09:30", 30))], today)
    assert (found.day, found.sitting, found.ledger["sitting"]) == (DAY, [1800, 600], 5000)
    assert with_today([], today) == [today]
    assert running_day({"at": "soon"}) is None


def test_before_the_day_begins_it_is_still_the_day_before() -> None:
    parts = ("standing", "break", "away", "asleep", "paused", "off_hours", "unknown", "not_running")
    status = {
        "at": "2026-03-03T03:59:00+01:00", "bout_s": 0, "posture": "sitting",
        "today": dict.fromkeys(parts, 0) | {"sitting": 24 * 3600 - 60},
    }  # fmt: skip
    today = running_day(status)
    assert today is not None
    assert today.day == DAY
