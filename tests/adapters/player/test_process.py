"""The player's process: what it reports, how it dies, how it is stopped."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from deskbreak.adapters import child
from deskbreak.adapters.player import playing as playing_module
from deskbreak.adapters.player.process_player import (
    ProcessPlayer,
    Terminal,
    in_terminal,
    in_window,
)
from deskbreak.core.enums import Feedback
from deskbreak.core.events import Fact, FeedbackGiven, PlayerDied, PlayerEnded, PlayerPainted
from tests.adapters.doors import doors
from tests.waiting import spin, spin_for, until

pytestmark = pytest.mark.usefixtures("other_programs")

ACTOR = Path(__file__).with_name("actor.py")
SILENT = "the player gave no sign of life for 30 seconds"
PAINTED, ENDED = PlayerPainted(1), PlayerEnded(1, 0.75, 3, 4)


def act(part: str) -> Sequence[str]:
    return [sys.executable, str(ACTOR), part]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playing_module, "PATIENCE_S", 0.1)


@pytest.fixture
def facts() -> list[Fact]:
    return []


@pytest.fixture
def player(
    loop: asyncio.AbstractEventLoop, facts: list[Fact], tmp_path: Path
) -> Iterator[ProcessPlayer]:
    made = ProcessPlayer(loop, facts.append, [in_window(act)], doors(loop, tmp_path / "run"))
    yield made
    made.close()
    assert made._all == []
    assert list(tmp_path.glob("run/*")) == []


def actors(part: str, folder: Path) -> list[int]:
    """The processes that play a part of this test."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "cmdline").read_bytes().decode().split("\0")
        except (OSError, UnicodeDecodeError):
            continue
        if str(ACTOR) in words and part in words and any(str(folder) in word for word in words):
            found.append(int(entry.name))
    return found


def gone(player: ProcessPlayer) -> Any:
    return lambda: not player._all


# ---------------------------------------------------------------------------------- its reports


@pytest.mark.parametrize("part", ["whole", "terminal-server"])
def test_a_whole_run_is_reported_also_by_way_of_a_terminals_server(
    loop: asyncio.AbstractEventLoop, player: ProcessPlayer, facts: list[Fact], part: str
) -> None:
    player.start(1, part)
    spin(loop, gone(player))
    assert facts == [PAINTED, ENDED, FeedbackGiven(part, Feedback.IT_HURT, "lunge")]


@pytest.mark.parametrize("early", [True, False])
def test_silence_is_asked_for_also_of_a_player_that_has_not_called_yet(
    loop: asyncio.AbstractEventLoop, player: ProcessPlayer, facts: list[Fact], early: bool
) -> None:
    player.start(1, "listens")
    if not early:
        spin(loop, lambda: facts)
    player.hush()
    spin(loop, gone(player))
    assert facts == [PAINTED, ENDED]


def test_what_is_no_report_is_passed_over_and_each_report_counts_once(
    loop: asyncio.AbstractEventLoop,
    player: ProcessPlayer,
    facts: list[Fact],
    caplog: pytest.LogCaptureFixture,
) -> None:
    player.start(1, "babbles")
    spin(loop, gone(player))
    assert facts == [PAINTED, ENDED, FeedbackGiven("babbles", Feedback.IT_HURT, "lunge")]
    assert len(caplog.records) == 1
    assert "not a report" in caplog.text


def test_a_player_that_dies_is_dead_at_the_step_it_had_reached(
    loop: asyncio.AbstractEventLoop, player: ProcessPlayer, facts: list[Fact]
) -> None:
    player.start(1, "dies")
    spin(loop, gone(player))
    assert facts == [PAINTED, PlayerDied(1, "the player went away", 0.4, 3, 4)]


def test_a_player_that_dies_before_its_first_word_is_dead(
    loop: asyncio.AbstractEventLoop, player: ProcessPlayer, facts: list[Fact]
) -> None:
    player.start(1, "dies-early")
    spin(loop, gone(player))
    assert [type(fact) for fact in facts] == [PlayerDied]


def test_a_program_that_ends_without_calling_is_dead(
    loop: asyncio.AbstractEventLoop, player: ProcessPlayer, facts: list[Fact]
) -> None:
    player.start(1, "exits-1")
    spin(loop, gone(player))
    assert facts == [PlayerDied(1, "the player could not start (exit code 1)")]


