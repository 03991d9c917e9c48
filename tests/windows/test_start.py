"""How windows begin, or say at once why not, and how a signal closes one."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from deskbreak.adapters.programs import needs_qt
from deskbreak.systems.linux.launcher import Launched
from deskbreak.windows.start import (
    CANNOT_START,
    PLATFORM,
    closed_by_signals,
    missing,
    trouble,
    unusable,
)
from tests.servers import require_qt


def started(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The player in an environment without a desktop."""
    return run("deskbreak.windows.player", "stand-hips", *words, **environment)


def run(module: str, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A window's program in an environment without a desktop; it has to be gone soon."""
    bare = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    return subprocess.run(
        [sys.executable, "-m", module, *words],
        env=bare | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_a_display_it_says_so_in_one_line() -> None:
    require_qt()
    done = started()
    assert done.returncode == CANNOT_START
    assert done.stderr == "deskbreak: there is no display to open a window on\n"


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"DISPLAY": ":987"}, "the xcb display does not answer"),
        (
            {"WAYLAND_DISPLAY": "nowhere-1", "XDG_RUNTIME_DIR": "/nowhere"},
            "the wayland display does not answer",
        ),
        ({"DISPLAY": ":987", PLATFORM: "xcb"}, "the xcb display does not answer"),
        ({PLATFORM: "wayland;xcb", "XDG_RUNTIME_DIR": "/nowhere"}, "display does not answer"),
    ],
)
def test_a_display_that_is_not_there_is_no_crash(environment: dict[str, str], reason: str) -> None:
    require_qt()
    done = started(**environment)
    assert done.returncode == CANNOT_START
    assert reason in done.stderr
    assert done.stderr.count("\n") == 1


def test_nobody_is_called_by_a_player_that_cannot_start(tmp_path: Path) -> None:
    # Whoever calls the daemon is the player: it has to be the one that takes over.
    path = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        listening.setblocking(False)
        assert started("--report", str(path), DISPLAY=":987").returncode == CANNOT_START
        with pytest.raises(BlockingIOError):
            listening.accept()


@pytest.mark.parametrize(
    "words",
    [
        ("player", "stand-hips"),
        ("stats",),
        ("settings",),
        ("overlay",),
        ("export", "stand-hips", "a.png"),
    ],
)
def test_without_pyside_the_words_to_install_it_are_told(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    # As good as not installed: neither found nor to be imported.
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['PySide6'] = None\n")
    module, *rest = words
    done = run(f"deskbreak.windows.{module}", *rest, PYTHONPATH=str(tmp_path))
    assert done.returncode == CANNOT_START
    assert done.stderr.startswith(f"deskbreak: {needs_qt()}")
    assert done.stderr.count("\n") == 1


def test_a_routine_that_is_not_there_is_another_mistake() -> None:
    done = run("deskbreak.windows.player", "no-such-routine")
    assert done.returncode == 2
    assert "no routine" in done.stderr


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (
            "libxcb-cursor.so.0: cannot open shared object file: No such file or directory",
            "windows need libxcb-cursor.so.0 (apt install libxcb-cursor0)",
        ),
        (
            "libEGL.so.1: cannot open shared object file: No such file or directory",
            "windows need libEGL.so.1 (apt install libegl1)",
        ),
        ("something else", "Qt could not be loaded: something else"),
    ],
)
def test_the_package_with_a_missing_library_is_named(message: str, told: str) -> None:
    assert missing(message) == told


@pytest.mark.parametrize(
    ("version", "python", "expected"),
    [
        ("6.12.0", (3, 11), True),
        ("6.12.0", (3, 12), False),
        ("6.11.3", (3, 11), False),
        ("6.12.1", (3, 11), False),
    ],
)
def test_the_one_pyside_that_ends_itself_is_not_used(
    version: str, python: tuple[int, ...], expected: bool
) -> None:
    assert unusable(version, python) is expected


def test_windows_belong_to_the_entry_in_the_menu_of_programs(tmp_path: Path) -> None:
    script = (
        "from deskbreak.windows.start import application\nprint(application().desktopFileName())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert done.stdout.strip() == Launched(tmp_path).files[0].stem


def test_a_platform_that_was_asked_for_is_left_alone() -> None:
    require_qt()
    environment = {PLATFORM: "offscreen"}
    assert trouble(environment) is None
    assert environment == {PLATFORM: "offscreen"}


NUMBERS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture
def handlers() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in NUMBERS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("number", NUMBERS)
def test_a_signal_reaches_the_loop_while_it_waits(number: signal.Signals, qtbot: QtBot) -> None:
    closed: list[bool] = []
    with closed_by_signals(lambda: closed.append(True)):
        signal.raise_signal(number)
        assert not closed  # only its loop may touch a window
        qtbot.waitUntil(lambda: closed == [True], timeout=60_000)
