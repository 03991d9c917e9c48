"""The overlay on a real Wayland compositor, without any X server."""

import json
import socket
import subprocess
import sys
from itertools import count

from deskbreak.adapters.prompts.overlay import question
from tests.contracts.prompts import break_prompt
from tests.servers import require
from tests.systems.linux.compositors import sway
from tests.waiting import LIMIT_S, until


def test_it_asks_and_escape_leaves_without_an_x_server() -> None:
    require("sway", "wtype")
    with sway() as here:
        environment = here.env | {"XDG_SESSION_TYPE": "wayland"}
        assert "DISPLAY" not in environment
        ours, theirs = socket.socketpair()
        with ours, theirs:
            window = subprocess.Popen(
                [sys.executable, "-m", "deskbreak.windows.overlay"],
                env=environment, stdin=theirs.fileno(), stdout=theirs.fileno(),
                stderr=subprocess.DEVNULL,
            )  # fmt: skip
            theirs.close()
            ours.settimeout(LIMIT_S)
            ours.sendall(json.dumps(question(break_prompt(overlay=True))).encode() + b"\n")
            assert json.loads(ours.recv(4096)) == {"event": "painted"}

            waits = count(300, 300)

            def left() -> bool:
                """A keyboard that is plugged in, pressed, and pulled out again.

                A window on a busy machine takes a while to see it: each time it stays longer.
                """
                keys = ["wtype", "-s", str(next(waits)), "-k", "Escape", "-s", "100"]
                subprocess.run(keys, env=environment, check=False, stderr=subprocess.DEVNULL)
                return window.poll() is not None

            until(left, what="Esc leaves")
            assert window.returncode == 0
            assert json.loads(ours.recv(4096)) == {"event": "answered", "answer": "dismiss"}
