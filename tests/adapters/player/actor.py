"""A player that plays a part: `actor PART --report PATH`. The part is its routine's name."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time

PART, _, PATH = sys.argv[1:4]


def call() -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    line.connect(PATH)
    return line


Event = dict[str, object]


def say(line: socket.socket, *events: Event) -> None:
    for event in events:
        line.sendall(json.dumps(event).encode() + b"\n")


PAINTED: Event = {"event": "painted"}
STEPS: list[Event] = [
    {"event": "step", "share": n / 5, "at_step": n + 1, "of": 4} for n in (0, 1, 2)
]
ENDED: Event = {"event": "ended", "share": 0.75, "at_step": 3, "of": 4}
FEEDBACK: Event = {"event": "feedback", "feedback": "it_hurt", "exercise": "lunge"}


def main() -> None:  # noqa: C901, PLR0912, PLR0915 - a list of parts
    if PART == "exits-1":
        sys.exit(1)
    if PART == "exits-0":
        sys.exit(0)
    if PART == "never-calls":
        time.sleep(60)
    if PART == "terminal-server":  # as gnome-terminal: the player is nobody's child of ours
        subprocess.Popen(
            [sys.executable, __file__, "whole", "--report", PATH], start_new_session=True
        )
        sys.exit(0)
    if PART in ("terminal-server-stubborn", "terminal-server-hangs", "terminal-server-hangs-early"):
        part = {"stubborn": "deaf"}.get(rest := PART.removeprefix("terminal-server-"), rest)
        subprocess.Popen([sys.executable, __file__, part, "--report", PATH], start_new_session=True)
        sys.exit(0)
    if PART == "terminal":  # as xterm: our child, and the player is its child
        subprocess.run([sys.executable, __file__, "obeys", "--report", PATH], check=False)
        sys.exit(0)
    line = call()
    if PART == "whole":
        say(line, PAINTED, *STEPS, ENDED, FEEDBACK)
    elif PART == "dies":
        say(line, PAINTED, *STEPS)
        os.kill(os.getpid(), signal.SIGKILL)
    elif PART == "dies-early":
        os.kill(os.getpid(), signal.SIGKILL)
    elif PART == "obeys":
        say(line, PAINTED)
        assert json.loads(line.makefile().readline()) == {"do": "stop"}
        say(line, {"event": "ended", "share": 0.1, "at_step": 1, "of": 4})
    elif PART == "listens":
        say(line, PAINTED)
        word = json.loads(line.makefile().readline())["do"]
        say(line, ENDED if word == "hush" else {})
    elif PART == "deaf":  # hears neither the order nor the signal
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        say(line, PAINTED)
        time.sleep(60)
    elif PART in {"hangs", "hangs-early"}:
        os.kill(os.getpid(), signal.SIGSTOP)
    elif PART == "outlives":  # as the real players: it goes on, and calls the next daemon
        with contextlib.suppress(ConnectionError):  # it may go at any moment
            say(line, PAINTED, *STEPS)
            assert line.recv(100) == b""
        while True:
            try:
                line = call()
            except OSError:
                time.sleep(0.05)
            else:
                break
        say(line, PAINTED, STEPS[-1], ENDED, FEEDBACK)
    elif PART == "asks":  # the routine is over, the question how it was is open
        say(line, PAINTED, ENDED)
        line.makefile().readline()
    elif PART == "hangs-up":
        say(line, PAINTED)
        line.close()
        time.sleep(60)
    elif PART == "babbles":
        line.sendall(b"junk\n\xff\n[]\n" + b"x" * 100_000 + b"\n" + b'{"event": "dance"}\n')
        wrongs: tuple[Event, ...] = (
            {**ENDED, "share": 7},
            {**ENDED, "share": "all"},
            {**ENDED, "at_step": 9},
            {**ENDED, "of": True},
            {"event": "ended", "share": 0.5},
            {**STEPS[2], "at_step": "one"},
            {**STEPS[2], "share": True},
            {"event": "step", "at_step": 3, "of": 4},
            {"event": "feedback", "feedback": "fine"},
            {"event": "feedback", "feedback": "good", "exercise": 3},
            {"event": ["painted"]},
        )
        say(line, *wrongs)
        say(line, PAINTED, PAINTED, ENDED, ENDED, FEEDBACK, FEEDBACK)


main()
