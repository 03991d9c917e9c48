"""Presets: files that set several keys at once and say where in the literature they come from."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from deskbreak.settings.files import UnreadableError, read_text
from deskbreak.settings.layers import Layer, parse, placed
from deskbreak.settings.marks import says, span, words
from deskbreak.settings.model import Settings
from deskbreak.settings.problems import Note, Problem
from deskbreak.settings.tables import Table, table_of
from deskbreak.settings.types import UNFIT
from deskbreak.settings.values import Duration
from deskbreak.struct import Struct


class About(Struct):
    """What a preset says of itself."""

    name: Annotated[str, words("Its name for people.", "a name", least=1, most=60)]
    description: Annotated[str, words("Whom it suits.", "a sentence", least=1, most=400)]
    sources: Annotated[
        tuple[Annotated[str, words("", "a source", least=1, most=400)], ...],
        says("Where it comes from.", fewest=1),
    ]
    modifier: Annotated[bool, says("Whether it goes on top of another preset.")] = False
    longer: Annotated[
        Duration, span("How much longer it makes the sitting limit, up to an hour.", "0s", "1h")
    ] = Duration(0)


class Preset(Struct):
    """A preset; `id` is its file's name without `.toml`, and what `preset = "…"` says.

    A `modifier` changes another preset, or the built-in settings if it is alone.
    """

    id: str
    name: str
    description: str
    sources: tuple[str, ...]
    layer: Layer
    modifier: bool = False
    longer: float = 0.0


def preset_ids(folder: Path) -> list[str]:
    """The presets of a folder in the order of the alphabet; none if there is no such folder."""
    try:
        return sorted(path.stem for path in folder.iterdir() if path.suffix == ".toml")
    except OSError:
        return []


def list_presets(folder: Path) -> list[Preset]:
    """Every preset of a folder that can be read; `read_preset` tells about the others."""
    found = []
    for name in preset_ids(folder):
        try:
            found.append(read_preset(folder / f"{name}.toml"))
        except UnreadableError:
            continue
    return found


def read_preset(path: Path, root: Table | None = None) -> Preset:
    """Read and check one preset file; its problems are in its layer.

    Raises UnreadableError if there is no such file or it is no TOML.
    """
    text = read_text(path)
    if text is None:
        raise UnreadableError(Problem(str(path), None, "", "no such preset file"))
    document = parse(text, str(path))
    notes: list[Note] = []
    about = _about(document.pop("preset", {}), notes)
    values: Mapping[str, Any] = (root or table_of(Settings)).read(document, (), notes)
    layer = Layer(str(path), text, values, placed(notes, text, str(path)))
    return Preset(
        path.stem, about.name, about.description, about.sources, layer,
        modifier=about.modifier, longer=about.longer,
    )  # fmt: skip


def _about(found: object, notes: list[Note]) -> About:
    table = table_of(About)
    values = table.read(found, ("preset",), notes)
    about = UNFIT if values is UNFIT else table.whole(values, ("preset",), notes)
    return About(name="", description="", sources=()) if about is UNFIT else about
