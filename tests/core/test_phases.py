"""The table of break states: every pair is a row or refused, every row is walked."""

from collections.abc import Iterator
from itertools import product

import pytest

from deskbreak.core import state as desk_module
from deskbreak.core.phases import ON_BREAK, OVERDUE, TABLE, Cue, ImpossibleCueError, Phase, follow
from tests.core.diagram import PAGE, diagram, drawn
from tests.desk import Desk

PAIRS = list(product(Phase, Cue))


@pytest.mark.parametrize(("phase", "cue"), PAIRS)
def test_every_pair_is_a_row_or_refused_in_words(phase: Phase, cue: Cue) -> None:
    if (phase, cue) in TABLE:
        assert follow(phase, cue) is TABLE[phase, cue]
    else:
        with pytest.raises(ImpossibleCueError, match=r"^[A-Za-z].*\.$"):
            follow(phase, cue)


def test_a_refusal_of_what_nobody_says_names_both() -> None:
    with pytest.raises(ImpossibleCueError, match=r"^hold means nothing while counting\.$"):
        follow(Phase.COUNTING, Cue.HOLD)


def test_every_state_can_be_reached_and_left() -> None:
    reached, edge = {Phase.COUNTING}, [Phase.COUNTING]
    while edge:
        phase = edge.pop()
        for to in {TABLE[p, cue] for p, cue in TABLE if p is phase} - reached:
            reached.add(to)
            edge.append(to)
    assert reached == set(Phase)
    for phase in Phase:
        assert any(p is phase and to is not phase for (p, _), to in TABLE.items())


def test_every_cue_means_something_somewhere() -> None:
    assert {cue for _, cue in TABLE} == set(Cue)


def test_a_break_is_never_overdue() -> None:
    assert not ON_BREAK & OVERDUE


def test_the_picture_in_the_docs_is_this_table() -> None:
    assert drawn(PAGE.read_text(encoding="utf-8")) == diagram()


HEADS_UP = "breaks.heads_up=5m"
POLITE = "breaks.typing_gap=3s"
STAND = ("standing.enabled=true", "standing.sit_for=20m", "breaks.sit_limit=40m")


INTO = {
    Phase.COUNTING: lambda: Desk().works("20m"),
    Phase.ANNOUNCED: lambda: Desk(HEADS_UP).works("27m"),
    Phase.DUE: lambda: Desk(POLITE).works("30m10s"),
    Phase.HELD: lambda: Desk().works("20m").holds("fullscreen").works("11m"),
    Phase.PROMPTED: lambda: Desk().works("31m"),
    Phase.SNOOZED: lambda: Desk().works("30m").answers("snooze", "10m").works("1m"),
    Phase.DEFERRED: lambda: Desk().works("30m").answers("skip").works("1m"),
    Phase.WALKING: lambda: Desk().works("30m").answers("walk").works("10s"),
    Phase.ROUTINE: lambda: Desk().works("30m").answers("stretch").works("10s"),
    Phase.QUIET: lambda: Desk().works("20m").pauses(),
}
"""A desk in each state, by what a person does."""


def _ways(phase: Phase) -> Iterator[Desk]:
    """Every way out of that state."""
    for answer in ("snooze", "skip", "walk", "stretch", "dismiss"):
        yield INTO[phase]().answers(answer)
    yield INTO[phase]().works("1h")
    yield INTO[phase]().rests("90s")
    yield INTO[phase]().locks("10s")
    yield INTO[phase]().says("standing")
    yield INTO[phase]().pauses()
    yield INTO[phase]().holds("fullscreen").works("30m")
    yield INTO[phase]().releases("fullscreen").works("30m")
    yield INTO[phase]().sets("breaks.sit_limit=2h").works("10m")
    yield INTO[phase]().plays()
    yield INTO[phase]().leaves("6m").works("10s")
    yield INTO[phase]().resumes()


def _others() -> Iterator[Desk]:
    """Ways that need more than one thing at a time."""
    yield Desk().works("30m").answers("snooze", "10m").pauses("1m").works("2m")
    yield Desk(*STAND).works("36m").works("4m")
    yield Desk().works("5m").asks("walk").works("5m")


def test_every_row_is_walked_by_something_a_person_does(monkeypatch: pytest.MonkeyPatch) -> None:
    walked: set[tuple[Phase, Cue]] = set()

    def noting(phase: Phase, cue: Cue) -> Phase:
        to = follow(phase, cue)
        walked.add((phase, cue))
        return to

    monkeypatch.setattr(desk_module, "follow", noting)
    for phase in Phase:
        for _ in _ways(phase):
            pass
    for _ in _others():
        pass
    assert set(TABLE) - walked == set()


@pytest.mark.parametrize("phase", Phase)
def test_the_way_into_a_state_leads_there(phase: Phase) -> None:
    assert INTO[phase]().world.engine._desk.phase is phase
