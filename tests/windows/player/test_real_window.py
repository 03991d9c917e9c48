"""A real window on a real X server with a window manager, and a person's hands in it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from deskbreak.windows.session import ASKS_AFTER_S
from tests.servers import Desktop, desktop, require, running, stop
from tests.waiting import LIMIT_S, until

TITLE = "Hips forward"


@pytest.fixture(scope="module")
def screen() -> Iterator[Desktop]:
    require("xdotool", "openbox", "xprop", "import")
    with desktop(width=1280, height=900, window_manager=True) as made:
        until(lambda: "WINDOW" in made.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"))
        yield made


class Shown:
    """A player's window, and what it has reported."""

    def __init__(self, screen: Desktop, process: subprocess.Popen[bytes], reports: int) -> None:
        self.screen = screen
        self.process = process
        self._reports = reports
        self._read = b""

    def reports(self) -> list[dict[str, Any]]:
        with_more = True
        while with_more:
            try:
                piece = os.read(self._reports, 1 << 16)
            except BlockingIOError:
                break
            self._read += piece
            with_more = bool(piece)
        return [json.loads(line) for line in self._read.splitlines()]

    def events(self) -> list[str]:
        return [event["event"] for event in self.reports()]

    @property
    def window(self) -> str:
        return self.screen.run("xdotool", "search", "--onlyvisible", "--name", TITLE).split()[0]

    def focus(self) -> None:
        self.screen.run("xdotool", "windowactivate", "--sync", self.window)

    def keys(self, *keys: str) -> None:
        self.screen.run("xdotool", "key", "--delay", "40", *keys)

    def ends(self) -> int:
        return self.process.wait(60)


