"""`deskbreak demo`: a real deskbreak of its own, with half an hour in eight seconds, for a minute.

It lives in a folder that goes away with it and shares nothing with the person's own deskbreak.
What the guide does, it does over the control socket, as a command would.
"""

import asyncio
import logging
import os
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deskbreak.adapters.store.state import Acknowledged
from deskbreak.adapters.stream import Line
from deskbreak.adapters.waker import new_loop
from deskbreak.app.demo_script import Pace, Said, Tour
from deskbreak.app.environment import Options, Places
from deskbreak.systems import here
from deskbreak.systems.posix.sockets import connect

INTERRUPTED = 130
_LONGEST_FOLDER = 60
"""Bytes that leave room for a socket below the folder."""


class LineTalk:
    """A caller on the control socket, in the loop of the daemon it talks to."""

    def __init__(self, loop: asyncio.AbstractEventLoop, path: Path) -> None:
        self._loop = loop
        self._events: asyncio.Queue[Said] = asyncio.Queue()
        self._open: dict[int, asyncio.Future[Said]] = {}
        self._line = Line(loop, connect(path), self)

    async def ask(self, do: str, **words: Any) -> Said:
        """Make a request and wait for the reply."""
        number = len(self._open) + 1
        reply: asyncio.Future[Said] = self._loop.create_future()
        self._open[number] = reply
        self._line.say({"id": number, "do": do, **words})
        return await reply

    async def wait(self, names: Collection[str], seconds: float) -> Said | None:
        """The next event of one of these names; None if there is none within that time."""
        ends = self._loop.time() + seconds
        while True:
            try:
                left = ends - self._loop.time()
                event = await asyncio.wait_for(self._events.get(), max(0.0, left))
            except TimeoutError:
                return None
            if event["event"] in names:
                return event

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    # ------------------------------------------------------------------------ what a Line tells

    def heard(self, line: Line, said: dict[str, Any]) -> None:  # noqa: ARG002 - the Listener's word
        """A reply or an event has come in."""
        reply = self._open.get(said.get("id") or 0)
        if reply is not None and not reply.done():
            reply.set_result(said)
        elif said.get("event") not in {None, "status"}:
            self._events.put_nowait(said)

    def junk(self, line: Line, why: str) -> None:
        """The daemon says nothing that cannot be read."""

    def ended(self, line: Line) -> None:  # noqa: ARG002 - the Listener's word
        """The daemon has hung up: nobody answers any more."""
        for reply in self._open.values():
            if not reply.done():
                reply.cancel()


def run_demo(say: Callable[[str], None], pace: Pace, *, console: bool = False) -> int:
    """Show the whole loop; returns the exit code. `say` gets what is to be told, in paragraphs.

    With `console` everything happens in the terminal, even where there is a desktop.
    """
    if here().not_yet:
        say(here().not_yet)
        return 1
    with _quiet(), _places() as places:
        return _Demo(say, pace, places, console).run()


class _Demo:
    """One demo, from its start to its end."""

    def __init__(
        self, say: Callable[[str], None], pace: Pace, places: Places, console: bool
    ) -> None:
        self._say, self._pace, self._places, self._console = say, pace, places, console
        self._task: asyncio.Task[None] | None = None
        self._interrupted = False

    def run(self) -> int:
        """Run it; the exit code is 0 unless it was interrupted."""
        from deskbreak.app.application import Application

        loop, system = new_loop(), here()
        options = Options(
            self._places.config,
            console=self._console,
            speed=self._pace.routine_speed,
            overrides=self._pace.settings(),
        )
        house = Application(loop, system, self._places, options, stop=self._stop)
        self._task = loop.create_task(self._guide(loop, house))
        system.stop_on_signals(loop, self._interrupt)
        try:
            loop.run_until_complete(self._task)
        except asyncio.CancelledError:
            self._say("The demo ends here. Nothing of it is kept.")
        finally:
            house.close()
            loop.close()
        return INTERRUPTED if self._interrupted else 0

    async def _guide(self, loop: asyncio.AbstractEventLoop, house: Any) -> None:
        await house.open()
        # The notice before a first routine waits for a person.
        Acknowledged(self._places.acknowledged).give()
        talk = LineTalk(loop, self._places.socket)
        try:
            await talk.ask("subscribe")
            await Tour(talk, self._say, self._pace, house.end_player).go()
        finally:
            talk.close()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _interrupt(self) -> None:
        self._interrupted = True
        self._stop()


@contextmanager
def _quiet() -> Iterator[None]:
    """Let nothing of the log come between the lines of the guide."""
    nowhere = logging.NullHandler()
    logging.getLogger().addHandler(nowhere)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(nowhere)


@contextmanager
def _places() -> Iterator[Places]:
    """Places in a folder that goes away at the end."""
    short = "/tmp" if len(os.fsencode(tempfile.gettempdir())) > _LONGEST_FOLDER else None
    with tempfile.TemporaryDirectory(prefix="deskbreak-demo-", dir=short) as name:
        folder = Path(name)
        with _state_home(folder):
            yield Places(
                config=folder / "config.toml",
                site_configs=(),
                microroutines=folder / "microroutines",
                state=folder / "state.toml",
                history=folder / "history.sqlite3",
                log=folder / "deskbreak.log",
                runtime=folder / "run",
                compiled=folder / "compiled",
            )


@contextmanager
def _state_home(folder: Path) -> Iterator[None]:
    """Have the player's window keep its place in that folder as well."""
    before = os.environ.get("XDG_STATE_HOME")
    os.environ["XDG_STATE_HOME"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["XDG_STATE_HOME"]
        else:
            os.environ["XDG_STATE_HOME"] = before
