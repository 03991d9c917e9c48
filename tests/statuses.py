"""A Status for every occasion, by what is different from an ordinary morning at the desk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from deskbreak.adapters.tray.menu import MenuSources
from deskbreak.core.effects import Prompt, Suggestion
from deskbreak.core.enums import Answer, BreakKind, HoldReason, Posture, Presence, PromptKind, State
from deskbreak.core.events import Fact
from deskbreak.core.status import (
    BoutStatus,
    BreakStatus,
    HoldStatus,
    PresenceStatus,
    StandingStatus,
    Status,
    TodayStatus,
)

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
DESK_RESET = Suggestion(BreakKind.STRETCH, 120.0, "desk-reset", "Desk reset")


def bout(minutes: float = 12, limit: float = 30, posture: Posture = Posture.SITTING) -> BoutStatus:
    left = max(0.0, limit - minutes) * 60
    asks = PromptKind.SIT if posture is Posture.STANDING else PromptKind.BREAK
    return BoutStatus(posture, minutes * 60, limit * 60, left, minutes >= limit, asks)


def to_stand(minutes: float, due_in: float, *, due: bool = False) -> BoutStatus:
    """A bout in which the next question is whether to stand up, long before a break is due."""
    length = minutes * 60
    return BoutStatus(Posture.SITTING, length, 3600.0, due_in * 60, due, PromptKind.STAND)


def prompt(
    suggestion: Suggestion | None = DESK_RESET, kind: PromptKind = PromptKind.BREAK
) -> Prompt:
    actions = (Answer.STRETCH, Answer.WALK, Answer.SNOOZE, Answer.SKIP)
    return Prompt(7, kind, 1800.0, 0.0, actions, suggestion, (300.0, 600.0))


def hold(reason: HoldReason = HoldReason.CALL, detail: str = "") -> HoldStatus:
    return HoldStatus(reason, detail, AT)


def walk(passed: float = 2, length: float = 5) -> BreakStatus:
    left = max(0.0, length - passed) * 60
    return BreakStatus(BreakKind.WALK, None, None, length * 60, passed * 60, left)


def stretch(passed: float = 1) -> BreakStatus:
    left = (2 - passed) * 60
    return BreakStatus(BreakKind.STRETCH, "desk-reset", "Desk reset", 120, passed * 60, left)


def status(**changes: Any) -> Status:
    ordinary: dict[str, Any] = {
        "at": AT,
        "state": State.SITTING,
        "posture": Posture.SITTING,
        "bout": bout(),
        "prompt": None,
        "break_": None,
        "holds": (),
        "paused": False,
        "paused_until": None,
        "snoozed_until": None,
        "can_snooze": False,
        "presence": PresenceStatus(Presence.AT_DESK, "xsync", 1.0),
        "standing": StandingStatus(False, 0.0, 7200.0),
        "today": TodayStatus(),
    }
    return Status(**(ordinary | changes))


def due(minutes: float = 30, **changes: Any) -> Status:
    usual = {"bout": bout(minutes), "prompt": prompt(), "can_snooze": True}
    return status(**(usual | changes))


def unknown(why: str = "") -> Status:
    return status(state=State.UNKNOWN, presence=PresenceStatus(Presence.UNKNOWN, None, None, why))


def every_status() -> Iterator[Status]:
    """One for each thing that can be going on."""
    idle = BoutStatus(Posture.SITTING, 0.0, 1800.0, None, due=False)
    yield status()
    yield status(state=State.STANDING, posture=Posture.STANDING, bout=bout(3, 15, Posture.STANDING))
    yield status(standing=StandingStatus(True, 2700.0, 7200.0))
    yield due()
    yield due(42, prompt=None, can_snooze=False)
    yield due(42, prompt=None, holds=(hold(detail="Zoom"), hold(HoldReason.FULLSCREEN)))
    yield due(33, prompt=None, snoozed_until=AT + timedelta(minutes=5))
    yield due(prompt=prompt(None, PromptKind.STAND))
    yield status(state=State.BREAK, break_=walk(), bout=idle)
    yield status(state=State.BREAK, break_=stretch(), bout=idle)
    yield status(state=State.PAUSED, paused=True, bout=idle)
    yield status(state=State.PAUSED, paused=True, paused_until=AT + timedelta(hours=1), bout=idle)
    yield status(state=State.AWAY, bout=idle, presence=PresenceStatus(Presence.AWAY, "xsync", 90.0))
    yield status(state=State.ASLEEP, bout=idle)
    yield status(state=State.OFF, bout=idle)
    yield unknown("no idle source answers")


@dataclass
class Desk:
    """What a menu is attached to: say what `now` is, and find in `sent` what was clicked."""

    now: Status = field(default_factory=status)
    areas: list[tuple[str, str]] = field(
        default_factory=lambda: [("Neck", "neck-1"), ("Hips_and_back", "hips-1")]
    )
    snoozes: tuple[float, ...] = (300.0, 600.0)
    windows: frozenset[str] = frozenset({"stats", "settings", "welcome"})
    at_login: bool | None = False
    countdown: bool = False
    shade: str = "auto"
    sent: list[Fact] = field(default_factory=list)
    done: list[tuple[str, Any]] = field(default_factory=list)

    def sources(self) -> MenuSources:
        return MenuSources(
            status=lambda: self.now,
            send=self.sent.append,
            areas=lambda: self.areas,
            snoozes=lambda: self.snoozes,
            set_at_login=self._note("at_login"),
            open_window=self._note("window"),
            quit=lambda: self.done.append(("quit", None)),
            read=self._note("read"),
            windows=self.windows,
            at_login=lambda: self.at_login,
            countdown=lambda: self.countdown,
            shade=lambda: self.shade,
        )

    def _note(self, what: str) -> Callable[[Any], None]:
        return lambda value: self.done.append((what, value))
