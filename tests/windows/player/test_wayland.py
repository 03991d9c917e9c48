"""The same window on a real Wayland compositor, without any X server."""

import json
import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Mapping
from pathlib import Path

from tests.servers import running
from tests.systems.linux.compositors import sway
from tests.waiting import until


def test_keys_are_heard_after_two_seconds() -> None:
    with sway() as here:
        reader, writer = os.pipe()
        words = [sys.executable, "-m", "deskbreak.windows.player", "stand-hips"]
        with running([*words, "--report", str(writer)], here.env, pass_fds=[writer]) as player:
            os.close(writer)
            with os.fdopen(reader) as reports:
                assert json.loads(reports.readline()) == {"event": "painted"}
                painted = time.monotonic()
                press(here.env, "Escape")
                until(lambda: time.monotonic() - painted > 2.1)
                assert player.poll() is None
                press(here.env, "Escape")
                assert [json.loads(line)["event"] for line in reports] == ["step", "ended"]
            assert player.wait(60) == 0


def press(env: Mapping[str, str], key: str) -> None:
    """Press a key on a keyboard that is new: what comes in its first moment is heard by nobody."""
    words = ["wtype", "-s", "200", "-k", key]
    subprocess.run(words, env=dict(env), check=True, timeout=60)


def test_it_plays_and_closes_without_an_x_server() -> None:
    with sway() as here:
        reader, writer = os.pipe()
        words = [sys.executable, "-m", "deskbreak.windows.player", "stand-hips", "--speed", "200"]
        environment = here.env | {"XDG_SESSION_TYPE": "wayland"}
        assert "DISPLAY" not in environment
        with running([*words, "--report", str(writer)], environment, pass_fds=[writer]) as player:
            os.close(writer)
            with os.fdopen(reader) as reports:
                said = [json.loads(line) for line in reports]
            assert player.wait(60) == 0
        assert said[0] == {"event": "painted"}
        assert said[-1] == {"event": "ended", "share": 1.0, "at_step": 3, "of": 3}
        kept = Path(here.env["XDG_STATE_HOME"]) / "deskbreak" / "window.toml"
        spot = tomllib.loads(kept.read_text())["player"]
        assert "x" not in spot  # where a window is, only the compositor knows
        assert spot["width"] > 300
