import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from deskbreak.systems.linux.tray.tray import SniTray, desktop_name, open_tray, tray_advice
from deskbreak.systems.system import NoTray
from tests.statuses import Desk

NOWHERE = "unix:path=/nonexistent/bus"
TOP = Path(__file__).parents[3]


def test_on_linux_it_is_the_bus(
    loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", NOWHERE)
    tray = open_tray(loop, Desk().sources(), print, os.environ)
    assert isinstance(tray, SniTray)
    [found] = tray.capabilities()
    assert (found.name, found.backend, found.works) == ("tray", "StatusNotifierItem", False)
    assert "no bus" in found.why
    tray.close()


@pytest.mark.parametrize("runtime", [None, "empty"])
def test_without_a_session_bus_there_is_none_and_it_says_why(
    loop: asyncio.AbstractEventLoop, tmp_path: Path, runtime: str | None
) -> None:
    environ = {} if runtime is None else {"XDG_RUNTIME_DIR": str(tmp_path)}
    tray = open_tray(loop, Desk().sources(), print, environ)
    assert isinstance(tray, NoTray)
    [found] = tray.capabilities()
    assert (found.backend, found.works) == (None, False)
    assert "no session bus" in found.why
    assert "deskbreak status" in found.advice


def test_the_bus_of_the_login_counts(
    loop: asyncio.AbstractEventLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bus").touch()
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    tray = open_tray(loop, Desk().sources(), print, os.environ)
    assert isinstance(tray, SniTray)
    tray.close()


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("ubuntu:GNOME", "AppIndicator"),
        ("GNOME-Classic:GNOME", "AppIndicator"),
        ("KDE", "System Tray"),
        ("XFCE", "Status Tray Plugin"),
        ("sway", "waybar"),
        ("i3", "snixembed"),
        ("", "StatusNotifierItem"),
    ],
)
def test_each_desktop_gets_its_own_advice(name: str, word: str) -> None:
    assert word in tray_advice({"XDG_CURRENT_DESKTOP": name})


def test_the_desktop_may_name_itself_in_two_ways() -> None:
    assert desktop_name({"XDG_SESSION_DESKTOP": "mate"}) == "mate"
    assert desktop_name({}) == ""


def test_importing_it_needs_no_display_and_loads_neither_pillow_nor_xlib() -> None:
    script = (
        "import os, sys, deskbreak.systems.linux.tray.tray\n"
        "assert not {'PIL', 'Xlib', 'gi'} & set(sys.modules), 'too much'\n"
        "assert 'PYSTRAY_BACKEND' not in os.environ\n"
        "print('quiet')"
    )
    bare = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=TOP, env=bare, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("quiet\n", "")
