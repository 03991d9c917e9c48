"""A history in memory, with the same questions as the one in SQLite."""

from datetime import date, time

from deskbreak.adapters.store.rows import past_of
from deskbreak.core.ledger import day_of
from deskbreak.core.moment import Moment
from deskbreak.core.progress import Past
from deskbreak.core.records import Happening
from deskbreak.stats.day import Row


class MemoryHistory:
    """Keeps every entry in a list."""

    def __init__(self, day_starts: time = time(4)) -> None:
        self.day_starts = day_starts
        self.entries: list[Row] = []
        self.closed = False

    @property
    def events(self) -> list[str]:
        """The public names of what was recorded, in order."""
        return [entry.event for entry in self.entries]

    def record(self, happening: Happening, at: Moment) -> None:
        offset = at.local.utcoffset()
        assert offset is not None
        data = {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in happening.as_dict().items()
        }
        self.entries.append(
            Row(
                round(at.wall, 3),
                round(offset.total_seconds()),
                day_of(at, self.day_starts),
                happening.event,
                data,
            )
        )

    def past(self) -> Past:
        return past_of(self.entries)

    def day(self, day: date) -> list[Row]:
        return [entry for entry in self.entries if entry.day == day]

    def close(self) -> None:
        self.closed = True
