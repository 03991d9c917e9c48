"""Programs and files that outlive the run that made them."""

import os
import signal
import tempfile
import time
from contextlib import suppress
from pathlib import Path

MARK = "DESKBREAK_TEST_RUN"
"""The word in the environment of whatever a run starts: the run's folder."""

BASE = "t"
"""Where pytest has the tests' own folders: those are kept until the end of the run."""

_PATIENCE_S = 10.0  # those that are just ending are no leftovers


class Leftovers:
    """What belongs to one run: programs that it started, and all temporary files below `folder`."""

    def __init__(self, folder: Path) -> None:
        self.found: list[str] = []
        self._folder = folder
        folder.chmod(0o711)  # a compositor is not started as root, and finds its home all the same
        os.environ |= {MARK: str(folder), "TMPDIR": str(folder)}
        tempfile.tempdir = None  # what it was before

    def end(self) -> list[str]:
        """End what does not end by itself, and say what it was."""
        deadline = time.monotonic() + _PATIENCE_S
        while (left := self.alive()) and time.monotonic() < deadline:
            time.sleep(0.05)
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        files = [str(path) for path in self._folder.iterdir() if path.name != BASE]
        self.found = sorted([*left.values(), *files])
        return self.found

    def alive(self) -> dict[int, str]:
        """By process, the test that started it and its command line."""
        found = {}
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (process / "environ").read_bytes().decode(errors="replace").split("\0")
                if f"{MARK}={self._folder}" in words:
                    tests = [word for word in words if word.startswith("PYTEST_CURRENT_TEST=")]
                    test = tests[0].partition("=")[2] if tests else "no test"
                    line = (process / "cmdline").read_text(errors="replace").replace("\0", " ")
                    found[int(process.name)] = f"{test}: {line.strip()}"
        return found
