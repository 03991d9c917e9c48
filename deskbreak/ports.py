"""What deskbreak needs of the world. Adapters implement these; fakes pass the same contract tests.

Everything on Linux runs in one asyncio loop on one thread, so an adapter never locks: it takes
what comes in on the loop and says it with `Send`. A backend of another thread (menus and
notifications on Windows and macOS) posts through `loop.call_soon_threadsafe`.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from deskbreak.core.effects import Notice, NoticeKind, Prompt
from deskbreak.core.events import Fact
from deskbreak.core.moment import Moment
from deskbreak.core.records import Happening
from deskbreak.core.status import Status
from deskbreak.struct import Struct

Send = Callable[[Fact], None]
"""Puts a fact into the inbox; may be called at any time from the loop's thread, never blocks."""


class Clock(Protocol):
    """The only way to learn what time it is."""

    def now(self) -> Moment:
        """This instant on all three clocks."""


class Waker(Protocol):
    """An alarm clock with one alarm."""

    def wake_in(self, seconds: float | None) -> None:
        """Call back once after that many awake seconds; None disarms. The latest call counts."""

    def close(self) -> None:
        """Disarm for good."""


class Capability(Struct):
    """What `doctor` says of one capability: its backend, whether it works, why, and what to do."""

    name: str
    backend: str | None
    works: bool
    why: str = ""
    advice: str = ""


class IdleSource(Protocol):
    """Tells how long ago the last input was; posts `Sampled`."""

    name: str

    def start(self) -> None:
        """Begin to listen. Raises OSError where the source cannot work here."""

    def watch(self, threshold_s: float) -> None:
        """From now on post `Sampled` when idle reaches the threshold, and at the next input."""

    def idle_s(self) -> float | None:
        """Seconds since the last input, asked now; None where the source can only be told."""

    def close(self) -> None:
        """Stop listening."""


class SessionEvents(Protocol):
    """Posts Locked, Unlocked, Sleeping and Woke."""

    def start(self) -> None:
        """Begin to listen; never fails: what is missing shows in `capabilities`."""

    def capabilities(self) -> list[Capability]:
        """What works, for `doctor`."""

    def close(self) -> None:
        """Stop listening."""


class HoldSource(Protocol):
    """Posts HoldBegan and HoldEnded for its reasons."""

    def start(self) -> None:
        """Begin to listen; a probe that cannot work here switches itself off with a reason."""

    def refresh(self) -> None:
        """The settings may have changed."""

    def capabilities(self) -> list[Capability]:
        """What works, for `doctor`."""

    def close(self) -> None:
        """Stop listening."""


class DeskSensor(Protocol):
    """Tells from the desk whether the person sits or stands; posts PostureSensed, SensorLost."""

    def start(self) -> None:
        """Begin to listen; never fails: what is the matter shows in `capabilities`."""

    def refresh(self) -> None:
        """The settings may have changed."""

    def capabilities(self) -> list[Capability]:
        """What works, for `doctor`; nothing where no sensor is wanted."""

    def close(self) -> None:
        """Stop listening."""


class Prompts(Protocol):
    """Shows the one live prompt and quiet notices; posts PromptAnswered, LevelOfferAnswered."""

    def show(self, prompt: Prompt) -> None:
        """Show this prompt in place of any other. Never blocks, never fails: falls back instead."""

    def withdraw(self, prompt_id: int) -> None:
        """Take it off the screen if it is still there."""

    def notice(self, notice: Notice) -> None:
        """Show a quiet notification; only one that offers a level has buttons."""

    def withdraw_notice(self, kind: NoticeKind) -> None:
        """Take a notification of that kind off the screen if it is still there."""

    def capabilities(self) -> list[Capability]:
        """What works, for `doctor`."""

    def close(self) -> None:
        """Withdraw what is shown and let go of the channel."""


class Tray(Protocol):
    """The icon with its menu."""

    def show(self, status: Status) -> None:
        """Bring icon, tooltip and menu up to date; cheap when nothing visible changed."""

    def capabilities(self) -> list[Capability]:
        """What works, for `doctor`."""

    def close(self) -> None:
        """Take the icon away."""


class Player(Protocol):
    """Runs a guided routine in its own process; posts PlayerPainted, PlayerEnded, PlayerDied."""

    def start(self, run: int, routine: str) -> None:
        """Open the player; reports under `run`."""

    def find(self, run: int, routine: str) -> None:
        """Listen for the player of that run, which an earlier daemon may have left open.

        It reports as one that was started here; where nobody calls, the run is dead.
        """

    def stop(self, run: int) -> None:
        """Close it if it is still that run."""

    def hush(self) -> None:
        """Let nothing of a routine under way be heard any more; the next one may sound again."""

    def capabilities(self) -> list[Capability]:
        """What works, for `doctor`."""

    def close(self) -> None:
        """Close whatever is open."""


class StateStore(Protocol):
    """Keeps the running state over a restart, atomically (B9, B34)."""

    def load(self) -> Mapping[str, Any] | None:
        """The last saved state; None where there is none, or none that can be read."""

    def reject(self, reason: Exception) -> None:
        """What was loaded makes no sense: set it aside, and say so."""

    def save(self, state: Mapping[str, Any]) -> None:
        """Replace it; after a failure the old one stands. Raises OSError."""


class History(Protocol):
    """Appends what came to pass, for statistics and for the choice of the next routine."""

    def record(self, happening: Happening, at: Moment) -> None:
        """Append one row, durably."""

    def close(self) -> None:
        """Flush and let go."""
