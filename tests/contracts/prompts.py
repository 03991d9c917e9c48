"""What every Prompts promises, whoever shows them. Subclasses say how to look at the screen."""

import asyncio
from typing import Protocol

import pytest

from deskbreak.core.effects import Notice, NoticeKind, Prompt, Suggestion
from deskbreak.core.enums import Answer, BreakKind, PromptKind
from deskbreak.core.events import Fact, PromptAnswered
from deskbreak.ports import Prompts
from tests.waiting import spin, spin_for

STRETCH = Suggestion(BreakKind.STRETCH, 120.0, "desk-hips", "Hips at the desk")
WALK = Suggestion(BreakKind.WALK, 300.0)
FOUR = (Answer.STRETCH, Answer.WALK, Answer.SNOOZE, Answer.SKIP)


def break_prompt(number: int = 1, **changes: object) -> Prompt:
    """A prompt after half an hour, with the four usual answers."""
    values: dict[str, object] = {
        "id": number,
        "kind": PromptKind.BREAK,
        "bout_s": 1800.0,
        "overdue_s": 0.0,
        "actions": FOUR,
        "suggestion": STRETCH,
        "snooze_s": (300.0, 600.0),
    }
    return Prompt(**(values | changes))  # type: ignore[arg-type]


def stand_prompt(number: int = 1) -> Prompt:
    """The question whether to stand up."""
    actions = (Answer.STANDING, Answer.LATER, Answer.WALK)
    return Prompt(number, PromptKind.STAND, 1800.0, 0.0, actions)


def sit_prompt(number: int = 1, **changes: float) -> Prompt:
    """The question whether to sit down."""
    actions = (Answer.SITTING, Answer.LATER, Answer.WALK)
    return Prompt(number, PromptKind.SIT, changes.get("bout_s", 900.0), 0.0, actions)


class Screen(Protocol):
    """One way to show prompts, and the person in front of it."""

    @property
    def prompts(self) -> Prompts:
        """What shows them."""

    @property
    def facts(self) -> list[Fact]:
        """What the person said so far."""

    def showing(self) -> list[str]:
        """The titles of the prompts on the screen now."""

    def noticed(self) -> list[str]:
        """The titles of the notices that were shown so far."""

    def press(self, answer: Answer) -> None:
        """The person presses that button of the live prompt."""

    def turn_away(self, answer: Answer) -> None:
        """The live prompt is dismissed or expires."""


class PromptsContract:
    """Subclasses provide the fixture `screen`."""

    def wait_for(self, loop: asyncio.AbstractEventLoop, screen: Screen, count: int) -> list[str]:
        spin(loop, lambda: len(screen.showing()) == count, what=f"{count} prompts on the screen")
        return screen.showing()

    def test_a_prompt_is_shown(self, loop: asyncio.AbstractEventLoop, screen: Screen) -> None:
        screen.prompts.show(break_prompt())
        assert self.wait_for(loop, screen, 1) == ["Time to move"]
        assert screen.facts == []

    def test_a_new_prompt_takes_the_place_of_the_old(
        self, loop: asyncio.AbstractEventLoop, screen: Screen
    ) -> None:
        screen.prompts.show(break_prompt(1))
        self.wait_for(loop, screen, 1)
        screen.prompts.show(stand_prompt(2))
        spin(loop, lambda: screen.showing() == ["Stand up for a while?"])
        screen.press(Answer.STANDING)
        spin(loop, lambda: screen.facts)
        assert screen.facts == [PromptAnswered(Answer.STANDING, 2)]

    def test_two_prompts_in_one_breath_leave_the_later_one(
        self, loop: asyncio.AbstractEventLoop, screen: Screen
    ) -> None:
        screen.prompts.show(break_prompt(1))
        screen.prompts.show(stand_prompt(2))
        spin(loop, lambda: screen.showing() == ["Stand up for a while?"])
        spin_for(loop, 0.02)
        assert screen.showing() == ["Stand up for a while?"]
        assert screen.facts == []

    @pytest.mark.parametrize(
        ("answer", "snooze_s"),
        [(Answer.STRETCH, None), (Answer.WALK, None), (Answer.SNOOZE, 300.0), (Answer.SKIP, None)],
    )
    def test_each_button_is_told_once_and_the_prompt_goes(
        self,
        loop: asyncio.AbstractEventLoop,
        screen: Screen,
        answer: Answer,
        snooze_s: float | None,
    ) -> None:
        screen.prompts.show(break_prompt(7))
        self.wait_for(loop, screen, 1)
        screen.press(answer)
        spin(loop, lambda: screen.facts)
        self.wait_for(loop, screen, 0)
        assert screen.facts == [PromptAnswered(answer, 7, snooze_s)]

    @pytest.mark.parametrize("answer", [Answer.DISMISS, Answer.EXPIRE])
    def test_turning_away_is_told(
        self, loop: asyncio.AbstractEventLoop, screen: Screen, answer: Answer
    ) -> None:
        screen.prompts.show(break_prompt(3))
        self.wait_for(loop, screen, 1)
        screen.turn_away(answer)
        spin(loop, lambda: screen.facts)
        assert screen.facts == [PromptAnswered(answer, 3)]
        assert screen.showing() == []

    def test_withdrawing_takes_it_away_without_an_answer(
        self, loop: asyncio.AbstractEventLoop, screen: Screen
    ) -> None:
        screen.prompts.show(break_prompt(5))
        self.wait_for(loop, screen, 1)
        screen.prompts.withdraw(4)
        spin_for(loop, 0.02)
        assert len(screen.showing()) == 1
        screen.prompts.withdraw(5)
        self.wait_for(loop, screen, 0)
        screen.prompts.withdraw(5)
        spin_for(loop, 0.02)
        assert screen.facts == []

    def test_withdrawn_before_it_is_on_the_screen(
        self, loop: asyncio.AbstractEventLoop, screen: Screen
    ) -> None:
        screen.prompts.show(break_prompt(5))
        screen.prompts.withdraw(5)
        spin_for(loop, 0.05)
        assert screen.showing() == []
        assert screen.facts == []

    def test_a_notice_asks_nothing(self, loop: asyncio.AbstractEventLoop, screen: Screen) -> None:
        screen.prompts.notice(Notice(NoticeKind.HEADS_UP, 120.0))
        spin(loop, screen.noticed)
        assert screen.noticed() == ["A break is coming up"]
        assert screen.showing() == []
        assert screen.facts == []

    def test_closing_takes_everything_away(
        self, loop: asyncio.AbstractEventLoop, screen: Screen
    ) -> None:
        screen.prompts.show(break_prompt())
        self.wait_for(loop, screen, 1)
        screen.prompts.close()
        self.wait_for(loop, screen, 0)
        assert screen.facts == []

    def test_capabilities_are_named(self, loop: asyncio.AbstractEventLoop, screen: Screen) -> None:
        screen.prompts.show(break_prompt())
        self.wait_for(loop, screen, 1)
        first = screen.prompts.capabilities()[0]
        assert (first.name, first.works) == ("notifications", True)
