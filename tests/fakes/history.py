"""A history in memory, with the same questions as the one in SQLite."""

from datetime import date, time

from deskbreak.adapters.store.history import Entry, Judgement
from deskbreak.core.happenings import Happening
from deskbreak.core.ledger import day_of
from deskbreak.core.moment import Moment


class MemoryHistory:
    """Keeps every entry in a list."""

    def __init__(self, day_starts: time = time(4)) -> None:
        self.day_starts = day_starts
        self.entries: list[Entry] = []
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
            Entry(
                round(at.wall, 3),
                round(offset.total_seconds()),
                day_of(at, self.day_starts),
                happening.event,
                data,
            )
        )

    def recent_routines(self, limit: int) -> list[tuple[str, float]]:
        started = [
            (entry.data["routine"], entry.wall)
            for entry in self.entries
            if entry.event == "break_started" and "routine" in entry.data
        ]
        return started[max(0, len(started) - limit) :]

    def feedback_since(self, wall: float) -> list[Judgement]:
        return [
            Judgement(e.wall, e.data["routine"], e.data["feedback"], e.data.get("exercise"))
            for e in self.entries
            if e.event == "feedback" and e.wall >= wall
        ]

    def day(self, day: date) -> list[Entry]:
        return [entry for entry in self.entries if entry.day == day]

    def close(self) -> None:
        self.closed = True
