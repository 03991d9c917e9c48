"""The one tip there is: how a desk is set up, once, at a quiet moment (the articles' advice)."""

from deskbreak.core import reminding
from deskbreak.core.desk import Desk
from deskbreak.core.effects import Notice, NoticeKind, ShowNotice
from deskbreak.core.moment import SAME

AFTER_BREAKS = 3
"""Breaks of a day: by then nobody is busy with finding out what deskbreak is."""

INTO_BOUT = 600.0
"""Seconds of a bout, so that it comes between two prompts and not on top of one."""

_SET_UP = "desk set-up"


def react(desk: Desk) -> None:
    """Give the tip, if it was never given and now is the moment."""
    if _is_open(desk) and desk.bout.length >= INTO_BOUT - SAME:
        desk.heeded.add(_SET_UP)
        desk.out.append(ShowNotice(Notice(NoticeKind.SET_UP)))


def next_at(desk: Desk) -> float | None:
    """The elapsed time at which `react` has something to do; None if only a fact can bring it."""
    left = INTO_BOUT - desk.bout.length
    return desk.t + left if _is_open(desk) and left > SAME else None


def _is_open(desk: Desk) -> bool:
    wanted = desk.settings.ui.set_up_tip and _SET_UP not in desk.heeded
    return wanted and desk.tally.breaks >= AFTER_BREAKS and reminding.is_calm(desk)
