"""A person's screen as a list: shows prompts at once and lets the test be the person."""

from deskbreak.core.effects import Notice, NoticeKind, Prompt
from deskbreak.core.enums import Answer
from deskbreak.core.events import PromptAnswered
from deskbreak.ports import Capability, Send


class FakePrompts:
    """The Prompts port without a screen. `live` is what shows now, `shown` all that ever did."""

    def __init__(self, send: Send) -> None:
        self.live: Prompt | None = None
        self.shown: list[Prompt] = []
        self.withdrawn: list[int] = []
        self.notices: list[Notice] = []
        self.closed = False
        self._send = send

    def show(self, prompt: Prompt) -> None:
        self.live = prompt
        self.shown.append(prompt)

    def withdraw(self, prompt_id: int) -> None:
        if self.live is not None and self.live.id == prompt_id:
            self.live = None
            self.withdrawn.append(prompt_id)

    def notice(self, notice: Notice) -> None:
        self.notices.append(notice)

    def withdraw_notice(self, kind: NoticeKind) -> None:
        self.notices = [notice for notice in self.notices if notice.kind is not kind]

    def capabilities(self) -> list[Capability]:
        return [Capability("notifications", "fake", True)]

    def close(self) -> None:
        self.live = None
        self.closed = True

    def answer(self, answer: Answer) -> None:
        """The person answers on the prompt itself; it is gone then."""
        prompt, self.live = self.live, None
        assert prompt is not None, "there is no prompt to answer"
        snooze_s = prompt.snooze_s[0] if answer is Answer.SNOOZE and prompt.snooze_s else None
        self._send(PromptAnswered(answer, prompt.id, snooze_s))
