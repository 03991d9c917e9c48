"""What a preset changes, in words. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from deskbreak.settings.keys import find_key
from deskbreak.settings.kinds import Kind
from deskbreak.settings.presets import Preset
from deskbreak.windows.settings.document import Now
from deskbreak.windows.settings.pages import title_of
from deskbreak.windows.settings.words import label, shown


class Difference(NamedTuple):
    """A key that a preset sets to something else than the built-in default, and to what."""

    path: str
    kind: Kind
    plain: Any


def differences(preset: Preset) -> tuple[Difference, ...]:
    """All of them, in the order of the preset's file."""
    keys = [(find_key(path), value) for path, value in _flat(preset.layer.values, "")]
    return tuple(
        Difference(key.path, key.kind, key.kind.plain(value))
        for key, value in keys
        if value != key.default
    )


def told(changes: Sequence[Difference], now: Mapping[str, Now]) -> tuple[str, ...]:
    """A line for each table with differences.

    Where the person has set such a key themselves, the line says that their own value counts.
    """
    return tuple(
        f"{title_of(table)}: {', '.join(_said(change, now.get(change.path)) for change in group)}."
        for table, group in groupby(changes, key=lambda change: change.path.split(".")[0])
    )


def _said(change: Difference, mine: Now | None) -> str:
    said = shown(change.kind, change.plain)
    if "." in change.path:
        said = f"{label(change.path).lower()} {said}"
    if mine is None or not mine.own:
        return said
    return f"{said} (yours counts: {shown(change.kind, mine.plain)})"


def _flat(values: Mapping[str, Any], above: str) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value
