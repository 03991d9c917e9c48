"""Finds out which zone is meant by what programs write for one."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone import tzp

UNNAMED = "(unnamed)"  # stands for a zone whose name is empty, so that the library takes it
_OFFSET = re.compile(
    r"(?:^|\(|\b(?:UTC|GMT))\s*(?:UTC|GMT)?\s*"
    r"([+\-\N{MINUS SIGN}])\s*([0-9]{1,2})(?:[:.]?([0-9]{2}))?(?![0-9])",
    re.IGNORECASE,
)
_NONE_AT_ALL = re.compile(r"\(?\s*(?:UTC|GMT|Z)\s*(?:\)|$)", re.IGNORECASE)
_LONGEST = 200
_LONGEST_OFFSET = timedelta(hours=15)
_BOTH_SEASONS = datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)

_SHOWN_ON_WINDOWS = {
    "eastern time (us & canada)": "America/New_York",
    "central time (us & canada)": "America/Chicago",
    "mountain time (us & canada)": "America/Denver",
    "pacific time (us & canada)": "America/Los_Angeles",
    "atlantic time (canada)": "America/Halifax",
    "arizona": "America/Phoenix",
    "new delhi": "Asia/Kolkata",
    "beijing": "Asia/Shanghai",
    "osaka": "Asia/Tokyo",
    "mitteleuropäische zeit": "Europe/Berlin",
}
"""Places and names that Windows shows and no zone is called by."""


def zone_of(name: str) -> tzinfo | None:
    """The zone of that name, with its summer time where that is known; None if nobody can tell."""
    if len(name) > _LONGEST:
        return None
    for likely in _spellings(name):
        if (zone := _known(likely)) is not None:
            return zone
    offset = _offset(name)
    return _of_places(name, offset) or (None if offset is None else timezone(offset))


def _known(name: str) -> tzinfo | None:
    try:
        return tzp.timezone(name)
    except Exception:  # noqa: BLE001 - the library opens files by that name
        return None


def _spellings(name: str) -> Iterator[str]:
    """The name as it is, and in the ways it is written by mistake."""
    yield name
    canonical = _by_small_letters()
    small = name.strip().strip("/").lower()
    yield canonical.get(small, "")
    yield canonical.get(small.replace("-", "/", 1), "")
    yield canonical.get(small.rpartition("/")[2], "")  # tzone://Microsoft/Utc
    found = re.search(r"[a-z]+/[a-z_/+\-]+", small)
    part = found[0] if found is not None else ""
    while part:  # Europe/Berlin_DST, Europe/Berlin-1
        yield canonical.get(part, "")
        part = re.sub(r"(^|[_\-/]+)[^_\-/]*$", "", part)


def _offset(name: str) -> timedelta | None:
    """How far a zone is ahead of UTC by what is written in its name."""
    found = _OFFSET.search(name)
    if found is None:
        return timedelta(0) if _NONE_AT_ALL.match(name) else None
    sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if offset > _LONGEST_OFFSET:
        return None
    return offset if sign == "+" else -offset


def _of_places(name: str, offset: timedelta | None) -> tzinfo | None:
    """The zone of the first place that is named and has that offset out of summer time."""
    for place in re.split(r"[,/;:]", re.sub(r"^\s*\([^)]*[0-9]\)|^\s*\((?:UTC|GMT)\)", "", name)):
        small = " ".join(place.lower().split())
        key = _SHOWN_ON_WINDOWS.get(small)
        if key is None and offset is not None:
            key = _by_place().get(small)
        if key is None:
            continue
        zone = ZoneInfo(key)
        standard = min(at.astimezone(zone).utcoffset() or timedelta(0) for at in _BOTH_SEASONS)
        if offset in (None, standard):
            return zone
    return None


@cache
def _by_small_letters() -> dict[str, str]:
    return {key.lower(): key for key in available_timezones()}


@cache
def _by_place() -> dict[str, str]:
    keys = sorted(key for key in available_timezones() if "/" in key and key[:4] != "Etc/")
    return {key.rpartition("/")[2].replace("_", " ").lower(): key for key in keys}
