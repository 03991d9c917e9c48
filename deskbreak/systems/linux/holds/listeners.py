"""What the probes listen with: questions to a bus, services that come and go, lost connections.

`told` gets a name for people ("" without one) while a thing is so, None while it is not, and is
not called where the service does not know: `works` says whether it has told anything.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from deskbreak.adapters.filewatch import FileWatch
from deskbreak.adapters.stream import UNREADABLE
from deskbreak.adapters.timer import Timer
from deskbreak.backoff import Backoff
from deskbreak.struct import Struct
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.calls import Enquiry
from deskbreak.systems.linux.dbus.signals import Watch
from deskbreak.systems.linux.dbus.types import PROPERTIES, Address, Body, Refused, Signal, Wanted
from deskbreak.systems.linux.filewatch import watch_files

Told = Callable[[str | None], None]
Meaning = Callable[[Any], str | None]
"""What the value of a property, or the first of an answer, is to be taken for."""


class Ear(Protocol):
    """One listener."""

    name: str

    @property
    def works(self) -> bool:
        """Whether it has told anything."""

    def start(self) -> None:
        """Begin to listen."""

    def close(self) -> None:
        """Stop listening; nothing is told by that."""


def truth(value: Any) -> str | None:
    """For a value that is simply true or not."""
    return "" if value is True else None


class Question(Struct):
    """What tells what is so now, and what says when to ask it again.

    That is the signal `changed`, or so many seconds. An error of one of the names in `unset` means
    that it is not so. The signal of a `property` brings the answer along.
    """

    where: Address
    member: str
    signature: str = ""
    body: Body = ()
    changed: Wanted | None = None
    every_s: float | None = None
    unset: tuple[str, ...] = ()
    property: str = ""

    @classmethod
    def of_property(cls, where: Address, name: str) -> "Question":
        """The question for one property of an object."""
        changed = Wanted(PROPERTIES, "PropertiesChanged", where.path, where.dest, where.interface)
        asked = Address(where.dest, where.path, PROPERTIES)
        return cls(asked, "Get", "ss", (where.interface, name), changed, property=name)


class QuestionEar:
    """Asks a service a question, and again whenever the answer may be another.

    `refused` is called if the service does not know the question.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        bus: Bus,
        question: Question,
        told: Told,
        meaning: Meaning = truth,
        refused: Callable[[], None] = lambda: None,
    ) -> None:
        self.name = question.property or question.member
        self.works = False
        self._bus = bus
        self._question = question
        self._told = told
        self._meaning = meaning
        self._no_such = refused
        self._watch: Watch | None = None
        self._next = Timer(loop)
        self._asked: Enquiry | None = None

    def start(self) -> None:
        """Begin to listen."""
        if self._question.changed is not None:
            self._watch = self._bus.watch(self._question.changed, self._changed)
        self._ask()

    def close(self) -> None:
        """Stop listening."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        self._forget_question()

    def _forget_question(self) -> None:
        self._next.cancel()
        if self._asked is not None:
            self._asked.close()
            self._asked = None

    def _ask(self) -> None:
        self._forget_question()
        asked = self._question
        self._asked = self._bus.enquire(
            asked.where, asked.member, asked.signature, asked.body,
            on_reply=self._answered, on_refused=self._refused,
        )  # fmt: skip

    def _changed(self, signal: Signal) -> None:
        name = self._question.property
        match signal.body:
            case _ if not name:
                self._ask()
            case (_, dict(changed), _) if name in changed:
                self._take(changed[name][1])
            case (_, _, list(outdated)) if name in outdated:
                self._ask()

    def _answered(self, body: Body) -> None:
        value = body[0] if body else None
        if not self._question.property:
            self._take(value)
        elif isinstance(value, tuple) and len(value) == 2:
            self._take(value[1])

    def _take(self, value: Any) -> None:
        try:
            meant = self._meaning(value)
        except (TypeError, *UNREADABLE):  # the service says something else than it should
            meant = None
        self._took(meant, works=True)

    def _refused(self, error: Refused) -> None:
        self._took(None, works=error.name in self._question.unset)
        self._no_such()

    def _took(self, meant: str | None, *, works: bool) -> None:
        self.works = works
        if works and self._question.every_s is not None:
            self._next.set(self._question.every_s, self._ask)
        self._told(meant)


class Service:
    """Ears on one service, for as long as that runs; `gone` is called when it does not any more."""

    def __init__(
        self, bus: Bus, name: str, ears: Callable[[], list[Ear]], gone: Callable[[], None]
    ) -> None:
        self.ears: list[Ear] = []
        self._bus = bus
        self._name = name
        self._make = ears
        self._gone = gone
        self._end: Callable[[], None] = lambda: None

    @property
    def works(self) -> bool:
        """Whether anything has been told."""
        return any(ear.works for ear in self.ears)

    def start(self) -> None:
        """Begin to listen, now or when the service comes up."""
        self._end = self._bus.owner_watch(self._name, self._owner_is)

    def close(self) -> None:
        """Stop listening."""
        self._end()
        self._drop()

    def _owner_is(self, _old: str, new: str) -> None:
        self._drop()
        if not new:
            self._gone()
            return
        self.ears = self._make()
        for ear in self.ears:
            ear.start()

    def _drop(self) -> None:
        for ear in self.ears:
            ear.close()
        self.ears = []


FIRST_S, LAST_S = 2.0, 300.0


class Again:
    """Keeps a connection: makes the `attempt` at `start` and some time after each `fail`.

    The pauses grow until it `worked`. Where `path` is not there, nothing is tried until it is. The
    attempt may raise OSError. `why` says what is the matter: at first that `unanswered`.
    """

    __slots__ = ("_attempt", "_loop", "_path", "_timer", "_unanswered", "_watch", "pauses", "why")

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        attempt: Callable[[], None],
        path: Path | None = None,
        unanswered: str = "",
    ) -> None:
        self._loop = loop
        self._attempt = attempt
        self._path = path
        self._unanswered = self.why = unanswered
        self._timer = Timer(loop)
        self._watch: FileWatch | None = None
        self.pauses = Backoff(FIRST_S, LAST_S)

    def start(self) -> None:
        """Try it now."""
        self.close()
        self.why = self._unanswered
        try:
            self._attempt()
        except OSError as error:
            self.fail(str(error))

    def worked(self) -> None:
        """It works: the next failure is a first one."""
        self.close()
        self.why = ""
        self.pauses.reset()

    def fail(self, why: str = "") -> None:
        """It does not work: try later."""
        self.close()
        self.why = why
        if self._path is not None and not self._path.exists():
            self._watch = watch_files(self._loop, [self._path], self._appeared)
        else:
            self._timer.set(self.pauses.pause_s(), self.start)

    def close(self) -> None:
        """Do not try any more."""
        self._timer.cancel()
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def _appeared(self) -> None:
        if self._path is not None and self._path.exists():
            self.start()
