"""The guide screen at any moment and any size."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.content.playback import Frame, Part, Run, timeline
from deskbreak.content.safety import GUIDE_LINE, by_id
from deskbreak.text import player as phrases
from deskbreak.text.player import Choice, PageText
from deskbreak.windows.terminal.cells import Line, line_width
from deskbreak.windows.terminal.view import Size, guide, screens
from tests.content.builtin import builtin
from tests.thorough import examples
from tools.catalogue_rules import unkind_word

CATALOGUE = builtin()
ROUTINES = sorted(CATALOGUE.routines)


def text_of(lines: list[Line]) -> str:
    return "\n".join("".join(span.text for span in one) for one in lines)


def joined(lines: list[Line]) -> str:
    return " ".join(text_of(lines).split())


def frame_of(ident: str, seconds: float, *, paused: bool = False) -> Frame:
    run = Run.start(timeline(CATALOGUE.routines[ident], CATALOGUE.timing), 0.0)
    return (run.pause(seconds) if paused else run).at(seconds)


@settings(max_examples=examples(200), deadline=None)
@given(
    st.sampled_from(ROUTINES),
    st.floats(0, 125),
    st.integers(1, 200),
    st.integers(1, 60),
    st.booleans(),
)
def test_the_screen_is_filled_and_never_overfilled(
    ident: str, seconds: float, columns: int, rows: int, unicode: bool
) -> None:
    frame = frame_of(ident, seconds)
    notes = [by_id()[note] for note in CATALOGUE.routines[ident].notes]
    lines = guide(frame, CATALOGUE.routines[ident].name, notes, Size(columns, rows, unicode))
    assert len(lines) == rows
    assert all(line_width(one) <= columns for one in lines)
    if columns >= 40 and rows >= 10:
        assert GUIDE_LINE in joined(lines)
        assert phrases.headline(frame) in joined(lines)


@pytest.mark.parametrize("ident", ROUTINES)
def test_ten_rows_of_forty_columns_hold_what_is_needed(ident: str) -> None:
    routine = CATALOGUE.routines[ident]
    for second in range(0, routine.total_s, 3):
        frame = frame_of(ident, second)
        screen = joined(guide(frame, routine.name, [], Size(40, 10)))
        assert GUIDE_LINE in screen
        assert frame.exercise.name in screen
        assert frame.exercise.cue in screen
        assert phrases.headline(frame) in screen
        assert f"{-(-frame.left_s // 1):.0f} s" in screen


def test_a_usual_terminal_shows_everything() -> None:
    screen = joined(guide(frame_of("stand-hips", 40), "Hips forward", [], Size(80, 24)))
    exercise = CATALOGUE.exercises["standing_hip_flexor_stretch"]
    for text in (*exercise.steps, exercise.cue, "Long breath out.", "Left side"):
        assert text in screen
    for text in (
        "Hips forward",
        "2 of 3",
        "Next: Standing march",
        "space pause",
        "q end",
        "\u2588",
    ):
        assert text in screen


def test_notes_are_shown_before_the_first_exercise_only() -> None:
    note = by_id()["T11"]
    lead = guide(frame_of("stand-hips", 2), "Hips forward", [note], Size(80, 24))
    work = guide(frame_of("stand-hips", 20), "Hips forward", [note], Size(80, 24))
    assert note in joined(lead)
    assert note not in joined(work)


def test_without_unicode_everything_is_ascii() -> None:
    for second in range(0, 118, 5):
        frame = frame_of("stand-hips", second)
        lines = guide(frame, "Hips forward", [], Size(80, 24, unicode=False))
        assert text_of(lines).isascii()


@pytest.mark.parametrize(
    ("ident", "seconds", "headline", "count"),
    [
        ("stand-hips", 1, "Get ready", "24 seconds, left and right"),
        ("stand-hips", 5, "Left side", "Shift over \N{MIDDLE DOT} 1 of 8"),
        ("stand-hips", 6, "Left side", "Hold \N{MIDDLE DOT} 1 of 8"),
        ("stand-hips", 31, "Next", "24 seconds a side, left first"),
        ("stand-hips", 40, "Left side", "Hold"),
        ("stand-hips", 59, "Change sides: right", "the same on the other side"),
        ("stand-hips", 65, "Right side", "Hold"),
        ("sore-back-desk", 56, "Stand up", "18 seconds, left and right"),
        ("stairs", 27, "Next", "24 seconds a side, left first"),
        ("sore-back-desk", 100, "At your own pace", ""),
        ("floor-hips", 19, "One knee down", "18 seconds a side, left first"),
        ("desk-hips", 7.5, "Tilt forward", "1 of 5"),
        ("floor-spine", 100, "Hold", "2 of 3"),
    ],
)
def test_what_is_said_at_a_moment(ident: str, seconds: float, headline: str, count: str) -> None:
    frame = frame_of(ident, seconds)
    assert (phrases.headline(frame), phrases.count(frame)) == (headline, count)


@pytest.mark.parametrize(
    ("exercise", "said"),
    [
        ("weight_shift", ""),
        ("heel_toe_raise", ""),
        ("belly_breathing", "Breathe in for four, out for six."),
        ("glute_bridge", "Breathe out as you rise."),
        ("plank", "Keep breathing."),
        ("kneeling_hip_flexor_stretch", "Breath: Slow."),
    ],
)
def test_how_to_breathe_is_said_where_there_is_something_to_say(exercise: str, said: str) -> None:
    assert phrases.breath(CATALOGUE.exercises[exercise]) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (3, "Breathe out as you flatten, in as you hollow."),
        (14, "Breathe out as you flatten, in as you hollow."),
        (16, "Avoid: swinging the whole trunk"),
        (24.5, "Avoid: swinging the whole trunk"),
        (26, "Long, slow breaths out."),
    ],
)
def test_half_way_one_mistake_is_named(seconds: float, said: str) -> None:
    frame = frame_of("desk-hips", seconds)
    assert phrases.aside(frame) == said
    assert said in joined(guide(frame, "Unfold the hips", [], Size(100, 30)))


def test_a_pause_says_so_and_how_to_go_on() -> None:
    frame = frame_of("stand-hips", 40, paused=True)
    screen = joined(guide(frame, "Hips forward", [], Size(80, 24)))
    assert "Paused" in screen
    assert "space go on" in screen


def test_the_last_step_says_so() -> None:
    assert phrases.following(frame_of("stand-hips", 100)) == "This is the last one"
    assert frame_of("stand-hips", 100).segment.part is Part.WORK


def test_nothing_that_is_said_blames_anybody() -> None:
    said = {phrases.farewell(share / 10) for share in range(11)}
    said |= {one.text for one in phrases.question(frame_of("stand-hips", 100)).choices}
    said |= {one.text for one in phrases.which({}).choices}
    assert [text for text in said if unkind_word(text)] == []
    assert "Fine. See you later." in said


@settings(max_examples=examples(100), deadline=None)
@given(
    st.lists(st.text(max_size=120), max_size=4),
    st.lists(st.text(max_size=40), max_size=4),
    st.integers(1, 120),
    st.integers(3, 40),
)
def test_pages_are_cut_into_screens_that_fit(
    paragraphs: list[str], choices: list[str], columns: int, rows: int
) -> None:
    made = tuple(
        Choice(text, text, key)
        for key, text in zip(("1", "2", "Enter", "Esc"), choices, strict=False)
    )
    page = PageText("Heading", tuple(paragraphs), made)
    parts = screens(page, Size(columns, rows))
    assert all(len(part) == rows for part in parts)
    assert all(line_width(one) <= columns for part in parts for one in part)


def test_nothing_of_a_long_page_is_lost() -> None:
    page = phrases.notice()
    parts = screens(page, Size(40, 10))
    assert len(parts) > 2
    whole = " ".join(joined(part) for part in parts)
    whole = whole.replace("Enter: more Before you start ", "")
    assert by_id()["T1"] in whole
    assert by_id()["T2"] in whole
    assert "Enter: Understood" in joined(parts[-1])
    assert "Enter: more" in joined(parts[0])
