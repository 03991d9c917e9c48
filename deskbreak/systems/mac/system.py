"""macOS as the rest of deskbreak sees it."""

import time
from functools import partial

from deskbreak.systems.mac.tray import mac_tray
from deskbreak.systems.unfinished import Unfinished


def mac() -> Unfinished:
    """Its monotonic clock goes on while the machine sleeps, the raw uptime does not."""
    raw = time.CLOCK_UPTIME_RAW  # type: ignore[attr-defined,unused-ignore]  # on macOS alone
    return Unfinished("macOS", partial(time.clock_gettime, raw), time.monotonic, mac_tray)
