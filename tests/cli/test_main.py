"""The command line as a whole: help, slips, exit codes, pipes and interruptions."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from deskbreak import __version__
from deskbreak.cli.main import COMMANDS, SECTIONS, cli
from tests.cli.typed import COMMAND, Machine, typed
from tests.waiting import until

Capsys = pytest.CaptureFixture[str]


def test_without_a_command_it_shows_the_help(capsys: Capsys) -> None:
    ran = typed(capsys)
    assert ran.code == 0
    assert ran.out == typed(capsys, "--help").out
    assert "deskbreak run" in ran.out


@pytest.mark.parametrize("group", ["config"])
def test_a_group_without_a_command_shows_its_help(capsys: Capsys, group: str) -> None:
    ran = typed(capsys, group)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == typed(capsys, group, "--help").out


def test_every_command_is_listed_once_and_has_a_line_that_fits() -> None:
    assert sum(map(len, SECTIONS.values())) == len(COMMANDS)
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert command.get_short_help_str(200).endswith(".")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(capsys: Capsys, name: str) -> None:
    ran = typed(capsys, name, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"Usage: deskbreak {name}")
    assert ran.out == typed(capsys, name, "-h").out


def test_the_version(capsys: Capsys) -> None:
    assert typed(capsys, "--version").out == f"deskbreak {__version__}\n"


@pytest.mark.parametrize(
    ("word", "meant"),
    [("staus", "status"), ("snoze", "snooze"), ("START", "run"), ("walk", "break walk"),
     ("stop", "quit"), ("set", "config set")],
)  # fmt: skip
def test_an_unknown_command_names_the_one_that_was_meant(
    capsys: Capsys, word: str, meant: str
) -> None:
    ran = typed(capsys, word)
    assert (ran.code, ran.out) == (2, "")
    assert f"there is no command {word!r}; perhaps you mean `deskbreak {meant}`." in ran.err


def test_an_unknown_command_of_a_group_is_near_missed_as_well(capsys: Capsys) -> None:
    ran = typed(capsys, "config", "shw")
    assert ran.code == 2
    assert "perhaps you mean `deskbreak config show`" in ran.err


def test_a_word_that_is_like_nothing_is_only_refused(capsys: Capsys) -> None:
    ran = typed(capsys, "xyzzy")
    assert ran.code == 2
    assert "there is no command 'xyzzy'." in ran.err


@pytest.mark.parametrize("words", [["--bogus"], ["status", "--bogus"], ["config", "get"]])
def test_a_slip_in_options_or_arguments_is_exit_2(capsys: Capsys, words: list[str]) -> None:
    ran = typed(capsys, *words)
    assert (ran.code, ran.out) == (2, "")
    assert "Usage: deskbreak" in ran.err


@pytest.mark.parametrize(
    "words",
    [["status"], ["status", "--json"], ["status", "--follow"], ["done"], ["skip"], ["snooze"],
     ["stand"], ["sit"], ["reading"], ["pause"], ["resume"], ["break"], ["break", "walk"],
     ["break", "--missed"],
     ["quit"]],
)  # fmt: skip
@pytest.mark.usefixtures("here")
def test_without_a_daemon_its_commands_say_so_with_3(capsys: Capsys, words: list[str]) -> None:
    ran = typed(capsys, *words)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == "deskbreak: it is not running. Start it with `deskbreak run`.\n"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["snooze", "soon"], '"soon" is not a duration such as "90s", "30m" or "1h15m".'),
        (["snooze", "1:30"], 'found "1:30", allowed: "1h30m" or "1m30s", whichever you mean.'),
        (
            ["pause", "20", "mintes"],
            "found '20 mintes', allowed: 1h, until 14:30, or today",
        ),
        (["pause", "for"], "found '', allowed: 1h, until 14:30, or today."),
        (["pause", "until"], "found '', allowed: a time of day such as 14:30."),
        (["pause", "until", "5"], 'found "5", allowed: "5:00" or "17:00", whichever you mean.'),
        (["snooze", "0s"], "found 0s, allowed: longer than 0s, at most 31d."),
        (["pause", "40d"], "found 40d, allowed: longer than 0s, at most 31d."),
        (["pause", "until", "25:00"], "found '25:00', allowed: a time of day such as 14:30."),
        (["pause", "until", "9:5"], "found '9:5', allowed: a time of day such as 14:30."),
        (["pause", "a", "b"], "found 'a b', allowed: 1h, until 14:30, or today."),
        (["break", "run", "far"], "found 'run', allowed: walk or stretch, then perhaps a routine."),
        (["break", "walk", "desk-hips"], "a walk has no routine;"),
        (["break", "walk", "--missed"], "found 'walk' with --missed"),
        (["run", "--config", "/nowhere.toml"], "there is no file /nowhere.toml."),
    ],
)
@pytest.mark.usefixtures("here")
def test_words_that_make_no_sense_are_refused_before_the_daemon_is_asked(
    capsys: Capsys, words: list[str], reason: str
) -> None:
    ran = typed(capsys, *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"deskbreak: {reason}")


def test_a_runtime_folder_that_is_too_long_is_said_plainly(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", f"/{'x' * 100}")
    ran = typed(capsys, "status")
    assert ran.code == 1
    assert "too long for a socket" in ran.err


# ------------------------------------------------------------------------------ light to start


@pytest.mark.parametrize("words", [["status"], ["done"], ["--version"]])
def test_what_bars_and_scripts_call_all_day_imports_nothing_heavy(
    here: Machine, words: list[str]
) -> None:
    script = (
        "import sys\n"
        "from deskbreak.cli.main import cli\n"
        f"try: cli.main({words!r}, prog_name='deskbreak')\n"
        "except SystemExit: pass\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=here.env, capture_output=True, text=True, check=True
    )
    heavy = {"asyncio", "tomllib", "tomlkit", "apscheduler", "jeepney", "logging",
             "sqlite3", "Xlib", "subprocess"}  # fmt: skip
    assert not [name for name in heavy if f"'{name}'" in done.stdout]


def test_the_help_starts_nothing_of_the_daemon(here: Machine) -> None:
    script = (
        "import sys\n"
        "from deskbreak.cli.main import cli\n"
        "try: cli.main(['--help'], prog_name='deskbreak')\n"
        "except SystemExit: pass\n"
        "print([name for name in ('asyncio', 'apscheduler', 'jeepney', 'PySide6') "
        "if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=here.env, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


# ------------------------------------------------------------------------------ pipes and signals


def test_a_reader_that_goes_away_ends_it_without_a_word(here: Machine) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*COMMAND, "routines", "list"],
        env=here.env, stdout=writer, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_behind_standard_output_is_said(here: Machine) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "config", "path"],
            env=here.env, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "deskbreak: No space left on device.\n")


def test_a_terminal_that_knows_little_gets_a_replacement(here: Machine) -> None:
    ran = here.types("doctor", PYTHONIOENCODING="latin-1")
    assert ran.code == 0
    assert "? player" in ran.out
    assert "\x1b[" not in ran.out


@pytest.mark.parametrize("words", [["demo", "--terminal"], ["config", "edit"]])
def test_ctrl_c_leaves_no_traceback(here: Machine, words: list[str]) -> None:
    editor = f"{sys.executable} -c 'import time; print(1, flush=True); time.sleep(60)'"
    process = subprocess.Popen(
        [*COMMAND, *words],
        env=here.env | {"EDITOR": editor, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "deskbreak" not in errors  # the editor of this test may say what it likes


def test_colours_only_where_somebody_can_see_and_wants_them(here: Machine) -> None:
    assert "\x1b[3" in _on_a_terminal(here)
    assert "\x1b[3" not in _on_a_terminal(here, NO_COLOR="1")


def _on_a_terminal(here: Machine, **env: str) -> str:
    import pty

    ours, theirs = pty.openpty()
    try:
        process = subprocess.Popen([*COMMAND, "doctor"], env=here.env | env, stdout=theirs)
        until(lambda: process.poll() is not None, what="doctor has ended")
        return os.read(ours, 65536).decode()
    finally:
        os.close(theirs)
        os.close(ours)


@pytest.mark.parametrize(
    "env", [{"HOME": "/nonexistent"}, {"HOME": ""}, {"XDG_CONFIG_HOME": "relative"}]
)
def test_an_odd_home_is_no_trouble(here: Machine, env: dict[str, str]) -> None:
    ran = here.types("config", "path", **env)
    assert (ran.code, ran.err) == (0, "")
    assert Path(ran.out.strip()).is_absolute()
