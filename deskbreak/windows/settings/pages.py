"""What stands where in the window: pages, sections and settings, off the definition. Pure.

A table of config.toml is a page; a map, or a table in a table, is a section of its own. Nothing
here knows single keys but a few notes: a new key is in the window as soon as it is defined.
"""

from collections.abc import Iterator
from itertools import groupby

from deskbreak.settings.keys import Key, all_keys
from deskbreak.settings.model import Settings
from deskbreak.settings.tables import Listed, Map, Table, table_of
from deskbreak.settings.types import Choice, Kind
from deskbreak.struct import Struct
from deskbreak.text.settings import label, sought_by, with_units, word_label
from deskbreak.windows.settings.phrases import Control, control_of

PRESET = "preset"
BASICS = "basics"

LOGIN = "login"
"""Starting with the session: it is in the window, and no setting of the file."""

_TITLES = {
    "preset": "Preset",
    "presence": "At the desk",
    "hold": "Holds",
    "standing": "Standing desk",
    "schedule": "Working day",
    "calendar": "Calendars",
    "reminder": "Reminders",
    "tray": "Tray icon",
    "ui": "Look",
}
"""Where a table's own name is not the word that a person would look for."""

_STAYS_HERE = "Only if you like to say; your answer stays on this computer."
_NOTES = {
    "routines.avoid_if": _STAYS_HERE,
    "routines.sore": _STAYS_HERE,
    "routines.recent_pain": _STAYS_HERE,
}
_KIND_NOTES = {
    Control.COMMAND: "A program and its words, as you would type them. Quotes keep words together.",
    Control.LINES: "One a line.",
}


class Setting(Struct):
    """One setting in the window; `note` is said below its sentence."""

    path: str
    label: str
    sentence: str
    kind: Kind
    note: str = ""

    @property
    def control(self) -> Control:
        """What it is set with."""
        return control_of(self.kind)


class Section(Struct):
    """Settings that belong together; the first section of a page has no title."""

    title: str
    sentence: str
    settings: tuple[Setting, ...]


class Page(Struct):
    """A table of settings; `name` is its name in the file."""

    name: str
    title: str
    sentence: str
    sections: tuple[Section, ...]

    @property
    def settings(self) -> Iterator[Setting]:
        """All of them in order."""
        for section in self.sections:
            yield from section.settings


def all_pages() -> tuple[Page, ...]:
    """Every page in the order of the definition; every key has its place on one of them."""
    tables = {entry.name: entry.kind for entry in table_of(Settings).entries}
    pages = []
    for name, group in groupby(all_keys(), key=lambda key: key.path.split(".")[0]):
        kind = tables[name]
        sentence = kind.sentence if isinstance(kind, Table) else ""
        pages.append(Page(name, title_of(name), sentence, tuple(_sections(list(group)))))
    return tuple(pages)


def title_of(name: str) -> str:
    """The title of a table's page."""
    return _TITLES.get(name, label(name))


def _sections(keys: list[Key]) -> Iterator[Section]:
    """First the table's own keys, then its maps and the tables in it."""
    own = [key for key in keys if not _apart(key)]
    if own:
        yield Section("", "", tuple(_setting(key) for key in own))
    for above, group in groupby((key for key in keys if _apart(key)), key=_above):
        inner = list(group)
        members = tuple(setting for key in inner for setting in _members(key))
        first = inner[0]
        sentence = _of_map(first) if isinstance(first.kind, Map) else ""
        yield Section(label(above) if "." in above else "", sentence, members)


def _of_map(key: Key) -> str:
    assert isinstance(key.kind, Map)
    return " ".join([key.sentence, _KIND_NOTES.get(control_of(key.kind.item), "")]).strip()


def _apart(key: Key) -> bool:
    return isinstance(key.kind, Map) or key.path.count(".") > 1


def _above(key: Key) -> str:
    return key.path if isinstance(key.kind, Map) else key.path.rsplit(".", 1)[0]


def _members(key: Key) -> Iterator[Setting]:
    if isinstance(key.kind, Map):
        for name in key.kind.names:
            yield Setting(f"{key.path}.{name}", word_label(name), "", key.kind.item)
    else:
        yield _setting(key)


def _setting(key: Key) -> Setting:
    named = title_of(key.path) if "." not in key.path else label(key.path)
    note = _NOTES.get(key.path) or _KIND_NOTES.get(control_of(key.kind), "")
    return Setting(key.path, named, with_units(key.sentence), key.kind, note)


def matching(pages: tuple[Page, ...], words: str) -> frozenset[str]:
    """The paths of the settings that have all of the words in what is said of them or sought by."""
    said = {
        setting.path: _searched(page, section, setting)
        for page in pages
        for section in page.sections
        for setting in section.settings
    }
    said[LOGIN] = sought_by(LOGIN)
    wanted = words.casefold().split()
    return frozenset(path for path, text in said.items() if all(word in text for word in wanted))


def _searched(page: Page, section: Section, setting: Setting) -> str:
    parts = (
        page.title, section.title, section.sentence, setting.label, setting.path,
        setting.sentence, setting.kind.allowed, sought_by(setting.path), *_choices(setting.kind),
    )  # fmt: skip
    return " ".join(parts).casefold()


def _choices(kind: Kind) -> Iterator[str]:
    """The words that it offers, as they are shown."""
    match kind:
        case Choice(words=words):
            yield from map(word_label, words)
        case Listed(item=item):
            yield from _choices(item)
