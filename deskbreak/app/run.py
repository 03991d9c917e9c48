"""Starting and stopping: one instance, the loop, signals, and the order in which things come up."""

import contextlib
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from deskbreak.adapters.waker import new_loop
from deskbreak.app import instance
from deskbreak.app.environment import Options, Places
from deskbreak.app.logs import start_logging
from deskbreak.private import shut_away
from deskbreak.systems import here

if TYPE_CHECKING:
    import asyncio

    from deskbreak.app.application import Application
    from deskbreak.systems.system import SessionKey

log = logging.getLogger(__name__)

READY = "deskbreak is ready"

_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_TRIES, _BETWEEN_S = 300, 0.1
"""How often, and how far apart, to look whether an old instance has gone."""


def run_daemon(options: Options) -> int:
    """Run until told to quit; the exit code. Raises AlreadyRunning if another one runs."""
    loop = new_loop()
    import asyncio  # only now it comes without TLS, which is 4 MiB

    system = here()
    places, lock = _settle(() if options.console else system.session_key())
    try:
        for folder in {places.state.parent, places.history.parent, places.log.parent}:
            with contextlib.suppress(OSError):  # whoever needs it says so
                shut_away(folder)
        start_logging(places.log)
        from deskbreak.app.application import Application

        stopped = asyncio.Event()
        application = Application(loop, system, places, options, stop=stopped.set)
        system.stop_on_signals(loop, stopped.set)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        try:
            loop.run_until_complete(_live(application, stopped))
        finally:
            application.close()
            # The loop lets go of its handlers, and nobody else is there to take a signal.
            signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
            loop.close()
    finally:
        lock.close()
    return 0


async def _live(application: "Application", stopped: "asyncio.Event") -> None:
    application.open()
    log.info(READY)
    print(READY, file=sys.stderr, flush=True)  # noqa: T201 - for whoever started it in a terminal
    await stopped.wait()


def _settle(session: "SessionKey") -> tuple[Places, instance.Claim]:
    """Our places, and the claim to them. Raises AlreadyRunning, or OSError."""
    places = Places.of_user()
    try:
        return places, _claim(places, session)
    except instance.AlreadyRunning:
        # Two machines may find the same home at the same time: the slower has a folder of its own.
        ours = places.state.parent
        _wait_until(lambda: instance.is_taken(ours) or not os.access(ours, os.W_OK))
        settled = Places.of_user()
        if settled.lock == places.lock:
            raise
    return settled, _claim(settled, session)


def _wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(_TRIES):
        if condition():
            return
        time.sleep(_BETWEEN_S)


def _claim(places: Places, session: "SessionKey") -> instance.Claim:
    """Become the one instance; one that has outlived its session is asked to go first.

    One that has just come or is about to go holds the lock and does not say who it is: it is waited
    for. Raises AlreadyRunning, or OSError.
    """
    asked: set[int] = set()
    for _ in range(_TRIES):
        try:
            return _try(places, session)
        except instance.AlreadyRunning as already:
            pid = already.holder.pid
            if pid is not None and pid not in asked:
                if not here().is_over(already.holder.session):
                    raise
                asked.add(pid)
                os.kill(pid, signal.SIGTERM)
        time.sleep(_BETWEEN_S)
    return _try(places, session)


def _try(places: Places, session: "SessionKey") -> instance.Claim:
    # Without a place for the socket nobody could talk to it: better to say so at once.
    places.runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        lock = instance.claim(places.lock, places.socket, session)
    except OSError:  # a home that cannot be written: there is no state to protect, but a session
        lock = instance.claim(places.runtime / instance.LOCK, places.socket, session)
    pid = here().listener(places.socket)  # an earlier version has its lock elsewhere
    if pid is not None:
        lock.close()
        raise instance.AlreadyRunning(instance.Holder(pid))
    given = os.environ.get("XDG_RUNTIME_DIR", "")
    with contextlib.suppress(OSError):
        instance.take_folder(places.state.parent, given if Path(given).is_absolute() else "")
    return lock
