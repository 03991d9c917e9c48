"""What `preset = "hourly+gentle-start"` stands for: a preset, and modifiers on top of it."""

from pathlib import Path

from msgspec.structs import replace

from deskbreak.settings.definition import table_of
from deskbreak.settings.duration import Duration
from deskbreak.settings.layer import Layer, merged
from deskbreak.settings.model import Settings
from deskbreak.settings.presets import Preset, list_presets, preset_ids, read_preset
from deskbreak.settings.problem import nearest
from deskbreak.settings.shapes import Table

AND = "+"
"""Stands between a preset and a modifier."""

_LONGEST_SIT = 3600.0
"""A modifier makes the sitting limit longer up to here, in seconds."""


class NoPresetError(ValueError):
    """There is no such preset; its text says what is allowed."""


def preset_layers(words: str, folder: Path, root: Table | None = None) -> list[Layer]:
    """The layers of a preset and its modifiers, the later counting more.

    Raises NoPresetError for a name that is not known or no modifier where there has to be one,
    UnreadableError for a file that is no TOML.
    """
    names, known = words.split(AND), preset_ids(folder)
    for name in names:
        if name not in known:
            likely = nearest(name, known)
            hint = f' (perhaps "{likely}")' if likely else ""
            raise NoPresetError(f"{', '.join(known) or 'nothing: no presets'}{hint}")
    root = root or table_of(Settings)
    presets = [read_preset(folder / f"{name}.toml", root) for name in names]
    if any(not preset.modifier for preset in presets[1:]):
        modifiers = (preset.id for preset in list_presets(folder) if preset.modifier)
        raise NoPresetError(f"one preset, then perhaps {AND}{f' {AND}'.join(modifiers)}")
    layers: list[Layer] = []
    for preset in presets:
        layers.append(_longer(preset, layers) if preset.longer else preset.layer)
    return layers


def _longer(preset: Preset, below: list[Layer]) -> Layer:
    """The layer of a modifier that makes the sitting limit of what is below it longer."""
    limit: float = Settings().breaks.sit_limit
    for layer in below:
        limit = layer.values.get("breaks", {}).get("sit_limit", limit)
    longer = Duration(max(limit, min(limit + preset.longer, _LONGEST_SIT)))
    values = merged(preset.layer.values, {"breaks": {"sit_limit": longer}})
    return replace(preset.layer, values=values)
