"""The settings in force: read in layers, again when a file changes, kept when an edit is bad."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deskbreak.settings.files import UnreadableError
from deskbreak.settings.load import Loaded, load_settings
from deskbreak.settings.model import Settings
from deskbreak.settings.shipped import shipped

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Tuning:
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
        from deskbreak.settings.write import change_file

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
