"""Everything that can be the matter with files, sockets and disks, on a daemon that really runs.

Each time: a clear word, nothing lost, the daemon alive.
"""

import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.typed import Machine, machine
from tests.waiting import LIMIT_S, until

CALM = '[breaks]\nsit_limit = "40m"\ntyping_gap = "0s"\nsettle = "0s"\n'
TOLD = "A word from deskbreak"
"""The title of the notice that tells of trouble; in the terminal it is part of standard error."""


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Machine]:
    with machine(tmp_path, CALM) as found:
        yield found


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """A small disk of its own in that folder, with what is in it already."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a disk to fill or to write-protect")
    kept = folder.with_name(f"{folder.name}.kept")
    shutil.copytree(folder, kept)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k,mode=700", "tmpfs", folder], check=False
    )
    if done.returncode != 0:
        pytest.skip("this container allows no mounts")
    try:
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        if options:
            subprocess.run(["mount", "-o", f"remount,{options}", folder], check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


# ------------------------------------------------------------------------------ settings


def test_a_hand_edit_takes_effect_by_itself(made: Machine) -> None:
    made.starts()
    made.sets(CALM.replace("40m", "50m"))
    until(lambda: made.status()["limit_s"] == 3000, what="the edit is in force")


@pytest.mark.parametrize("replace", [True, False], ids=["replaced", "written into"])
def test_a_bad_edit_keeps_the_last_good_settings_and_is_said_once(
    made: Machine, replace: bool
) -> None:
    made.starts()
    bad = '[breaks]\nsit_limit = "soon"\n'
    for _ in range(2):
        if replace:
            beside = made.config.with_name("beside")
            beside.write_text(bad)
            beside.replace(made.config)
        else:
            made.sets(bad)
        until(lambda: made.status()["config_error"], what="the mistake is in the status")
        until(lambda: TOLD in made.said, what="the person is told")
    now = made.status()
    assert now["limit_s"] == 2400
    assert now["config_error"].startswith(
        f'{made.config}:2: breaks.sit_limit: found "soon", allowed:'
    )
    assert made.types("status").out.endswith(
        "the settings have a mistake (deskbreak config check)\n"
    )
    made.sets(CALM.replace("40m", "45m"))
    until(lambda: made.status()["limit_s"] == 2700, what="the next edit is in force")
    assert made.status()["config_error"] is None
    assert made.said.count(TOLD) == 1


def test_settings_that_go_away_leave_the_defaults(made: Machine) -> None:
    made.starts()
    made.config.unlink()
    until(lambda: made.status()["limit_s"] == 1800, what="the default is in force")
    shutil.rmtree(made.config.parent)
    made.sets(CALM)
    until(lambda: made.status()["limit_s"] == 2400, what="the new file is found")


def test_a_start_with_a_mistake_says_so_and_uses_the_rest(made: Machine) -> None:
    made.sets(CALM + 'walk = "far"\n')
    made.starts()
    now = made.status()
    assert now["limit_s"] == 2400
    assert "breaks.walk" in now["config_error"]
    until(lambda: TOLD in made.said, what="the person is told")


@pytest.mark.parametrize("kind", ["folder", "pipe", "junk", "huge"])
def test_whatever_lies_where_the_settings_belong(made: Machine, kind: str) -> None:
    made.starts()
    made.config.unlink()
    if kind == "folder":
        made.config.mkdir()
    elif kind == "pipe":
        os.mkfifo(made.config)
    else:
        made.config.write_bytes(os.urandom(64) if kind == "junk" else b"#" * 300_000)
    until(lambda: made.status()["config_error"], what="the trouble is in the status")
    assert made.status()["limit_s"] == 2400
    assert made.lives


# ------------------------------------------------------------------------------ the control socket


def send(made: Machine, *lines: bytes) -> list[dict[str, Any]]:
    """Send lines and read as many replies on one connection."""
    with closing(socket.socket(socket.AF_UNIX)) as line:
        line.settimeout(LIMIT_S)
        line.connect(str(made.socket))
        line.sendall(b"".join(one + b"\n" for one in lines))
        with line.makefile("rb") as replies:
            return [json.loads(replies.readline()) for _ in lines]


def test_junk_on_the_socket_gets_an_error_and_the_next_line_an_answer(made: Machine) -> None:
    made.starts()
    junk = [
        b"hello", b"\x00\xff\xfe", b"", b"[]", b"null", b"{}", b'{"do": 5}', b'{"do": "dance"}',
        b'{"do": "snooze", "for": "soon"}', b'{"do": "status", "bogus": 1}', b"{" * 5000,
        b'{"id": ' + b"9" * 400 + b', "do": "status"}', b'{"do": "break", "kind": "run"}',
        b"x" * (1 << 20),
    ]  # fmt: skip
    *refusals, answer = send(made, *junk, b'{"id": 7, "do": "status"}')
    for reply in refusals:
        assert reply["ok"] is False
        assert reply["error"]
    assert (answer["id"], answer["ok"]) == (7, True)
    assert made.status()["state"] == "unknown"
    assert "Traceback" not in made.said


def test_whoever_hangs_up_in_the_middle_disturbs_nobody(made: Machine) -> None:
    made.starts()
    for part in (b"", b'{"do": "sta', b"x" * 100_000, b'{"do": "subscribe"}\n'):
        line = socket.socket(socket.AF_UNIX)
        line.connect(str(made.socket))
        line.sendall(part)
        line.close()
    assert made.types("pause", "1h").code == 0
    assert made.status()["paused"]


def test_a_socket_that_a_killed_daemon_left_behind_is_replaced(made: Machine) -> None:
    made.starts()
    made.kills()
    assert made.socket.exists()
    assert made.types("status").code == 3
    made.starts()
    assert made.types("status").code == 0


# ------------------------------------------------------------------------------ state and history


def kept(made: Machine, variable: str, name: str) -> list[Path]:
    return sorted(made.place(variable).glob(f"{name}.broken-*"))


@pytest.mark.parametrize("what", ["truncated", "empty", "junk", "from the future", "senseless"])
def test_a_state_that_cannot_be_used_is_set_aside_and_said(made: Machine, what: str) -> None:
    made.starts()
    made.types("pause", "2h")
    made.kills()
    state = made.place("XDG_STATE_HOME", "state.toml")
    whole = state.read_text()
    broken = {
        "truncated": whole[: len(whole) // 2],
        "empty": "",
        "junk": "\x00\x01\x02" * 50,
        "from the future": whole.replace("version = 1", "version = 99", 1),
        "senseless": whole.replace("[state.engine", "[state.enigne"),
    }[what]
    state.write_text(broken)
    made.starts()
    (aside,) = kept(made, "XDG_STATE_HOME", "state.toml")
    assert aside.read_text() == broken
    until(lambda: TOLD in made.said, what="the person is told")
    assert str(aside) in made.said
    assert made.status()["paused"] is False
    assert "version = 1" in state.read_text() or not state.exists()


@pytest.mark.parametrize("notes", ["notes = 3", '[state.notes]\nbanner = ["a", "b"]\nweekly = 1'])
def test_notes_of_another_shape_cost_themselves_alone(made: Machine, notes: str) -> None:
    made.starts()
    made.types("pause", "2h")
    made.stops()
    state = made.place("XDG_STATE_HOME", "state.toml")
    text = state.read_text()
    assert "[state.notes]" in text
    state.write_text(
        text.replace("[state.notes]\n", "").replace("[state]\n", f"[state]\n{notes}\n")
        if notes.startswith("notes")
        else text.replace("[state.notes]", notes)
    )
    made.starts()
    assert made.status()["paused"] is True
    until(lambda: "made no sense and was left out" in made.said, what="the person is told")
    assert not kept(made, "XDG_STATE_HOME", "state.toml")


@pytest.mark.parametrize("what", ["junk", "truncated", "another program's"])
def test_a_history_that_cannot_be_read_is_set_aside_and_a_new_one_begins(
    made: Machine, what: str
) -> None:
    history = made.place("XDG_DATA_HOME", "history.sqlite3")
    history.parent.mkdir(parents=True)
    if what == "another program's":
        with closing(sqlite3.connect(history)) as other:
            other.execute("PRAGMA application_id = 12345")
            other.execute("CREATE TABLE theirs (x)")
            other.commit()
    else:
        history.write_bytes(
            os.urandom(9000) if what == "junk" else b"SQLite format 3\x00" + b"\0" * 40
        )
    before = history.read_bytes()
    made.starts()
    made.types("pause", "1h")
    until(lambda: kept(made, "XDG_DATA_HOME", "history.sqlite3"), what="it is set aside")
    assert kept(made, "XDG_DATA_HOME", "history.sqlite3")[0].read_bytes() == before
    until(lambda: TOLD in made.said, what="the person is told")
    assert made.types("resume").code == 0
    assert events(history) == ["paused", "resumed"]


def events(history: Path) -> list[str]:
    with closing(sqlite3.connect(f"file:{history}?mode=ro", uri=True)) as rows:
        return [event for (event,) in rows.execute("SELECT event FROM happenings ORDER BY id")]


def test_a_kill_at_any_moment_loses_no_row_and_no_promise(made: Machine) -> None:
    made.starts()
    made.types("pause", "2h")
    until_when = made.status()["paused_until"]
    made.kills()
    made.starts()
    assert made.status()["paused_until"] == until_when
    made.types("resume")
    made.kills()
    assert events(made.place("XDG_DATA_HOME", "history.sqlite3")) == ["paused", "resumed"]


NO_LOCKS = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
static int call(int file, int what, void *with) {
    int (*real)(int, int, ...) = (int (*)(int, int, ...))dlsym(RTLD_NEXT, "fcntl64");
    if (what == F_SETLK || what == F_SETLKW || what == F_OFD_SETLK) { errno = ENOLCK; return -1; }
    return real(file, what, with);
}
int fcntl(int file, int what, ...) {
    va_list rest; va_start(rest, what); void *with = va_arg(rest, void *); va_end(rest);
    return call(file, what, with);
}
int fcntl64(int file, int what, ...) {
    va_list rest; va_start(rest, what); void *with = va_arg(rest, void *); va_end(rest);
    return call(file, what, with);
}
"""
"""A folder without locks, as some network drives are."""


