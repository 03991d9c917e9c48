"""What the keys of a scenario may hold, beside the kinds of value that settings have already."""

import re
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo, available_timezones

from deskbreak.settings.problems import Note, Spot, nearest, shown
from deskbreak.settings.types import UNFIT, TimeOfDay
from deskbreak.settings.values import Duration
from deskbreak.struct import Struct

_JUMP = re.compile(r"[+-]?[0-9][0-9dhms]*\Z")


class Value(Protocol):
    """How a key's value is read: what fits, or UNFIT and a note of what is the matter."""

    @property
    def allowed(self) -> str:
        """What may stand here, as the end of a sentence."""

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """The value for code."""


class Start(Struct):
    """A date and time as the clock on the wall reads, in whole seconds."""

    first: int
    last: int

    @property
    def allowed(self) -> str:
        """An example and the range."""
        return (
            "a local date and time in whole seconds, without offset or quotes, such as "
            f"2026-03-02T09:00:00, in the years {self.first} to {self.last}"
        )

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """Only TOML's own local date-time will do."""
        fits = isinstance(found, datetime) and found.tzinfo is None and not found.microsecond
        if fits and self.first <= found.year <= self.last:  # type: ignore[attr-defined]
            return found
        notes.append(Note(spot, shown(found), self.allowed))
        return UNFIT


class Zone(Struct):
    """The name of a time zone."""

    allowed: str = 'the IANA name of a time zone, such as "Europe/Berlin"'

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """A name that this machine's time zone data has."""
        likely = None
        if isinstance(found, str):
            try:
                return ZoneInfo(found)
            except (KeyError, ValueError, OSError):  # no such name, no name at all, a folder
                likely = nearest(found, sorted(available_timezones()), notes)
        hint = f' (perhaps "{likely}")' if likely else ""
        notes.append(Note(spot, shown(found), f"{self.allowed}{hint}"))
        return UNFIT


class Jump(Struct):
    """A length of time forward or back, in seconds."""

    longest: Duration

    @property
    def allowed(self) -> str:
        """Examples and the range."""
        return f'a length with or without a sign, such as "1h" or "-90s", up to {self.longest.text}'

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """A duration, perhaps with a sign."""
        if isinstance(found, str) and _JUMP.match(found):
            try:
                length = Duration.parse(found.lstrip("+-"))
            except ValueError:
                length = Duration(self.longest + 1)
            if length <= self.longest:
                return -float(length) if found.startswith("-") else float(length)
        notes.append(Note(spot, shown(found), self.allowed))
        return UNFIT


class Until(Struct):
    """A time of the day, or `today`, which lasts until the next day starts."""

    allowed: str = 'a time such as "12:30", 00:00 to 23:59, or "today"'

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """A time, or the word."""
        if found == "today":
            return found
        tried: list[Note] = []
        value = TimeOfDay().read(found, spot, tried)
        notes.extend(Note(spot, note.found, self.allowed) for note in tried)
        return value


class Anything(Struct):
    """A value that is looked at later, together with its neighbours."""

    allowed: str

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:  # noqa: ARG002 - by Value
        """As it stands."""
        return found
