"""`python -m deskbreak.desks ADDRESS [--boundary CM]`: follow a desk, a line at each change.

It ends when it is asked to, or when nobody reads its lines any more, and lets go of the desk.
"""

import argparse
import asyncio
import signal
import stat
import sys
from collections.abc import Coroutine
from contextlib import suppress
from functools import partial
from os import fstat
from typing import Any

from deskbreak.desks import NEEDS_BLEAK
from deskbreak.desks.height import BOUNDARY_CM, Judge, boundary


def main() -> int:
    """Run until asked to end; the exit code is 0 then, 1 without bleak, 2 for unusable words."""
    words = argparse.ArgumentParser(
        prog="python -m deskbreak.desks",
        description="Print sitting or standing whenever a Bluetooth desk has come to rest.",
    )
    words.add_argument("address", help="what `deskbreak desk find` lists")
    words.add_argument("--boundary", type=_boundary, default=BOUNDARY_CM, metavar="CM")
    asked = words.parse_args()
    try:
        from deskbreak.desks.linak import Follower, connected
    except ImportError as missing:
        if missing.name != "bleak":
            raise
        print(NEEDS_BLEAK, file=sys.stderr)  # noqa: T201 - the program's own output
        return 1
    follower = Follower(partial(print, flush=True), connected, Judge(asked.boundary))
    with suppress(asyncio.CancelledError, KeyboardInterrupt, BrokenPipeError):
        asyncio.run(_until_asked(follower.follow(asked.address)))
    return 0


def _boundary(text: str) -> float:
    try:
        return boundary(text)
    except ValueError as problem:  # whose words argparse would keep to itself
        raise argparse.ArgumentTypeError(str(problem)) from None


async def _until_asked(following: Coroutine[Any, Any, None]) -> None:
    """Follow until somebody asks for the end; letting go of the desk takes a moment then."""
    loop = asyncio.get_running_loop()
    task = loop.create_task(following)
    loop.add_signal_handler(signal.SIGTERM, task.cancel)
    out = sys.stdout.fileno()
    if stat.S_ISFIFO(fstat(out).st_mode):
        loop.add_reader(out, task.cancel)  # of our end, "readable" means that the other is closed
    await task


if __name__ == "__main__":
    sys.exit(main())
