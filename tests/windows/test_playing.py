"""The run of a routine behind the window, without a window."""

from collections.abc import Iterator

import pytest

from deskbreak.content.playback import Part
from deskbreak.windows.phrases import announced, spoken
from deskbreak.windows.session import Playing, Turn
from tests.windows.asking import Reports, asked


@pytest.fixture
def reports() -> Iterator[Reports]:
    made = Reports()
    yield made
    made.close()


def playing(reports: Reports, routine: str = "stand-hips", **more: float) -> Playing:
    return Playing(asked(routine).line, reports.reporter, 0.0, **more)


def test_everything_that_begins_is_told_in_order(reports: Reports) -> None:
    player = playing(reports)
    turns = [turn for at in range(1200) if (turn := player.look(at / 10))]
    each = [Turn.NEXT, Turn.GO, Turn.SWITCH, Turn.GO]
    assert turns == [Turn.GET_READY, Turn.GO, *each, Turn.NEXT, Turn.GO, Turn.OVER]


def test_the_end_is_reported_once_whatever_comes_after(reports: Reports) -> None:
    player = playing(reports)
    player.look(0)
    player.look(500)
    player.end(501)
    player.back(502)
    assert player.look(503) is None
    assert [event for event in reports.read() if event["event"] == "ended"] == [
        {"event": "ended", "share": 1.0, "at_step": 3, "of": 3}
    ]


def test_what_was_skipped_does_not_count(reports: Reports) -> None:
    player = playing(reports)
    player.look(0)
    for _ in range(6):
        player.skip(0)
    player.look(0)
    assert reports.read()[-1] == {"event": "ended", "share": 0.0, "at_step": 3, "of": 3}


def test_nothing_moves_while_it_is_paused(reports: Reports) -> None:
    player = playing(reports)
    player.look(2)
    player.pause_or_go_on(2)
    player.look(90)
    assert player.frame.paused
    assert player.frame.left_s == pytest.approx(3)
    player.pause_or_go_on(90)
    player.look(91)
    assert not player.frame.paused
    assert player.frame.left_s == pytest.approx(2)


def test_back_tells_the_same_step_again(reports: Reports) -> None:
    player = playing(reports)
    player.look(0)
    assert player.look(6) is Turn.GO
    player.back(6)
    assert player.look(6) is Turn.GET_READY


def test_time_may_run_faster(reports: Reports) -> None:
    player = playing(reports, speed=100.0)
    player.look(0)
    assert player.look(1.3) is Turn.OVER


def test_easier_is_taken_back_by_asking_again(reports: Reports) -> None:
    player = playing(reports)
    for wanted in (True, False):
        player.ease(1)
        player.look(1)
        assert player.frame.easier is wanted


@pytest.mark.parametrize("turn", list(Turn))
def test_what_is_said_can_be_said_of_every_moment(turn: Turn, reports: Reports) -> None:
    player = playing(reports, "floor-hips")
    for at in range(0, 120, 2):
        player.look(at)
        assert announced(turn, player.frame).strip()
        assert len(spoken(turn, player.frame)) < 120


def test_a_screen_reader_hears_name_amount_and_instructions(reports: Reports) -> None:
    player = playing(reports, "stand-hips")
    player.look(0)
    said = announced(Turn.GET_READY, player.frame)
    exercise = player.frame.exercise
    assert said.startswith(f"Get ready: {exercise.name}, 24 s")
    assert all(step in said for step in exercise.steps)


def test_a_change_of_sides_is_said(reports: Reports) -> None:
    player = playing(reports, "stand-hips")
    switch = next(one for one in player.line.segments if one.part is Part.SWITCH)
    player.look(switch.start_s + 0.1)
    assert spoken(Turn.SWITCH, player.frame) == "Change sides: right."
