"""What every player says of a moment, and the pages before and after the routine."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil

from deskbreak.content.model import Exercise, Position, Routine, Sides
from deskbreak.content.playback import Beat, Frame, Part
from deskbreak.content.safety import IT_HURT, NOTICE, PRIVACY, RED_FLAGS, SKIPPED
from deskbreak.core.enums import Feedback
from deskbreak.struct import Struct
from deskbreak.text.durations import digits

YES, NO = "yes", ""
_RATINGS = (
    (Feedback.GOOD, "Good"),
    (Feedback.TOO_EASY, "Too easy"),
    (Feedback.TOO_HARD, "Too hard"),
    (Feedback.IT_HURT, "It hurt"),
)

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
_MOVES = ("Go", "Return")  # of an exercise that has no words of its own


class Choice(Struct):
    """What it answers, what is written on it, and the key that does the same."""

    answer: str
    text: str
    key: str
    main: bool = False


class PageText(Struct):
    """A heading, paragraphs, choices; `stays_s` (None: until answered)."""

    heading: str
    paragraphs: tuple[str, ...]
    choices: tuple[Choice, ...]
    stays_s: float | None = None
    column: bool = False


def notice() -> PageText:
    """What everybody should have read once; answered `YES` or `NO`."""
    choices = (Choice(YES, "Understood, go on", "Enter", main=True), Choice(NO, "Not now", "Esc"))
    return PageText("Before you start", (NOTICE, RED_FLAGS, PRIVACY), choices)


def question(last: Frame) -> PageText:
    """How it was: answered with a Feedback, or `NO`."""
    choices = (*_numbered(_RATINGS), Choice(NO, "No answer", "Esc"))
    return PageText(farewell(last.share), ("How was it?",), choices, 25.0)


def which(begun: Mapping[str, str]) -> PageText:
    """Which of these exercises hurt: answered with its id, or `NO`."""
    choices = (*_numbered(begun.items()), Choice(NO, "Not sure", "Esc"))
    return PageText("Which one was it?", (), choices, 60.0, column=True)


def after_it_hurt() -> PageText:
    """What helps to know then."""
    close = Choice(NO, "Close", "Enter", main=True)
    return PageText("Thank you for saying so", (IT_HURT, RED_FLAGS), (close,), 300.0)


def begun_exercises(routine: Routine, last: Frame) -> dict[str, str]:
    """The ids and names of what was begun, in order."""
    steps = routine.steps[: last.number]
    return {step.exercise.id: step.exercise.name for step in steps}


def _numbered(choices: Iterable[tuple[str, str]]) -> Iterator[Choice]:
    for number, (answer, text) in enumerate(choices, 1):
        yield Choice(answer, text, str(number))


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
    return f"{side.capitalize()} side" if side else _move(frame)


def count(frame: Frame) -> str:
    """What the headline leaves to be said: "2 of 6", with the movement before it where the headline
    has the side; for what is to come, how much of it there is.
    """
    if frame.segment.part is Part.WORK:
        move = _move(frame) if frame.side or frame.paused else ""
        reps = f"{frame.rep.number} of {frame.rep.of}" if frame.rep else ""
        return " \N{MIDDLE DOT} ".join(filter(None, (move, reps)))
    if frame.segment.part is Part.SWITCH:
        return "the same on the other side"
    return amount(frame)


def _move(frame: Frame) -> str:
    """What people say of this moment of the work: "Tilt forward"."""
    there, back = frame.exercise.moves or _MOVES
    if frame.rep and frame.rep.beat:
        return {Beat.OUT: there, Beat.HOLD: "Hold", Beat.BACK: back}[frame.rep.beat]
    return "Hold" if frame.exercise.hold_s else "At your own pace"


def breath(exercise: Exercise) -> str:
    """How to breathe, as one says it; "" where anybody may breathe as they like."""
    text = exercise.breathing
    first = text.partition(" ")[0].strip(",.").casefold()
    if first == "free":
        return ""
    if first in ("in", "out"):
        return f"Breathe {text[0].lower()}{text[1:]}"
    return text if "breath" in text.casefold() else f"Breath: {text}"


def aside(frame: Frame) -> str:
    """How to breathe; from half-way on one mistake to avoid instead, where one is known."""
    half_way = frame.segment.part is Part.WORK and frame.left_s <= frame.segment.length_s / 2
    if half_way and frame.exercise.mistakes:
        return f"Avoid: {frame.exercise.mistakes[0]}"
    return breath(frame.exercise)


def amount(frame: Frame) -> str:
    """How much there is to do of the step: "24 seconds, left and right"."""
    seconds = f"{frame.step.seconds} seconds"
    if frame.exercise.sides is Sides.EACH:
        return f"{seconds} a side, {frame.side} first"
    return f"{seconds}, left and right" if frame.exercise.sides is Sides.ALTERNATE else seconds


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
