"""The time that is asked for."""

from datetime import UTC, datetime, timedelta

from deskbreak.calendars.busy import Entry
from deskbreak.struct import Struct

_AROUND = timedelta(days=1)
"""Asked for on either side, since times without a zone move by daylight saving; cut off after."""


class Window(Struct):
    """The time asked for, in seconds on the wall clock.

    `first` and `last` raise OverflowError or ValueError beyond the years that calendars know.
    """

    begins: float
    ends: float

    @property
    def first(self) -> datetime:
        """A while before it, as this machine's clock shows it."""
        return datetime.fromtimestamp(self.begins, UTC).astimezone() - _AROUND

    @property
    def last(self) -> datetime:
        """A while after it, as this machine's clock shows it."""
        return datetime.fromtimestamp(self.ends, UTC).astimezone() + _AROUND

    def touches(self, entry: Entry) -> bool:
        """Whether any of the entry is in it."""
        return entry.begins < self.ends and entry.ends > self.begins
