"""What people read: right to the number, kind, and free of words that blame or frighten."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.content import safety
from deskbreak.core.effects import Notice, NoticeKind, Prompt, Suggestion
from deskbreak.core.enums import Answer, BreakKind, PromptKind
from deskbreak.struct import replace
from deskbreak.text import prompts
from tests.contracts.prompts import WALK, break_prompt, sit_prompt, stand_prompt

_BANNED = re.compile(
    r"\b(weak|damage|danger|injur\w*|wrong|bad|fail\w*|must|never|fragile|harm\w*|fix|lazy)\b"
    r"|should have",
    re.IGNORECASE,
)


class TestPrompts:
    def test_the_first_one(self) -> None:
        words = prompts.prompt_words(break_prompt(bout_s=1800.0))
        assert words.title == "Time to move"
        assert words.body.startswith("You have been sitting for 30 minutes.")

    def test_after_a_hold_it_says_how_long_it_was_due(self) -> None:
        body = prompts.prompt_words(break_prompt(bout_s=2520.0, overdue_s=720.0)).body
        assert "sitting for 42 minutes. A break has been due for 12 minutes. How about" in body

    def test_seconds_late_are_not_worth_a_word(self) -> None:
        assert "due" not in prompts.prompt_words(break_prompt(overdue_s=59.0)).body

    def test_the_suggestion(self) -> None:
        assert prompts.prompt_words(break_prompt()).body.endswith(
            "How about “Hips at the desk”, 2 minutes?"
        )
        assert prompts.prompt_words(break_prompt(suggestion=WALK)).body.endswith(
            "How about a walk of 5 minutes?"
        )
        unnamed = Suggestion(BreakKind.STRETCH, 90.0)
        assert prompts.prompt_words(break_prompt(suggestion=unnamed)).body.endswith(
            "How about a stretch of 90 seconds?"
        )

    def test_repeats_do_not_say_the_same_again(self) -> None:
        titles = [prompts.prompt_words(break_prompt(repeat=n)).title for n in range(4)]
        assert len(set(titles)) == 4

    def test_standing_up_and_sitting_down(self) -> None:
        assert prompts.prompt_words(stand_prompt()) == prompts.Words(
            "Stand up for a while?", "You have been sitting for 30 minutes."
        )
        assert prompts.prompt_words(sit_prompt()) == prompts.Words(
            "Sit down, or move a little?", "You have been standing for 15 minutes."
        )

    def test_how_long_to_stand(self) -> None:
        prompt = replace(stand_prompt(), stand_for_s=600.0)
        assert prompts.prompt_words(prompt).body == (
            "You have been sitting for 30 minutes. How about 10 minutes on your feet?"
        )

    def test_that_standing_is_tiring_is_said_only_of_standing_long(self) -> None:
        late = Prompt(1, PromptKind.SIT, 1800.0, 900.0, (Answer.SITTING,))
        assert prompts.prompt_words(late).body == "You have been standing for 30 minutes."
        long = replace(late, bout_s=2400.0, stood_long=True)
        assert prompts.prompt_words(long) == prompts.Words(
            "Sit down, or move a little?",
            "You have been standing for 40 minutes. Standing still for long is tiring too.",
        )

    def test_the_click_is_the_suggested_break(self) -> None:
        assert prompts.first_answer(break_prompt()) is Answer.STRETCH
        assert prompts.first_answer(break_prompt(suggestion=WALK)) is Answer.WALK
        assert prompts.first_answer(stand_prompt()) is Answer.STANDING
        assert prompts.first_answer(break_prompt(suggestion=None, actions=())) is None

    def test_buttons(self) -> None:
        prompt = break_prompt(snooze_s=(90.0,))
        assert prompts.button(Answer.SNOOZE, prompt) == "Snooze 90 s"
        assert prompts.button(Answer.SNOOZE, break_prompt(snooze_s=())) == "Snooze"
        assert prompts.button(Answer.WALK, prompt) == "Walk"
        assert prompts.button(Answer.WALK, stand_prompt()) == "Walk instead"


class TestNotices:
    @pytest.mark.parametrize(
        ("notice", "words"),
        [
            (
                Notice(NoticeKind.HEADS_UP, 118.0),
                ("A break is coming up", "It is due in 2 minutes."),
            ),
            (
                Notice(NoticeKind.REST_LEFT, 61.0),
                ("Welcome back", "Still 1 minute of your walk to go, if you like."),
            ),
            (
                Notice(NoticeKind.REMINDER, 20.0, "Look out of the window"),
                ("Look out of the window", "For 20 seconds."),
            ),
            (Notice(NoticeKind.REMINDER, 0.0, "Water"), ("Water", "")),
            (Notice(NoticeKind.REMINDER, 0.0, "water", name="water"), ("Water", "")),
            (
                Notice(NoticeKind.REMINDER, 20.0, "Look out of the window.", name="eyes"),
                ("Eyes", "Look out of the window.\nFor 20 seconds."),
            ),
            (
                Notice(NoticeKind.PLAYER_FAILED, text="desk-hips"),
                (
                    "The guide is not on the screen",
                    "The routine also runs in a terminal: "
                    "deskbreak routines play desk-hips --terminal",
                ),
            ),
        ],
    )
    def test_words(self, notice: Notice, words: tuple[str, str]) -> None:
        assert prompts.notice_words(notice) == prompts.Words(*words)

    def test_after_it_hurt_both_safety_texts_are_shown_in_full(self) -> None:
        body = prompts.notice_words(Notice(NoticeKind.IT_HURT)).body
        assert body.split() == f"{safety.IT_HURT} {safety.RED_FLAGS}".split()
        assert max(len(paragraph) for paragraph in body.split("\n")) < 240, "one server cuts it"

    @pytest.mark.parametrize("kind", list(NoticeKind))
    def test_every_kind_has_words(self, kind: NoticeKind) -> None:
        assert prompts.notice_words(Notice(kind, 60.0)).title


_LENGTHS = st.floats(0, 200_000, allow_nan=False)
_SUGGESTIONS = st.one_of(
    st.none(),
    st.builds(
        Suggestion,
        kind=st.sampled_from(BreakKind),
        length_s=_LENGTHS,
        routine_name=st.one_of(st.none(), st.just("Hips")),
    ),
)
_PROMPTS = st.builds(
    Prompt,
    id=st.integers(1, 9),
    kind=st.sampled_from(PromptKind),
    bout_s=_LENGTHS,
    overdue_s=_LENGTHS,
    actions=st.lists(st.sampled_from(Answer), unique=True).map(tuple),
    suggestion=_SUGGESTIONS,
    snooze_s=st.lists(_LENGTHS, max_size=3).map(tuple),
    repeat=st.integers(0, 9),
    urgent=st.booleans(),
    stand_for_s=_LENGTHS,
    stood_long=st.booleans(),
)


@given(_PROMPTS)
def test_whatever_the_prompt_the_words_are_kind_and_the_numbers_right(prompt: Prompt) -> None:
    words = prompts.prompt_words(prompt)
    said = [words.title, words.body, prompts.way_out(prompt), prompts.begin(prompt)]
    said += [prompts.button(answer, prompt) for answer in Answer]
    said.append(prompts.way_by_click(prompt, "Click"))
    for text in said:
        assert text
        assert not _BANNED.search(text), text
        assert not re.search(r"\b1 (hour|minute|second)s\b", text), text
        assert not re.search(r"\b(?!1 )\d+ (hour|minute|second)\b(?!s)", text), text
        assert "  " not in text
        assert not text.endswith(" ")


@given(st.sampled_from(NoticeKind), _LENGTHS)
def test_notices_are_kind_as_well(kind: NoticeKind, seconds: float) -> None:
    words = prompts.notice_words(Notice(kind, seconds))
    if kind not in {NoticeKind.IT_HURT, NoticeKind.DOCTOR}:  # the two texts in them are exempt
        assert not _BANNED.search(words.title + " " + words.body)
