"""The run of a routine behind the window, without a window: what it tells, and what is heard."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbreak.content.playback import Frame, Part, Run
from deskbreak.text.player import announced, spoken
from deskbreak.windows.options import parser
from deskbreak.windows.session import Session, Sounds
from tests.adapters.sound.programs import Bench
from tests.waiting import until
from tests.windows.requests import Reports, asked


@pytest.fixture
def reports() -> Iterator[Reports]:
    made = Reports()
    yield made
    made.close()


def playing(reports: Reports, routine: str = "stand-hips", speed: float = 1.0) -> Session:
    return Session(asked(routine).line, reports.reporter, 0.0, speed=speed)


def test_everything_that_begins_is_told_in_order(reports: Reports) -> None:
    player = playing(reports)
    begun = [player.frame for at in range(1200) if player.look(at / 10)]
    each = [Part.TRANSITION, Part.WORK, Part.SWITCH, Part.WORK]
    parts = [Part.LEAD_IN, Part.WORK, *each, Part.TRANSITION, Part.WORK]
    assert [frame.segment.part for frame in begun[:-1]] == parts
    assert begun[-1].over


def test_the_end_is_reported_once_whatever_comes_after(reports: Reports) -> None:
    player = playing(reports)
    player.look(0)
    player.look(500)
    player.end(501)
    player.back(502)
    assert not player.look(503)
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
    assert player.look(6)
    assert player.frame.segment.part is Part.WORK
    player.back(6)
    assert player.look(6)
    assert player.frame.segment.part is Part.LEAD_IN


def test_time_may_run_faster(reports: Reports) -> None:
    player = playing(reports, speed=100.0)
    player.look(0)
    assert player.look(1.3)
    assert player.frame.over


def test_easier_is_taken_back_by_asking_again(reports: Reports) -> None:
    player = playing(reports)
    for wanted in (True, False):
        player.ease(1)
        player.look(1)
        assert player.frame.easier is wanted


def test_what_is_said_can_be_said_of_every_moment(reports: Reports) -> None:
    player = playing(reports, "floor-hips")
    for at in range(0, 120, 2):
        player.look(at)
        assert announced(player.frame).strip()
        assert len(spoken(player.frame)) < 120


def test_a_screen_reader_hears_name_amount_and_instructions(reports: Reports) -> None:
    player = playing(reports, "stand-hips")
    player.look(0)
    said = announced(player.frame)
    exercise = player.frame.exercise
    assert said.startswith(f"Get ready: {exercise.name}, 24 seconds")
    assert all(step in said for step in exercise.steps)


def test_a_change_of_sides_is_said(reports: Reports) -> None:
    player = playing(reports, "stand-hips")
    switch = next(one for one in player.line.segments if one.part is Part.SWITCH)
    player.look(switch.start_s + 0.1)
    assert spoken(player.frame) == "Change sides: right."


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A desktop whose only program for sounds writes down what it is asked to play."""
    made = Bench(tmp_path)
    monkeypatch.setenv("PATH", str(Path(made.program("pw-play")).parent), prepend=":")
    return made


def wanted(*words: str) -> Sounds:
    return Sounds.wanted(time.monotonic, parser("player", "").parse_args(["stand-hips", *words]))


def moments() -> dict[str, Frame]:
    """The first moment of each kind, and the end."""
    run = Run.start(asked("stand-hips").line, 0.0)
    frames = [run.at(at / 2) for at in range(240)]
    return {"end" if one.over else str(one.segment.part): one for one in reversed(frames)}


def test_what_begins_has_its_chime(bench: Bench) -> None:
    sounds = wanted("--sound")
    for number, kind in enumerate(("work", "switch", "transition", "end"), 1):
        sounds.play(moments()[kind])
        sounds.look()
        until(lambda number=number: len(bench.asked) == number)
    sounds.close()
    names = [Path(line.split()[-1]).stem for line in bench.asked]
    assert names == ["go", "side", "step", "end"]


@pytest.mark.parametrize("words", [(), ("--sound", "--voice", "--quiet")])
def test_nothing_is_heard_that_was_not_asked_for_or_on_a_call(
    words: tuple[str, ...], bench: Bench
) -> None:
    sounds = wanted(*words)
    for frame in moments().values():
        sounds.play(frame)
        sounds.look()
    assert (sounds._speaker, sounds._voice) == (None, None)
    assert bench.asked == []


def test_silence_is_for_good(bench: Bench) -> None:
    sounds = wanted("--sound", "--voice")
    sounds.close()
    for frame in moments().values():
        sounds.play(frame)
        sounds.look()
    assert bench.asked == []
