import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from deskbreak.adapters.tray.choose import NoTray, choose_tray
from deskbreak.adapters.tray.native import NativeTray
from deskbreak.systems.linux.tray.advice import desktop_name, tray_advice
from deskbreak.systems.linux.tray.tray import SniTray
from tests.adapters.tray.toolkits import Win32, WindowsBase
from tests.statuses import Desk

NOWHERE = "unix:path=/nonexistent/bus"
TOP = Path(__file__).parents[3]


def test_on_linux_it_is_the_bus(
    loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", NOWHERE)
    tray = choose_tray(loop, Desk().sources(), print, os.environ, platform="linux")
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
    tray = choose_tray(loop, Desk().sources(), print, environ, platform="linux")
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
    tray = choose_tray(loop, Desk().sources(), print, os.environ, platform="linux")
    assert isinstance(tray, SniTray)
    tray.close()


def test_it_can_be_overruled(loop: asyncio.AbstractEventLoop) -> None:
    sources = Desk().sources()
    none = choose_tray(loop, sources, print, {}, wanted="none", platform="linux")
    assert none.capabilities()[0].why == "switched off"
    native = choose_tray(loop, sources, print, {}, wanted="native", platform="linux")
    assert "no native tray" in native.capabilities()[0].why
    sni = choose_tray(loop, sources, print, {}, wanted="sni", platform="darwin")
    assert "no session bus" in sni.capabilities()[0].why


def test_elsewhere_it_is_pystrays_own(
    loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("PIL")
    tray = choose_tray(loop, Desk().sources(), print, {}, platform="darwin")
    assert isinstance(tray, NativeTray)
    tray.close()
    monkeypatch.setitem(sys.modules, "pystray._util.win32", Win32)
    monkeypatch.setattr("deskbreak.adapters.tray.toolkit.NativeIcon", WindowsBase)
    tray = choose_tray(loop, Desk().sources(), print, {}, platform="win32")
    [found] = tray.capabilities()
    assert (found.backend, found.works) == ("pystray on Windows", True)
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
