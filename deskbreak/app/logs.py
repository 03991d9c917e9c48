"""The log: a rotating file in the state folder, and warnings on standard error."""

import logging
import os
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from deskbreak.private import private_folder, shut
from deskbreak.text.display import LONGEST_PARAGRAPH, lines, one_line

_SIZE = 256 * 1024
_KEPT = 2


class _PrivateFile(RotatingFileHandler):
    """A rotating file that nobody else can read: it names programs, windows and appointments."""

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))
        shut(path)
        return super()._open()


class _Formatter(logging.Formatter):
    """Keeps what somebody else named something from looking like a line of the log."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        """The line of a record; a trace that follows it keeps its own lines."""
        return one_line(super().formatMessage(record), LONGEST_PARAGRAPH)

    def format(self, record: logging.LogRecord) -> str:
        """All of it; the words of an exception may be anybody's, too."""
        return lines(super().format(record))


def start_logging(file: Path) -> None:
    """Log to the file, and what matters to standard error; only there if no file can be."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    terminal = logging.StreamHandler(sys.stderr)
    terminal.setLevel(logging.WARNING)
    terminal.setFormatter(_Formatter("deskbreak: %(message)s"))
    root.addHandler(terminal)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)  # it tells of every alarm
    try:
        private_folder(file.parent)
        to_file = _PrivateFile(file, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8")
    except OSError as error:
        logging.warning("There is no log file (%s).", error)
        return
    to_file.setFormatter(_Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(to_file)
