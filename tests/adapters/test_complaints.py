"""What programs complain of: a little is kept, and a flood costs next to nothing."""

import asyncio
import os
from pathlib import Path

from deskbreak.adapters.complaints import Complaints
from tests.waiting import spin

Loop = asyncio.AbstractEventLoop


def written(complaints: Complaints, data: bytes) -> int:
    """The other end of the pipe, as a program has it."""
    theirs = os.dup(complaints.theirs)
    os.set_blocking(theirs, False)
    complaints.listen()
    os.write(theirs, data)
    return theirs


def test_the_beginning_and_the_end_are_kept(loop: Loop) -> None:
    complaints = Complaints(loop)
    theirs = written(complaints, b"no such lamp" + b"x" * 2000)
    spin(loop, lambda: complaints.first)
    os.write(theirs, b"good night")
    os.close(theirs)
    complaints.close()
    assert complaints.first.startswith(b"no such lamp")
    assert complaints.last.endswith(b"good night")
    assert len(complaints.first) == len(complaints.last) == 500


def test_a_flood_is_read_ten_times_a_second_at_most(loop: Loop) -> None:
    complaints = Complaints(loop)
    theirs = written(complaints, b"x" * 4096)
    began, rounds = loop.time(), 6
    for number in range(rounds):
        spin(loop, lambda n=number: complaints.last.endswith(b"x" if n == 0 else b"%d" % n))
        os.write(theirs, b"%d" % (number + 1))
    assert loop.time() - began >= 0.1 * (rounds - 1) * 0.9
    os.close(theirs)
    complaints.close()


def test_who_has_nothing_more_to_say_is_not_listened_to(loop: Loop) -> None:
    complaints = Complaints(loop)
    os.close(written(complaints, b"that is all"))
    spin(loop, lambda: complaints.first == b"that is all" and complaints._rest is None)
    complaints.close()


def test_one_that_was_never_started_leaves_nothing_open(loop: Loop) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    complaints = Complaints(loop)
    complaints.listen()
    complaints.close()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
