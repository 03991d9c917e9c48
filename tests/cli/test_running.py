"""The commands that talk to a running daemon, in processes of their own."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.typed import COMMAND, Machine, machine
from tests.waiting import until

SITTING = r"Sitting (under 1|1) min · break in (30|29) min\n"
CALM = '[breaks]\ntyping_gap = "0s"\nsettle = "0s"\n'


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with machine(tmp_path_factory.mktemp("r"), CALM) as made:
        made.starts()
        yield made


@pytest.fixture
def followed(running: Machine) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*COMMAND, "status", "--follow"], env=running.env, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    yield process
    process.kill()
    process.communicate()


def test_status_for_people_is_one_line(running: Machine) -> None:
    ran = running.types("status")
    assert (ran.code, ran.err) == (0, "")
    assert re.fullmatch(SITTING, ran.out)


def test_a_start_from_the_menu_says_how_it_goes_where_it_runs_already(running: Machine) -> None:
    ran = running.types("open", QT_QPA_PLATFORM="")  # no display for the statistics
    assert ran.code == 0
    assert re.fullmatch(SITTING, ran.out)
    assert re.search(r"deskbreak is running\W+Sitting", running.said)


def test_a_start_from_the_menu_starts_it_where_it_does_not_run(tmp_path: Path) -> None:
    with machine(tmp_path, CALM) as made:
        made.starts(words=[*COMMAND, "open"])
        assert made.types("status").code == 0


def test_status_for_programs_is_one_document(running: Machine) -> None:
    document = json.loads(running.types("status", "--json").out)
    assert (document["version"], document["state"]) == (1, "unknown")
    assert document["limit_s"] == 1800


def test_status_for_a_bar(running: Machine) -> None:
    ran = running.types("status", "--format", "waybar")
    assert len(ran.out.splitlines()) == 1
    document = json.loads(ran.out)
    assert document["text"] in {"30 min", "29 min"}
    assert document["class"] == ["unknown"]
    running.types("pause")
    paused = json.loads(running.types("status", "--format", "waybar").out)
    running.types("resume")
    assert (paused["text"], paused["alt"]) == ("paused", "paused")


def test_a_length_and_a_time_are_taken_as_they_are_typed(running: Machine) -> None:
    assert "reading for 1h30m" in running.types("reading", "1", "h", "30").out
    assert running.types("reading", "off").code == 0
    paused = running.types("pause", "until", "11.30", "PM")
    running.types("resume")
    assert "until" in paused.out
    assert "23:30" in paused.out


def test_json_and_a_format_exclude_each_other(running: Machine) -> None:
    ran = running.types("status", "--json", "--format", "waybar")
    assert ran.code == 2
    assert "exclude each other" in ran.err


def test_follow_prints_a_line_at_every_change_until_it_is_stopped(
    running: Machine, followed: subprocess.Popen[str]
) -> None:
    assert followed.stdout is not None
    assert re.fullmatch(SITTING, followed.stdout.readline())
    running.types("pause")
    assert followed.stdout.readline() == "Paused until you resume\n"
    running.types("status")  # which changes nothing
    running.types("resume")
    assert re.fullmatch(SITTING, followed.stdout.readline())
    os.killpg(followed.pid, signal.SIGINT)
    rest, errors = followed.communicate(timeout=60)
    assert (followed.returncode, rest, errors) == (0, "", "")


def test_a_reply_of_no_is_1_with_the_reason(running: Machine) -> None:
    for words, reason in (
        (("done",), "There is no break to end right now."),
        (("snooze",), "There is no break to snooze right now."),
        (
            ("break", "--missed"),
            "No break of today waits to be made up for; any other is welcome.",
        ),
        (("resume",), "it is not paused."),
    ):
        ran = running.types(*words)
        assert (ran.code, ran.out, ran.err) == (1, "", f"deskbreak: {reason}\n")


def test_a_routine_that_there_is_not_is_2_and_near_missed(running: Machine) -> None:
    ran = running.types("break", "stretch", "desk-hps")
    assert ran.code == 2
    assert ran.err == "deskbreak: there is no routine or exercise 'desk-hps'; perhaps desk-hips.\n"


def test_reading_says_what_it_does(running: Machine) -> None:
    assert running.types("reading").out.endswith(" · reading: counted without typing\n")
    assert running.status()["presence"]["reading"] is True
    timed = running.types("reading", "45m")
    assert timed.out.endswith(" · reading for 45m: counted without typing\n")
    assert running.status()["presence"]["reading_until"] is not None
    assert running.types("reading", "until", "noon").code == 2
    assert running.types("reading", "off").out.endswith(" · no longer reading\n")


def test_a_second_one_says_which_is_running_and_where(running: Machine) -> None:
    ran = running.types("run")
    assert (ran.code, ran.out) == (1, "")
    assert running.daemon is not None
    assert f"it is running already as process {running.daemon.pid} since " in ran.err
    assert str(running.place("XDG_STATE_HOME", "instance.lock")) in ran.err
    assert running.lives


def test_routines_of_ones_own_are_taken_up_at_once(running: Machine, tmp_path: Path) -> None:
    from tests.content.builtin import EXERCISE, ROUTINE

    file = tmp_path / "mine.toml"
    file.write_text(f"schema = 1\n{EXERCISE}{ROUTINE}")
    assert running.types("break", "my-toes").code == 2
    assert running.types("routines", "add", str(file)).code == 0
    assert running.types("break", "my-toes").out.startswith("Stretching: My toes")
    running.types("skip")


def test_after_quit_the_next_one_can_start_at_once(tmp_path: Path) -> None:
    with machine(tmp_path, CALM) as made:
        made.starts()
        follower = subprocess.Popen(
            [*COMMAND, "status", "--follow"], env=made.env, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert follower.stdout is not None
        follower.stdout.readline()
        ran = made.types("quit")
        assert (ran.code, ran.out) == (0, "deskbreak has stopped. Nothing is lost.\n")
        assert made.daemon is not None
        assert made.daemon.wait(60) == 0
        _, errors = follower.communicate(timeout=60)
        assert (follower.returncode, errors) == (
            3, "deskbreak: it has stopped. Start it with `deskbreak run`.\n",
        )  # fmt: skip
        assert not made.socket.exists()
        made.starts()
        assert made.types("quit").code == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_like_quit(tmp_path: Path, number: signal.Signals) -> None:
    with machine(tmp_path, CALM) as made:
        made.starts()
        assert made.daemon is not None
        made.daemon.send_signal(number)
        until(lambda: not made.lives, what="the daemon has gone")
        assert made.daemon.returncode == 0
        assert "Traceback" not in made.said
        assert made.place("XDG_STATE_HOME", "state.toml").exists()
