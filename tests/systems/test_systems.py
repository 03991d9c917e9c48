"""Which system this is, and what deskbreak says on one that it cannot run on yet."""

import ctypes
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from deskbreak.app.doctor import try_out
from deskbreak.app.environment import Places
from deskbreak.systems import here
from tests.adapters.tray.toolkits import Win32, WindowsBase
from tests.cli.typed import Machine, at_home, typed

UNFINISHED = {"win32": "Windows", "darwin": "macOS", "freebsd14": "freebsd14"}


class Kernel:
    """The two counters of Windows: eight seconds awake, nine in all."""

    class GetTickCount64:
        restype: Any = None

        def __new__(cls) -> Any:
            return 9_000

    def QueryUnbiasedInterruptTime(self, pointer: Any) -> None:  # noqa: N802 - the system's name
        pointer._obj.value = 80_000_000


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    return at_home(monkeypatch, tmp_path)


@pytest.fixture(params=UNFINISHED)
def elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of another system, which this process takes itself to run on."""
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=Kernel()), raising=False)
    monkeypatch.setattr(time, "CLOCK_UPTIME_RAW", time.CLOCK_MONOTONIC, raising=False)
    monkeypatch.setattr("deskbreak.systems.sys", SimpleNamespace(platform=request.param))
    windows = SimpleNamespace(Icon=WindowsBase, win32=Win32)
    monkeypatch.setitem(sys.modules, "pystray._win32", windows)
    name: str = UNFINISHED[request.param]
    return name


def test_this_one_is_linux() -> None:
    assert (here().name, here().not_yet) == ("Linux", "")
    assert here().boot()
    assert here().machine()


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "words",
    [("run",), ("open",), ("autostart", "on"), ("install",), ("uninstall",), ("demo",)],
    ids=" ".join,
)
def test_what_cannot_be_done_there_is_one_honest_sentence(
    elsewhere: str, words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(tmp_path.rglob("*"))
    ran = typed(capsys, *words)
    assert ran.code == 1
    assert f"does not run on {elsewhere} yet" in ran.out + ran.err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.usefixtures("home")
def test_doctor_tells_there_what_is_missing(elsewhere: str) -> None:
    found = try_out(Places.of_user())
    missing = {one.name for one in found if one.why == here().not_yet}
    assert {"idle", "sleep", "lock"} <= missing
    assert all(one.advice for one in found if not one.works)
    tray = next(one for one in found if one.name == "tray")
    assert (tray.backend is None) == (elsewhere not in ("Windows", "macOS"))


def test_its_clocks_run(elsewhere: str) -> None:
    now = here().clock().now()
    if elsewhere == "Windows":
        assert (now.awake, now.elapsed) == (8.0, 9.0)
    else:
        assert now.awake == pytest.approx(time.monotonic(), abs=60)
        assert now.awake <= now.elapsed + 0.01
