"""`deskbreak run` starts itself anew without docstrings and asserts: 1.5 MiB less, day and night.

Only the daemon does this: it is the one process that stays.
"""

import os
import sys
from collections.abc import Sequence

from deskbreak.app.places import NoPlaceError, Places


def go_lean(words: Sequence[str]) -> None:
    """Replace this process by the same in a leaner Python, if the words start the daemon.

    Returns where that cannot be had or brings nothing: on Windows, where a process cannot be
    replaced, and where nothing may be kept compiled, which would cost more than it saves.
    """
    if list(words[:1]) != ["run"] or {"-h", "--help"}.intersection(words):
        return
    if os.name != "posix" or sys.flags.optimize or sys.dont_write_bytecode or not sys.executable:
        return
    compiled = sys.pycache_prefix or _own_folder()
    if compiled:
        options = ["-OO", "-X", f"pycache_prefix={compiled}"]
        os.execv(sys.executable, [sys.executable, *options, *sys.orig_argv[1:]])


def _own_folder() -> str | None:
    """Our own: those of the libraries are often the system's. None if it cannot be written."""
    try:
        folder = Places.of_user().compiled
        folder.mkdir(parents=True, exist_ok=True)
    except (NoPlaceError, OSError):
        return None
    return str(folder) if os.access(folder, os.W_OK) else None
