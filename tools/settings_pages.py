"""What is written from the definition: config/default.toml and docs/settings.md.

`python -m tools.settings_pages default|manual` prints one of them.
"""

import sys
from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from deskbreak.settings.keys import toml_text
from deskbreak.settings.model import Settings
from deskbreak.settings.tables import Entry, Listed, Map, Table, table_of

_HEAD = """\
# Every setting of deskbreak, with its default.
#
# Copy what you want to change into your own file and take the # before the key away;
# `deskbreak config path` says where your file is. An empty file is fine: all of it is optional.
# Made by `python -m tools.settings_pages default`.
"""

_MANUAL_HEAD = """\
# Settings

Your settings are in `config.toml`; `deskbreak config path` says where. Every key has a default, so
the file may be empty or not there at all. A running deskbreak picks up a saved change within two
seconds. A value it cannot use changes nothing: the settings from before stay in force, and
`deskbreak config check` names the file, the line, what was found and what is allowed.

- A **duration** is a text such as `"90s"`, `"30m"`, `"1h15m"` or `"1d"`. `"50 min"`, `"2 hours"`,
  `"1.5h"` and `"1 h 30"` are understood as well, and so is a number: `50` is fifty minutes, unless
  the table says that a number alone is something else (seconds or days).
- A **time** is a reading of the 24-hour clock such as `"12:30"`; `9`, `"9:00"`, `"9.30"`, `"5pm"`
  and `"noon"` are understood as well.
- What may mean two things (`2` for a sitting limit, `"1:30"`, `"5"` o'clock) is refused with both.
- A day of the week is `"mon"`, `"Monday"` or `"Mo"`. A list of one needs no brackets, except where
  it is a command.
- All of that holds in the file, in the window, for `deskbreak config set` and in commands such as
  `deskbreak snooze 5`.
- `deskbreak config get breaks.sit_limit` and `deskbreak config set breaks.sit_limit 40m` read and
  change one key and leave your comments alone.
- What counts, from least to most: the built-in defaults below, the preset, the site's files, your
  file, the command line.

This page is made by `python -m tools.settings_pages manual`.
"""


def default_toml() -> str:
    """The text of config/default.toml: every key commented out at its default."""
    return _HEAD + "".join(_toml_table(table_of(Settings), ""))


def manual() -> str:
    """The text of docs/settings.md."""
    return _MANUAL_HEAD + "".join(_manual_table(table_of(Settings), ""))


def _example(path: str) -> dict[str, Any]:
    """What to show where the default is empty."""
    examples: dict[str, dict[str, Any]] = {
        "schedule.hours": {
            "days": ["mon", "tue", "wed", "thu", "fri"],
            "from": "09:00",
            "to": "17:30",
        },
        "schedule.pause": {
            "days": ["mon", "tue", "wed", "thu", "fri"],
            "from": "12:30",
            "to": "13:00",
        },
        "reminder": {
            "name": "eyes",
            "every": "20m",
            "length": "20s",
            "text": "Look at something far away for a moment.",
        },
        "hooks": {"break_started": ["playerctl", "pause"]},
    }
    return examples[path]


def _is_tables(entry: Entry) -> bool:
    return isinstance(entry.kind, Listed) and isinstance(entry.kind.item, Table)


def _own_table(entry: Entry, above: str) -> bool:
    """Whether it gets a header of its own; a map inside a table stands in one line instead."""
    return isinstance(entry.kind, Table) or (isinstance(entry.kind, Map) and not above)


def _toml_table(table: Table, above: str) -> Iterator[str]:
    simple = [e for e in table.entries if not _own_table(e, above) and not _is_tables(e)]
    for entry in simple:
        yield "\n" + _comment(entry.sentence) + _comment(f"Allowed: {entry.kind.allowed}")
        yield f"#{entry.name} = {toml_text(entry.kind.plain(entry.default))}\n"
    for entry in table.entries:
        if entry in simple:
            continue
        path = f"{above}{entry.name}"
        yield "\n" + _comment(entry.sentence)
        if isinstance(entry.kind, Table):
            yield f"[{path}]\n"
            yield from _toml_table(entry.kind, f"{path}.")
        elif isinstance(entry.kind, Map):
            yield _comment(f"Allowed {entry.kind.allowed}") + f"[{path}]\n"
            yield from _assignments(_example(path))
        elif isinstance(entry.kind, Listed) and isinstance(entry.kind.item, Table):
            yield from _fields(entry.kind.item)
            yield f"#[[{path}]]\n"
            yield from _assignments(_example(path))


def _fields(item: Table) -> Iterator[str]:
    for entry in item.entries:
        yield _comment(f"{entry.name}: {entry.sentence} Allowed: {entry.kind.allowed}")


def _comment(sentence: str) -> str:
    lines = wrap(sentence, 96, break_long_words=False, break_on_hyphens=False)
    return "".join(f"# {line}\n" for line in lines)


def _assignments(plain: dict[str, Any]) -> Iterator[str]:
    return (f"#{name} = {toml_text(value)}\n" for name, value in plain.items())


def _manual_table(table: Table, above: str) -> Iterator[str]:
    simple = [e for e in table.entries if not _own_table(e, above) and not _is_tables(e)]
    yield from _rows(simple)
    for entry in table.entries:
        if entry in simple:
            continue
        path = f"{above}{entry.name}"
        tables = _is_tables(entry)
        yield f"\n## `{'[[' if tables else '['}{path}{']]' if tables else ']'}`\n\n"
        yield f"{entry.sentence}\n"
        if isinstance(entry.kind, Table):
            yield from _manual_table(entry.kind, f"{path}.")
        elif isinstance(entry.kind, Map):
            yield f"\nAllowed {entry.kind.allowed}.\n"
            yield from _fenced(f"[{path}]", _example(path))
        elif isinstance(entry.kind, Listed) and isinstance(entry.kind.item, Table):
            yield f"\n{entry.kind.item.sentence}\n"
            yield from _rows(list(entry.kind.item.entries))
            yield from _fenced(f"[[{path}]]", _example(path))


def _rows(entries: list[Entry]) -> Iterator[str]:
    if not entries:
        return
    yield "\n| key | what it is | default | allowed |\n|---|---|---|---|\n"
    for entry in entries:
        default = "none" if entry.needed else f"`{toml_text(entry.kind.plain(entry.default))}`"
        cells = (f"`{entry.name}`", entry.sentence, default, entry.kind.allowed)
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _fenced(header: str, plain: dict[str, Any]) -> Iterator[str]:
    yield f"\n```toml\n{header}\n"
    yield from (line.removeprefix("#") for line in _assignments(plain))
    yield "```\n"


def main(words: list[str]) -> int:
    """Print what was asked for; 2 if that is neither."""
    made = {"default": default_toml, "manual": manual}
    if len(words) != 1 or words[0] not in made:
        sys.stderr.write(f"usage: python -m tools.settings_pages {'|'.join(made)}\n")
        return 2
    sys.stdout.write(made[words[0]]())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
