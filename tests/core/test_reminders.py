"""The tip on how a desk is set up: once, at a quiet moment, and only for those who want it."""
# ruff: noqa: N802  (the rows of docs/requirements.md have capital letters)

from deskbreak.core.effects import NoticeKind, ShowNotice
from tests.desk import Desk


def tips(desk: Desk) -> int:
    shown = [effect.notice.kind for effect in desk.effects(ShowNotice)]
    return shown.count(NoticeKind.SET_UP)


def takes_breaks(desk: Desk, number: int) -> Desk:
    for _ in range(number):
        desk.works("5m").asks("stretch").waits("2m").plays()
    return desk


def test_R46_the_tip_comes_once_after_a_few_breaks() -> None:
    desk = takes_breaks(Desk(), 2).works("20m")
    assert tips(desk) == 0
    takes_breaks(desk, 1).works("9m59s")
    assert tips(desk) == 0  # between two prompts, not on top of one
    desk.works("2s")
    assert tips(desk) == 1
    takes_breaks(desk, 5).works("20m").restarts("1h").works("1m")
    takes_breaks(desk, 5).works("20m")
    assert tips(desk) == 1


def test_R46_who_wants_no_tip_gets_none() -> None:
    assert tips(takes_breaks(Desk("ui.set_up_tip=false"), 5).works("20m")) == 0


def test_it_waits_while_somebody_is_on_a_call() -> None:
    desk = takes_breaks(Desk(), 3).holds().works("20m")
    assert tips(desk) == 0
    desk.releases().works("1m")
    assert tips(desk) == 1


def test_the_engine_wakes_up_for_it_and_then_no_more() -> None:
    desk = takes_breaks(Desk(), 3).works("2m")
    assert 475 <= desk.world.engine.next_moment() <= 480
    desk.works("8m1s")
    assert desk.world.engine.next_moment() > 1000
