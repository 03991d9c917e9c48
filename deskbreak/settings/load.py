"""Reads settings in layers: built-in, preset, site, the person's own, command line.

A later layer counts more. All problems of all layers are found at once. A value that cannot be
used is left out; as long as there is an error the caller keeps the settings it had.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from deskbreak.settings.files import UnreadableError, read_text
from deskbreak.settings.keys import parse_value
from deskbreak.settings.model import Settings
from deskbreak.settings.problems import Note, Problem, dotted, nearest, printable, shown
from deskbreak.settings.tables import table_of
from deskbreak.settings.types import UNFIT
from deskbreak.settings.values import Duration, setting, span
from deskbreak.struct import Struct, asdict, field, replace

AND = "+"  # stands between a preset and a modifier
COMMAND_LINE = "command line"

_LONGEST_SIT = 3600.0  # a modifier makes the sitting limit longer up to here, in seconds
_PLACE = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)\Z")
_DEEP = re.compile(r"(?<![\w\"'.-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){64}")
"""A name of that many parts: tomllib would take minutes over a long one."""


class NoPresetError(ValueError):
    """There is no such preset; its text says what is allowed."""


class Layer(Struct):
    """What one place says: values by name, tables as dicts, and the text they were read from."""

    name: str
    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def parse(text: str, name: str) -> dict[str, Any]:
    """A TOML text as dicts and lists. Raises UnreadableError with the line."""
    if deep := _DEEP.search(text):
        at = text.count("\n", 0, deep.start()) + 1
        raise UnreadableError(Problem(name, at, "", "a name with very many dots"))
    try:
        return tomllib.loads(text)
    except RecursionError:
        problem = Problem(name, None, "", "tables or lists nested too deeply")
    except ValueError as error:
        place = _PLACE.search(str(error))
        line = None if place is None else int(place[1] or text.count("\n") + 1)
        sentence = _PLACE.sub("", str(error))
        problem = Problem(name, line, "", f"not TOML here: {printable(sentence, 200)}")
    raise UnreadableError(problem)


def placed(notes: Sequence[Note], text: str, name: str) -> tuple[Problem, ...]:
    """The notes with file and line, in the order of the lines."""
    if not notes:
        return ()
    from deskbreak.settings.lines import Lines

    lines = Lines(text)
    problems = []
    for note in notes:
        where = (name, lines.of(note.spot), dotted(note.spot))
        problems.append(Problem(*where, note.found, note.allowed, note.severity))
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))


def merged(lower: Mapping[str, Any], upper: Mapping[str, Any]) -> dict[str, Any]:
    """Two layers in one: tables key by key, everything else as the upper one has it."""
    both = dict(lower)
    for name, value in upper.items():
        below = both.get(name)
        if isinstance(below, Mapping) and isinstance(value, Mapping):
            value = merged(below, value)  # noqa: PLW2901
        both[name] = value
    return both


class About(Struct):
    """What a preset says of itself."""

    name: str = setting("Its name for people.", what="a name", most=60, least=1)
    description: str = setting("Whom it suits.", what="a sentence", most=400, least=1)
    sources: tuple[str, ...] = setting(
        "Where it comes from.", each={"what": "a source", "most": 400, "least": 1}, fewest=1
    )
    modifier: bool = setting("Whether it goes on top of another preset.", False)
    longer: Duration = span(
        "How much longer it makes the sitting limit, up to an hour.", "0s", "0s", "1h"
    )


class Preset(About, kw_only=True):
    """A preset; `id` is its file's name without `.toml`, and what `preset = "…"` says.

    A `modifier` changes another preset, or the built-in settings if it is alone.
    """

    id: str
    layer: Layer


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


def read_preset(path: Path) -> Preset:
    """Read and check one preset file; its problems are in its layer.

    Raises UnreadableError if there is no such file or it is no TOML.
    """
    text = read_text(path)
    if text is None:
        raise UnreadableError(Problem(str(path), None, "", "no such preset file"))
    document = parse(text, str(path))
    notes: list[Note] = []
    table = table_of(About)
    values = table.read(document.pop("preset", {}), ("preset",), notes)
    about = UNFIT if values is UNFIT else table.whole(values, ("preset",), notes)
    if about is UNFIT:
        about = About(name="", description="", sources=())
    layer = _checked(document, notes, text, str(path))
    return Preset(**asdict(about), id=path.stem, layer=layer)


def _checked(document: Mapping[str, Any], notes: list[Note], text: str, name: str) -> Layer:
    values = table_of(Settings).read(document, (), notes)
    return Layer(name, text, values, placed(notes, text, name))


def preset_layers(words: str, folder: Path) -> list[Layer]:
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
    presets = [read_preset(folder / f"{name}.toml") for name in names]
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


class Loaded(Struct):
    """Settings, everything that is the matter, and where each value comes from.

    `sources` names a file or "command line" for every key that some layer sets; the keys of a map
    each have their own (`hooks.prompt`).
    """

    settings: Settings
    problems: tuple[Problem, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether there is no error among the problems; warnings do not count."""
        return all(problem.severity != "error" for problem in self.problems)


