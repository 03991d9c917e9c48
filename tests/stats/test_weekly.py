"""The weekly note: kind, short, and without a score."""

import re
from collections import Counter
from datetime import date
from itertools import product

from deskbreak.stats.day import count
from deskbreak.stats.lines import NOTHING, spoken
from deskbreak.stats.period import Period, Span
from deskbreak.stats.report import report
from deskbreak.stats.summary import Bouts, Breaks, Summary
from deskbreak.stats.weekly import weekly_note
from tests.stats.rows import DAY, bout, routine, row, walk

BANNED = re.compile(
    r"\b(weak|damage|danger|injur\w*|wrong|bad|fail\w*|must|never|fragile|harm\w*|fix|lazy|"
    r"should have|streak|score|only|missed|goal)\b",
    re.IGNORECASE,
)


def week(
    days: int = 5, walks: int = 0, routines: int = 0, median: int = 1800, over: float = 0.0,
    standing: int = 0,
) -> Summary:  # fmt: skip
    return Summary(
        days=days,
        ledger=Counter({"sitting": 20000 * days, "standing": standing}),
        sitting=Bouts(40, median, 2 * median, over),
        breaks=Breaks(walks, 300 * walks, routines, routines, 0, 3),
    )


def test_a_week_away_has_no_note() -> None:
    assert weekly_note(Summary(), week()) is None


def test_it_says_what_went_well_and_one_idea() -> None:
    note = weekly_note(week(walks=9, median=1500, over=0.4), week(median=1800))
    assert note == (
        "Last week: your usual time in the chair was 25 min, down from 30 min. "
        "An idea for this week: two minutes away from the desk start a new count."
    )


def test_a_week_that_was_as_good_as_any_gets_no_advice() -> None:
    note = weekly_note(week(walks=9, routines=9), Summary())
    assert note == "Last week: 9 walks, 45 min on your feet. Just carry on like that."


def test_a_raised_desk_is_only_mentioned_to_who_has_one() -> None:
    plain = week(walks=3, routines=3)
    assert "raise the desk" in str(weekly_note(plain, Summary(), standing=True))
    assert "raise the desk" not in str(weekly_note(plain, Summary()))


def test_every_note_is_kind_short_and_has_one_idea() -> None:
    values = product((1, 5), (0, 1, 12), (0, 8), (900, 1800, 4000), (0.0, 0.9), (0, 9000))
    weeks = [week(*value) for value in values]
    notes = [
        weekly_note(one, before, standing=standing)
        for one in weeks
        for before in (Summary(), week(), week(walks=40, median=900))
        for standing in (False, True)
    ]
    assert len({str(note) for note in notes}) > 20
    for note in notes:
        assert note is not None
        assert not BANNED.search(note), note
        assert len(note) < 170
        assert note.count("An idea") + note.count("Just carry on") == 1


def test_no_view_has_a_word_of_blame() -> None:
    answers = ("skipped", "dismissed", "ignored", "snoozed", "prompt_withdrawn", "break_started")
    rows = [bout("09:00", 200), routine("10:00", "hips"), walk("11:00")]
    for number, answer in enumerate(answers):
        rows += [row(f"12:{number:02}", "prompt"), row(f"12:{number:02}", answer)]
    day = count(DAY, rows)
    earlier = count(date(2026, 2, 20), [bout("09:00", 20), walk("10:00"), walk("11:00")])
    made = report(Period.around(Span.DAY, DAY), [day], [earlier], {}, 1800.0)
    said = spoken(made)
    assert "6: " in said
    assert not BANNED.search(said), said
    assert not BANNED.search(NOTHING)
