"""What is said of a setting beside its type: a sentence for people, and what is allowed."""

from typing import Any

from deskbreak.settings.values import Duration


class Mark:
    """A sentence, and by name what the kind of value wants to know (`tables.kind_of` reads it)."""

    __slots__ = ("limits", "sentence")

    def __init__(self, sentence: str, **limits: Any) -> None:
        self.sentence, self.limits = sentence, limits


def says(sentence: str, **limits: Any) -> Mark:
    """A sentence alone, or with `fewest` and `unique` for a list and `names` for a map.

    `name` is what the key is called in files where that is no name in Python.
    """
    return Mark(sentence, **limits)


def span(sentence: str, least: str, most: str, sensible: str | None = None) -> Mark:
    """A duration and its range; below `sensible`, `config check` warns."""
    return Mark(
        sentence,
        least=Duration.parse(least),
        most=Duration.parse(most),
        sensible=Duration.parse(sensible or least),
    )


def number(sentence: str, least: float, most: float) -> Mark:
    """A number and its range, both ends included."""
    return Mark(sentence, least=least, most=most)


def words(
    sentence: str, what: str, *, most: int, least: int = 0, pattern: str | None = None
) -> Mark:
    """A text, what it is in two words, its length in characters, and its shape where it has one."""
    return Mark(sentence, what=what, least=least, most=most, pattern=pattern)
