"""The examples in docs/examples do what they say: each is run as its program would run it."""

import configparser
import json
import re
import shlex
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from deskbreak.settings.values import HOOK_EVENTS
from tests.cli.typed import COMMAND, ROOT, SHORT, Machine, machine, typed

EXAMPLES = ROOT / "docs" / "examples"
HOOK = EXAMPLES / "activitywatch.py"
STATES = {"sitting", "standing", "away", "asleep", "break", "paused", "off", "unknown", "due"}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with machine(tmp_path_factory.mktemp("m"), SHORT) as made:
        made.starts("--no-tray")
        yield made


def first_line(running: Machine, command: str) -> str:
    """The first line of a command that goes on until it is stopped."""
    program, *words = shlex.split(command)
    assert program == "deskbreak"
    with subprocess.Popen(
        [*COMMAND, *words], env=running.env, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.terminate()
    return line


def waybar() -> dict[str, str]:
    text = re.sub(r"^\s*//.*$", "", (EXAMPLES / "waybar.jsonc").read_text(), flags=re.M)
    found: dict[str, str] = json.loads(text)["custom/deskbreak"]
    return found


def polybar() -> dict[str, str]:
    parser = configparser.ConfigParser(interpolation=None, inline_comment_prefixes=())
    parser.read(EXAMPLES / "polybar.ini")
    return dict(parser["module/deskbreak"])


def test_waybar_gets_what_it_wants(running: Machine) -> None:
    module = waybar()
    assert module["return-type"] == "json"
    said = json.loads(first_line(running, module["exec"]))
    assert set(said) >= {"text", "tooltip", "class", "percentage", "alt"}
    styled = set(re.findall(r"#custom-deskbreak\.(\w+)", (EXAMPLES / "waybar.css").read_text()))
    assert styled <= STATES
    assert set(said["class"]) <= STATES


def test_polybar_gets_a_line_of_text(running: Machine) -> None:
    module = polybar()
    assert (module["type"], module["tail"]) == ("custom/script", "true")
    line = first_line(running, module["exec"])
    assert len(line.strip()) > 3
    assert not line.startswith("{")


@pytest.mark.parametrize("module", [waybar(), polybar()], ids=["waybar", "polybar"])
def test_every_click_is_a_command_there_is(
    module: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    clicks = [value for key, value in module.items() if "click" in key]
    assert len(clicks) == 3
    for click in clicks:
        program, command, *words = shlex.split(click)
        assert program == "deskbreak"
        ran = typed(capsys, command, "--help")
        assert ran.code == 0
        assert all(word in ran.out for word in words)


# ----------------------------------------------------------------------------- ActivityWatch


class Watch(ThreadingHTTPServer):
    """A server that answers as ActivityWatch does, and remembers what it was told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.told: list[tuple[str, Any]] = []
        self.buckets: set[str] = set()


class _Answer(BaseHTTPRequestHandler):
    server: Watch

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.told.append((self.path, body))
        known = self.path in self.server.buckets
        self.server.buckets.add(self.path)
        code = 304 if known and not self.path.endswith("/events") else 200
        self.send_response(code)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def watch() -> Iterator[Watch]:
    with Watch() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def hooked(event: dict[str, Any], address: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(HOOK), address],
        input=json.dumps(event),
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin"},
    )


def test_activitywatch_is_told_of_a_break_as_a_time_that_has_passed(watch: Watch) -> None:
    event = {
        "event": "break_ended", "wall": "2026-03-02T10:05:00+01:00", "outcome": "done",
        "length_s": 300, "kind": "walk",
    }  # fmt: skip
    for _ in range(2):
        done = hooked(event, f"http://127.0.0.1:{watch.server_port}")
        assert (done.returncode, done.stderr) == (0, "")
    bucket = f"/api/0/buckets/deskbreak_{socket.gethostname()}"
    assert [path for path, _ in watch.told] == [bucket, f"{bucket}/events"] * 2
    assert watch.told[0][1]["client"] == "deskbreak"
    (activity,) = watch.told[1][1]
    assert (activity["timestamp"], activity["duration"]) == ("2026-03-02T10:00:00+01:00", 300)
    assert activity["data"]["title"] == "walk"
    assert activity["data"]["outcome"] == "done"


def test_without_activitywatch_the_hook_says_so_in_a_line() -> None:
    done = hooked({"event": "prompt", "wall": "2026-03-02T10:05:00+01:00"}, "http://127.0.0.1:9")
    assert done.returncode == 1
    assert "does not answer" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_events_that_the_example_names_are_hooks() -> None:
    named = re.findall(r"^    (\w+) = \[", HOOK.read_text(), re.M)
    assert len(named) >= 3
    assert set(named) <= set(HOOK_EVENTS)
    assert Path(HOOK).stat().st_size < 5000


def test_today_has_the_bout_that_is_running(running: Machine) -> None:
    now = running.waits_for("the prompt", due=True)
    ran = running.types("stats", "--json")
    assert (ran.code, ran.err) == (0, "")
    document = json.loads(ran.out)
    assert document["period"]["span"] == "day"
    assert document["summary"]["days"] == 1
    assert document["summary"]["sitting_bouts"]["longest_s"] >= now["bout_s"]
    (*_, last) = document["timeline"]["blocks"]
    assert (last["part"], last["what"]) == ("sitting", "so far")
    assert sum(document["summary"]["ledger"].values()) >= sum(
        now["today"][part] for part in document["summary"]["ledger"]
    )
