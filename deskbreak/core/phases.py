"""The table of break states: state x cue -> state, in one place.

The engine never sets a phase by hand: it gives a cue and this table says what follows. A pair
that is not in the table is refused; `tests/core/test_phases.py` walks all of them, and the
diagram in docs/engine.md is drawn from here.
"""

from collections.abc import Mapping
from enum import StrEnum


class Phase(StrEnum):
    """Where the bout stands with its break."""

    COUNTING = "counting"  # the bout has not reached its limit
    ANNOUNCED = "announced"  # the heads-up was given
    DUE = "due"  # the limit is reached; waiting for a good moment
    HELD = "held"  # due, and a hold is on
    PROMPTED = "prompted"  # the one live prompt is on the screen
    SNOOZED = "snoozed"  # put off until a time
    DEFERRED = "deferred"  # skipped, dismissed or ignored: due again after more sitting
    WALKING = "walking"  # a walk was chosen
    ROUTINE = "routine"  # the player runs
    QUIET = "quiet"  # paused or off hours


class Cue(StrEnum):
    """What can happen to a phase."""

    ANNOUNCE = "announce"  # the heads-up is due
    TIME_UP = "time_up"  # the limit, the snooze or the deferral is reached
    HOLD = "hold"  # a hold is on
    CLEAR = "clear"  # the last hold is gone
    SHOW = "show"  # everything permits a prompt
    LEFT = "left"  # the person went away
    SNOOZE = "snooze"
    SKIP = "skip"
    UNANSWERED = "unanswered"  # dismissed, expired or never reacted to
    WALK = "walk"
    STRETCH = "stretch"
    TAKEN = "taken"  # the break counted: the bout is over
    NOT_TAKEN = "not_taken"  # the break did not count: the bout goes on
    NEW_BOUT = "new_bout"  # a natural break or a change of posture
    SILENCE = "silence"  # a pause or off hours began
    SPEAK = "speak"  # pause and off hours are over
    SNOOZE_ON = "snooze_on"  # the same, but what was snoozed before them is snoozed still
    NOT_DUE = "not_due"  # it is not time yet, by other settings or after an early break


_BREAKS = {Cue.WALK: Phase.WALKING, Cue.STRETCH: Phase.ROUTINE}
"""A break can be started at any time (B23)."""

_ANYWHERE = _BREAKS | {Cue.NEW_BOUT: Phase.COUNTING, Cue.SILENCE: Phase.QUIET}

_ASKED = _ANYWHERE | {
    Cue.NOT_DUE: Phase.COUNTING,
    Cue.SNOOZE: Phase.SNOOZED,
    Cue.SKIP: Phase.DEFERRED,
}
"""From when something was said of the break until it is taken, it can be put off (B17, B18)."""

_TAKEN = {Cue.TAKEN: Phase.COUNTING, Cue.NOT_TAKEN: Phase.DEFERRED}

_ROWS: dict[Phase, dict[Cue, Phase]] = {
    Phase.COUNTING: _ANYWHERE
    | {Cue.ANNOUNCE: Phase.ANNOUNCED, Cue.TIME_UP: Phase.DUE, Cue.LEFT: Phase.COUNTING},
    Phase.ANNOUNCED: _ASKED | {Cue.TIME_UP: Phase.DUE, Cue.LEFT: Phase.ANNOUNCED},
    Phase.DUE: _ASKED | {Cue.HOLD: Phase.HELD, Cue.SHOW: Phase.PROMPTED, Cue.LEFT: Phase.COUNTING},
    Phase.HELD: _ASKED | {Cue.CLEAR: Phase.DUE, Cue.LEFT: Phase.COUNTING},
    Phase.PROMPTED: _ASKED
    | {
        Cue.HOLD: Phase.HELD,
        Cue.TIME_UP: Phase.DUE,  # a break, where the question was whether to stand up
        Cue.UNANSWERED: Phase.DEFERRED,
        Cue.LEFT: Phase.COUNTING,
    },
    Phase.SNOOZED: _ASKED | {Cue.TIME_UP: Phase.DUE, Cue.LEFT: Phase.SNOOZED},
    Phase.DEFERRED: _ASKED | {Cue.TIME_UP: Phase.DUE, Cue.LEFT: Phase.DEFERRED},
    Phase.WALKING: _TAKEN | {Cue.LEFT: Phase.WALKING, Cue.NEW_BOUT: Phase.WALKING},
    Phase.ROUTINE: _TAKEN | {Cue.LEFT: Phase.ROUTINE, Cue.NEW_BOUT: Phase.ROUTINE},
    Phase.QUIET: _BREAKS
    | {
        Cue.LEFT: Phase.QUIET,
        Cue.NEW_BOUT: Phase.QUIET,
        Cue.SPEAK: Phase.COUNTING,
        Cue.SNOOZE_ON: Phase.SNOOZED,
    },
}

TABLE: Mapping[tuple[Phase, Cue], Phase] = {
    (phase, cue): to for phase, row in _ROWS.items() for cue, to in row.items()
}

ON_BREAK = frozenset({Phase.WALKING, Phase.ROUTINE})
OVERDUE = frozenset({Phase.DUE, Phase.HELD, Phase.PROMPTED, Phase.SNOOZED, Phase.DEFERRED})

_REFUSALS: Mapping[Cue, str] = {
    Cue.SNOOZE: "There is no break to snooze right now.",
    Cue.SKIP: "There is no break to skip right now.",
    Cue.UNANSWERED: "That question is no longer open.",
    Cue.WALK: "You are on a walk already.",
    Cue.STRETCH: "A routine is running already.",
}


class ImpossibleCueError(ValueError):
    """The cue means nothing in this phase; the text says so in a sentence for people."""


def follow(phase: Phase, cue: Cue) -> Phase:
    """The phase that follows; raises ImpossibleCueError for a pair that is not in the table."""
    if (phase, cue) not in TABLE:
        raise ImpossibleCueError(_REFUSALS.get(cue, f"{cue} means nothing while {phase}."))
    return TABLE[phase, cue]
