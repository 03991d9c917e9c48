"""The settings file as the window sees it: read whole, changed key by key, never guessed at.

No Qt here. What cannot be read is told and locked; it is never written over.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from deskbreak.app.settings_file import Amended, UnusableError, amend
from deskbreak.settings.edit import EditError, reset_key, set_key
from deskbreak.settings.files import UnreadableError, shipped
from deskbreak.settings.keys import Key, find_key
from deskbreak.settings.load import Loaded, Preset, list_presets, load_settings
from deskbreak.settings.model import Settings
from deskbreak.settings.problems import Note, Problem
from deskbreak.settings.types import Kind
from deskbreak.struct import Struct
from deskbreak.text.settings import label
from deskbreak.windows.settings.pages import PRESET, Page, title_of
from deskbreak.windows.settings.phrases import refusal, shown

MOST_UNDONE = 100

BUILT_IN = "built in"
"""Where the value of a setting comes from that nobody has set."""


class RefusedError(Exception):
    """Nothing was written; the text says why, for the person."""


class Now(Struct):
    """How a setting is at the moment; values in TOML form, None where nothing is set.

    `below` is what counts once the person's `own` word is taken out, and `below_from` where that
    comes from; `source` is the same for the value itself. A `locked` setting stands in the file in
    a way that cannot be read. `remarks` are what `config check` says of it.
    """

    plain: Any
    source: str
    below: Any
    below_from: str
    own: bool
    locked: bool
    remarks: tuple[str, ...] = ()


class Look(Struct):
    """Everything that a look at the files gives. Without `readable` nothing can be changed.

    `mistakes` keep the daemon at the settings from before, `oddities` are left out.
    """

    settings: Settings
    now: Mapping[str, Now]
    mistakes: tuple[str, ...]
    oddities: tuple[str, ...]
    readable: bool


class Document:
    """One person's settings file over the site's and the presets (`settings.load`)."""

    def __init__(self, file: Path, site: Sequence[Path], pages: Sequence[Page]) -> None:
        self.file = file
        self._site = tuple(site)
        self._keys = {one.path: find_key(one.path) for page in pages for one in page.settings}
        self._folder = shipped("config") / "presets"
        self.presets: tuple[Preset, ...] = tuple(list_presets(self._folder))
        self._done: list[Amended] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a change of ours to take back."""
        return bool(self._done)

    def signature(self) -> tuple[object, ...]:
        """Another one whenever the files may have changed."""
        return tuple(_sign(path) for path in (self.file, *self._site))

    def look(self) -> Look:
        """Read everything anew."""
        loaded = self._load(self.file)
        ground = self._load(None)
        under, chosen = ground, loaded.settings.preset
        if chosen != ground.settings.preset:
            under = self._load(None, {PRESET: chosen})
        mine = [problem for problem in loaded.problems if problem.file == str(self.file)]
        now = {
            path: self._now(key, loaded, ground if path == PRESET else under, mine)
            for path, key in self._keys.items()
        }
        return Look(
            loaded.settings,
            now,
            tuple(self._sentence(one) for one in loaded.problems if one.severity == "error"),
            tuple(self._sentence(one) for one in loaded.problems if self._homeless(one)),
            readable=all(problem.key or problem.severity != "error" for problem in mine),
        )

    def _load(self, person: Path | None, overrides: Mapping[str, str] | None = None) -> Loaded:
        return load_settings(
            person, site=self._site, preset_dir=self._folder, overrides=overrides or {}
        )

    def _now(self, key: Key, loaded: Loaded, under: Loaded, mine: list[Problem]) -> Now:
        path = key.path
        value, below = key.of(loaded.settings), key.of(under.settings)
        near = [problem for problem in mine if _touches(problem.key, path)]
        return Now(
            plain=None if value is None else key.kind.plain(value),
            source=self._from(loaded.sources.get(path)),
            below=None if below is None else key.kind.plain(below),
            below_from=self._from(under.sources.get(path)),
            own=loaded.sources.get(path) == str(self.file),
            locked=any(problem.severity == "error" for problem in near),
            remarks=tuple(_remark(problem, path) for problem in near),
        )

    def _sentence(self, problem: Problem) -> str:
        """A problem with its line, and with its file where that is not the person's own."""
        return _remark(problem) if problem.file == str(self.file) else str(problem)

    def _homeless(self, problem: Problem) -> bool:
        """Whether it is an oddity that no setting can tell of, such as an unknown key."""
        mine = problem.file == str(self.file)
        told = mine and any(_touches(problem.key, path) for path in self._keys)
        return problem.severity != "error" and not told

    def _from(self, source: str | None) -> str:
        """Where a value comes from, as the end of a sentence."""
        if source is None:
            return BUILT_IN
        if source == str(self.file):
            return "yours"
        named = {str(self._folder / f"{preset.id}.toml"): preset.name for preset in self.presets}
        return f"from the preset {named[source]}" if source in named else f"from {source}"

    def set(self, path: str, plain: Any) -> None:
        """Write a value. Raises RefusedError, also for a value that does not fit."""
        kind = self._keys[path].kind
        if refused := refusal(kind, plain):
            raise RefusedError(f"Not saved: {refused}.")
        self._change(lambda text: set_key(text, path, kind.read(plain, (), [])))

    def reset(self, path: str) -> None:
        """Take the person's own word out, so that what lies below counts. Raises RefusedError."""
        self._change(lambda text: reset_key(text, path))

    def undo(self) -> bool:
        """Take the last change back; False where there is none. Raises RefusedError.

        Only where nobody has changed the file since.
        """
        if not self._done:
            return False
        last = self._done[-1]

        def back(text: str) -> str:
            if text != last.after:
                raise RefusedError("The file has been changed elsewhere since; nothing was undone.")
            return last.before

        try:
            self._written(back)
        finally:
            self._done.pop()
        return True

    def _change(self, edit: Callable[[str], str]) -> None:
        amended = self._written(edit)
        if amended.before != amended.after:
            self._done = [*self._done[1 - MOST_UNDONE :], amended]

    def _written(self, edit: Callable[[str], str]) -> Amended:
        try:
            return amend(self.file, edit)
        except (UnusableError, UnreadableError, EditError) as trouble:
            raise RefusedError(f"Not saved: {trouble}.") from trouble
        except OSError as error:
            said = f"Not saved: {self.file} could not be written ({error.strerror})."
            raise RefusedError(said) from error


