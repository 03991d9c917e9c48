"""What the player says about a moment, in words; the same on a full screen and line by line."""

from collections.abc import Sequence
from math import ceil

from deskbreak.content.model import Position, Sides
from deskbreak.content.playback import Beat, Frame, Part
from deskbreak.content.safety import SKIPPED
from deskbreak.core.enums import Feedback
from deskbreak.text.durations import digits

QUESTION = "How was it?"
ANSWERS = (
    (Feedback.GOOD, "good"),
    (Feedback.TOO_EASY, "too easy"),
    (Feedback.TOO_HARD, "too hard"),
    (Feedback.IT_HURT, "it hurt"),
)
NO_ANSWER = "Enter: no answer"
WHICH = "Which one was it?"
NOT_SURE = "Enter: not sure"

_GO_THERE = {
    Position.SEATED: "Sit down",
    Position.STANDING: "Stand up",
    Position.SUPINE: "Lie on your back",
    Position.PRONE: "Lie on your front",
    Position.SIDE_LYING: "Lie on your side",
    Position.QUADRUPED: "On hands and knees",
    Position.KNEELING: "Kneel",
    Position.HALF_KNEELING: "One knee down",
    Position.WALKING: "Start walking",
}
_BEATS = {Beat.OUT: "go", Beat.HOLD: "hold", Beat.BACK: "return"}


def headline(frame: Frame) -> str:
    """What to do right now, beside the name: get ready, change sides, the side at work."""
    if frame.paused:
        return "Paused"
    side = str(frame.side or "")
    if frame.segment.part is Part.LEAD_IN:
        return "Get ready"
    if frame.segment.part is Part.TRANSITION:
        return _GO_THERE[frame.exercise.position] if frame.segment.changes_position else "Next"
    if frame.segment.part is Part.SWITCH:
        return f"Change sides: {side}"
    if frame.exercise.sides is Sides.EACH:
        return f"{side.capitalize()} side"
    return f"In turn: {side}" if side else "Go"


def count(frame: Frame) -> str:
    """The repetition and where in it one is; for what is to come, how much of it there is."""
    if frame.rep:
        beat = f", {_BEATS[frame.rep.beat]}" if frame.rep.beat else ""
        return f"{frame.rep.number} of {frame.rep.of}{beat}"
    if frame.segment.part is Part.WORK:
        return "hold" if frame.exercise.hold_s else "at your own pace"
    if frame.segment.part is Part.SWITCH:
        return "the same on the other side"
    return amount(frame)


def amount(frame: Frame) -> str:
    """How much there is to do of the step: "24 s", "18 s on each side, left first"."""
    seconds = f"{frame.step.seconds} s"
    if frame.exercise.sides is Sides.EACH:
        return f"{seconds} on each side, {frame.side} first"
    return f"{seconds}, sides in turn" if frame.exercise.sides is Sides.ALTERNATE else seconds


def following(frame: Frame) -> str:
    """What comes after this exercise."""
    return f"Next: {frame.next.name}" if frame.next else "This is the last one"


def place(frame: Frame) -> str:
    """How far the routine is: "2 of 3, 1:24 left"."""
    return f"{frame.number} of {frame.of}, {digits(ceil(frame.total_left_s))} left"


def farewell(share: float) -> str:
    """The last word, which never blames."""
    return "Nicely done." if share >= 0.6 else SKIPPED


def announced(frame: Frame, notes: Sequence[str] = ()) -> str:
    """What begins, for somebody who does not see the figure: what to do, how, and for how long.

    `notes` are the safety lines that belong before the first exercise.
    """
    exercise, part = frame.exercise, frame.segment.part
    if frame.over:
        return farewell(frame.share)
    if part is Part.WORK:
        return f"{headline(frame)}. {exercise.cue}"
    if part is Part.SWITCH:
        return f"{headline(frame)}."
    first = f"{headline(frame)}: {exercise.name}, {amount(frame)}."
    return " ".join((first, *exercise.steps, *(notes if part is Part.LEAD_IN else ())))


def answered(word: str, frame: Frame) -> str:
    """What has come of the command to pause, to go on, or to make it easier; "" for the others."""
    if word == "pause":
        return "Paused." if frame.paused else f"Going on: {frame.exercise.name}."
    if word == "ease":
        easier = f"Easier: {frame.exercise.easier}"
        return easier if frame.easier else f"As usual: {frame.exercise.cue}"
    return ""


def spoken(frame: Frame) -> str:
    """For somebody who lies on the mat with closed eyes: short enough for the pause it is said in.

    Empty where a chime says enough.
    """
    if frame.over:
        return farewell(frame.share)
    if frame.segment.part is Part.WORK:
        return ""
    if frame.segment.part is Part.SWITCH:
        return f"{headline(frame)}."
    side = f"{str(frame.side).capitalize()} side first. " if frame.side else ""
    return f"{frame.exercise.name}. {side}{frame.exercise.cue}"
