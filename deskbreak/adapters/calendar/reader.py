"""Keeps the engine's agenda up to date with the calendar files of the settings.

The files are read at the start, when one of them changes, when the settings do, and every few
hours for the hours ahead. Without files in the settings nothing runs and nothing is watched.
"""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from deskbreak.adapters.calendar.ask import (
    LONGEST_S,
    Reading,
    capabilities,
    command,
    place,
    reading_of,
    wanted,
)
from deskbreak.adapters.child import Child, Program
from deskbreak.adapters.filewatch import FileWatch, WatchFiles
from deskbreak.adapters.timer import Timer
from deskbreak.backoff import Backoff
from deskbreak.core.events import AgendaRead, Fact, Woke
from deskbreak.ports import Capability, Clock, Send
from deskbreak.settings.model import Settings

log = logging.getLogger(__name__)

BEFORE_S, AFTER_S = 12 * 3600.0, 36 * 3600.0
"""What is read around now: the entries that are over and may make a gap, and those ahead."""

FRESH_S = 6 * 3600.0
"""After so long on the wall clock the files are read again."""

_LOOK_EVERY_S = 1800.0
"""How often is looked whether they still are: the loop's own clock sleeps with the machine."""

_TRY_AGAIN_S = 60.0
"""After a reading that came to nothing; twice as long after each further one."""

_CALM_S = 1.0
"""Programs that synchronise write many files in a row."""


class CalendarReader:
    """Posts `AgendaRead`. What cannot be read is said by `capabilities`; known entries stay."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        send: Send,
        settings: Callable[[], Settings],
        clock: Clock,
        watch_files: WatchFiles,
    ) -> None:
        self._loop, self._send, self._settings, self._clock = loop, send, settings, clock
        self._watch_files = watch_files
        self._names: tuple[str, ...] = ()
        self._asking: Child | None = None
        self._ask_again = False
        self._soon, self._later = Timer(loop), Timer(loop)
        self._watch: FileWatch | None = None
        self._folders: tuple[Path, ...] = ()
        self._reading: Reading | None = None
        self._read_at: float | None = None
        self._trouble = ""
        self._pauses = Backoff(_TRY_AGAIN_S, _LOOK_EVERY_S)

    def start(self) -> None:
        """Begin to read and to watch, if the settings name files."""
        self.refresh()

    def refresh(self) -> None:
        """The settings may have changed."""
        names = wanted(self._settings())
        if names == self._names:
            return
        self.close()
        self._names, self._reading, self._read_at = names, None, None
        if names:
            self._watch_over(())
            self._read()
        else:
            self._send(AgendaRead(()))

    def hear(self, fact: Fact) -> None:
        """After a sleep, and after the clock was set, what was read may be of another day."""
        if isinstance(fact, Woke) and self._names:
            self._look()

    def capabilities(self) -> list[Capability]:
        """What the last reading was like, for `doctor`."""
        return capabilities(self._settings(), self._reading, self._trouble)

    def close(self) -> None:
        """Stop reading and watching."""
        self._ask_again = False
        if self._asking is not None:
            self._asking.kill()
            self._asking = None
        self._soon.cancel()
        self._later.cancel()
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    # when to read

    def _watch_over(self, folders: tuple[Path, ...]) -> None:
        if self._watch is not None:
            self._watch.close()
        paths = [Path(place(name)) for name in self._names if "://" not in name]
        self._folders = tuple(dict.fromkeys((*filter(Path.is_dir, paths), *folders)))
        self._watch = self._watch_files(paths, self._read_soon, self._folders)

    def _read_soon(self) -> None:
        self._soon.set(_CALM_S, self._read)

    def _look(self) -> None:
        """Read again what is no longer fresh; the wall clock may have gone back, too."""
        age = self._clock.now().wall - self._read_at if self._read_at is not None else FRESH_S
        if 0 <= age < FRESH_S:
            self._later.set(_LOOK_EVERY_S, self._look)
        else:
            self._read()

    # reading

    def _read(self) -> None:
        self._later.set(_LOOK_EVERY_S, self._look)
        if self._asking is not None:
            self._ask_again = True
            return
        now = self._clock.now().wall
        words = command(self._names, now - BEFORE_S, now + AFTER_S)
        program = Program(words, prints=True, longest_s=LONGEST_S)
        try:
            self._asking = Child(self._loop, program, lambda code: self._ended(code, now))
        except (OSError, ValueError) as reason:
            self._complain(f"could not start: {reason}")

    def _ended(self, code: int, asked_at: float) -> None:
        assert self._asking is not None
        child, self._asking = self._asking, None
        if child.overdue:
            self._complain(f"was ended after {LONGEST_S:g} s")
        elif code != 0:
            self._complain(f"ended with code {code}")
        else:
            try:
                self._take(reading_of(child.printed), asked_at)
            except ValueError as error:
                self._complain(f"gave {error}")
        if self._ask_again:
            self._ask_again = False
            self._read()

    def _take(self, reading: Reading, asked_at: float) -> None:
        if self._reading is None or self._reading.problems != reading.problems:
            for problem in reading.problems:
                log.warning("calendar: %s", problem)
        self._reading, self._read_at, self._trouble = reading, asked_at, ""
        self._pauses.reset()
        if not set(reading.folders) <= set(self._folders):
            self._watch_over(reading.folders)
            self._ask_again = True  # what changed in these meanwhile was not heard
        self._send(AgendaRead(reading.entries))

    def _complain(self, why: str) -> None:
        self._trouble, self._read_at = f"the reader {why}", None  # the next look tries again
        self._later.set(self._pauses.pause_s(), self._look)
        log.warning("calendar: %s", self._trouble)