def _touches(key: str, path: str) -> bool:
    """Whether a problem's key is this setting, a part of it, or the table around it."""
    return key == path or key.startswith((f"{path}.", f"{path}[")) or path.startswith(f"{key}.")


def _remark(problem: Problem, path: str = "") -> str:
    where = f"Line {problem.line}: " if problem.line is not None else ""
    part = "" if problem.key == path else f"{problem.key}: "
    return f"{where}{part}{Note((), problem.found, problem.allowed).sentence}"


def _sign(path: Path) -> tuple[int, int, int] | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_mtime_ns, about.st_size, about.st_ino


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


def sentences(changes: Sequence[Difference], now: Mapping[str, Now]) -> tuple[str, ...]:
    """A line for each table with differences.

    Where the person has set such a key themselves, the line says that their own value counts.
    """
    return tuple(
        f"{title_of(table)}: {', '.join(_phrase(one, now.get(one.path)) for one in group)}."
        for table, group in groupby(changes, key=lambda change: change.path.split(".")[0])
    )


def _phrase(change: Difference, mine: Now | None) -> str:
    said = shown(change.kind, change.plain)
    if "." in change.path:
        name = label(change.path)
        name = f"{name[:1].lower()}{name[1:]}"
        said = name if change.plain is True else f"{name} {said}"
    if mine is None or not mine.own:
        return said
    return f"{said} (yours counts: {shown(change.kind, mine.plain)})"


def _flat(values: Mapping[str, Any], above: str) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value
