"""Plays routines in processes of their own: the window, or a terminal; one at a time."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial

from deskbreak.adapters.child import Program
from deskbreak.adapters.player.playing import Playing
from deskbreak.adapters.stream import Door
from deskbreak.core.events import Fact, PlayerDied, PlayerPainted
from deskbreak.ports import Capability, Player, Send
from deskbreak.struct import Struct, replace

log = logging.getLogger(__name__)

_NO_TERMINAL = "no terminal program was found to show a routine in"
_ADVICE = "install a terminal such as xterm, or name yours in the variable TERMINAL"


class Terminal(Struct):
    """A terminal emulator: its name, and the words that come before those it is to run."""

    name: str
    before: tuple[str, ...]

    def around(self, words: Sequence[str]) -> list[str]:
        """The words that open the terminal and run these in it."""
        return [*self.before, *words]


class Lender(Struct):
    """Who has this terminal: it lends it to a player, and takes it back when that is gone."""

    lend: Callable[[], None]
    take_back: Callable[[], None]


class ProcessPlayer:
    """Starts a player for each run, one at a time.

    `command` gives the words that play a routine; `--report PATH` is added to them. `door`
    makes the door of that name for it to call at. `terminal` finds a terminal to run the words in,
    or None; without it they open a window of their own. With a `lender` they run in the terminal
    that deskbreak itself runs in. `acknowledged` is called when the person has accepted the notice
    that comes before a first routine.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        send: Send,
        command: Callable[[str], Sequence[str]],
        door: Callable[[str], Door],
        terminal: Callable[[], Terminal | None] | None = None,
        acknowledged: Callable[[], None] = lambda: None,
        lender: Lender | None = None,
    ) -> None:
        self._loop = loop
        self._send = send
        self._command = command
        self._door = door
        self._terminal = terminal
        self._acknowledged = acknowledged
        self._lender = lender
        self._all: list[Playing] = []

    def start(self, run: int, routine: str) -> None:
        """Open the player; it reports under `run`. An earlier one is asked to go."""
        for earlier in tuple(self._all):
            earlier.leave()
        words = self._words(routine)
        if words is None:
            self._say_died(run, _NO_TERMINAL)
            return
        if self._lender is not None:
            self._lender.lend()
        self._open(run, routine, words, "the player could not start")

    def find(self, run: int, routine: str) -> None:
        """Listen for the player of that run, which an earlier daemon may have left open."""
        self._open(run, routine, None, "the player could not be looked for")

    def _open(self, run: int, routine: str, words: Sequence[str] | None, trouble: str) -> None:
        """Listen for a player, one that these words start if there are any."""
        door = self._door(f"player-{run}")
        program = None
        if words is not None:
            program = Program([*words, "--report", door.address])
            if self._lender is not None:
                program = replace(program, stdin=None, stdout=None)
        playing = Playing(
            self._loop, self._send, run, routine, door, self._over, self._acknowledged
        )
        self._all.append(playing)
        try:
            playing.open(program)
        except (OSError, ValueError) as reason:
            log.warning("%s: %s", trouble, reason)
            self._over(playing)
            self._say_died(run, f"{trouble}: {reason}")

    def _over(self, playing: Playing) -> None:
        self._all.remove(playing)
        if self._lender is not None and not self._all:
            self._lender.take_back()

    def stop(self, run: int) -> None:
        """Close the player of that run; one whose routine is over may still ask how it was."""
        for playing in tuple(self._all):
            if playing.run == run and not playing.has_ended:
                playing.leave()

    def hush(self) -> None:
        """Let nothing of a routine under way be heard any more."""
        for playing in tuple(self._all):
            playing.hush()

    def capabilities(self) -> list[Capability]:
        """Whether a routine can be shown, and where."""
        if self._lender is not None:
            return [Capability("player", "this terminal", works=True)]
        if self._terminal is None:
            return [Capability("player", "window", works=True)]
        terminal = self._terminal()
        if terminal is None:
            return [Capability("player", None, works=False, why=_NO_TERMINAL, advice=_ADVICE)]
        return [Capability("player", f"terminal ({terminal.name})", works=True)]

    def close(self) -> None:
        """Close whatever is open, within a few seconds."""
        for playing in tuple(self._all):
            playing.end()

    def _words(self, routine: str) -> Sequence[str] | None:
        words = self._command(routine)
        if self._terminal is None:
            return words
        terminal = self._terminal()
        return None if terminal is None else terminal.around(words)

    def _say_died(self, run: int, why: str) -> None:
        """Tell it after the engine is done with the effect that started the player."""
        self._loop.call_soon(partial(self._send, PlayerDied(run, why)))


class FallbackPlayer:
    """Tries the first player; if it dies before its first frame, the second plays the same run."""

    def __init__(
        self, send: Send, first: Callable[[Send], Player], second: Callable[[Send], Player]
    ) -> None:
        self._send = send
        self._first = first(self._heard)
        self._second = second(send)
        self._routine = ""
        self._waiting: int | None = None

    def start(self, run: int, routine: str) -> None:
        """Open the player; reports under `run`."""
        self._second.stop(run - 1)
        self._routine, self._waiting = routine, run
        self._first.start(run, routine)

    def find(self, run: int, routine: str) -> None:
        """Listen for a player of either kind that an earlier daemon may have left open."""
        self._first.find(run, routine)

    def stop(self, run: int) -> None:
        """Close it if it is still that run."""
        self._waiting = None
        self._first.stop(run)
        self._second.stop(run)

    def hush(self) -> None:
        """Let nothing of a routine under way be heard any more."""
        self._first.hush()
        self._second.hush()

    def capabilities(self) -> list[Capability]:
        """What either can do."""
        return [*self._first.capabilities(), *self._second.capabilities()]

    def close(self) -> None:
        """Close whatever is open."""
        self._waiting = None
        self._first.close()
        self._second.close()

    def _heard(self, fact: Fact) -> None:
        if isinstance(fact, PlayerDied) and fact.run == self._waiting:
            log.warning("the first player did not start (%s); another takes over", fact.why)
            self._waiting = None
            self._second.start(fact.run, self._routine)
            return
        if isinstance(fact, PlayerPainted) and fact.run == self._waiting:
            self._waiting = None
        self._send(fact)
