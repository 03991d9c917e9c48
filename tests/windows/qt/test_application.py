"""A window that is told to go by a signal closes as if the person had closed it."""

import signal
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from deskbreak.windows.qt.start import closed_by_signals

NUMBERS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture
def handlers() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in NUMBERS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("number", NUMBERS)
def test_a_signal_reaches_the_loop_while_it_waits(number: signal.Signals, qtbot: QtBot) -> None:
    closed: list[bool] = []
    with closed_by_signals(lambda: closed.append(True)):
        signal.raise_signal(number)
        assert not closed  # only its loop may touch a window
        qtbot.waitUntil(lambda: closed == [True], timeout=60_000)