def load_settings(
    person: Path | None,
    *,
    site: Sequence[Path] = (),
    preset_dir: Path,
    overrides: Mapping[str, str] | None = None,
) -> Loaded:
    """Read all layers. Files that are not there are fine; nothing is ever written.

    `site` is in the order of $XDG_CONFIG_DIRS, the first counts most. `overrides` gives keys
    values in words, as `config set` takes them. Never raises for what is in the files.
    """
    layers = []
    for path in [*reversed(site), *([person] if person else [])]:
        try:
            text = read_text(path)
        except UnreadableError as error:
            layers.append(Layer(str(path), "", problems=(error.problem,)))
        else:
            layers += [] if text is None else [_layer(text, str(path))]
    return _together([*layers, _from_words(overrides or {})], preset_dir)


def check_text(text: str, name: str, preset_dir: Path) -> Loaded:
    """The settings of one TOML text alone, over the preset it names."""
    return _together([_layer(text, name)], preset_dir)


def _layer(text: str, name: str) -> Layer:
    try:
        return _checked(parse(text, name), [], text, name)
    except UnreadableError as error:
        return Layer(name, text, problems=(error.problem,))


def _from_words(overrides: Mapping[str, str]) -> Layer:
    values: dict[str, Any] = {}
    problems = []
    for path, words in overrides.items():
        try:
            value = parse_value(path, words)
        except ValueError as error:
            problems.append(Problem(COMMAND_LINE, None, "", str(error)))
        else:
            for part in reversed(path.split(".")):
                value = {part: value}
            values = merged(values, value)
    return Layer(COMMAND_LINE, "", values, tuple(problems))


def _together(layers: list[Layer], preset_dir: Path) -> Loaded:
    chosen, preset_problems = _preset(layers, preset_dir)
    layers = [*chosen, *layers]
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for layer in layers:
        values = merged(values, layer.values)
        sources.update((path, layer.name) for path in _paths(layer.values, ""))
    if preset_problems:
        del values["preset"], sources["preset"]
    settings: Settings = table_of(Settings).build(values)
    problems = [problem for layer in layers for problem in layer.problems]
    odd = _odd(settings, sources, {layer.name: layer.text for layer in layers})
    return Loaded(settings, (*problems, *preset_problems, *odd), sources)


def _preset(layers: Sequence[Layer], folder: Path) -> tuple[list[Layer], tuple[Problem, ...]]:
    """The layers of the preset that the topmost layer with a word on it names."""
    by = next((layer for layer in reversed(layers) if "preset" in layer.values), None)
    if by is None:
        return [], ()
    name = by.values["preset"]
    try:
        return preset_layers(name, folder), ()
    except UnreadableError as error:
        return [], (error.problem,)
    except NoPresetError as problem:
        return [], placed([Note(("preset",), shown(name), str(problem))], by.text, by.name)


def _paths(values: Mapping[str, Any], above: str) -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _paths(value, f"{above}{name}.")
        else:
            yield f"{above}{name}"


def _odd(
    settings: Settings, sources: Mapping[str, str], texts: Mapping[str, str]
) -> Iterator[Problem]:
    """Warnings about two keys that do not go well together, at the first that a file sets."""
    breaks, presence, standing = settings.breaks, settings.presence, settings.standing
    pairs = (
        (
            breaks.heads_up >= breaks.sit_limit,
            ("breaks.heads_up", "breaks.sit_limit"),
            "heads_up is as long as sit_limit, so it comes at once",
        ),
        (
            breaks.long_walk < breaks.walk,
            ("breaks.long_walk", "breaks.walk"),
            "long_walk is shorter than walk",
        ),
        (
            presence.away_after > breaks.natural_break,
            ("presence.away_after", "breaks.natural_break"),
            "away_after is longer than natural_break, so absences between the two go unseen",
        ),
        (
            standing.stand_for > standing.warn_after,
            ("standing.stand_for", "standing.warn_after"),
            "stand_for is longer than warn_after",
        ),
        (
            standing.build_up > 0 and standing.build_up_to < standing.stand_for,
            ("standing.build_up_to", "standing.stand_for"),
            "build_up_to is shorter than stand_for, so nothing builds up",
        ),
    )
    for is_odd, paths, sentence in pairs:
        path = next((path for path in paths if path in sources), None)
        if is_odd and path is not None:
            note = Note(tuple(path.split(".")), sentence, severity="warning")
            yield from placed([note], texts[sources[path]], sources[path])
