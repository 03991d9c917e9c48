"""What the window asks and says besides guiding: the notice, the question, the last words."""

from deskbreak.content.model import Routine
from deskbreak.content.texts import IT_HURT, NOTICE, PRIVACY, RED_FLAGS
from deskbreak.core.routine import Frame
from deskbreak.windows import says
from deskbreak.windows.player.pages import Choice, Saying, answers

QUESTION_STAYS_S = 25.0
WHICH_STAYS_S = 60.0
TEXT_STAYS_S = 300.0
YES, NO = "yes", ""


def notice() -> Saying:
    """What everybody should have read once; answered `YES` or `NO`."""
    return Saying(
        "Before you start",
        (NOTICE, RED_FLAGS, PRIVACY),
        (Choice(YES, "Understood, go on", "Enter", main=True), Choice(NO, "Not now", "Esc")),
    )


def question(last: Frame) -> Saying:
    """How it was: answered with a Feedback, or `NO`."""
    rated = tuple((str(feedback), text.capitalize()) for feedback, text in says.ANSWERS)
    return Saying(
        says.farewell(last.share),
        (says.QUESTION,),
        (*answers(rated), Choice(NO, "No answer", "Esc")),
        QUESTION_STAYS_S,
    )


def which(routine: Routine, last: Frame) -> Saying | None:
    """Which of the exercises hurt, of those that were begun; None where there was only one.

    Answered with the exercise's id, or `NO`.
    """
    begun = begun_exercises(routine, last)
    if len(begun) < 2:
        return None
    choices = (*answers(list(begun.items())), Choice(NO, "Not sure", "Esc"))
    return Saying(says.WHICH, (), choices, WHICH_STAYS_S, column=True)


def begun_exercises(routine: Routine, last: Frame) -> dict[str, str]:
    """The ids and names of what was begun, in order."""
    steps = routine.steps[: last.number]
    return {step.exercise.id: step.exercise.name for step in steps}


def after_it_hurt() -> Saying:
    """What helps to know then."""
    return Saying(
        "Thank you for saying so",
        (IT_HURT, RED_FLAGS),
        (Choice(NO, "Close", "Enter", main=True),),
        TEXT_STAYS_S,
    )
