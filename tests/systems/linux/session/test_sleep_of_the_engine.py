"""The clocks matrix once more, with sleep announced by logind's own signals over a real bus.

Every state of the engine sleeps twice: told directly, and told by the signals. Both days are equal.
"""

import asyncio
from collections.abc import Callable, Iterator

import pytest

from deskbreak.core.events import Fact, Sleeping, Woke
from tests.core.test_clocks import SLEEPS, STATES, State
from tests.desk import Desk
from tests.servers import private_bus
from tests.systems.linux.session.test_session import Machine
from tests.waiting import spin


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with private_bus() as address:
        yield address


@pytest.fixture
def machine(loop: asyncio.AbstractEventLoop, address: str) -> Iterator[Machine]:
    machine = Machine(loop, address)
    machine.start_and_hear()
    yield machine
    machine.end()


def hears(machine: Machine, signal: Callable[[], None], fact: Fact, desk: Desk) -> None:
    """logind says it on the bus, and what comes of it goes into the engine."""
    machine.facts.clear()
    signal()
    spin(machine.loop, lambda: fact in machine.facts, what=f"{fact}")
    for heard in machine.facts:
        desk.world.tell(heard)


@pytest.mark.parametrize("slept", SLEEPS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_sleep_is_the_same_however_it_is_told(machine: Machine, state: State, slept: int) -> None:
    told, heard = state.enter(), state.enter()
    told.sleeps(slept)

    hears(machine, machine.logind.sleep, Sleeping(), heard)
    assert heard.state == "asleep"
    heard.sleeps(slept, announced=False)
    hears(machine, machine.logind.wake, Woke(), heard)

    for desk in (told, heard):
        state.goes_on(desk)
    assert [(seen.t, seen.happening) for seen in heard.log()] == [
        (seen.t, seen.happening) for seen in told.log()
    ]
    assert (heard.bout, heard.state, heard.ledger) == (told.bout, told.state, told.ledger)