@pytest.mark.parametrize("why", ["another program's transaction", "no locks"])
def test_the_end_tells_the_truth_about_a_history_that_could_not_be_written(
    made: Machine, why: str
) -> None:
    history = made.place("XDG_DATA_HOME", "history.sqlite3")
    made.starts()
    made.types("stand")
    made.stops()
    before = events(history)
    with closing(sqlite3.connect(history, isolation_level=None)) as other:
        if why == "no locks":
            if shutil.which("gcc") is None:
                pytest.skip("a library that refuses locks cannot be built here (no gcc)")
            library = made.home / "nolock.so"
            build = ["gcc", "-shared", "-fPIC", "-o", str(library), "-xc", "-", "-ldl"]
            subprocess.run(build, input=NO_LOCKS, text=True, check=True)
            made.env["LD_PRELOAD"] = str(library)
        else:
            other.execute("PRAGMA journal_mode = DELETE")
            other.execute("BEGIN EXCLUSIVE")
        made.starts()
        made.types("sit")
        made.types("pause", "1h")
        ran = made.types("quit")
    said = r"deskbreak has stopped. [2-9] entries of the history could not be saved.\n"
    assert re.fullmatch(said, ran.out), ran
    assert events(history) == before


# ------------------------------------------------------------------------------ disks


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)


