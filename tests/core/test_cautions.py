"""What is said once before anything stronger, and to those in pain."""

import pytest

from deskbreak.content.safety import by_id
from deskbreak.core.effects import Notice, NoticeKind, ShowNotice
from tests.desk import Desk

TEXTS = by_id()


def said(desk: Desk) -> list[list[str]]:
    """The ids of the texts of each safety notice so far."""
    shown = [effect.notice for effect in desk.effects(ShowNotice)]
    safety = [notice.text for notice in shown if notice.kind is NoticeKind.SAFETY]
    return [[ident for ident, text in TEXTS.items() if text in one] for one in safety]


PLACES = "routines.places=desk, standing, walk"


@pytest.mark.parametrize(
    ("setting", "ids"),
    [
        ("routines.level=2", ["T2", "T3"]),
        ("routines.level=3", ["T2", "T3"]),
        (f"{PLACES}, floor", ["T2", "T3"]),
        (f"{PLACES}, stairs", ["T2"]),
        ("routines.recent_pain=under_6_weeks", ["T5"]),
        ("routines.recent_pain=under_3_months", ["T6"]),
        ("routines.recent_pain=longer", ["T6"]),
    ],
)
def test_each_reason_has_its_texts_once(setting: str, ids: list[str]) -> None:
    desk = Desk().works("1m")
    assert said(desk) == []
    desk.sets(setting)
    assert said(desk) == [ids]
    desk.sets("routines.level=1", PLACES, "routines.recent_pain=none").sets(setting)
    desk.restarts("1h").works("1m").sets("breaks.walk=6m")
    assert said(desk) == [ids]


def test_what_was_set_while_nothing_ran_is_said_at_the_start() -> None:
    assert said(Desk("routines.level=2").works("1s")) == [["T2", "T3"]]


def test_level_three_after_level_two_is_not_the_first_time_any_more() -> None:
    desk = Desk("routines.level=2").works("1s").sets("routines.level=3")
    assert said(desk) == [["T2", "T3"], ["T3"]]


def test_several_reasons_come_in_one_notice_and_say_nothing_twice() -> None:
    desk = Desk().sets(
        "routines.level=2", f"{PLACES}, floor, stairs", "routines.recent_pain=longer"
    )
    assert said(desk) == [["T2", "T3", "T6"]]
    (notice,) = [effect.notice for effect in desk.effects(ShowNotice)]
    assert notice.text.count("see a doctor") == 1


def test_whoever_chose_a_level_has_read_it_already() -> None:
    assert said(Desk().chooses_level(2)) == []
    assert said(Desk().chooses_level(3).sets("routines.level=2")) == []


def test_a_stretch_that_is_asked_for_during_a_call() -> None:
    desk = Desk().works("5m").holds().asks("stretch")
    assert desk.effects(ShowNotice)[-1].notice == Notice(NoticeKind.CALL)
    other = Desk().works("5m").holds().asks("walk")
    assert other.effects(ShowNotice) == []
    assert Desk().works("5m").asks("stretch").effects(ShowNotice) == []


def test_standing_is_explained_when_it_is_first_switched_on() -> None:
    desk = Desk().sets("standing.enabled=true").sets("standing.enabled=false").restarts("1m")
    desk.sets("standing.enabled=true")
    kinds = [effect.notice.kind for effect in desk.effects(ShowNotice)]
    assert kinds == [NoticeKind.STANDING_NOTE]
