"""`deskbreak run` becomes a Python that has the daemon in it and nothing else: 3 MiB less.

Gone are the libraries of the command line, docstrings and asserts. Only the daemon does this: it is
the one process that stays.
"""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from deskbreak.adapters.programs import environment, python
from deskbreak.app.environment import Places
from deskbreak.private import is_ours_alone, private_folder


def become(module: str, words: Sequence[str], places: Places) -> None:
    """Replace this process by `python -m MODULE WORDS` in a lean Python.

    Returns where that cannot be had or brings nothing: on Windows, where a process cannot be
    replaced, and where nothing may be kept compiled, which would cost more than it saves.
    """
    if not hasattr(signal, "pthread_sigmask") or sys.dont_write_bytecode:
        return
    compiled = _compiled(places.compiled)
    if compiled is not None:
        program, *rest = python(module, *words)
        lean = [program, "-OO", "-X", f"pycache_prefix={compiled}", *rest]
        sys.stdout.flush()
        # Ctrl-C waits for the daemon to be able to take it: until then it would be a traceback.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        os.execve(program, lean, environment())


def _compiled(ours: Path) -> Path | None:
    """Where byte code is kept: a folder that the person chose, or our own; None without one.

    What lies there is run, so a folder that anybody else can write to is none.
    """
    chosen = Path(sys.pycache_prefix or "").resolve()
    if sys.pycache_prefix and is_ours_alone(chosen):
        return chosen
    try:
        private_folder(ours)
    except OSError:
        return None
    ours = ours.resolve()
    return ours if os.access(ours, os.W_OK) and is_ours_alone(ours) else None
