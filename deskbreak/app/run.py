"""Starting and stopping: one instance, the loop, signals, and the order in which things come up."""

import contextlib
import logging
import signal
import sys

from deskbreak.adapters.waker import new_loop
from deskbreak.app.instance import claim
from deskbreak.app.logs import start_logging
from deskbreak.app.options import Options
from deskbreak.app.places import Places
from deskbreak.private import shut_away

log = logging.getLogger(__name__)

READY = "deskbreak is ready"


def run_daemon(places: Places, options: Options) -> int:
    """Run until told to quit; the exit code. Raises AlreadyRunning if another one runs."""
    loop = new_loop()
    lock = claim(places.lock)
    try:
        _shut_away(places)
        start_logging(places.log)
        from deskbreak.app.house import House

        house = House(loop, places, options, stop=loop.stop)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, loop.stop)
        try:
            loop.run_until_complete(house.open())
            _say_ready()
            loop.run_forever()
        finally:
            house.close()
            loop.close()
    finally:
        lock.release()
    return 0


def _shut_away(places: Places) -> None:
    """What says how somebody's days go is for them alone, also where it was once left open."""
    for folder in {places.state.parent, places.history.parent, places.log.parent}:
        with contextlib.suppress(OSError):  # whoever needs it says so
            shut_away(folder)


def _say_ready() -> None:
    log.info(READY)
    print(READY, file=sys.stderr, flush=True)  # noqa: T201 - for whoever started it in a terminal
