"""Settings that are fine one by one and odd together: warnings for `config check`."""

from collections.abc import Iterator

from deskbreak.settings.model import Settings


def oddities(settings: Settings) -> Iterator[tuple[tuple[str, str], str]]:
    """Two keys that do not go well together, and a sentence about it."""
    breaks, presence, standing = settings.breaks, settings.presence, settings.standing
    if breaks.heads_up >= breaks.sit_limit:
        yield (
            ("breaks.heads_up", "breaks.sit_limit"),
            "heads_up is as long as sit_limit, so it comes at once",
        )
    if breaks.long_walk < breaks.walk:
        yield ("breaks.long_walk", "breaks.walk"), "long_walk is shorter than walk"
    if presence.away_after > breaks.natural_break:
        yield (
            ("presence.away_after", "breaks.natural_break"),
            "away_after is longer than natural_break, so absences between the two go unseen",
        )
    if standing.stand_for > standing.warn_after:
        yield (
            ("standing.stand_for", "standing.warn_after"),
            "stand_for is longer than warn_after",
        )
    if standing.build_up > 0 and standing.build_up_to < standing.stand_for:
        yield (
            ("standing.build_up_to", "standing.stand_for"),
            "build_up_to is shorter than stand_for, so nothing builds up",
        )
