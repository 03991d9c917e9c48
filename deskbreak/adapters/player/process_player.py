"""Plays routines in processes of their own: the window, or a terminal; one at a time."""

import asyncio
import logging
from collections.abc import Callable, Sequence

from deskbreak.adapters.child import Program
from deskbreak.adapters.player.playing import Playing
from deskbreak.adapters.stream import Door
from deskbreak.core.events import Fact, PlayerDied, PlayerPainted
from deskbreak.ports import Capability, Send
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


class Way(Struct):
    """A way to show routines: the words that play one, and what `doctor` says of it.

    `words` gives None where it is not open now. Where routines play in the terminal that deskbreak
    itself runs in, that one is `lent` to them and taken `back` afterwards.
    """

    words: Callable[[str], Sequence[str] | None]
    capability: Callable[[], Capability]
    lent: Callable[[], None] | None = None
    back: Callable[[], None] | None = None


def in_window(command: Callable[[str], Sequence[str]]) -> Way:
    """The words of `command` open a window of their own."""
    return Way(command, lambda: Capability("player", "window", works=True))


def in_terminal(
    command: Callable[[str], Sequence[str]], find: Callable[[], Terminal | None]
) -> Way:
    """They run in a terminal program, where `find` has one."""

    def words(routine: str) -> Sequence[str] | None:
        terminal = find()
        return None if terminal is None else terminal.around(command(routine))

    def capability() -> Capability:
        terminal = find()
        if terminal is None:
            return Capability("player", None, works=False, why=_NO_TERMINAL, advice=_ADVICE)
        return Capability("player", f"terminal ({terminal.name})", works=True)

    return Way(words, capability)


def in_this_terminal(
    command: Callable[[str], Sequence[str]], lent: Callable[[], None], back: Callable[[], None]
) -> Way:
    """They run in the terminal that deskbreak itself runs in."""
    here = Capability("player", "this terminal", works=True)
    return Way(command, lambda: here, lent, back)


class ProcessPlayer:
    """Starts a player for each run, one at a time, in the first of several ways.

    Where one dies before its first frame, the next way plays the same run (B22). `door` makes the
    door of a name for a player to call at: `--report ADDRESS` is added to its words.
    `acknowledged` is called when the person has accepted the notice before a first routine.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        send: Send,
        ways: Sequence[Way],
        door: Callable[[str], Door],
        acknowledged: Callable[[], None] = lambda: None,
    ) -> None:
        self._loop = loop
        self._send = send
        self._ways = ways
        self._door = door
        self._acknowledged = acknowledged
        self._all: list[Playing] = []
        self._waiting: int | None = None  # the run that another way would play

    def start(self, run: int, routine: str) -> None:
        """Open the player; it reports under `run`. An earlier one is asked to go."""
        for earlier in tuple(self._all):
            earlier.leave()
        self._waiting = run
        self._play(run, routine, self._ways)

    def find(self, run: int, routine: str) -> None:
        """Listen for the player of that run, which an earlier daemon may have left open."""
        self._open(run, routine, self._send, self._door(f"player-{run}"), None)

    def stop(self, run: int) -> None:
        """Close the player of that run; one whose routine is over may still ask how it was."""
        self._waiting = None
        for playing in tuple(self._all):
            if playing.run == run and not playing.has_ended:
                playing.leave()

    def hush(self) -> None:
        """Let nothing of a routine under way be heard any more."""
        for playing in tuple(self._all):
            playing.hush()

    def capabilities(self) -> list[Capability]:
        """Whether a routine can be shown, and where."""
        return [way.capability() for way in self._ways]

    def close(self) -> None:
        """Close whatever is open, within a few seconds."""
        self._waiting = None
        for playing in tuple(self._all):
            playing.end()

    def _play(self, run: int, routine: str, ways: Sequence[Way]) -> None:
        way, *others = ways

        def heard(fact: Fact) -> None:
            if isinstance(fact, PlayerDied) and others and self._waiting == run:
                log.warning("the first player did not start (%s); another takes over", fact.why)
                self._play(run, routine, others)
                return
            if isinstance(fact, PlayerPainted) and self._waiting == run:
                self._waiting = None
            self._send(fact)

        words = way.words(routine)
        if words is None:  # told after the engine is done with the effect that starts the player
            self._loop.call_soon(heard, PlayerDied(run, way.capability().why))
            return
        door = self._door(f"player-{run}")
        program = Program([*words, "--report", door.address])
        if way.lent is not None:
            program = replace(program, stdin=None, stdout=None)
            way.lent()
        self._open(run, routine, heard, door, program, way.back)

    def _open(
        self,
        run: int,
        routine: str,
        heard: Send,
        door: Door,
        program: Program | None,
        back: Callable[[], None] | None = None,
    ) -> None:
        def over(playing: Playing) -> None:
            self._all.remove(playing)
            if back is not None and not self._all:
                back()

        playing = Playing(self._loop, heard, run, routine, door, over, self._acknowledged)
        self._all.append(playing)
        try:
            playing.open(program)
        except (OSError, ValueError) as reason:
            failed = "be looked for" if program is None else "start"
            why = f"the player could not {failed}: {reason}"
            log.warning("%s", why)
            over(playing)
            self._loop.call_soon(heard, PlayerDied(run, why))
