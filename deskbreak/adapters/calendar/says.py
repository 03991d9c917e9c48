"""What `doctor` says of the calendar, from the settings and the last reading."""

from deskbreak.adapters.calendar.program import TROUBLES, Reading, ask, wanted
from deskbreak.ports import Capability
from deskbreak.settings.model import Settings

_NAME = "calendar"
_SWITCH_ON = "To switch it on: `deskbreak config set hold.calendar true`."
_LIST = "`deskbreak calendar` lists what it found."
_ASK_AGAIN = "`deskbreak calendar` tries it again and says more."


def capabilities(
    settings: Settings, reading: Reading | None, trouble: str = ""
) -> list[Capability]:
    """Whether entries are known; `trouble` is why the files could not be read.

    Empty where the settings name no files: nobody misses anything then.
    """
    if not settings.calendar.files:
        return []
    if not wanted(settings):
        why = "switched off in the settings (hold.calendar)"
        return [Capability(_NAME, None, False, why, _SWITCH_ON)]
    if trouble:
        return [Capability(_NAME, "files", False, trouble, _ASK_AGAIN)]
    return [Capability(_NAME, "files", True, "being read") if reading is None else _read(reading)]


def _read(reading: Reading) -> Capability:
    count = "1 file" if reading.files == 1 else f"{reading.files} files"
    if reading.problems:
        more = len(reading.problems) - 1 + reading.more_problems
        why = f"{reading.problems[0]}{f' (and {more} more)' if more else ''}"
        return Capability(_NAME, count, reading.files > 0, why, _LIST)
    if not reading.files:
        return Capability(_NAME, count, False, "there are no .ics files in that folder", _LIST)
    busy = len(reading.entries)
    entries = "1 busy entry" if busy == 1 else f"{busy or 'no'} busy entries"
    return Capability(_NAME, count, True, f"{entries} around now")


def look(settings: Settings, begins: float, ends: float) -> list[Capability]:
    """The same of a reading right now; waits for it, so this is not for the daemon."""
    if not wanted(settings):
        return capabilities(settings, None)
    try:
        return capabilities(settings, ask(settings.calendar.files, begins, ends))
    except TROUBLES as error:
        return capabilities(settings, None, f"the reader did not answer: {error}")
