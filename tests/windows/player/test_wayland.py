"""The same window on a real Wayland compositor, without any X server."""

import json
import os
import sys
import tomllib
from pathlib import Path

from tests.servers import running
from tests.systems.linux.compositors import sway


def test_keys_are_heard() -> None:
    with sway() as here:
        reader, writer = os.pipe()
        words = [sys.executable, "-m", "deskbreak.windows.player", "stand-hips"]
        with running([*words, "--report", str(writer)], here.env, pass_fds=[writer]) as player:
            os.close(writer)
            with os.fdopen(reader) as reports:
                assert json.loads(reports.readline()) == {"event": "painted"}
                here.keys_until("Escape", lambda: player.poll() is not None, "Esc ends it")
                assert [json.loads(line)["event"] for line in reports] == ["step", "ended"]
            assert player.returncode == 0


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
