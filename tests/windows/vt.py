"""A person at a terminal: a real pseudo-terminal, and a small idea of what its screen shows."""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
TAKE, GIVE_BACK = "\x1b[?1049h", "\x1b[?1049l"


class Shown:
    """What a terminal shows that knows moving, clearing and nothing else."""

    def __init__(self) -> None:
        self.lines: dict[int, str] = {}
        self._row = 1
        self._rest = ""

    def feed(self, text: str) -> None:
        text, self._rest = _whole(self._rest + text)
        for piece in re.split(r"(\x1b\[[?0-9;]*[A-Za-z])", text):
            if move := re.fullmatch(r"\x1b\[(\d+);1H", piece):
                self._row = int(move.group(1))
            elif piece == "\x1b[2J":
                self.lines = {}
            elif piece == "\x1b[K":
                self.lines[self._row] = ""
            elif piece and not piece.startswith("\x1b"):
                self.lines[self._row] = self.lines.get(self._row, "") + piece

    @property
    def text(self) -> str:
        return "\n".join(
            self.lines.get(row, "") for row in range(1, max(self.lines, default=0) + 1)
        )


def _whole(text: str) -> tuple[str, str]:
    """What can be shown by now, and the beginning of a sequence that is still to come."""
    at = text.rfind("\x1b")
    if at < 0 or re.match(r"\x1b\[[?0-9;]*[A-Za-z]", text[at:]):
        return text, ""
    return text[:at], text[at:]


class Terminal:
    """The player, or another `module`, on a pseudo-terminal of its own; use it in `with`.

    Errors are kept apart from the screen, unless they are `shown`.
    """

    def __init__(
        self,
        *words: str,
        size: tuple[int, int] = (80, 24),
        environment: dict[str, str] | None = None,
        report: bool = False,
        stdin: Any = None,
        module: str = "deskbreak.windows.terminal",
        shown: bool = False,
    ) -> None:
        self.master, self.slave = pty.openpty()
        self._set_size(size)
        self.before = termios.tcgetattr(self.slave)
        self.received = ""
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self.screen = Shown()
        self.report_end, theirs = os.pipe()
        env = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
        env |= {"TERM": "xterm", "PYTHONIOENCODING": "utf-8", **(environment or {})}
        command = [sys.executable, "-m", module, *words]
        if report:
            command += ["--report", str(theirs)]
        self.process = subprocess.Popen(
            command,
            stdin=self.slave if stdin is None else stdin,
            stdout=self.slave,
            stderr=self.slave if shown else subprocess.PIPE,
            env=env,
            cwd=ROOT,
            pass_fds=[theirs],
            preexec_fn=self._own_terminal,  # noqa: PLW1509 - there are no threads here
        )
        os.close(theirs)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()
        for fd in (self.master, self.slave, self.report_end):
            os.close(fd)

    def sees(self, text: str, timeout: float = 60.0) -> str:
        """Wait until the screen shows this."""
        deadline = time.monotonic() + timeout
        while text not in self.screen.text:
            if not self.take(deadline - time.monotonic()):
                raise AssertionError(f"never saw {text!r} on:\n{self.screen.text}\n{self._error()}")
        return self.screen.text

    def press(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        self._set_size((columns, rows))
        os.kill(self.process.pid, signal.SIGWINCH)

    def ends(self, timeout: float = 60.0) -> int:
        """Wait for the end; returns the exit code, with everything written by then taken in."""
        deadline = time.monotonic() + timeout
        while self.process.poll() is None:
            if time.monotonic() > deadline:
                raise AssertionError(f"still there; on the screen:\n{self.screen.text}")
            self.take(0.02)
        while self.take(0.02):
            pass
        return self.process.returncode

    def given_back(self) -> bool:
        """Whether the terminal is as it was found."""
        last = self.received.rfind(GIVE_BACK)
        return (
            last > self.received.rfind(TAKE)
            and self.received.rfind("\x1b[?25h") > self.received.rfind("\x1b[?25l")
            and termios.tcgetattr(self.slave) == self.before
        )

    def reports(self) -> str:
        """What was reported so far."""
        text = b""
        while select.select([self.report_end], [], [], 0)[0]:
            piece = os.read(self.report_end, 65536)
            if not piece:
                break
            text += piece
        return text.decode()

    def take(self, timeout: float) -> bool:
        """Take in what the program writes within that time; whether there was anything."""
        if timeout <= 0 or not select.select([self.master], [], [], timeout)[0]:
            return False
        text = self._decode(os.read(self.master, 65536))
        self.received += text
        self.screen.feed(text)
        return True

    def _set_size(self, size: tuple[int, int]) -> None:
        columns, rows = size
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _own_terminal(self) -> None:
        os.setsid()
        fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)

    def _error(self) -> str:
        if self.process.poll() is None or self.process.stderr is None:
            return ""
        return self.process.stderr.read().decode()
