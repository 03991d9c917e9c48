"""The settings in force: read in layers, again when a file changes, kept when an edit is bad."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

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
