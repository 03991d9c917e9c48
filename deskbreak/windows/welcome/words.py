"""The day that follows from the answers, in sentences."""

from collections.abc import Iterator
from datetime import datetime

from deskbreak.core.enums import Answer, BreakKind
from deskbreak.simulate.preview import Preview
from deskbreak.simulate.worker import Deed
from deskbreak.text.durations import brief, exactly, spelled

TITLE = "Welcome to deskbreak"
ABOUT = (
    "deskbreak counts how long you sit, and suggests a short break at a good moment.",
    "Seven short questions fit it to you; you can change every answer later.",
)
NOBODY_ASKS = "No break would come on such a day. A shorter time or one more place brings some."

_SHOWN = 4


def sentences(day: Preview) -> tuple[str, ...]:
    """What the day is like: how often, what the first breaks are, and what is special."""
    taken = [deed for deed in day.deeds if deed.answer is not Answer.SKIP]
    if not taken:
        return (NOBODY_ASKS,)
    return (_often(day, taken), *_special(day, taken))


def agenda(day: Preview) -> Iterator[tuple[str, str]]:
    """The first things that come, each with its time."""
    for deed in day.deeds[:_SHOWN]:
        yield _clock(day.at(deed)), _what(deed)


def _often(day: Preview, taken: list[Deed]) -> str:
    breaks = [deed.break_ for deed in taken if deed.break_ is not None]
    walks = sum(one.kind is BreakKind.WALK for one in breaks)
    count, stands = len(breaks), sum(deed.answer is Answer.STANDING for deed in taken)
    what = "A change" if stands else "A break"
    told = f"{_times(stands)} standing, {count} breaks" if stands else f"{count} in all"
    if 0 < walks < count:
        told += f", {walks} of them {'a walk' if walks == 1 else 'walks'}"
    hours = f"from {_clock(day.begins)} to {_clock(day.ends)}"
    return f"{what} about every {spelled(day.sits_s)} of sitting, {hours}: {told}."


def _special(day: Preview, taken: list[Deed]) -> Iterator[str]:
    walks = [d for d in taken if d.break_ is not None and d.break_.kind is BreakKind.WALK]
    usual = min((d.break_.length_s for d in walks if d.break_ is not None), default=0.0)
    for deed in walks:
        if deed.break_ is not None and deed.break_.length_s > usual:
            length = exactly(deed.break_.length_s)
            yield f"After lunch a longer walk of {length}, at {_clock(day.at(deed))}."
            return


def _what(deed: Deed) -> str:
    match deed.answer:
        case Answer.STANDING:
            return "Stand up, and go on working"
        case Answer.SITTING:
            return "Sit down again"
        case Answer.SKIP:
            return "Stand up for a minute"
    assert deed.break_ is not None
    name = deed.break_.routine_name or "A walk"
    return f"{name}, {brief(deed.break_.length_s)}"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _clock(at: datetime) -> str:
    return f"{at.hour}:{at.minute:02}"
