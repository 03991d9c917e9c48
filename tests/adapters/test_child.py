"""What programs write: all of it is told, and a flood costs next to nothing."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from deskbreak.adapters.child import Child, Pipe, Program
from tests.waiting import spin, until

Loop = asyncio.AbstractEventLoop


def heard_from(loop: Loop) -> tuple[Pipe, list[bytes], int]:
    """A pipe, what came out of it, and its other end as a program has it."""
    pieces: list[bytes] = []
    pipe = Pipe(loop, pieces.append)
    theirs = os.dup(pipe.theirs)
    pipe.listen()
    return pipe, pieces, theirs


def test_a_flood_is_read_ten_times_a_second_at_most(loop: Loop) -> None:
    pipe, pieces, theirs = heard_from(loop)
    began, rounds = loop.time(), 6
    for number in range(rounds):
        os.write(theirs, b"x" * 4096)
        spin(loop, lambda n=number: len(pieces) > n)
    assert loop.time() - began >= 0.1 * (rounds - 1) * 0.9
    os.close(theirs)
    pipe.close()


def test_who_has_nothing_more_to_say_is_not_listened_to(loop: Loop) -> None:
    pipe, pieces, theirs = heard_from(loop)
    os.write(theirs, b"that is all")
    os.close(theirs)
    spin(loop, lambda: pieces == [b"that is all"] and pipe._rest is None)
    pipe.close()


def test_what_was_written_last_is_told_at_the_end(loop: Loop) -> None:
    pipe, pieces, theirs = heard_from(loop)
    os.write(theirs, b"good night")
    pipe.close()
    os.close(theirs)
    assert pieces == [b"good night"]


@pytest.mark.usefixtures("other_programs")
def test_of_complaints_the_beginning_and_the_end_are_kept(loop: Loop) -> None:
    script = "printf 'no such lamp%02000d' 0 >&2; printf 'good night' >&2"
    codes: list[int] = []
    child = Child(loop, Program(["sh", "-c", script], complains=True), codes.append)
    spin(loop, lambda: codes)
    assert child.complaint.startswith(b"no such lamp")
    assert child.last_words.endswith(b"good night")
    assert len(child.complaint) == len(child.last_words) == 500


@pytest.mark.usefixtures("other_programs")
def test_all_that_is_printed_is_kept_and_what_is_to_be_read_is_there(loop: Loop) -> None:
    codes: list[int] = []
    program = Program(["sh", "-c", "cat; head -c 300000 /dev/zero"], reads=b"mat", prints=True)
    child = Child(loop, program, codes.append)
    spin(loop, lambda: codes)
    assert child.printed == b"mat" + bytes(300_000)


DEAF = "sh -c 'trap \"\" TERM; echo ready; exec sleep 60' & wait"


@pytest.mark.usefixtures("other_programs")
@pytest.mark.parametrize("at_once", [False, True])
def test_nothing_of_its_group_stays_where_it_ends_and_another_does_not(
    loop: Loop, at_once: bool
) -> None:
    codes: list[int] = []
    pieces: list[bytes] = []
    child = Child(loop, Program(["sh", "-c", DEAF]), codes.append, pieces.append)
    spin(loop, lambda: pieces)
    if at_once:
        child.signal(signal.SIGTERM)
        child.wait(60)
        child.kill()
    else:
        child.leave(60)
        spin(loop, lambda: codes)
    until(lambda: not group(child._process.pid), what="the whole group is gone")


def group(number: int) -> list[str]:
    """Who is alive in that process group."""
    stats = (path.read_text() for path in Path("/proc").glob("[0-9]*/stat") if path.exists())
    found = (stat.rpartition(")")[2].split() for stat in stats)
    return [state for state, _parent, leader, *_ in found if int(leader) == number and state != "Z"]


def test_one_that_was_never_started_leaves_nothing_open(loop: Loop) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    program = Program(["/no/such/program"], reads=b"x", prints=True, complains=True)
    with pytest.raises(FileNotFoundError):
        Child(loop, program, lambda _code: None)
    with pytest.raises(FileNotFoundError):
        Child(loop, program, lambda _code: None, lambda _piece: None)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
