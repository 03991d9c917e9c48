"""The daemon: one inbox, one engine, one thread in the core.

Adapters put facts into the inbox; each goes through the engine with its moment, its effects are
performed, and then the world is brought up to date once: alarm, idle threshold, tray and
subscribers, saved state.
"""

import logging
from collections import deque
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

from deskbreak.app.troubles import Troubles
from deskbreak.backoff import Backoff
from deskbreak.core.effects import (
    Effect,
    FindRoutine,
    Happened,
    Refused,
    SaveState,
    SetLevel,
    ShowNotice,
    ShowPrompt,
    StartRoutine,
    StopRoutine,
    WithdrawNotice,
    WithdrawPrompt,
)
from deskbreak.core.engine import Engine
from deskbreak.core.enums import State
from deskbreak.core.events import Fact, Sampled, Ticked, Unlocked, Woke
from deskbreak.core.moment import Moment
from deskbreak.core.records import Happening
from deskbreak.core.status import Status
from deskbreak.ports import Clock, History, IdleSource, Player, Prompts, StateStore, Waker
from deskbreak.struct import Struct, fields

log = logging.getLogger(__name__)

SAVE_EVERY = 60.0
"""Seconds of counted time that a kill may lose at most (B9)."""

SAVE_RARELY = 600.0
"""The same while nothing is counted: what a restart finds out by itself needs no wake-ups."""

SAVE_SOON = 1.0
"""Seconds after which a note alone is saved; a fact that comes before takes it along."""

RETRY_FROM, RETRY_AT_MOST = 1.0, 60.0
"""Seconds until the engine is asked again after a mistake, doubled while it goes on."""

_ENGINE = "counting your time"
_MISTAKE = "Something went wrong inside deskbreak; `deskbreak doctor` says more."

_COUNTED = frozenset({State.SITTING, State.STANDING, State.UNKNOWN, State.BREAK})

Listener = Callable[[Happening, Moment], None]
Onlooker = Callable[[Status], None]


class Ports(Struct, frozen=False):
    """What the daemon needs of the world.

    `boot` names the run of the machine: within one the elapsed clock goes on over a restart.
    `listeners` hear of everything that happened (hooks, sockets). `set_level` writes the level
    into the person's settings, `complain` tells the person a sentence, `troubles` keeps what
    breaks from spreading.
    """

    clock: Clock
    state: StateStore
    prompts: Prompts
    player: Player
    history: History
    listeners: list[Listener]
    set_level: Callable[[int], None]
    complain: Callable[[str], None]
    troubles: Troubles
    boot: str = ""
    idle: IdleSource | None = None


_CALLS: Mapping[type, tuple[str, Callable[[Ports], Callable[..., None]]]] = {
    ShowPrompt: ("showing a prompt", attrgetter("prompts.show")),
    WithdrawPrompt: ("taking a prompt away", attrgetter("prompts.withdraw")),
    ShowNotice: ("showing a notification", attrgetter("prompts.notice")),
    WithdrawNotice: ("taking a notification away", attrgetter("prompts.withdraw_notice")),
    StartRoutine: ("opening the guide", attrgetter("player.start")),
    FindRoutine: ("looking for an open guide", attrgetter("player.find")),
    StopRoutine: ("closing the guide", attrgetter("player.stop")),
    SetLevel: ("writing your level", attrgetter("set_level")),
}
"""What each effect asks for, in words and of which port: its fields are what the port takes."""


