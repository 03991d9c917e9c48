"""The day that follows from settings: what comes, when, and how long one sits until then."""

import pytest

from deskbreak.core.enums import Answer, BreakKind
from deskbreak.simulate.preview import Preview, preview
from tests.desk import PlainAdviser, settings_of

WALKS = "breaks.walk_share=1"


def times(day: Preview, answer: Answer) -> list[str]:
    return [f"{day.at(deed):%H:%M}" for deed in day.deeds if deed.answer is answer]


def test_who_walks_whenever_asked_sits_for_the_limit_each_time() -> None:
    day = preview(settings_of("breaks.sit_limit=45m", WALKS), PlainAdviser())
    # 45 minutes, ten seconds until the answer, and five minutes away
    assert times(day, Answer.WALK)[:3] == ["09:45", "10:35", "11:25"]
    assert day.sits_s == pytest.approx(45 * 60, abs=15)
    assert (day.begins.hour, day.ends.hour) == (9, 17)


def test_after_lunch_the_walk_is_the_long_one() -> None:
    settings = settings_of("schedule.meals=12:30", WALKS)
    walks = [one for one in preview(settings, PlainAdviser()).deeds if one.break_ is not None]
    lengths = [one.break_.length_s for one in walks if one.break_ is not None]
    assert lengths.count(600) == 1
    assert set(lengths) == {300, 600}


def test_lunch_is_away_from_the_desk() -> None:
    day = preview(settings_of("schedule.meals=12:30", WALKS), PlainAdviser())
    assert not [at for at in times(day, Answer.WALK) if "12:31" < at < "13:29"]


def test_the_hours_are_those_of_the_settings_even_over_midnight() -> None:
    hours = 'schedule.hours=[{days=["sun"], from="22:00", to="06:00"}]'
    day = preview(settings_of(hours, WALKS), PlainAdviser())
    assert (day.begins.strftime("%a"), day.begins.hour, day.ends.hour) == ("Sun", 22, 6)
    assert times(day, Answer.WALK)[:4] == ["22:30", "23:05", "23:40", "00:15"]


def test_a_desk_that_goes_up_has_standing_in_the_day() -> None:
    day = preview(settings_of("standing.enabled=yes"), PlainAdviser())
    assert times(day, Answer.STANDING)[:2] == ["09:30", "10:20"]
    assert times(day, Answer.WALK)[0] == "09:45"


def test_who_cannot_walk_sits_down_from_standing_without_one() -> None:
    settings = settings_of("standing.enabled=yes", "routines.places=desk")
    day = preview(settings, PlainAdviser())
    assert not times(day, Answer.WALK)
    assert times(day, Answer.SITTING)[0] == "09:45"


def test_routines_are_those_that_the_adviser_names() -> None:
    day = preview(settings_of("breaks.walk_share=0"), PlainAdviser())
    kinds = {(one.break_.kind, one.break_.routine) for one in day.deeds if one.break_ is not None}
    assert kinds == {(BreakKind.STRETCH, "reach")}
