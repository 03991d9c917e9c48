"""Programs that outlive the run that started them, known by a word in their environment."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

_MARK = "DESKBREAK_TEST_RUN"
_PATIENCE_S = 10.0  # those that are just ending are no leftovers


def mark(run: str) -> None:
    """From now on whatever is started belongs to this run."""
    os.environ[_MARK] = run


def alive(run: str) -> dict[int, str]:
    """What belongs to the run: by process, the test that started it and its command line."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "environ").read_bytes().decode(errors="replace").split("\0")
            if f"{_MARK}={run}" in words:
                test = next((word for word in words if word.startswith("PYTEST_CURRENT_TEST=")), "")
                line = (folder / "cmdline").read_text(errors="replace").replace("\0", " ")
                found[int(folder.name)] = f"{test.partition('=')[2] or 'no test'}: {line.strip()}"
    return found


def end(run: str, patience_s: float = _PATIENCE_S) -> list[str]:
    """End what belongs to the run and does not end by itself, and say what it was."""
    deadline = time.monotonic() + patience_s
    while (left := alive(run)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for pid in left:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return sorted(left.values())
