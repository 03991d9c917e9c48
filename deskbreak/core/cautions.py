"""What is said once before anything stronger, and to those in pain (catalogue section 7).

A reason is heeded when its texts have been shown; that is remembered over a restart.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from deskbreak.content.texts import by_id
from deskbreak.core.desk import Desk
from deskbreak.core.effects import Notice, NoticeKind, ShowNotice
from deskbreak.settings.model import Routines

TEXTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "level 2": ("T3", "T2"),
        "level 3": ("T3",),
        "floor": ("T3", "T2"),
        "stairs": ("T2",),
        "recent pain": ("T5",),
        "longer pain": ("T6",),
    }
)
"""The texts of each reason, by their ids."""


def reasons(routines: Routines) -> Iterator[str]:
    """The reasons that these settings give."""
    yield from (f"level {level}" for level in (2, 3) if routines.level >= level)
    yield from (place for place in ("floor", "stairs") if place in routines.places)
    if routines.recent_pain == "under_6_weeks":
        yield "recent pain"
    elif routines.recent_pain != "none":
        yield "longer pain"


def look(desk: Desk) -> None:
    """The settings were read: say what goes with them and was not said before, in one notice."""
    new = [reason for reason in reasons(desk.settings.routines) if reason not in desk.heeded]
    if new:
        desk.heeded.update(new)
        desk.out.append(ShowNotice(Notice(NoticeKind.SAFETY, text=texts_of(new))))


def before_level(desk: Desk, level: int) -> str:
    """What is said before that level: all of it the first time, and what it asks every time."""
    new = [reason for reason in _up_to(level) if reason not in desk.heeded]
    return texts_of(new, always=("T3",))


def heed_level(desk: Desk, level: int) -> None:
    """The texts of that level have been shown."""
    desk.heeded.update(_up_to(level))


def _up_to(level: int) -> list[str]:
    return [f"level {step}" for step in range(2, level + 1)]


def texts_of(new: Iterable[str], always: tuple[str, ...] = ()) -> str:
    """The texts of these reasons, each once, a paragraph each."""
    ids = dict.fromkeys([*always, *(ident for reason in new for ident in TEXTS[reason])])
    texts = by_id()
    return "\n\n".join(texts[ident] for ident in ids)
