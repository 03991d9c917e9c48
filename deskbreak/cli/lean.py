"""`deskbreak run` becomes a Python that has the daemon in it and nothing else: 3 MiB less.

Gone are the libraries of the command line, docstrings and asserts. Only the daemon does this: it is
the one process that stays.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from deskbreak.app.places import Places


def become(module: str, words: Sequence[str], places: Places) -> None:
    """Replace this process by `python -m MODULE WORDS` in a lean Python.

    Returns where that cannot be had or brings nothing: on Windows, where a process cannot be
    replaced, and where nothing may be kept compiled, which would cost more than it saves.
    """
    if os.name != "posix" or sys.dont_write_bytecode or not sys.executable:
        return
    compiled = sys.pycache_prefix or _made(places.compiled)
    if compiled:
        options = ["-OO", "-X", f"pycache_prefix={compiled}"]
        if not _looks_in_this_folder():
            options.append("-P")  # nor may -m: whatever lies there is none of ours
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, *options, "-m", module, *words])


def _made(folder: Path) -> str | None:
    """Our own: those of the libraries are often the system's. None if it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return str(folder) if os.access(folder, os.W_OK) else None


def _looks_in_this_folder() -> bool:
    """Whether modules are looked for where the person is, as `python -m deskbreak` does."""
    try:
        return str(Path.cwd()) in sys.path
    except FileNotFoundError:  # the folder is gone
        return False
