"""The settings of a scenario: those it begins with, and those that `set` puts in force."""

from collections.abc import Mapping
from typing import Any

from deskbreak.settings.files import UnreadableError, shipped
from deskbreak.settings.keys import Key, UnknownKeyError, find_key
from deskbreak.settings.load import NoPresetError, merged, preset_layers
from deskbreak.settings.model import Settings
from deskbreak.settings.problems import Note, Spot, shown
from deskbreak.settings.tables import Table
from deskbreak.settings.types import UNFIT

_LEFT_OUT = "unknown key, left out"


class Changes:
    """Settings over time, read with the code that reads config.toml.

    What is no more than a warning there (a very short length) is no mistake here either, except
    for unknown keys.
    """

    def __init__(self, root: Table) -> None:
        self._root = root
        self._values: dict[str, Any] = {}

    def begin(self, table: object, notes: list[Note]) -> Settings:
        """The settings of the scenario's own table, over the preset it names."""
        found: list[Note] = []
        values = self._root.read(table, ("settings",), found)
        self._values = {} if values is UNFIT else dict(values)
        notes.extend(_mistakes(found))
        return self._settings(("settings", "preset"), notes)

    def change(self, key: str, value: object, spot: Spot, notes: list[Note]) -> Settings:
        """The settings once one of them has another value."""
        try:
            known = find_key(key)
        except UnknownKeyError as error:
            hint = f' (perhaps "{error.nearest}")' if error.nearest else ""
            notes.append(Note((*spot, "key"), shown(key), f"the name of a setting{hint}"))
        else:
            self._take(known, value, (*spot, "value"), notes)
        return self._settings((*spot, "value"), notes)

    def _take(self, key: Key, value: object, spot: Spot, notes: list[Note]) -> None:
        found: list[Note] = []
        taken = key.kind.read(value, spot, found)
        notes.extend(_mistakes(found))
        if taken is not UNFIT:
            for part in reversed(key.path.split(".")):
                taken = {part: taken}
            self._values = merged(self._values, taken)

    def _settings(self, spot: Spot, notes: list[Note]) -> Settings:
        below = self._preset(spot, notes) if "preset" in self._values else {}
        settings: Settings = self._root.build(merged(below, self._values))
        return settings

    def _preset(self, spot: Spot, notes: list[Note]) -> Mapping[str, Any]:
        name, folder = self._values["preset"], shipped("config") / "presets"
        values: dict[str, Any] = {}
        try:
            for layer in preset_layers(name, folder):
                values = merged(values, layer.values)
        except UnreadableError as error:
            notes.append(Note(spot, str(error.problem)))
        except NoPresetError as problem:
            notes.append(Note(spot, shown(name), str(problem)))
            del self._values["preset"]
        return values


def _mistakes(notes: list[Note]) -> list[Note]:
    """The errors, and the unknown keys, which a scenario may not have."""
    unknown = (
        Note(note.spot, note.found.replace(_LEFT_OUT, "unknown key"))
        for note in notes
        if note.severity == "warning" and note.found.startswith(_LEFT_OUT)
    )
    return [*(note for note in notes if note.severity == "error"), *unknown]
