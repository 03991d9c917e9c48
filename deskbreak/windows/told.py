"""What is said when something begins: to a screen reader in full, as a spoken cue in short."""

from collections.abc import Sequence

from deskbreak.core.routine import Frame
from deskbreak.windows import says
from deskbreak.windows.playing import Turn


def announced(turn: Turn, frame: Frame, notes: Sequence[str] = ()) -> str:
    """For somebody who does not see the figure: what to do, how, and for how long.

    `notes` are the safety lines that belong before the first exercise.
    """
    exercise = frame.exercise
    if turn in (Turn.GET_READY, Turn.NEXT):
        first = f"{says.headline(frame)}: {exercise.name}, {says.amount(frame)}."
        before = notes if turn is Turn.GET_READY else ()
        return " ".join((first, *exercise.steps, *before))
    if turn is Turn.GO:
        return f"{says.headline(frame)}. {exercise.cue}"
    if turn is Turn.SWITCH:
        return f"{says.headline(frame)}."
    return says.farewell(frame.share)


def answered(word: str, frame: Frame) -> str:
    """What has come of the command to pause, to go on, or to make it easier; "" for the others."""
    if word == "pause":
        return "Paused." if frame.paused else f"Going on: {frame.exercise.name}."
    if word == "ease":
        easier = f"Easier: {frame.exercise.easier}"
        return easier if frame.easier else f"As usual: {frame.exercise.cue}"
    return ""


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