def test_on_a_full_disk_it_goes_on_and_writes_everything_when_there_is_room(made: Machine) -> None:
    disk = made.home / "disk"
    for variable in ("XDG_STATE_HOME", "XDG_DATA_HOME"):
        made.env[variable] = str(disk / variable)
    disk.mkdir()
    with mounted(disk, ""):
        made.starts()
        made.types("stand")
        before = made.place("XDG_STATE_HOME", "state.toml").read_text()
        filler = disk / "filler"
        with pytest.raises(OSError, match="No space left"):
            fill(filler)
        assert made.types("sit").out.startswith("Sitting")
        assert made.types("pause", "1h").code == 0
        assert made.status()["paused"]
        assert made.place("XDG_STATE_HOME", "state.toml").read_text() == before
        until(lambda: TOLD in made.said, what="the person is told")
        filler.unlink()
        assert made.types("resume").code == 0
        assert made.types("quit").code == 0
        history = made.place("XDG_DATA_HOME", "history.sqlite3")
        assert [e for e in events(history) if e != "bout_ended"] == [
            "posture", "posture", "paused", "resumed",
        ]  # fmt: skip
        assert not list(made.place("XDG_STATE_HOME").glob("*.new"))


def test_in_a_home_that_cannot_be_written_it_runs_and_says_so(made: Machine) -> None:
    disk = made.home / "disk"
    disk.mkdir()
    for variable in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        made.env[variable] = str(disk / variable)
    made.sets(CALM)
    with mounted(disk, "ro"):
        made.starts()
        assert made.status()["limit_s"] == 2400
        assert made.types("pause", "1h").code == 0
        until(lambda: TOLD in made.said, what="the person is told")
        assert "Read-only file system" in made.said
        ran = made.types("config", "set", "breaks.walk", "6m")
        assert ran.code == 1
        assert "could not be written (Read-only file system)" in ran.err
        assert made.types("autostart", "on").code == 1
        assert made.types("quit").code == 0
        assert "Traceback" not in made.said


def test_without_a_place_for_the_socket_it_says_so_at_once(made: Machine) -> None:
    blocked = made.home / "blocked"
    blocked.write_text("a file where a folder should be")
    ran = made.types("run", XDG_RUNTIME_DIR=str(blocked))
    assert ran.code == 1
    assert ran.err == f"deskbreak: {blocked}/deskbreak: Not a directory.\n"
