"""Dates and stretches of dates, as settings write them: `2026-12-25`, `2026-12-24/2027-01-01`."""

from dataclasses import dataclass
from datetime import date
from typing import Self

PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(/[0-9]{4}-[0-9]{2}-[0-9]{2})?$"
"""What a text of one looks like; which dates there are, a pattern cannot tell."""


@dataclass(frozen=True, slots=True)
class Dates:
    """Days in a row, both ends included; often a single one."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an ISO 8601 date, or two with a slash between. Raises ValueError."""
        begins, slash, ends = text.partition("/")
        first = date.fromisoformat(begins)
        last = date.fromisoformat(ends) if slash else first
        if last < first:
            raise ValueError(f"{text!r} ends before it begins")
        return cls(first, last)

    @property
    def text(self) -> str:
        """As `parse` reads it."""
        return f"{self.first}" if self.first == self.last else f"{self.first}/{self.last}"

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last
