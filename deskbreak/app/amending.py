"""Changes the person's settings file, and writes nothing that could not be used."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from deskbreak.settings.files import UnreadableError
from deskbreak.settings.load import Loaded, check_text
from deskbreak.settings.shipped import shipped
from deskbreak.settings.write import change_file


class Amended(NamedTuple):
    """The text of the file before a change and after it."""

    before: str
    after: str


class UnusableError(Exception):
    """The file would be one that cannot be used, or is `already` one that cannot be read as TOML.

    `loaded` has everything that is the matter with it.
    """

    def __init__(self, loaded: Loaded, *, already: bool) -> None:
        super().__init__("; ".join(str(problem) for problem in loaded.problems))
        self.loaded = loaded
        self.already = already


def amend(file: Path, edit: Callable[[str], str]) -> Amended:
    """Change the text of a settings file by `edit`, such as `settings.edit.set_key`.

    Raises UnusableError, UnreadableError, OSError, and what `edit` does; the file is then as it
    was. A file with mistakes may still be changed: that is how they are put right one by one.
    """
    texts = Amended("", "")

    def checked(before: str) -> str:
        nonlocal texts
        was = _check(before, file)
        try:
            after = edit(before)
        except UnreadableError as error:
            raise UnusableError(was, already=True) from error
        loaded = _check(after, file)
        if was.ok and not loaded.ok:
            raise UnusableError(loaded, already=False)
        texts = Amended(before, after)
        return after

    change_file(file, checked)
    return texts


def _check(text: str, file: Path) -> Loaded:
    return check_text(text, str(file), shipped("config") / "presets")
