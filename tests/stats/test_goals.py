"""Goals of a day, next to what came of it."""

from deskbreak.settings.model import Goals
from deskbreak.settings.values import Duration
from deskbreak.stats.day import Day, count
from deskbreak.stats.lines import lines
from deskbreak.stats.period import Period, Span
from deskbreak.stats.report import report
from deskbreak.stats.summary import reached, summarise
from deskbreak.stats.weekly import weekly_note
from tests.stats.rows import DAY, bout, walk
from tests.stats.test_summary import day

GOALS = Goals(breaks=2, walk=Duration(900), standing=Duration(3600))
STOOD = count(DAY, [walk("09:00"), walk("11:00")], {"sitting": 7200, "standing": 4200})


def said(days: list[Day], goals: Goals) -> str | None:
    made = report(Period.around(Span.WEEK, DAY), days, [], {}, 1800.0, goals=goals)
    return dict(lines(made)).get("Goals")


def test_a_day_says_how_much_of_each_goal_there_was() -> None:
    assert said([STOOD], GOALS) == (
        "2 of 2 breaks, 10 min of 15 min on walks, 1 h 10 min of 1 h standing"
    )


def test_more_days_say_on_how_many_it_was_met() -> None:
    days = [STOOD, day(1, bout("09:00", 20), walk("09:30"))]
    assert said(days, GOALS) == (
        "2 breaks on 1 of 2 days, 8 min a day towards 15 min on walks, 1 h standing on 1 of 2 days"
    )


def test_without_goals_or_days_nothing_is_said_of_them() -> None:
    assert said([STOOD], Goals()) is None
    assert said([], GOALS) is None


def test_programs_get_the_same() -> None:
    made = report(Period.around(Span.DAY, DAY), [STOOD], [], {}, 1800.0, goals=Goals(breaks=3))
    assert made.as_dict()["goals"] == [
        {"goal": "breaks", "target": 3, "amount": 2, "days_reached": 0}
    ]


def test_the_weekly_note_says_what_was_met_and_nothing_of_the_rest() -> None:
    days = [STOOD, day(1, bout("09:00", 20), walk("09:30"))]
    week = summarise(days, {}, 1800.0)
    note = weekly_note(week, summarise([], {}, 1800.0), goals=reached(GOALS, days))
    assert note is not None
    assert note.startswith(
        "Last week: 2 breaks on 1 of 2 days, 1 h standing on 1 of 2 days: as you wanted. "
    )
    met_none = weekly_note(week, summarise([], {}, 1800.0), goals=reached(Goals(breaks=9), days))
    assert met_none is not None
    assert "9 breaks" not in met_none
