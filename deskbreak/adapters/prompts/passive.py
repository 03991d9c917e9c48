"""Prompts as plain notifications through plyer, where no server with buttons answers.

plyer can wait for half a minute, loses some texts and does not say whether anybody saw them. So it
is called in a worker that nobody waits for, with a text made safe, and where it is doubtful the
next channel is told as well. What it shows cannot be taken back.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress

from deskbreak.adapters import plyer
from deskbreak.core.effects import Notice, NoticeKind, Prompt
from deskbreak.ports import Capability, Prompts
from deskbreak.text import prompts
from deskbreak.text.display import one_line

_TITLE_MAX = 64
_BODY_MAX = 256
_STAYS_S = 10
_SAFE = str.maketrans("'\"<>\\&", "\u2019\u201d\u2039\u203a/+")  # to signs that look alike


class PassivePrompts:
    """The Prompts port on plyer; posts no answers, since nothing can be clicked.

    `trusted` says that a notification which plyer took is seen; otherwise `otherwise` shows it too.
    `advice` helps where plyer has no way, `notify` does the showing: it may block and may raise.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        otherwise: Prompts,
        *,
        trusted: bool,
        advice: str = "",
        deadline_s: float = 5.0,
        notify: Callable[[str, str], None] | None = None,
    ) -> None:
        self._loop = loop
        self._otherwise = otherwise
        self._trusted, self._advice = trusted, advice
        self._deadline_s = deadline_s
        self._notify = notify or notify_by_plyer
        self._busy = False
        self._trouble = ""

    def show(self, prompt: Prompt) -> None:
        """Show the prompt with the way to answer it. Never blocks, never fails."""
        words = prompts.prompt_words(prompt)
        way = prompts.way_out(prompt)
        body = f"{safe(words.body, _BODY_MAX - len(way) - 1)} {way}"
        self._try(words.title, body, lambda: self._otherwise.show(prompt))

    def withdraw(self, prompt_id: int) -> None:
        """Take it back from the next channel; from here nothing can be taken back."""
        self._otherwise.withdraw(prompt_id)

    def notice(self, notice: Notice) -> None:
        """Show a quiet notification."""
        words = prompts.notice_words(notice)
        way = f"{prompts.way_to_offer(notice)}. " if prompts.offers(notice) else ""
        body = f"{way}{words.body}"
        self._try(words.title, body, lambda: self._otherwise.notice(notice))

    def withdraw_notice(self, kind: NoticeKind) -> None:
        """Take it back from the next channel; from here nothing can be taken back."""
        self._otherwise.withdraw_notice(kind)

    def capabilities(self) -> list[Capability]:
        """Which way plyer takes here, and what the next channel can do."""
        try:
            name = type(plyer.backend("notification", "shows notifications")).__name__
            backend, trouble = f"plyer ({name})", self._trouble
        except Exception as error:  # noqa: BLE001 - backends of plyer raise whatever they meet
            backend, trouble = None, _why(error)
        advice = self._advice if trouble else ""
        mine = Capability("plain notifications", backend, not trouble, trouble, advice)
        return [mine, *self._otherwise.capabilities()]

    def close(self) -> None:
        """Let go; a worker that still waits is left to itself."""
        self._otherwise.close()

    def _try(self, title: str, body: str, otherwise: Callable[[], None]) -> None:
        if self._busy or not self._trusted:
            otherwise()
        if self._busy:  # the last one still hangs, and so would this one
            return
        told = not self._trusted

        def take(trouble: str) -> None:
            nonlocal told
            self._trouble = trouble
            if trouble and not told:
                told = True
                otherwise()

        def done(trouble: str) -> None:
            self._busy = False
            timer.cancel()
            take(trouble)

        self._busy = True
        late = "the last notification was not taken in time"
        timer = self._loop.call_later(self._deadline_s, take, late)
        threading.Thread(
            target=self._work,
            args=(safe(title, _TITLE_MAX), safe(body, _BODY_MAX), done),
            name="plain notification",
            daemon=True,  # the program may end while plyer still waits for a server
        ).start()

    def _work(self, title: str, body: str, done: Callable[[str], None]) -> None:
        """Runs in the worker: shows it, and tells the loop what became of it."""
        trouble = ""
        try:
            self._notify(title, body)
        except Exception as error:  # noqa: BLE001 - backends of plyer raise whatever they meet
            trouble = _why(error)
        with suppress(RuntimeError):  # the loop is closed: the program has ended
            self._loop.call_soon_threadsafe(done, trouble)


def safe(text: str, longest: int) -> str:
    """The text so that no way that plyer takes loses, cuts or misreads it."""
    text = " ".join(one_line(text).translate(_SAFE).split())
    if text.startswith("-"):
        text = "\u2212" + text[1:]
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def notify_by_plyer(title: str, body: str) -> None:
    """Show a notification and wait until it is taken. Raises anything."""
    plyer.backend("notification", "shows notifications").notify(
        title=title, message=body, app_name="deskbreak", timeout=_STAYS_S
    )


def _why(error: Exception) -> str:
    return str(error) or type(error).__name__
