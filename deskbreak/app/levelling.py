"""Writes the level that the person has chosen into their own settings file (B26)."""

from collections.abc import Callable
from pathlib import Path

from deskbreak.settings.files import UnreadableError


def write_level(config: Path, level: int) -> None:
    """Set `routines.level`, 1 to 3; comments and everything else stay.

    Raises EditError (a ValueError), UnreadableError or OSError, and the file is as it was.
    """
    from deskbreak.settings.edit import set_key
    from deskbreak.settings.write import change_file

    change_file(config, lambda text: set_key(text, "routines.level", level))


def set_level(config: Path, level: int, complain: Callable[[str], None]) -> bool:
    """The same for whoever cannot take an error; True if it was written."""
    try:
        write_level(config, level)
    except (OSError, ValueError, UnreadableError) as problem:
        complain(f"Level {level} could not be written into {config}: {problem}.")
        return False
    return True
