"""What goes wrong inside deskbreak: kept from spreading, logged, told once, named by `doctor`.

Whoever calls into a part that may break does it `during` something: an exception ends there, and
the alarm clock and all the other parts go on. What deskbreak has to say of it waits until it can.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from deskbreak.core.effects import Notice, NoticeKind
from deskbreak.ports import Capability, Prompts
from deskbreak.struct import Struct

log = logging.getLogger(__name__)

_ADVICE = "If it comes again, please report it with the log, which says where it was."


class Trouble(Struct):
    """One thing that went wrong: when, what deskbreak was about to do, and how it ended."""

    at: datetime
    doing: str
    error: str

    def __str__(self) -> str:
        return (
            f"Something went wrong inside deskbreak at {self.at:%H:%M on %d %B} (the log has it): "
            f"{self.doing}: {self.error}"
        )


class Troubles:
    """Catches what breaks. `tell` says a sentence to the person, once for each thing to do.

    `now` gives the local time.
    """

    def __init__(
        self,
        tell: Callable[[str], None] = lambda _sentence: None,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        self._tell = tell
        self._now = now
        self._latest: dict[str, Trouble] = {}  # of each thing to do
        self._logged: set[tuple[str, str]] = set()
        self.last: Trouble | None = None

    @contextmanager
    def during(self, doing: str) -> Iterator[None]:
        """Whatever is raised within ends here; `doing` is a short phrase for people."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - the rim: it takes no other along
            self.note(doing, error)

    def note(self, doing: str, error: BaseException) -> None:
        """Something went wrong, and whoever says so goes on."""
        said = f"{type(error).__name__}: {error}"
        told = doing in self._latest
        self.last = self._latest[doing] = Trouble(self._now(), doing, said)
        kind = (doing, type(error).__name__)
        if kind in self._logged:  # a trace a minute would fill the log
            log.error("Went wrong again: %s (%s)", doing, said)
        else:
            self._logged.add(kind)
            log.error("Went wrong: %s", doing, exc_info=error)
        if not told:
            self._say(doing)

    def _say(self, doing: str) -> None:
        try:
            self._tell(
                f"Something went wrong inside deskbreak ({doing}). It goes on, and the log says "
                "what it was."
            )
        except Exception:  # the rim: the part that broke may be the one that tells
            log.exception("The person could not be told")

    def heard(self, _loop: object, context: Mapping[str, Any]) -> None:
        """What the event loop tells of a callback that broke."""
        error = context.get("exception")
        if isinstance(error, Exception):
            self.note("taking in what came from outside", error)
        else:
            log.error("%s", context.get("message"))

    def capabilities(self) -> list[Capability]:
        """What `doctor` says of each: nothing as long as all went well."""
        return [
            Capability("deskbreak", None, works=False, why=str(trouble), advice=_ADVICE)
            for trouble in self._latest.values()
        ]


class Notices:
    """What deskbreak has to say by itself, kept until there is a way to say it."""

    def __init__(self) -> None:
        self._prompts: Prompts | None = None
        self._waiting: list[Notice] = []

    def flow_to(self, prompts: Prompts) -> None:
        """They are shown there from now on."""
        self._prompts = prompts
        while self._waiting:
            prompts.notice(self._waiting.pop(0))

    def complain(self, sentence: str) -> None:
        """Say what is the matter, in the log as well."""
        log.error("%s", sentence)
        self.show(Notice(NoticeKind.TROUBLE, text=sentence))

    def show(self, notice: Notice) -> None:
        """Show it as soon as that can be."""
        if self._prompts is None:
            self._waiting.append(notice)
        else:
            self._prompts.notice(notice)