@contextmanager
def player(screen: Desktop, *words: str) -> Iterator[Shown]:
    """The player of a routine of three exercises; its first picture is there."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    argv = [sys.executable, "-m", "deskbreak.windows.player", "stand-hips", *words]
    with running([*argv, "--report", str(writer)], screen.env, pass_fds=[writer]) as process:
        os.close(writer)
        shown = Shown(screen, process, reader)
        until(lambda: "painted" in shown.events(), what="the first picture")
        try:
            yield shown
        finally:
            stop(process)
            os.close(reader)


def active(screen: Desktop) -> str:
    """The window that has the keyboard; empty where none has."""
    said = screen.run("xprop", "-root", "_NET_ACTIVE_WINDOW").split()[-1]
    return said if said.startswith("0x") and said != "0x0" else ""


def geometry(screen: Desktop, window: str) -> list[str]:
    """Where a window is and how large."""
    said = screen.run("xdotool", "getwindowgeometry", window).splitlines()
    return [line.strip() for line in said[1:]]


def test_it_takes_no_focus_and_no_keys_from_somebody_typing(screen: Desktop) -> None:
    typing = [sys.executable, "-c", _OTHER_WINDOW]
    with running(typing, screen.env):
        find = ("xdotool", "search", "--sync", "--onlyvisible", "--name", "^letter$")
        screen.run(*find, "windowactivate", "--sync")
        other = active(screen)
        assert other
        with player(screen) as shown:
            shown.keys("space", "Right", "Escape")
            assert active(screen) == other
            assert shown.events() == ["painted", "step"]
            state = screen.run("xprop", "-id", shown.window, "_NET_WM_USER_TIME", "_NET_WM_STATE")
            assert "_NET_WM_STATE_ABOVE" in state
            assert shown.process.poll() is None


_OTHER_WINDOW = """
from PySide6.QtWidgets import QApplication, QLineEdit
app = QApplication([])
line = QLineEdit()
line.setWindowTitle("letter")
line.show()
app.exec()
"""


def test_a_routine_by_the_keyboard_to_its_answer(screen: Desktop) -> None:
    with player(screen) as shown:
        painted = time.monotonic()
        shown.focus()
        until(lambda: time.monotonic() - painted > 2.1)
        shown.keys("Right", "f")
        until(lambda: "FULLSCREEN" in screen.run("xprop", "-id", shown.window, "_NET_WM_STATE"))
        shown.keys("f", "Right")
        until(lambda: shown.reports()[-1].get("at_step") == 2)
        until(lambda: time.monotonic() - painted > ASKS_AFTER_S + 1)
        shown.keys("Escape")
        until(lambda: "ended" in shown.events())
        shown.keys("2")
        assert shown.ends() == 0
        assert shown.events() == ["painted", "step", "step", "ended", "feedback"]
        assert shown.reports()[-1]["feedback"] == "too_easy"


def test_the_mouse_does_the_same_and_the_place_is_remembered(screen: Desktop) -> None:
    with player(screen) as shown:
        screen.run("xdotool", "windowsize", "--sync", shown.window, "700", "600")
        screen.run("xdotool", "windowmove", shown.window, "60", "80")
        until(lambda: " 6" in geometry(screen, shown.window)[0])
        before = geometry(screen, shown.window)
        x, y = 60 + 700 - 40, 80 + 600 - 45  # the button at the lower right: End
        screen.click(x, y)
        until(lambda: "ended" in shown.events())
        assert shown.ends() == 0
    kept = Path(screen.env["XDG_STATE_HOME"]) / "deskbreak" / "window.toml"
    spot = tomllib.loads(kept.read_text())["player"]
    assert (spot["width"], spot["height"]) == (700, 600)
    with player(screen) as shown:
        assert geometry(screen, shown.window) == before


@contextmanager
def two_monitors(screen: Desktop) -> Iterator[None]:
    """The screen as two monitors side by side."""
    require("xrandr")
    screen.run("xrandr", "--setmonitor", "left", "640/200x900/250+0+0", "screen")
    screen.run("xrandr", "--setmonitor", "right", "640/200x900/250+640+0", "none")
    try:
        yield
    finally:
        screen.run("xrandr", "--delmonitor", "right")
        screen.run("xrandr", "--delmonitor", "left")


def left_edge(screen: Desktop, window: str) -> int:
    """How far a window is from the left of all monitors."""
    return int(geometry(screen, window)[0].split()[1].split(",")[0])


def test_the_monitor_is_remembered_and_one_that_has_gone_is_not_missed(screen: Desktop) -> None:
    with two_monitors(screen):
        with player(screen) as shown:
            screen.run("xdotool", "windowsize", "--sync", shown.window, "500", "500")
            screen.run("xdotool", "windowmove", shown.window, "700", "60")
            until(lambda: left_edge(screen, shown.window) >= 700)
            shown.process.send_signal(signal.SIGTERM)
            assert shown.ends() == 0
        screen.run("xdotool", "mousemove", "100", "100")  # a new window would come here
        with player(screen) as shown:
            assert left_edge(screen, shown.window) >= 700
    kept = Path(screen.env["XDG_STATE_HOME"]) / "deskbreak" / "window.toml"
    assert tomllib.loads(kept.read_text())["player"]["screen"] == "right"
    with player(screen) as shown:
        assert 0 <= left_edge(screen, shown.window) <= 1280 - 500


def test_it_closes_by_itself_after_the_end(screen: Desktop) -> None:
    with player(screen, "--speed", "200") as shown:
        assert shown.ends() == 0
        assert shown.reports()[-1] == {"event": "ended", "share": 1.0, "at_step": 3, "of": 3}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_it_properly(number: int, screen: Desktop) -> None:
    with player(screen) as shown:
        shown.process.send_signal(number)
        assert shown.ends() == 0
        assert shown.events()[-1] == "ended"


def test_the_window_managers_button_closes_it_properly(screen: Desktop) -> None:
    with player(screen) as shown:
        shown.focus()
        shown.keys("alt+F4")
        assert shown.ends() == 0
        assert shown.events()[-1] == "ended"


def test_the_daemon_may_say_stop_on_its_socket(screen: Desktop, tmp_path: Path) -> None:
    path = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        listening.settimeout(LIMIT_S)
        argv = [sys.executable, "-m", "deskbreak.windows.player", "stand-hips"]
        with running([*argv, "--report", str(path)], screen.env) as process:
            line, _ = listening.accept()
            with line, line.makefile("rw") as talk:
                until(lambda: json.loads(talk.readline()) == {"event": "painted"})
                talk.write('{"do": "stop"}\n')
                talk.flush()
                assert json.loads(talk.readlines()[-1])["event"] == "ended"
            assert process.wait(60) == 0


def test_it_goes_on_when_the_daemon_has_gone_and_tells_the_next_one(
    screen: Desktop, tmp_path: Path
) -> None:
    path = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        listening.settimeout(60)
        words = ["stand-hips", "--speed", "200", "--report", str(path)]
        argv = [sys.executable, "-m", "deskbreak.windows.player", *words]
        with running(argv, screen.env) as process:
            line, _ = listening.accept()
            with line, line.makefile() as said:
                until(lambda: json.loads(said.readline()) == {"event": "painted"})
            again, _ = listening.accept()
            with again, again.makefile() as said:
                heard = [json.loads(said.readline())["event"] for _ in range(3)]
                assert heard == ["painted", "step", "ended"]
            assert process.wait(60) == 0
