"""Reminders beside the main one: they run on at-desk time and give way to it (B32)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from deskbreak.settings.model import Reminder


@dataclass(slots=True)
class Reminders:
    """At-desk seconds since each reminder last came up, by its name."""

    counted: dict[str, float] = field(default_factory=dict)

    def credit(self, reminders: Iterable[Reminder], seconds: float) -> None:
        """At-desk time has passed; or less of it than it seemed."""
        for reminder in reminders:
            counted = self.counted.get(reminder.name, 0.0) + seconds
            self.counted[reminder.name] = max(0.0, counted)

    def due_in(self, reminder: Reminder) -> float:
        """At-desk seconds until it comes up; below zero once it is late."""
        return float(reminder.every) - self.counted.get(reminder.name, 0.0)

    def came_up(self, reminder: Reminder) -> None:
        """It was shown."""
        self.counted[reminder.name] = 0.0