class Daemon:
    """Feeds the engine and keeps the world up to date with it.

    `waker` makes the alarm clock that wakes it.
    """

    def __init__(
        self, engine: Engine, ports: Ports, waker: Callable[[Callable[[], None]], Waker]
    ) -> None:
        self.engine = engine
        self._ports = ports
        self._waker = waker(self.alarm)
        self._inbox: deque[Fact] = deque()
        self._busy = False
        self._saved_at = float("-inf")
        self._unsaved = False
        self._stale = False
        self._onlookers: list[tuple[Onlooker, str]] = []
        self._notes: dict[str, Any] = {}
        self._retries = Backoff(RETRY_FROM, RETRY_AT_MOST)
        self._retry_in = 0.0

    def watch(self, onlooker: Onlooker, doing: str = "telling what is going on") -> None:
        """From now on tell this onlooker what is going on, after every fact."""
        self._onlookers.append((onlooker, doing))

    @property
    def trouble(self) -> str | None:
        """The last thing that went wrong inside, as a sentence; None while nothing has."""
        last = self._ports.troubles.last
        return None if last is None else str(last)

    def tell(self, fact: Fact) -> list[Effect]:
        """Take a fact, and whatever comes in meanwhile; the effects of this one are returned."""
        if self._busy:
            self._inbox.append(fact)
            return []
        self._busy = True
        try:
            effects = self._handle(fact)
            self._perform(effects)
            while self._inbox:
                self._perform(self._handle(self._inbox.popleft()))
        finally:
            self._busy = False
        self.update()
        return effects

    def alarm(self) -> None:
        """The waker rang: ask the idle source where it can be asked."""
        self.tell(self._sense())

    def status(self) -> Status:
        """What is going on now; time passes up to now first."""
        self.tell(self._sense())
        return self.engine.status()

    def restore(self, saved: Mapping[str, Any]) -> None:
        """Go on where the last run ended (B9). Raises ValueError if the state makes no sense."""
        same_clock = bool(self._ports.boot) and saved.get("boot") == self._ports.boot
        now = self._ports.clock.now()
        self._notes = dict(saved["notes"])
        self._perform(self.engine.restore(saved["engine"], now, same_clock=same_clock))

    def noted(self, name: str) -> Any:
        """What was kept under that name; None if nothing was."""
        return self._notes.get(name)

    def note(self, name: str, value: Any) -> None:
        """Keep a value of an adapter's over a restart, beside the engine's; None forgets it."""
        if self._notes.get(name) == value:
            return
        self._notes[name] = value
        self._stale = True
        if not self._busy:
            wanted = self.engine.next_moment()
            self._waker.wake_in(SAVE_SOON if wanted is None else min(wanted, SAVE_SOON))

    def save(self) -> bool:
        """Write the running state; a failure is said once, and the old state stands."""
        now = self._ports.clock.now()
        self._saved_at, self._stale = now.elapsed, False
        state = {"boot": self._ports.boot, "engine": self.engine.memory(), "notes": self._notes}
        try:
            self._ports.state.save(state)
        except OSError as error:
            self._cannot_save(error)
        else:
            self._unsaved = False
        return not self._unsaved

    def _cannot_save(self, error: OSError) -> None:
        if not self._unsaved:
            self._unsaved = True
            self._ports.complain(
                f"The running state cannot be saved now ({error.strerror or error}). "
                "Until it can, a restart would forget this sitting bout."
            )

    def use_idle_source(self, idle: IdleSource | None) -> None:
        """Ask this source from now on."""
        self._ports.idle = idle
        self.update()

    def _sense(self) -> Fact:
        with self._ports.troubles.during("asking for the last input"):
            idle_s = self._ports.idle.idle_s() if self._ports.idle is not None else None
            return Ticked() if idle_s is None else Sampled(idle_s)
        return Ticked()

    def _handle(self, fact: Fact) -> list[Effect]:
        # A fact that was half taken may break every one that follows, so the engine goes back to
        # the state before it, and time to what it was then: the fact is lost, and nothing else.
        before = self.engine.keep()
        try:
            effects = self.engine.handle(fact, self._ports.clock.now())
        except Exception as error:  # noqa: BLE001 - the rim: the alarm must go on ringing
            self.engine.go_back(before)
            self._ports.troubles.note(_ENGINE, error)
            self._retry_in = self._retries.pause_s()
            return [Refused(_MISTAKE)]
        self._retries.reset()
        self._retry_in = 0.0
        if isinstance(fact, Woke | Unlocked):
            self._inbox.append(self._sense())  # whoever woke the machine may be typing already
        return effects

    def _perform(self, effects: list[Effect]) -> None:
        """Carry out each effect. Whatever a port raises, the bout goes on."""
        for effect in effects:
            if isinstance(effect, Happened):
                self._happened(effect.happening, effect.at)
            elif type(effect) in _CALLS:  # to save and to refuse is not for a port
                doing, method = _CALLS[type(effect)]
                with self._ports.troubles.during(doing):
                    method(self._ports)(*(getattr(effect, name) for name in fields(effect)))
        # Written once everything has been shown, and once for all that came of a fact.
        self._stale |= any(isinstance(effect, SaveState | Happened) for effect in effects)

    def _happened(self, happening: Happening, at: Moment) -> None:
        with self._ports.troubles.during("keeping the record"):
            self._ports.history.record(happening, at)
        for listener in self._ports.listeners:
            with self._ports.troubles.during("passing on what happened"):
                listener(happening, at)

    def update(self) -> None:
        """Bring alarm, idle threshold, onlookers and saved state up to date, each for itself."""
        troubles = self._ports.troubles
        status, due, wake_in = None, False, RETRY_AT_MOST
        with troubles.during(_ENGINE):
            status = self.engine.status()
            due, next_save = self._next_save(status)
            wake_in = min(self.engine.next_moment(), next_save)
        self._waker.wake_in(self._retry_in or wake_in)
        with troubles.during("watching for input"):
            if self._ports.idle is not None:
                self._ports.idle.watch(self.engine.idle_threshold)
        for onlooker, doing in self._onlookers if status is not None else ():
            with troubles.during(doing):
                onlooker(status)
        if due:  # last: it waits for the disk, and nobody should have to wait for that
            with troubles.during("saving the running state"):
                self.save()

    def _next_save(self, status: Status) -> tuple[bool, float]:
        """Whether to save now, and in how many seconds the next time."""
        every = SAVE_EVERY if status.state in _COUNTED else SAVE_RARELY
        left = self._saved_at + every - self._ports.clock.now().elapsed
        due = self._stale or left <= 0
        return due, every if due else left
