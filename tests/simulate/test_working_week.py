"""The working week that docs/presets.md is made of."""

from pathlib import Path

import pytest

from deskbreak.settings.files import shipped
from tests.desk import settings_of
from tools.presets_page import page
from tools.working_week import HABITS, Day, average_day

PAGE = Path(__file__).parents[2] / "docs" / "presets.md"
ALL, HALF, NONE = HABITS
MINUTE = 60.0


def test_the_page_is_what_the_program_finds_out() -> None:
    made = page(shipped("config") / "presets")
    assert PAGE.read_text(encoding="utf-8") == made, (
        "python -m tools.presets_page > docs/presets.md"
    )


def at_the_desk(day: Day) -> float:
    return (day.sitting + day.standing + day.walking + day.routines) / MINUTE


def test_who_takes_every_break_sits_no_longer_than_the_limit() -> None:
    day = average_day(settings_of("breaks.sit_limit=30m", "breaks.walk_share=1"), ALL)
    assert day.longest == 30 * MINUTE + 10  # ten seconds until the answer
    # Every 35:10, so five times in the 3.5 hours before lunch and seven in the 4.5 after; and at
    # 12:26 one more, on which lunch follows, so that it lasts as long as a walk may.
    assert (day.prompts, day.breaks, day.walking / MINUTE) == (13, 13, 12 * 5 + 10)
    assert at_the_desk(day) == pytest.approx(480, abs=10)


def test_routines_alone_are_two_minutes_each() -> None:
    day = average_day(settings_of("breaks.walk_share=0", "routines.places=desk"), ALL)
    assert day.walking == 0
    assert day.routines == day.breaks * 120
    assert at_the_desk(day) == pytest.approx(480, abs=0.1)


def test_who_takes_every_second_one_sits_for_longer() -> None:
    settings = settings_of("breaks.sit_limit=30m", "breaks.after_skip=15m")
    day, all_taken = average_day(settings, HALF), average_day(settings, ALL)
    assert day.longest == pytest.approx(45 * MINUTE, abs=30)
    assert day.prompts > all_taken.prompts
    assert day.breaks == pytest.approx(day.prompts / 2, abs=1)
    assert day.sitting > all_taken.sitting


def test_who_answers_nothing_sits_until_lunch_and_until_the_evening() -> None:
    day = average_day(settings_of(), NONE)
    assert (day.breaks, day.sitting / MINUTE, day.longest / MINUTE) == (0, 480, 270)
    assert day.prompts > 80  # every five minutes, from the half hour on


def test_with_standing_the_day_is_split_as_the_settings_say() -> None:
    settings = settings_of(
        "standing.enabled=true", "standing.sit_for=20m", "standing.stand_for=8m",
        "breaks.sit_limit=20m", "breaks.walk=2m",
    )  # fmt: skip
    day = average_day(settings, ALL)
    assert day.standing / day.sitting == pytest.approx(8 / 20, abs=0.02)
    assert day.walking == pytest.approx(day.breaks * 120, abs=5 * MINUTE)
