"""A terminal of single keys, seen from its other end."""

import os
import pty
import select
import termios
from collections.abc import Iterator

import pytest

from deskbreak.systems.posix.keyboard import has_gone, single_keys


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    person, terminal = pty.openpty()
    yield person, terminal
    for fd in (person, terminal):
        os.close(fd)


def test_what_was_typed_and_thrown_away_again_lets_nobody_wait(ends: tuple[int, int]) -> None:
    person, terminal = ends
    before = termios.tcgetattr(terminal)
    give_back = single_keys(terminal)
    os.write(person, b"s")
    assert select.select([terminal], [], [], 5)[0]
    termios.tcflush(terminal, termios.TCIFLUSH)  # as Ctrl-C does
    assert os.read(terminal, 10) == b""
    assert not has_gone(terminal)
    os.write(person, b"q")
    assert select.select([terminal], [], [], 5)[0]
    assert os.read(terminal, 10) == b"q"
    give_back()
    assert termios.tcgetattr(terminal) == before


def test_a_terminal_whose_other_end_is_closed_has_gone() -> None:
    person, terminal = pty.openpty()
    single_keys(terminal)
    assert not has_gone(terminal)
    os.close(person)
    assert has_gone(terminal)
    os.close(terminal)
