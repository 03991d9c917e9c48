"""What is said when something begins: to a screen reader in full, as a spoken cue in short."""

from deskbreak.core.routine import Frame
from deskbreak.windows.player.playing import Turn
from deskbreak.windows.terminal import says


def announced(turn: Turn, frame: Frame) -> str:
    """For somebody who does not see the figure: what to do, how, and for how long."""
    exercise = frame.exercise
    if turn in (Turn.GET_READY, Turn.NEXT):
        first = says.headline(frame)
        return " ".join((f"{first}: {exercise.name}, {says.amount(frame)}.", *exercise.steps))
    if turn is Turn.GO:
        return f"{says.headline(frame)}. {exercise.cue}"
    if turn is Turn.SWITCH:
        return f"{says.headline(frame)}."
    return says.farewell(frame.share)


def spoken(turn: Turn, frame: Frame) -> str:
    """For somebody who lies on the mat with closed eyes: short enough for the pause it is said in.

    Empty where a chime says enough.
    """
    exercise = frame.exercise
    if turn in (Turn.GET_READY, Turn.NEXT):
        return f"{exercise.name}. {_side_first(frame)}{exercise.cue}"
    if turn is Turn.GO:
        return ""
    if turn is Turn.SWITCH:
        return f"{says.headline(frame)}."
    return says.farewell(frame.share)


def _side_first(frame: Frame) -> str:
    return f"{str(frame.side).capitalize()} side first. " if frame.side else ""
