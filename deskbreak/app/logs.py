"""The log: a rotating file in the state folder, and warnings on standard error."""

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

_SIZE = 256 * 1024
_KEPT = 2


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
        file.parent.mkdir(parents=True, exist_ok=True)
        to_file = RotatingFileHandler(file, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8")
    except OSError as error:
        logging.warning("There is no log file (%s).", error)
        return
    to_file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(to_file)
