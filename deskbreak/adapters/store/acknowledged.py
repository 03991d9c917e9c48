"""Remembers that the first-time notice was read and accepted, for the daemon and commands alike."""

import logging
import tomllib
from pathlib import Path

from deskbreak.adapters.store.files import write_toml

log = logging.getLogger(__name__)


class Acknowledged:
    """A small file of its own: a routine can be played where no daemon runs."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def given(self) -> bool:
        """Whether the notice was accepted; not where the file cannot be read."""
        try:
            return tomllib.loads(self._path.read_text("utf-8")).get("notice") is True
        except (OSError, ValueError, RecursionError):
            return False

    def give(self) -> None:
        """Remember it; on a disk that takes nothing the notice comes again."""
        try:
            write_toml(self._path, {"version": 1, "notice": True})
        except OSError as error:
            log.warning("That the notice was read could not be kept: %s", error)
