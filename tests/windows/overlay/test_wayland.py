"""The overlay on a real Wayland compositor, without any X server."""

import json
import socket
import subprocess
import sys

from deskbreak.adapters.prompts.overlay import question
from tests.contracts.prompts import break_prompt
from tests.servers import require
from tests.systems.linux.compositors import sway
from tests.waiting import LIMIT_S


def test_it_asks_and_escape_leaves_without_an_x_server() -> None:
    """Now and then a virtual keyboard of sway's reaches no window at all: then with a new sway."""
    require("sway", "wtype")
    assert any(escape_leaves() for _ in range(3))


def escape_leaves() -> bool:
    with sway() as here:
        environment = here.env | {"XDG_SESSION_TYPE": "wayland"}
        assert "DISPLAY" not in environment
        ours, theirs = socket.socketpair()
        words = [sys.executable, "-m", "deskbreak.windows.overlay"]
        with ours, theirs, subprocess.Popen(
            words, env=environment, stdin=theirs.fileno(), stdout=theirs.fileno(),
            stderr=subprocess.DEVNULL,
        ) as window:  # fmt: skip
            theirs.close()
            ours.settimeout(LIMIT_S)
            ours.sendall(json.dumps(question(break_prompt(overlay=True))).encode() + b"\n")
            assert json.loads(ours.recv(4096)) == {"event": "painted"}
            try:
                here.keys_until("Escape", lambda: window.poll() is not None, "Esc leaves")
            except AssertionError:
                window.kill()
                return False
            assert window.returncode == 0
            assert json.loads(ours.recv(4096)) == {"event": "answered", "answer": "dismiss"}
            return True
