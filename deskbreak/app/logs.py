"""The log: a rotating file in the state folder, and warnings on standard error."""

import logging
import os
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from deskbreak.private import private_folder, shut

_SIZE = 256 * 1024
_KEPT = 2


class _PrivateFile(RotatingFileHandler):
    """A rotating file that nobody else can read: it names programs, windows and appointments."""

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))
        shut(path)
        return super()._open()


def start_logging(file: Path) -> None:
    """Log to the file, and what matters to standard error; only there if no file can be."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    terminal = logging.StreamHandler(sys.stderr)
    terminal.setLevel(logging.WARNING)
    terminal.setFormatter(logging.Formatter("deskbreak: %(message)s"))
    root.addHandler(terminal)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)  # it tells of every alarm
    try:
        private_folder(file.parent)
        to_file = _PrivateFile(file, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8")
    except OSError as error:
        logging.warning("There is no log file (%s).", error)
        return
    to_file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(to_file)
