"""docs/presets.md: what the presets are, and what each does to a day, found out by living it.

`python -m tools.presets_page > docs/presets.md`; a test holds the page equal to this.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from deskbreak.settings.files import shipped
from deskbreak.settings.load import AND, Preset, list_presets, load_settings
from deskbreak.settings.model import Settings
from tools.working_week import HABITS, Day, average_day

_HEAD = """\
# The presets

<!-- Made by `python -m tools.presets_page > docs/presets.md`; do not edit. -->

A preset sets several keys at once: `deskbreak config use walker`. Every key of your own counts
more, and `deskbreak config show` says of each value which file it comes from. A modifier goes on
top of a preset: `deskbreak config use hourly+gentle-start`. Why each is as it is stands at the top
of its file, in `config/presets/`.

"""
_DAY = """\
## What each does to a day

The program itself has lived through these weeks: five days of eight hours at the desk, with half
an hour of lunch away from it, prompts that need not wait for a gap in typing, and everything else
as the settings have it. Minutes of a day on average; the longest sitting is of the week. A walk
that runs into lunch or the evening goes beyond the eight hours. With standing on, whoever takes a
break stands up at the prompt, walks when it is time to sit down, and then sits down. Three habits,
to show the range between them:

"""
_COLUMNS = (
    "preset", "prompts", "breaks", "longest sitting", "sitting", "standing", "walking", "routines",
)  # fmt: skip
_TAIL = """\
Whoever answers nothing is asked again every `breaks.repeat_every`, by one notification that takes
the place of the last. What grows over weeks (`standing.build_up`) does not show in a first week.
"""


def page(folder: Path) -> str:
    """The page for the presets of a folder."""
    presets = sorted(list_presets(folder), key=lambda preset: (preset.modifier, preset.id))
    settings = dict(_stacks(presets, folder))
    return "".join((_HEAD, *map(_about, presets), _DAY, *_tables(settings), _TAIL))


def _about(preset: Preset) -> str:
    kind = "modifier" if preset.modifier else "preset"
    sources = "".join(f"- {source}\n" for source in preset.sources)
    return f"## `{preset.id}`: {preset.name} ({kind})\n\n{preset.description}\n\n{sources}\n"


def _stacks(presets: list[Preset], folder: Path) -> Iterator[tuple[str, Settings]]:
    """Each preset, and with each modifier on top."""
    modifiers = [preset.id for preset in presets if preset.modifier]
    for preset in presets:
        if not preset.modifier:
            for name in (preset.id, *(f"{preset.id}{AND}{modifier}" for modifier in modifiers)):
                words = {"preset": name, "breaks.typing_gap": "0s"}
                yield name, load_settings(None, preset_dir=folder, overrides=words).settings


def _tables(settings: dict[str, Settings]) -> Iterator[str]:
    for habit in HABITS:
        yield f"### {habit.name}\n\n"
        yield _row(_COLUMNS)
        yield f"|---|{'---:|' * (len(_COLUMNS) - 1)}\n"
        for name, chosen in settings.items():
            yield _row((f"`{name}`", *_figures(average_day(chosen, habit))))
        yield "\n"


def _figures(day: Day) -> tuple[str, ...]:
    lengths = (day.longest, day.sitting, day.standing, day.walking, day.routines)
    minutes = (f"{seconds / 60:.0f}" for seconds in lengths)
    return (f"{day.prompts:.0f}", f"{day.breaks:.0f}", *minutes)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    sys.stdout.write(page(shipped("config") / "presets"))
