"""What is said of a setting beside its type: a sentence for people, and what is allowed."""

from typing import Any

from msgspec import Meta

from deskbreak.settings.values import Duration


def says(sentence: str, **extra: Any) -> Meta:
    """A sentence alone, or with `fewest` and `unique` for a list and `names` for a map."""
    return Meta(description=sentence, extra=extra)


def span(sentence: str, least: str, most: str, sensible: str | None = None) -> Meta:
    """A duration and its range; below `sensible`, `config check` warns."""
    return says(
        sentence,
        least=Duration.parse(least),
        most=Duration.parse(most),
        sensible=Duration.parse(sensible or least),
    )


def number(sentence: str, least: float, most: float) -> Meta:
    """A number and its range, both ends included."""
    return Meta(description=sentence, ge=least, le=most)


def words(
    sentence: str, what: str, *, most: int, least: int = 0, pattern: str | None = None
) -> Meta:
    """A text, what it is in two words, its length in characters, and its shape where it has one."""
    return Meta(
        description=sentence,
        min_length=least,
        max_length=most,
        pattern=pattern,
        extra={"what": what},
    )
