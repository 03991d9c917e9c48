"""A player and its daemons: signs of life, and the next daemon hears what the last one did not."""

import json
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deskbreak.adapters.child import LOOK_EVERY_S
from deskbreak.core.effects import ALONE_S
from deskbreak.core.enums import Feedback
from deskbreak.windows.options import reached
from deskbreak.windows.report import BEAT_S, Reporter, tell_the_next


class Daemon:
    """Listens at the path; `kill` takes it away as kill -9 does."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(path))
        self._listening.listen()
        self._line: socket.socket | None = None

    def accept(self) -> None:
        self._line, _ = self._listening.accept()

    def heard(self) -> list[dict[str, Any]]:
        assert self._line is not None
        return [json.loads(line) for line in self._line.recv(1 << 16).splitlines()]

    def kill(self) -> None:
        self._listening.close()
        if self._line is not None:
            self._line.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "session" / "deskbreak"
    folder.mkdir(parents=True)
    return folder / "s"


@pytest.fixture
def daemon(path: Path) -> Iterator[Daemon]:
    made = Daemon(path)
    yield made
    made.kill()


@pytest.fixture
def reporter(path: Path, daemon: Daemon) -> Reporter:
    made = reached(str(path))
    daemon.accept()
    return made


PAINTED = {"event": "painted"}
STEP = {"event": "step", "share": 0.5, "at_step": 2, "of": 3}
ENDED = {"event": "ended", "share": 1.0, "at_step": 3, "of": 3}
GOOD = {"event": "feedback", "feedback": "good", "exercise": None}


def test_a_beat_is_a_sign_of_life(daemon: Daemon, reporter: Reporter) -> None:
    assert reporter.beat(0.0) == 0.0
    assert daemon.heard() == [{"event": "alive"}]


def test_the_next_daemon_hears_what_was_said_once_more(
    daemon: Daemon, reporter: Reporter, path: Path
) -> None:
    reporter.painted()
    reporter.step(0.0, 1, 3)
    reporter.step(0.5, 2, 3)
    daemon.kill()
    assert [reporter.beat(now) for now in (100.0, 105.0, 130.0)] == [0.0, 5.0, 30.0]
    reporter.ended(1.0, 3, 3)
    reporter.feedback(Feedback.GOOD)
    assert reporter.has_news
    following = Daemon(path)
    assert reporter.beat(140.0) == 0.0
    following.accept()
    assert following.heard() == [PAINTED, STEP, ENDED, GOOD]
    assert not reporter.has_news
    following.kill()
    assert reporter.beat(200.0) == 0.0


def test_a_player_started_by_hand_or_with_a_file_gives_no_signs_of_life() -> None:
    for reporter in (Reporter(None), Reporter(7)):
        assert not reporter.keeps_alive
        assert reporter.beat(0.0) == 0.0
        assert reporter.beat(5000.0) == 0.0
        assert not reporter.has_news


def test_with_nothing_on_the_screen_it_waits_for_a_daemon_that_hears_the_end(
    daemon: Daemon, reporter: Reporter, path: Path
) -> None:
    daemon.kill()
    reporter.ended(1.0, 3, 3)
    slept: list[float] = []
    comes: list[Daemon] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 4:
            comes.append(Daemon(path))

    tell_the_next(reporter, sleep)
    assert slept == [BEAT_S] * 4
    comes[0].accept()
    assert comes[0].heard() == [ENDED]
    comes[0].kill()


def test_but_not_for_ever_and_not_where_it_was_heard(daemon: Daemon, reporter: Reporter) -> None:
    slept: list[float] = []
    reporter.ended(1.0, 3, 3)
    tell_the_next(reporter, slept.append)
    assert slept == []
    daemon.kill()
    tell_the_next(reporter, slept.append)
    assert sum(slept) == ALONE_S


def test_nor_at_all_once_its_session_is_over(
    daemon: Daemon, reporter: Reporter, path: Path
) -> None:
    slept: list[float] = []
    reporter.ended(1.0, 3, 3)
    daemon.kill()
    shutil.rmtree(path.parent)
    assert reporter.beat(0.0) == 0.0  # a daemon makes its own folder anew
    shutil.rmtree(path.parent.parent)
    assert reporter.beat(1.0) == float("inf")
    tell_the_next(reporter, slept.append)
    assert slept == []


def test_a_guide_costs_the_daemon_six_wake_ups_a_minute_at_most() -> None:
    assert 60 / BEAT_S + 60 / LOOK_EVERY_S <= 6
    assert LOOK_EVERY_S >= 2 * BEAT_S  # a sign that comes late is no silence