def test_a_terminal_that_goes_away_and_brings_no_player_is_waited_for_only_so_long(
    loop: asyncio.AbstractEventLoop,
    player: ProcessPlayer,
    facts: list[Fact],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(child, "LOOK_EVERY_S", 0.1)
    player.start(1, "exits-0")
    spin(loop, gone(player))
    assert facts == [PlayerDied(1, SILENT)]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("part", ["never-calls", "hangs", "terminal-server-hangs"])
def test_a_player_that_hangs_is_dead_and_ended(
    loop: asyncio.AbstractEventLoop,
    player: ProcessPlayer,
    facts: list[Fact],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    part: str,
) -> None:
    monkeypatch.setattr(child, "LOOK_EVERY_S", 1.0)
    player.start(1, part)
    spin(loop, gone(player), 60)
    assert facts[-1:] == [PlayerDied(1, SILENT)]
    until(lambda: not (actors(part, tmp_path) + actors("hangs", tmp_path)))


@pytest.mark.usefixtures("impatient")
def test_a_player_that_hangs_up_is_dead_and_ended(
    loop: asyncio.AbstractEventLoop,
    player: ProcessPlayer,
    facts: list[Fact],
    tmp_path: Path,
) -> None:
    player.start(1, "hangs-up")
    spin(loop, gone(player))
    assert facts == [PAINTED, PlayerDied(1, "the player went away")]
    assert actors("hangs-up", tmp_path) == []


@pytest.mark.parametrize("words", [["/no/such/program"], ["/"], ["a\0b"]])
def test_a_program_that_cannot_be_started_is_dead_a_moment_later(
    loop: asyncio.AbstractEventLoop, facts: list[Fact], tmp_path: Path, words: list[str]
) -> None:
    player = ProcessPlayer(loop, facts.append, [in_window(lambda _: words)], doors(loop, tmp_path))
    player.start(4, "hips")
    assert facts == []
    spin(loop, lambda: facts)
    assert [(type(fact), fact.run) for fact in facts] == [(PlayerDied, 4)]  # type: ignore[union-attr]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_a_death_too(
    loop: asyncio.AbstractEventLoop, facts: list[Fact], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "run"
    player = ProcessPlayer(loop, facts.append, [in_window(act)], doors(loop, folder))
    player.start(1, "whole")
    spin(loop, lambda: facts)
    assert isinstance(facts[0], PlayerDied)


def test_a_stranger_cannot_speak_for_the_player(
    loop: asyncio.AbstractEventLoop,
    player: ProcessPlayer,
    facts: list[Fact],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = os.getuid
    monkeypatch.setattr(os, "getuid", lambda: real() + 1)
    player.start(1, "never-calls")
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.connect(str(tmp_path / "run" / "player-1.sock"))
        stranger.sendall(b'{"event": "painted"}\n')
        spin_for(loop, 0.02)
        with pytest.raises(ConnectionError):
            stranger.sendall(b'{"event": "painted"}\n' * 2)
    assert facts == []


# ------------------------------------------------------------- one that outlives its daemon


def test_a_player_that_an_earlier_daemon_opened_is_found_and_heard(
    loop: asyncio.AbstractEventLoop, player: ProcessPlayer, facts: list[Fact], tmp_path: Path
) -> None:
    path = tmp_path / "run" / "player-1.sock"
    path.parent.mkdir()
    with socket.socket(socket.AF_UNIX) as earlier:
        earlier.bind(str(path))
        earlier.listen()
        opened = subprocess.Popen([*act("outlives"), "--report", str(path)])
        line, _ = earlier.accept()
    with line, line.makefile() as said:
        assert json.loads(said.readline()) == {"event": "painted"}
    player.find(1, "outlives")
    spin(loop, gone(player))
    assert facts == [PAINTED, ENDED, FeedbackGiven("outlives", Feedback.IT_HURT, "lunge")]
    assert opened.wait(60) == 0


def test_a_player_that_is_found_is_stopped_as_any_other(
    loop: asyncio.AbstractEventLoop, player: ProcessPlayer, facts: list[Fact], tmp_path: Path
) -> None:
    player.find(1, "obeys")
    path = tmp_path / "run" / "player-1.sock"
    opened = subprocess.Popen([*act("obeys"), "--report", str(path)])
    spin(loop, lambda: PAINTED in facts)
    player.stop(1)
    spin(loop, gone(player))
    assert facts == [PAINTED, PlayerEnded(1, 0.1, 1, 4)]
    assert opened.wait(60) == 0


def test_where_no_player_is_left_the_run_is_dead(
    loop: asyncio.AbstractEventLoop,
    player: ProcessPlayer,
    facts: list[Fact],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(child, "LOOK_EVERY_S", 0.1)
    player.find(1, "whole")
    spin(loop, gone(player))
    assert facts == [PlayerDied(1, SILENT)]


# ----------------------------------------------------------------------------- one after another


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "part", ["exits-1", "dies-early", "never-calls", "hangs-early", "terminal-server-hangs-early"]
)
def test_whatever_keeps_the_first_from_appearing_the_second_plays(
    loop: asyncio.AbstractEventLoop,
    facts: list[Fact],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    part: str,
) -> None:
    monkeypatch.setattr(child, "LOOK_EVERY_S", 1.0)

    def then_whole(_routine: str) -> Sequence[str]:
        monkeypatch.setattr(child, "LOOK_EVERY_S", 30.0)
        return act("whole")

    ways = [in_window(act), in_window(then_whole)]
    player = ProcessPlayer(loop, facts.append, ways, doors(loop, tmp_path / "run"))
    player.start(1, part)
    spin(loop, lambda: len(facts) == 3)
    assert facts == [PAINTED, ENDED, FeedbackGiven(part, Feedback.IT_HURT, "lunge")]
    player.close()
    until(lambda: not (actors(part, tmp_path) + actors("hangs-early", tmp_path)))
    assert list((tmp_path / "run").iterdir()) == []


def test_where_none_appears_the_run_is_dead_once(
    loop: asyncio.AbstractEventLoop, facts: list[Fact], tmp_path: Path
) -> None:
    player = ProcessPlayer(loop, facts.append, [in_window(act)] * 2, doors(loop, tmp_path))
    player.start(1, "exits-1")
    spin(loop, lambda: facts)
    assert facts == [PlayerDied(1, "the player could not start (exit code 1)")]
    player.close()


# ------------------------------------------------------------------------------------ its end


@pytest.mark.parametrize("part", ["obeys", "terminal"])
def test_a_player_is_asked_to_go_and_goes(
    loop: asyncio.AbstractEventLoop,
    player: ProcessPlayer,
    facts: list[Fact],
    tmp_path: Path,
    part: str,
) -> None:
    player.start(1, part)
    spin(loop, lambda: PAINTED in facts)
    player.stop(2)
    player.stop(1)
    player.stop(1)
    spin(loop, gone(player))
    assert facts == [PAINTED, PlayerEnded(1, 0.1, 1, 4)]
    until(lambda: not actors("obeys", tmp_path))


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("part", ["deaf", "terminal-server-stubborn"])
def test_a_player_that_hears_nothing_is_ended_whosever_child_it_is(
    loop: asyncio.AbstractEventLoop,
    player: ProcessPlayer,
    facts: list[Fact],
    tmp_path: Path,
    part: str,
) -> None:
    player.start(1, part)
    spin(loop, lambda: PAINTED in facts)
    assert len(actors("deaf", tmp_path)) == 1
    player.stop(1)
    spin(loop, gone(player))
    assert facts == [PAINTED]
    until(lambda: not actors("deaf", tmp_path))


def test_a_player_that_has_not_called_yet_is_ended_at_once(
    loop: asyncio.AbstractEventLoop, player: ProcessPlayer, facts: list[Fact], tmp_path: Path
) -> None:
    player.start(1, "never-calls")
    player.stop(1)
    spin(loop, gone(player))
    assert facts == []
    assert actors("never-calls", tmp_path) == []


@pytest.mark.usefixtures("impatient")
def test_a_player_whose_routine_is_over_may_still_ask_how_it_was(
    loop: asyncio.AbstractEventLoop,
    player: ProcessPlayer,
    facts: list[Fact],
    tmp_path: Path,
) -> None:
    player.start(1, "asks")
    spin(loop, lambda: ENDED in facts)
    player.stop(1)
    spin_for(loop, 0.25)
    assert len(actors("asks", tmp_path)) == 1
    player.start(2, "obeys")
    spin(loop, lambda: not actors("asks", tmp_path))
    spin(loop, lambda: PlayerPainted(2) in facts)
    assert facts == [PAINTED, ENDED, PlayerPainted(2)]


def test_it_does_not_ask_for_ever(
    loop: asyncio.AbstractEventLoop,
    player: ProcessPlayer,
    facts: list[Fact],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(playing_module, "LINGERS_S", 0.05)
    player.start(1, "asks")
    spin(loop, gone(player))
    assert facts == [PAINTED, ENDED]


def test_a_new_run_takes_the_place_of_the_old(
    loop: asyncio.AbstractEventLoop, player: ProcessPlayer, facts: list[Fact]
) -> None:
    player.start(1, "obeys")
    spin(loop, lambda: PAINTED in facts)
    player.start(2, "obeys")
    spin(loop, lambda: PlayerPainted(2) in facts)
    spin(loop, lambda: len(player._all) == 1)
    assert facts[-2:] in (
        [PlayerEnded(1, 0.1, 1, 4), PlayerPainted(2)],
        [PlayerPainted(2), PlayerEnded(1, 0.1, 1, 4)],
    )


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("part", ["deaf", "obeys", "terminal", "terminal-server-stubborn"])
def test_closing_leaves_nothing_running(
    loop: asyncio.AbstractEventLoop,
    player: ProcessPlayer,
    facts: list[Fact],
    tmp_path: Path,
    part: str,
) -> None:
    player.start(1, part)
    spin(loop, lambda: PAINTED in facts)
    player.close()
    for name in ("deaf", "obeys", "terminal"):
        until(lambda name=name: not actors(name, tmp_path))


# --------------------------------------------------------------------------------- a terminal


def test_without_a_terminal_the_run_is_dead_and_doctor_says_why(
    loop: asyncio.AbstractEventLoop, facts: list[Fact], tmp_path: Path
) -> None:
    player = ProcessPlayer(
        loop, facts.append, [in_terminal(act, lambda: None)], doors(loop, tmp_path)
    )
    player.start(1, "whole")
    spin(loop, lambda: facts)
    assert facts == [PlayerDied(1, "no terminal program was found to show a routine in")]
    (capability,) = player.capabilities()
    assert (capability.works, capability.backend) == (False, None)
    assert "xterm" in capability.advice


def test_in_a_terminal_it_is_the_terminal_that_is_started(
    loop: asyncio.AbstractEventLoop, facts: list[Fact], tmp_path: Path
) -> None:
    env = Terminal("env", ("/usr/bin/env", "-u", "DISPLAY"))
    player = ProcessPlayer(
        loop, facts.append, [in_terminal(act, lambda: env)], doors(loop, tmp_path)
    )
    assert [c.backend for c in player.capabilities()] == ["terminal (env)"]
    player.start(1, "whole")
    spin(loop, gone(player))
    assert ENDED in facts


def test_a_window_of_its_own_needs_no_terminal(player: ProcessPlayer) -> None:
    assert [(c.backend, c.works) for c in player.capabilities()] == [("window", True)]


def test_the_real_player_reports_on_the_socket_and_hears_its_orders_there(
    loop: asyncio.AbstractEventLoop, facts: list[Fact], tmp_path: Path
) -> None:
    def words(routine: str) -> list[str]:
        return [sys.executable, "-m", "deskbreak.windows.terminal", routine, "--speed", speed]

    player = ProcessPlayer(loop, facts.append, [in_window(words)], doors(loop, tmp_path / "run"))
    speed = "1000"
    player.start(1, "stand-hips")
    spin(loop, gone(player))
    assert facts[0] == PAINTED
    assert isinstance(facts[1], PlayerEnded)
    assert facts[1].share == 1.0
    facts.clear()
    speed = "1"
    player.start(2, "stand-hips")
    spin(loop, lambda: PlayerPainted(2) in facts)
    player.stop(2)
    spin(loop, gone(player))
    assert isinstance(facts[1], PlayerEnded)
    assert facts[1].share < 0.1
