"""The settings in force: read in layers, again when a file changes, kept when an edit is bad."""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from deskbreak.settings.files import UnreadableError, change_file, shipped
from deskbreak.settings.load import Loaded, check_text, load_settings
from deskbreak.settings.model import Settings
from deskbreak.struct import Struct, field

log = logging.getLogger(__name__)


class Tuning(Struct, frozen=False):
    """Reads the person's settings file over the site's and the presets.

    `error` is what is the matter with the newest edit while the settings before it stay in force.
    """

    person: Path
    site: tuple[Path, ...] = ()
    overrides: Mapping[str, str] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    error: str | None = None
    _said: tuple[str, ...] | None = None

    def read(self) -> Loaded:
        """Read all layers as they are now; changes nothing."""
        return load_settings(
            self.person,
            site=self.site,
            preset_dir=shipped("config") / "presets",
            overrides=self.overrides,
        )

    def reload(self, report: Callable[[str], None]) -> bool:
        """Take over what the files say now; True if that changed anything.

        A bad edit changes nothing, and is reported once. At the first reading there is nothing to
        keep, so whatever can be used of it counts.
        """
        loaded = self.read()
        first, news = self._said is None, self._log(loaded)
        self.error = "\n".join(str(p) for p in loaded.problems if p.severity == "error") or None
        if self.error and news:
            report(self.error)
        if self.error and not first:
            return False
        changed = loaded.settings != self.settings
        self.settings = loaded.settings
        return changed

    def write(self, key: str, value: Any, report: Callable[[str], None]) -> bool:
        """Set a key in the person's own file; comments and everything else stay.

        True if it was written; else the file is as it was, and `report` hears why.
        """
        from deskbreak.settings.edit import set_key
        from deskbreak.settings.files import change_file

        try:
            change_file(self.person, lambda text: set_key(text, key, value))
        except (OSError, ValueError, UnreadableError) as problem:
            report(f"{key} could not be written into {self.person}: {problem}.")
            return False
        return True

    def _log(self, loaded: Loaded) -> bool:
        """Log what is the matter; True if it was not said before."""
        said = tuple(str(problem) for problem in loaded.problems)
        if said == self._said:
            return False
        self._said = said
        for problem in loaded.problems:
            if problem.severity != "error":  # errors are for whoever gets the report
                log.warning("%s", problem)
        return True


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
