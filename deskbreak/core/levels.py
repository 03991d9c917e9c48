"""The level of the exercises over time: when the next one is offered, and what is chosen (B26).

Nothing here makes anything harder by itself. After a routine the next level may be offered, once;
it comes into force when the person takes it and the settings say so.
"""

from collections.abc import Iterable, Iterator, Mapping

from deskbreak.content.safety import by_id
from deskbreak.core import reminders
from deskbreak.core.effects import NoticeKind, SetLevel
from deskbreak.core.events import LevelChosen, LevelOfferAnswered
from deskbreak.core.moment import SAME
from deskbreak.core.progress import level_up_due
from deskbreak.core.records import LevelOffered, LevelSet
from deskbreak.core.state import EngineState
from deskbreak.settings.model import Routines

TEXTS: Mapping[str, tuple[str, ...]] = {
    "level 2": ("T3", "T2"),
    "level 3": ("T3",),
    "floor": ("T3", "T2"),
    "stairs": ("T2",),
    "recent pain": ("T5",),
    "longer pain": ("T6",),
}
"""The texts of each reason, by their ids."""


def reasons(routines: Routines) -> Iterator[str]:
    """The reasons that these settings give."""
    yield from (f"level {level}" for level in (2, 3) if routines.level >= level)
    yield from (place for place in ("floor", "stairs") if place in routines.places)
    if routines.recent_pain == "under_6_weeks":
        yield "recent pain"
    elif routines.recent_pain != "none":
        yield "longer pain"


def _up_to(level: int) -> list[str]:
    return [f"level {step}" for step in range(2, level + 1)]


def texts_of(new: Iterable[str], always: tuple[str, ...] = ()) -> str:
    """The texts of these reasons, each once, a paragraph each."""
    ids = dict.fromkeys([*always, *(ident for reason in new for ident in TEXTS[reason])])
    texts = by_id()
    return "\n\n".join(texts[ident] for ident in ids)


NEVER = float("inf")

ANSWER_WITHIN = 90.0  # seconds after a routine for the answer to how it was


def look(desk: EngineState) -> None:
    """Once whenever the settings are other ones: a level that the person has changed is theirs.

    What goes with the settings and was not said before is said in one notice.
    """
    routines, past = desk.settings.routines, desk.past
    if desk.looked_at is routines:
        return
    desk.looked_at = routines
    if past.level not in {None, routines.level}:
        past.level_set, past.offer = desk.now.wall, None
        desk.say(LevelSet(routines.level))
    past.level = routines.level
    if new := [reason for reason in reasons(routines) if reason not in desk.heeded]:
        desk.heeded.update(new)
        desk.notify(NoticeKind.SAFETY, text=texts_of(new))


def next_at(desk: EngineState) -> float | None:
    """The elapsed time at which `react` has something to do; None if only a fact can bring it."""
    at = _offer_at(desk)
    return at if desk.t + SAME < at < NEVER and reminders.is_calm(desk) else None


def react(desk: EngineState) -> None:
    """Offer the next level if it is time for it and nothing speaks against it."""
    if desk.t < _offer_at(desk) - SAME or not reminders.is_calm(desk):
        return
    desk.offer_at = None
    past, level = desk.past, desk.settings.routines.level
    since = max(past.level_set or 0.0, past.level_offered or 0.0)
    strained = desk.sore_today is not None or desk.settings.routines.recent_pain == "under_6_weeks"
    if not strained and level_up_due(past.plays, level, desk.now.zone, since):
        past.offer, past.level_offered = level + 1, desk.now.wall
        new = [reason for reason in _up_to(level + 1) if reason not in desk.heeded]
        text = texts_of(new, always=("T3",))  # which is asked every time
        desk.say(LevelOffered(level + 1))
        desk.notify(NoticeKind.LEVEL_UP, text=text, level=level + 1)


def _offer_at(desk: EngineState) -> float:
    """When there may be an offer: after the question, and settled like every prompt (B7)."""
    return NEVER if desk.offer_at is None else max(desk.offer_at, desk.settled_at)


def answered(desk: EngineState, fact: LevelOfferAnswered) -> None:
    """The offer is taken or declined; declined it comes again after another twelve routines."""
    if desk.past.offer != fact.level:
        desk.refuse("That question is no longer open.")
    elif fact.yes:
        chosen(desk, LevelChosen(fact.level))
    else:
        desk.past.offer = None


def chosen(desk: EngineState, fact: LevelChosen) -> None:
    """The person chooses a level; the one that they have brings its areas back up to it."""
    desk.past.offer = None
    if fact.level == desk.settings.routines.level:
        desk.past.level_set = desk.now.wall
    else:
        desk.heeded.update(_up_to(fact.level))
        desk.out.append(SetLevel(fact.level))
