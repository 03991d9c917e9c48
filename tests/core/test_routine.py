"""A run through a routine, told the time."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.content.derive import alone
from deskbreak.content.model import Routine, Side, Sides, Timing
from deskbreak.content.playback import Beat, Frame, Part, Run, Timeline, timeline
from tests.content.builtin import builtin
from tests.thorough import examples

CATALOGUE = builtin()
ROUTINES = sorted(CATALOGUE.routines.values(), key=lambda r: r.id)


def line_of(ident: str, first: Side = Side.LEFT, *, extended: bool = False) -> Timeline:
    return timeline(CATALOGUE.routines[ident], CATALOGUE.timing, first, extended=extended)


def run_of(ident: str) -> Run:
    return Run.start(line_of(ident), 100.0)


def ident(routine: Routine) -> str:
    return routine.id


@pytest.mark.parametrize("routine", ROUTINES, ids=ident)
def test_the_timeline_is_as_long_as_the_routine_says(routine: Routine) -> None:
    line = timeline(routine, CATALOGUE.timing)
    assert line.total_s == routine.total_s
    ends = [segment.end_s for segment in line.segments]
    assert [segment.start_s for segment in line.segments] == [0.0, *ends[:-1]]
    assert line.work_s == sum(step.work_s for step in routine.steps)


@pytest.mark.parametrize("first", list(Side))
@pytest.mark.parametrize("routine", ROUTINES, ids=ident)
def test_left_and_right_get_the_same_time(routine: Routine, first: Side) -> None:
    """I8, counted as a player shows it, quarter second by quarter second."""
    run = Run.start(timeline(routine, CATALOGUE.timing, first), 0.0)
    spent: Counter[tuple[int, Side]] = Counter()
    order: dict[int, Side] = {}
    for tick in range(routine.total_s * 4):
        frame = run.at(tick / 4)
        if frame.segment.part is Part.WORK and frame.side:
            spent[frame.number, frame.side] += 1
            order.setdefault(frame.number, frame.side)
    for number, step in enumerate(routine.steps, 1):
        left, right = spent[number, Side.LEFT], spent[number, Side.RIGHT]
        assert left == right
        assert (left > 0) == (step.exercise.sides is not Sides.BOTH)
        assert left + right in (0, 4 * step.work_s)
    assert set(order.values()) <= {first}


@pytest.mark.parametrize("routine", ROUTINES, ids=ident)
def test_repetitions_follow_the_tempo(routine: Routine) -> None:
    """R36: the last number counted is the seconds divided by the length of one."""
    run = Run.start(timeline(routine, CATALOGUE.timing), 0.0)
    counted: dict[int, set[int]] = {}
    for tick in range(routine.total_s * 4):
        frame = run.at(tick / 4)
        if frame.rep:
            assert frame.segment.part is Part.WORK
            assert 1 <= frame.rep.number <= frame.rep.of
            counted.setdefault(frame.number, set()).add(frame.rep.number)
    for number, step in enumerate(routine.steps, 1):
        if step.exercise.rep_s:
            assert counted[number] == set(range(1, step.seconds // step.exercise.rep_s + 1))


def test_what_a_player_shows_from_second_to_second() -> None:
    run = run_of("stand-hips")
    lead = run.at(100.0)
    assert (lead.segment.part, lead.number, lead.of, lead.left_s) == (Part.LEAD_IN, 1, 3, 5.0)
    assert (lead.exercise.id, lead.rep, lead.side) == ("weight_shift", None, None)
    work = run.at(105.0)
    assert (work.segment.part, work.left_s, work.side) == (Part.WORK, 24.0, Side.LEFT)
    assert work.next
    assert work.next.id == "standing_hip_flexor_stretch"
    second = run.at(108.0)
    assert second.rep
    assert (second.rep.number, second.rep.of, second.side) == (2, 8, Side.RIGHT)
    beats = [run.at(105.0 + t).rep for t in (0.0, 1.0, 2.0)]
    assert [rep and rep.beat for rep in beats] == [Beat.OUT, Beat.HOLD, Beat.BACK]
    coming = run.at(130.0)
    assert (coming.segment.part, coming.number, coming.side) == (Part.TRANSITION, 2, Side.LEFT)
    assert run.at(134.0).side is Side.LEFT
    switch = run.at(159.0)
    assert (switch.segment.part, switch.side, switch.left_s) == (Part.SWITCH, Side.RIGHT, 2.0)
    assert run.at(161.0).side is Side.RIGHT
    assert run.at(200.0).next is None
    last = run.at(100.0 + 118)
    assert (last.over, last.share, last.progress, last.number) == (True, 1.0, 1.0, 3)
    assert run.at(1e6).share == 1.0


def test_the_other_side_may_begin() -> None:
    run = Run.start(line_of("stand-hips", Side.RIGHT), 0.0)
    assert run.at(5.0).side is Side.RIGHT
    assert run.at(34.0).side is Side.RIGHT
    assert run.at(59.0).side is Side.LEFT


def test_holds_with_repetitions_are_counted_without_a_beat() -> None:
    step = CATALOGUE.exercises["childs_pose_reach"]
    run = Run.start(timeline(alone(step, Timing()), Timing()), 0.0)
    reps = [run.at(5.0 + t).rep for t in (0.0, 10.0, 29.9)]
    assert [rep and (rep.number, rep.of, rep.beat) for rep in reps] == [
        (1, 3, None), (2, 3, None), (3, 3, None),
    ]  # fmt: skip


def test_a_walk_and_a_single_hold_have_no_repetitions() -> None:
    assert run_of("walk-and-look").at(150.0).rep is None
    assert run_of("stand-hips").at(140.0).rep is None


def test_a_stroll_may_go_on() -> None:
    assert line_of("after-lunch-stroll").total_s == 120
    assert line_of("after-lunch-stroll", extended=True).total_s == 600
    assert line_of("stand-hips", extended=True).total_s == 118


def test_a_pause_stands_still() -> None:
    run = run_of("stand-hips").pause(110.0)
    frame = run.at(9_999.0)
    assert (frame.paused, frame.left_s, frame.over) == (True, 19.0, False)
    assert run.pause(500.0).at(600.0).left_s == 19.0
    on = run.resume(9_999.0)
    assert (on.at(9_999.0).paused, on.at(10_001.0).left_s) == (False, 17.0)
    assert on.resume(10_001.0).at(10_001.0).left_s == 17.0


def test_skipped_seconds_do_not_count() -> None:
    run = run_of("stand-hips").skip(111.0)  # 6 s of 24 done
    assert run.at(111.0).segment.part is Part.TRANSITION
    assert run.at(111.0).number == 2
    assert run.at(111.0 + 5 + 24 + 3 + 24 + 5 + 28).share == (6 + 48 + 28) / (24 + 48 + 28)


def test_skipping_in_a_pause_between_steps_begins_at_once() -> None:
    run = run_of("stand-hips").skip(101.0)
    assert run.at(101.0).segment.part is Part.WORK
    assert run.at(101.0).number == 1
    switch = run_of("stand-hips").skip(159.0)
    assert (switch.at(159.0).segment.part, switch.at(159.0).side) == (Part.WORK, Side.RIGHT)


def test_skipping_one_side_skips_the_other_as_well() -> None:
    run = run_of("stand-hips").skip(140.0)
    assert (run.at(140.0).segment.part, run.at(140.0).number) == (Part.TRANSITION, 3)


def test_skipping_the_last_step_ends_it() -> None:
    run = run_of("stand-hips").skip(200.0)
    frame = run.at(200.0)
    assert frame.over
    assert frame.share < 1
    assert run.back(201.0) == run.skip(201.0) == run.pause(201.0) == run


def test_back_goes_to_the_beginning_or_to_the_step_before() -> None:
    run = run_of("stand-hips")
    again = run.back(140.0)
    assert (again.at(140.0).segment.part, again.at(140.0).number) == (Part.TRANSITION, 2)
    before = run.back(136.0)
    assert (before.at(136.0).segment.part, before.at(136.0).number) == (Part.LEAD_IN, 1)
    coming = run.back(131.0)
    assert coming.at(131.0).number == 1
    assert run.back(101.0).at(101.0).left_s == 5.0
    second_side = run.back(165.0)
    assert second_side.at(165.0).number == 2


def test_what_is_done_twice_counts_once() -> None:
    run = run_of("stand-hips").back(115.0)  # 10 s of the first step, then again from its lead-in
    assert run.at(115.0).share == 0.1
    assert run.at(115.0 + 5 + 9).share == 0.1
    assert run.at(115.0 + 5 + 24).share == 0.24


def test_the_end_can_come_at_any_moment() -> None:
    run = run_of("stand-hips").end(117.0)
    frame = run.at(500.0)
    assert (frame.over, frame.number, frame.share) == (True, 1, 0.12)
    assert run.end(600.0) == run
    assert run.resume(600.0) == run
    assert run.ease(600.0) == run


def test_easier_stays_with_its_exercise() -> None:
    run = run_of("stand-hips").ease(110.0)
    assert run.at(110.0).easier
    assert not run.at(140.0).easier
    assert not run.ease(111.0).at(111.0).easier
    begun = Run.start(line_of("stand-hips"), 0.0, frozenset({"standing_march"}))
    assert (begun.at(10.0).easier, begun.at(100.0).easier) == (False, True)


def test_a_clock_that_goes_back_changes_nothing() -> None:
    run = run_of("stand-hips").pause(110.0).resume(112.0)
    assert run.at(50.0).left_s == run.at(112.0).left_s


commands = st.sampled_from(["pause", "resume", "skip", "back", "ease", "end"])
times = st.floats(0, 60, allow_nan=False)


@settings(max_examples=examples(150), deadline=None)
@given(
    st.sampled_from(ROUTINES),
    st.sampled_from(list(Side)),
    st.lists(st.tuples(times, commands), max_size=12),
)
def test_whatever_is_pressed_the_run_stays_in_bounds(
    routine: Routine, first: Side, pressed: list[tuple[float, str]]
) -> None:
    run, now = Run.start(timeline(routine, CATALOGUE.timing, first), 0.0), 0.0
    shares = [0.0]
    for wait, command in pressed:
        now += wait
        before = run.at(now)
        run = getattr(run, command)(now)
        frame = run.at(now)
        in_bounds(frame)
        assert frame.share == before.share, "a command by itself does nothing"
        shares.append(frame.share)
    assert shares == sorted(shares)
    end = run.resume(now).at(now + 10_000)
    assert end.over
    in_bounds(end)
    if not any(command in ("skip", "end") for _, command in pressed):
        assert end.share == 1.0


def in_bounds(frame: Frame) -> None:
    assert 0 <= frame.share <= 1
    assert 0 <= frame.progress <= 1
    assert 0 <= frame.left_s <= frame.segment.length_s
    assert frame.passed_s + frame.left_s == pytest.approx(frame.segment.length_s)
    assert 1 <= frame.number <= frame.of
    assert frame.total_left_s >= 0
