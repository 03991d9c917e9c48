"""The safety and notice texts, by their ids; where each is shown stands beside it.

`RED_FLAGS` and `IT_HURT` are the only texts that are exempt from the wording list.
"""

from typing import Final

NOTICE: Final = (
    "deskbreak reminds you to move and shows simple movements. It is general information, not "
    "medical advice, and it cannot know your health. If you have a condition, had surgery, are "
    "pregnant, or are unsure, ask a doctor or physiotherapist which movements suit you. You "
    "decide what to do and when to stop."
)
"""T1: at the first run, before the first routine, acknowledged once; also in About."""

RED_FLAGS: Final = (
    "Please see a doctor before exercising if your back pain is constant or wakes you at night, "
    "came after a fall or accident, runs down a leg, comes with fever, weight loss or feeling very "
    "unwell, or keeps getting worse. Get emergency help now if you have new numbness around the "
    "groin or inner thighs, new trouble with bladder or bowel, or growing weakness in the legs."
)
"""T2: after T1 and T7, in "When to see a doctor", before the first level 2, floor or stairs."""

STRONGER: Final = (
    "The next level asks a bit more of you. Move slowly, keep breathing, stay well inside what "
    "feels comfortable, and go back a level whenever you like."
)
"""T3: the first time that level 2 or 3 or the mat is enabled."""

GUIDE_LINE: Final = "A stretch or effort is fine; sharp pain, tingling or dizziness means stop."
"""T4: at the bottom of every guide screen."""

RECENT_PAIN: Final = (
    "Most recent back pain settles by itself. Ordinary movement helps more than lying down, so "
    "deskbreak will suggest short walks and small, easy movements only. Do less or skip whenever "
    "you want. If it is not easing in a few weeks, ask a professional."
)
"""T5: the person said that back pain is less than six weeks old."""

LONGER_PAIN: Final = (
    "Regular movement is usually helpful. Start easy and build up; some discomfort while you get "
    "used to it is normal, sharp or spreading pain is not. A physiotherapist can make you a plan."
)
"""T6: the person said that back pain is older."""

IT_HURT: Final = (
    "Thanks, we will leave this one out for two weeks. Next breaks stay easy. If the pain stays, "
    "spreads or worries you, please read 'When to see a doctor'."
)
"""T7: after the answer "it hurt"."""

SPACE: Final = (
    "Clear some room, use something that cannot slip or roll, take the handrail, and keep your "
    "shoes on for stairs."
)
"""T8: before floor, step and stairs routines, once a day."""

CHAIR: Final = "Chair on wheels? Lock it or push it against the desk."
"""T9: before the first seated routine."""

STANDING: Final = (
    "Standing is a change, not a rest. Wear comfortable shoes, shift your weight, and sit or walk "
    "again when deskbreak reminds you."
)
"""T10: when standing mode is first switched on."""

BALANCE: Final = "Keep a hand on something solid."
"""T11: before one-leg exercises, once."""

CALL: Final = "You seem to be in a call. Wait, or try a quiet routine nobody will notice."
"""T12: a call is detected or set."""

SKIPPED: Final = "Fine. See you later."
"""T13: after skip and snooze; no counts, no streaks."""

PRIVACY: Final = (
    "Everything stays on this computer: settings, history and what you tell us about pain. Nothing "
    "is sent anywhere."
)
"""T14: at the first run, and in About."""

EVIDENCE: Final = (
    "The timings come from published studies; they are starting points, and the studies do not "
    "promise that breaks prevent or cure pain."
)
"""T15: in About."""

SET_UP: Final = (
    "A desk set up to suit you: feet flat, forearms about level with the desk, the top of the "
    "screen about at eye height. No posture is right for long, though; the next one is the best."
)
"""T16: once, after a few breaks. HSE, Working with display screen equipment, INDG36."""

STAND_UP: Final = "Stand up for a minute and look far away."
"""Where no routine fits at all (the last resort of the choice)."""


def by_id() -> dict[str, str]:
    """Every numbered text under its id, T1 to T16."""
    return {
        "T1": NOTICE,
        "T2": RED_FLAGS,
        "T3": STRONGER,
        "T4": GUIDE_LINE,
        "T5": RECENT_PAIN,
        "T6": LONGER_PAIN,
        "T7": IT_HURT,
        "T8": SPACE,
        "T9": CHAIR,
        "T10": STANDING,
        "T11": BALANCE,
        "T12": CALL,
        "T13": SKIPPED,
        "T14": PRIVACY,
        "T15": EVIDENCE,
        "T16": SET_UP,
    }
