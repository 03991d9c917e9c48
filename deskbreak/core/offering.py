"""The level of the exercises over time: when the next one is offered, and what is chosen (B26).

Nothing here makes anything harder by itself. After a routine the next level may be offered, once;
it comes into force when the person takes it and the settings say so.
"""

from deskbreak.core import cautions, levels, reminding
from deskbreak.core.desk import Desk
from deskbreak.core.effects import Notice, NoticeKind, SetLevel, ShowNotice
from deskbreak.core.facts import LevelChosen, LevelOfferAnswered
from deskbreak.core.happenings import LevelOffered, LevelSet
from deskbreak.core.moment import SAME
from deskbreak.core.past import TROUBLE
from deskbreak.core.words import Feedback

NEVER = float("inf")

ANSWER_WITHIN = 90.0
"""Seconds after a routine in which the question how it was is answered, or is no more."""


def look(desk: Desk) -> None:
    """The settings were read: a level that the person has changed is theirs from now on."""
    past, level = desk.past, desk.settings.routines.level
    if past.level not in {None, level}:
        past.level_set, past.offer = desk.now.wall, None
        desk.say(LevelSet(level))
    past.level = level


def routine_done(desk: Desk) -> None:
    """A routine was taken: the next level may come up once it has been judged."""
    desk.offer_at = desk.t + ANSWER_WITHIN


def judged(desk: Desk, feedback: Feedback) -> None:
    """The person said how it was, so there is nothing more to wait for."""
    if desk.offer_at is not None:
        desk.offer_at = None if feedback in TROUBLE else desk.t


def next_at(desk: Desk) -> float | None:
    """The elapsed time at which `react` has something to do; None if only a fact can bring it."""
    at = _offer_at(desk)
    return at if desk.t + SAME < at < NEVER and reminding.is_calm(desk) else None


def react(desk: Desk) -> None:
    """Offer the next level if it is time for it and nothing speaks against it."""
    if desk.t < _offer_at(desk) - SAME or not reminding.is_calm(desk):
        return
    desk.offer_at = None
    past, level = desk.past, desk.settings.routines.level
    played = levels.played(past.plays, desk.now.zone)
    since = levels.local(max(past.level_set or 0.0, past.level_offered or 0.0), desk.now.zone)
    if _may_grow(desk) and levels.level_up_due(played, level, since):
        past.offer, past.level_offered = level + 1, desk.now.wall
        text = cautions.before_level(desk, level + 1)
        desk.say(LevelOffered(level + 1))
        desk.out.append(ShowNotice(Notice(NoticeKind.LEVEL_UP, text=text, level=level + 1)))


def _offer_at(desk: Desk) -> float:
    """When there may be an offer: after the question, and settled like every prompt (B7)."""
    return NEVER if desk.offer_at is None else max(desk.offer_at, desk.settled_at)


def _may_grow(desk: Desk) -> bool:
    return desk.sore_today is None and desk.settings.routines.recent_pain != "under_6_weeks"


def answered(desk: Desk, fact: LevelOfferAnswered) -> None:
    """The offer is taken or declined; declined it comes again after another twelve routines."""
    if desk.past.offer != fact.level:
        desk.refuse("That question is no longer open.")
    elif fact.yes:
        chosen(desk, LevelChosen(fact.level))
    else:
        desk.past.offer = None


def chosen(desk: Desk, fact: LevelChosen) -> None:
    """The person chooses a level; the one that they have brings its areas back up to it."""
    desk.past.offer = None
    if fact.level == desk.settings.routines.level:
        desk.past.level_set = desk.now.wall
    else:
        cautions.heed_level(desk, fact.level)
        desk.out.append(SetLevel(fact.level))
