"""The rows of the requirement table that levels, feedback and safety texts have to do with."""
# ruff: noqa: N802  (the rows have capital letters)

import pytest

from deskbreak.content.model import Kind
from deskbreak.content.safety import RECENT_PAIN, by_id
from deskbreak.core.effects import NoticeKind, SetLevel, ShowNotice
from deskbreak.settings.model import Routines
from tests.core.weeks import ADVISER, Weeks, exercises

LEVEL_3 = "routines.level=3"


def month(weeks: Weeks) -> list[str]:
    """The routines of twenty days."""
    weeks.plays_for_days(20, None)
    return [routine for _, routine in weeks.played]


def test_R10_a_sore_area_is_not_drilled_and_the_others_still_come_round() -> None:
    played = month(Weeks(LEVEL_3, "routines.sore=low_back"))
    assert not [e for e in exercises(played) if e.level >= 2 and "low_back" in e.loads]
    foci = {ADVISER.catalogue.routines[routine].focus for routine in played}
    assert len(foci) >= 9


def test_R12_everybody_starts_at_level_one_with_an_easier_version_of_everything() -> None:
    assert Routines().level == 1
    assert all(e.easier and e.harder for e in ADVISER.catalogue.exercises.values())


def test_R13_skipping_changes_no_level_and_says_nothing() -> None:
    weeks = Weeks().plays_for_days(2)
    before = weeks.world.engine.past.plays
    weeks.works("40m").answers("skip").works("1m")
    assert weeks.world.engine.past.plays == before
    assert weeks.effects(ShowNotice) == []


def test_R15_a_sore_day_takes_a_gentle_routine_first() -> None:
    weeks = Weeks(LEVEL_3, at="2026-03-02 09:00").is_sore().plays_one()
    routine = ADVISER.catalogue.routines[weeks.last]
    assert routine.sore_day or routine.level == 1


def test_R17_ten_routines_of_level_one_then_one_offer_and_the_level_stays() -> None:
    weeks = Weeks().plays_for_days(5)
    assert len(weeks.played) == 15
    assert all(one.level == 1 for one in exercises(r for _, r in weeks.played))
    assert weeks.offers == [2]
    assert weeks.effects(SetLevel) == []
    assert weeks.status.level == 1


@pytest.mark.parametrize(
    "unlocks", [LEVEL_3, "routines.places=desk, floor", "routines.places=desk, stairs"]
)
def test_R20_when_to_see_a_doctor_is_said_before_anything_stronger(unlocks: str) -> None:
    weeks = Weeks().works("1m").sets(unlocks)
    (notice,) = [effect.notice for effect in weeks.effects(ShowNotice)]
    assert by_id()["T2"] in notice.text


def test_R20_and_after_it_hurt() -> None:
    weeks = Weeks().plays_one("it_hurt", "seated_march")
    assert [e.notice.kind for e in weeks.effects(ShowNotice)] == [NoticeKind.IT_HURT]


def test_R22_what_hurt_is_away_for_fourteen_days_and_its_areas_step_down() -> None:
    weeks = Weeks("routines.level=2").plays_for_days(3)
    hurt = next(e for e in exercises([weeks.last]))
    weeks.plays_one("it_hurt", hurt.id)
    since, begun = weeks.world.now.wall, len(weeks.played)
    weeks.plays_for_days(13, None)
    soon = [routine for wall, routine in weeks.played[begun:] if wall - since < 14 * 86_400]
    assert len(soon) > 30
    for one in exercises(soon):
        assert one.id != hurt.id
        assert one.level == 1 or not set(one.areas) & set(hurt.areas)


def test_R23_with_recent_pain_small_and_easy_movements_only() -> None:
    played = exercises(month(Weeks(LEVEL_3, "routines.recent_pain=under_6_weeks")))
    assert played
    assert {one.level for one in played} == {1}
    assert Kind.STRENGTH not in {one.kind for one in played}


def test_R24_what_is_said_then_keeps_people_moving() -> None:
    weeks = Weeks().works("1m").sets("routines.recent_pain=under_6_weeks")
    said = weeks.effects(ShowNotice)[-1].notice.text
    assert said == RECENT_PAIN
    assert "movement helps more than lying down" in said


def test_R40_on_a_call_only_what_nobody_notices() -> None:
    weeks = Weeks("hold.calls=false").works("1m").holds()
    for _ in range(6):
        weeks.plays_one()
        assert ADVISER.catalogue.routines[weeks.last].call_friendly


def test_R45_two_short_explanations_and_neither_blames_a_back() -> None:
    for ident in ("T5", "T6"):
        assert 100 < len(by_id()[ident]) < 320
        assert not {"posture", "muscle", "disc", "slouch"} & set(by_id()[ident].lower().split())
