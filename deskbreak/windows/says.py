"""What the player says about a moment, in words; the same on a full screen and line by line."""

from math import ceil

from deskbreak.content.texts import SKIPPED
from deskbreak.content.words import Position, Sides
from deskbreak.core.routine import Beat, Frame, Part
from deskbreak.core.words import Feedback

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
    left = ceil(frame.total_left_s)
    return f"{frame.number} of {frame.of}, {left // 60}:{left % 60:02d} left"


def farewell(share: float) -> str:
    """The last word, which never blames."""
    return "Nicely done." if share >= 0.6 else SKIPPED
