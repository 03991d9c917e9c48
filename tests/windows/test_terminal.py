"""The terminal player on a real pseudo-terminal."""

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from deskbreak.content.safety import GUIDE_LINE
from deskbreak.windows.terminal.screen import Screen
from tests.content.builtin import EXERCISE, ROUTINE
from tests.waiting import until
from tests.windows.vt import GIVE_BACK, ROOT, Terminal

FAST = ("--speed", "400")
COMMAND = [sys.executable, "-m", "deskbreak.windows.terminal"]


def events(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_whole_routine_with_its_question() -> None:
    with Terminal("stand-hips", "--speed", "40", report=True) as terminal:
        terminal.sees("How was it?")
        terminal.press("1")
        assert terminal.ends() == 0
        assert terminal.given_back()
        painted, *steps, ended, feedback = events(terminal.reports())
        assert painted == {"event": "painted"}
        for step, at_least in zip(steps, (0.0, 0.24, 0.72), strict=True):
            assert at_least <= step.pop("share") < 1.0  # type: ignore[operator]
        assert steps == [{"event": "step", "at_step": n, "of": 3} for n in (1, 2, 3)]
        assert ended == {"event": "ended", "share": 1.0, "at_step": 3, "of": 3}
        assert feedback == {"event": "feedback", "feedback": "good", "exercise": None}


def test_the_guide_and_its_keys() -> None:
    with Terminal("stand-hips") as terminal:
        terminal.sees("Get ready")
        screen = terminal.sees(GUIDE_LINE)
        assert "1 of 3" in screen
        terminal.press(" ")
        terminal.sees("space go on")
        terminal.press("s\x1b[C")
        terminal.sees("2 of 3")
        terminal.sees("24 seconds a side, left first")
        terminal.press("e")
        terminal.sees("Easier: Shorter stride.")
        terminal.press("\x1b[D")
        terminal.sees("1 of 3")
        terminal.press("\x1b")
        assert terminal.ends() == 0
        assert terminal.given_back()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_and_gives_the_terminal_back(number: signal.Signals) -> None:
    with Terminal("stand-hips", report=True) as terminal:
        terminal.sees("Get ready")
        os.kill(terminal.process.pid, number)
        assert terminal.ends() == 0
        assert terminal.given_back()
        assert events(terminal.reports())[-1]["event"] == "ended"


def test_control_c_ends_it_without_a_question() -> None:
    with Terminal("stand-hips") as terminal:
        terminal.sees("Get ready")
        terminal.press("s")
        terminal.press("\x03")
        assert terminal.ends() == 0
        assert terminal.given_back()


def test_control_z_gives_the_terminal_back_until_it_goes_on() -> None:
    with Terminal("stand-hips") as terminal:
        terminal.sees("Get ready")
        terminal.press("\x1a")
        until(lambda: stopped(terminal.process.pid))
        assert termios.tcgetattr(terminal.slave) == terminal.before
        os.kill(terminal.process.pid, signal.SIGCONT)
        terminal.sees("Paused")
        assert termios.tcgetattr(terminal.slave) != terminal.before
        terminal.press("q")
        assert terminal.ends() == 0
        assert terminal.given_back()


def stopped(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def test_a_mistake_of_ours_gives_the_terminal_back_as_well() -> None:
    master, slave = pty.openpty()
    before = termios.tcgetattr(slave)
    with os.fdopen(os.dup(slave), "w") as output:
        with pytest.raises(ZeroDivisionError):
            break_while_painting(Screen(output, slave, colour=True))
        assert termios.tcgetattr(slave) == before
        os.set_blocking(master, False)
        pieces: list[bytes] = []

        def given_back() -> bool:
            with contextlib.suppress(BlockingIOError):
                pieces.append(os.read(master, 4096))
            return b"".join(pieces).decode().endswith(GIVE_BACK)

        until(given_back)
    os.close(master)
    os.close(slave)


def break_while_painting(screen: Screen) -> None:
    with screen:
        screen.paint([])
        raise ZeroDivisionError


@pytest.mark.parametrize("size", [(40, 10), (24, 5), (200, 60), (1, 1)])
def test_any_size(size: tuple[int, int]) -> None:
    with Terminal("stand-hips", size=size, report=True) as terminal:
        reports = ""
        while "painted" not in reports:
            terminal.take(0.1)
            reports += terminal.reports()
        os.kill(terminal.process.pid, signal.SIGTERM)
        assert terminal.ends() == 0
        assert terminal.given_back()
        assert 1 <= max(terminal.screen.lines) <= size[1]
        assert max(len(line) for line in terminal.screen.lines.values()) <= size[0]


def test_a_window_that_changes_its_size() -> None:
    with Terminal("stand-hips") as terminal:
        terminal.sees("Get ready")
        terminal.press(" ")
        terminal.sees("Paused")
        terminal.resize(40, 10)
        until(lambda: (terminal.take(0.1), max(terminal.screen.lines, default=99) <= 10)[1])
        terminal.sees("Side-to-side weight shift")
        assert max(terminal.screen.lines) <= 10


def test_colours_are_left_out_where_they_are_not_wanted() -> None:
    with Terminal("stand-hips", environment={"NO_COLOR": "1"}) as terminal:
        terminal.sees("Get ready")
        assert "\x1b[1m" in terminal.received
        assert "\x1b[1;35m" not in terminal.received
    with Terminal("stand-hips") as terminal:
        terminal.sees("Get ready")
        assert "\x1b[1;35m" in terminal.received


def test_a_terminal_that_knows_only_ascii() -> None:
    with Terminal("stand-hips", environment={"PYTHONIOENCODING": "ascii"}) as terminal:
        screen = terminal.sees("Get ready")
        assert screen.isascii()
        assert "b back" in screen
        assert "####" in terminal.sees("####")


def test_a_terminal_that_knows_only_lines() -> None:
    with Terminal("stand-hips", "--speed", "60", environment={"TERM": "dumb"}) as terminal:
        assert terminal.ends() == 0
        assert "\x1b" not in terminal.received
        assert "Change sides: right" in terminal.received


def test_the_notice_has_to_be_accepted() -> None:
    with Terminal("stand-hips", *FAST, "--notice", report=True) as terminal:
        screen = terminal.sees("Understood, go on")
        assert "not medical advice" in screen.replace("\n  ", " ")
        assert "Please see a doctor" in screen
        terminal.press("\r")
        terminal.sees("How was it?")
        terminal.press("\r")
        assert terminal.ends() == 0
        assert [e["event"] for e in events(terminal.reports())][:2] == ["painted", "acknowledged"]
    with Terminal("stand-hips", "--notice", report=True) as terminal:
        terminal.sees("Understood, go on")
        terminal.press("q")
        assert terminal.ends() == 1
        assert terminal.given_back()
        ended = {"event": "ended", "share": 0.0, "at_step": 0, "of": 0}
        assert events(terminal.reports()) == [{"event": "painted"}, ended]


def test_the_notice_on_a_small_terminal_comes_in_parts() -> None:
    with Terminal("stand-hips", "--notice", size=(40, 10), report=True) as terminal:
        for _ in range(3):
            terminal.sees("Enter: more")
            terminal.press("\r")
        terminal.sees("Understood")
        assert "acknowledged" not in terminal.reports()


def test_an_order_of_the_daemon_stops_it_while_the_person_has_the_keys() -> None:
    orders, ours = os.pipe()
    with Terminal("stand-hips", report=True, stdin=orders) as terminal:
        os.close(orders)
        terminal.sees("Get ready")
        terminal.press(" ")
        terminal.sees("Paused")
        os.write(ours, b'junk\n{"do": "dance"}\n{"do":"st')
        os.write(ours, b'op"}\n')
        assert terminal.ends() == 0
        assert terminal.given_back()
        assert events(terminal.reports())[-1] == {
            "event": "ended", "share": 0.0, "at_step": 1, "of": 3,
        }  # fmt: skip
        os.close(ours)


def test_a_daemon_that_goes_away_leaves_the_person_to_finish() -> None:
    orders, ours = os.pipe()
    with Terminal("stand-hips", *FAST, report=True, stdin=orders) as terminal:
        os.close(orders)
        os.close(ours)
        terminal.sees("How was it?")
        terminal.press("\r")
        assert terminal.ends() == 0


def test_without_a_terminal_lines_tell_the_same() -> None:
    done = subprocess.run(
        [*COMMAND, "stand-hips", "--first", "right", *FAST],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert "\x1b" not in done.stdout
    lines = done.stdout.splitlines()
    assert lines[:2] == ["Hips forward", GUIDE_LINE]
    said = [line for line in lines if "side" in line.lower() and "s on" not in line]
    assert "  Right side: 24 s" in said
    assert said.index("  Right side: 24 s") < said.index("  Change sides: left, 3 s")
    assert said.index("  Change sides: left, 3 s") < said.index("  Left side: 24 s")
    assert done.stderr == ""


def test_lines_where_only_ascii_can_be_written() -> None:
    done = subprocess.run(
        [*COMMAND, "childs_pose_reach", *FAST],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert b"1 of 1: Child?s pose with side reach, 30 seconds" in done.stdout


def test_reports_on_standard_output_are_not_mixed_with_lines() -> None:
    done = subprocess.run(
        [*COMMAND, "desk-neck", "--report", "1", *FAST],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert [event["event"] for event in events(done.stdout)] == [
        "painted", "step", "step", "step", "step", "ended",
    ]  # fmt: skip


def test_one_exercise_alone_and_routines_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(f"schema = 1\n{EXERCISE}{ROUTINE}")
    for ident, name in (("plank", "Forearm plank"), ("my-toes", "Toe wiggle")):
        done = subprocess.run(
            [*COMMAND, ident, "--content", str(tmp_path), *FAST],
            cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
            check=True,
        )  # fmt: skip
        assert f"1 of {1 if ident == 'plank' else 2}: {name}" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["stand-hip"], "no routine 'stand-hip' (perhaps stand-hips)"),
        (["stand-hips", "--report", "77"], "'77' is not an open file descriptor"),
        (["stand-hips", "--speed", "0"], "'0' is not between"),
        (["stand-hips", "--speed", "nan"], "'nan' is not between"),
        ([], "routine"),
    ],
)
def test_words_that_are_not_understood(words: list[str], said: str) -> None:
    done = subprocess.run(
        [*COMMAND, *words], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert said in done.stderr
