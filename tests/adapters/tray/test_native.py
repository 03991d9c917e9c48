"""Our mends of pystray's Windows and macOS icons, on stand-ins; neither system was there to ask."""

import asyncio
import importlib
import sys
import threading
import types
from collections.abc import Iterator
from typing import Any

import pytest

from deskbreak.adapters.tray.menu import build
from deskbreak.adapters.tray.native import NativeTray, image
from deskbreak.adapters.tray.pixmap import pixmaps
from deskbreak.core.status import Status
from deskbreak.systems.mac.tray import _new_mac_icon, mac_icon, mac_tray
from deskbreak.systems.windows.tray import clipped, windows_icon, windows_tray
from tests.adapters.tray.toolkits import AppKit, Win32, WindowsBase
from tests.statuses import Desk, bout, due, status
from tests.waiting import spin, until

WindowsIcon = windows_icon(WindowsBase, Win32)


def test_the_image_is_the_largest_pixmap() -> None:
    pytest.importorskip("PIL")
    width, height, argb = pixmaps("due")[-1]
    made = image("due")
    assert made.size == (width, height)
    at = 4 * (20 * width + 17)
    assert made.getpixel((17, 20)) == (*argb[at + 1 : at + 4], argb[at])


@pytest.mark.parametrize(
    ("text", "kept"),
    [("short", "short"), ("x" * 127, "x" * 127), ("x" * 128, "x" * 126 + "…")],
)
def test_a_text_is_cut_to_what_windows_takes(text: str, kept: str) -> None:
    assert clipped(text, 127) == kept


def test_what_takes_two_units_counts_as_two() -> None:
    walkers = clipped("🚶" * 64, 127)
    assert walkers == "🚶" * 63 + "…"
    assert len(walkers.encode("utf-16-le")) == 2 * 127


# ------------------------------------------------------------------------ Windows


@pytest.fixture
def desk() -> Desk:
    return Desk()


def windows(desk: Desk) -> Any:
    icon = WindowsIcon("t", "an image", "title", build(desk.sources()))
    icon.run_detached()
    icon.did.clear()
    return icon


def test_the_menu_is_built_when_it_is_opened_and_not_before(desk: Desk) -> None:
    icon = windows(desk)
    icon.update_menu()
    assert icon.did == []
    icon._on_notify(0, Win32.WM_RBUTTONUP)
    assert icon.did == ["menu", "open"]


def test_an_open_menu_is_left_alone(desk: Desk) -> None:
    icon = windows(desk)

    def meanwhile() -> None:
        icon.update_menu()
        icon._on_notify(0, Win32.WM_RBUTTONUP)

    icon.while_open = meanwhile
    icon._on_notify(0, Win32.WM_RBUTTONUP)
    assert icon.did == ["menu", "open"]
    icon._on_notify(0, Win32.WM_RBUTTONUP)
    assert icon.did == ["menu", "open"] * 2


@pytest.mark.parametrize("now", [status(), due()])
def test_a_left_click_opens_the_menu_and_never_begins_anything_on_windows(now: Status) -> None:
    desk = Desk(now)
    icon = windows(desk)
    icon._on_notify(0, Win32.WM_LBUTTONUP)
    assert (icon.did, desk.sent) == (["menu", "open"], [])


def test_long_texts_are_cut_instead_of_raising(desk: Desk) -> None:
    icon = windows(desk)
    icon.title = "x" * 500
    icon._message(1, 16, szInfo="y" * 500, szInfoTitle="z" * 500)
    assert [len(text) for data in icon.messages[-2:] for text in data.values()] == [127, 255, 63]


# ------------------------------------------------------------------------ macOS


@pytest.fixture
def appkit(monkeypatch: pytest.MonkeyPatch) -> Iterator[AppKit]:
    pytest.importorskip("PIL")
    kit = AppKit()
    for name, module in kit.modules().items():
        monkeypatch.setitem(sys.modules, name, module)
    yield kit
    sys.modules.pop("pystray._darwin", None)


def pystrays_mac_icon() -> Any:
    return importlib.import_module("pystray._darwin").Icon


def exercise(kit: AppKit, icon_type: Any) -> set[str]:
    """Do all that pystray offers, from pystray's own set-up thread; what AppKit would trap."""
    icon = icon_type("t", image("sitting"), "title", build(Desk().sources()))

    def setup(it: Any) -> None:
        it.visible = True
        it.title = "another"
        it.icon = image("due")
        it.update_menu()
        it.visible = False
        it.stop()

    icon.run(setup)
    icon._setup_thread.join(60)
    return kit.off_main()


def test_pystray_itself_calls_appkit_from_a_thread(appkit: AppKit) -> None:
    """If this passes no longer, our subclass is no longer needed."""
    assert "setMenu_" in exercise(appkit, pystrays_mac_icon())


def test_our_icon_calls_appkit_on_the_main_thread_only(appkit: AppKit) -> None:
    modules = appkit.modules()
    icon_type = mac_icon(
        pystrays_mac_icon(), modules["AppKit"], modules["Foundation"], appkit.call_after
    )
    assert exercise(appkit, icon_type) == set()
    called = {name for name, _main in appkit.calls}
    assert {"setImage_", "setToolTip_", "setHidden_", "setMenu_", "stop_"} <= called


def test_the_picture_is_sharp_on_a_retina_screen(appkit: AppKit) -> None:
    modules = appkit.modules()
    icon_type = mac_icon(
        pystrays_mac_icon(), modules["AppKit"], modules["Foundation"], appkit.call_after
    )
    exercise(appkit, icon_type)
    assert set(appkit.sizes) == {(22, 22)}


# ------------------------------------------------------------------------ the tray


def tray_on_windows(loop: asyncio.AbstractEventLoop, desk: Desk) -> NativeTray:
    pytest.importorskip("PIL")
    return NativeTray(loop, desk.sources(), WindowsIcon, "stand-in", detached=True)


def test_it_shows_what_it_is_told(loop: asyncio.AbstractEventLoop, desk: Desk) -> None:
    tray = tray_on_windows(loop, desk)
    icon = tray._icon
    assert icon.title == "deskbreak: Sitting 12 min · break in 18 min"
    first = icon.icon
    tray.show(status(bout=bout(13)))
    assert icon.title.startswith("deskbreak: Sitting 13 min")
    assert icon.icon is first
    tray.show(due())
    assert icon.icon.tobytes() == image("due").tobytes()
    tray.close()
    tray.show(status())
    tray.close()
    assert tray.capabilities()[0].works is False


def test_a_click_in_its_thread_arrives_in_the_loop(
    loop: asyncio.AbstractEventLoop, desk: Desk
) -> None:
    tray = tray_on_windows(loop, desk)
    tray.show(due())
    thread = threading.Thread(target=tray._icon._on_notify, args=(0, Win32.WM_LBUTTONUP))
    thread.start()
    thread.join(60)
    for label, did in (
        ("Quit", ("quit", None)),
        ("Settings…", ("window", "settings")),
        ("Start at login", ("at_login", True)),
    ):
        next(item for item in tray._icon.menu if item.text == label)(tray._icon)
        assert did not in desk.done
        spin(loop, lambda did=did: did in desk.done)
    assert desk.sent == []  # nor did the click on the icon itself
    tray.close()


def test_on_a_mac_it_waits_for_the_main_thread(
    loop: asyncio.AbstractEventLoop, desk: Desk, appkit: AppKit
) -> None:
    tray = NativeTray(loop, desk.sources(), _new_mac_icon, "mac", detached=False)
    assert [c.works for c in tray.capabilities()] == [False]
    tray.show(due())

    def shown() -> bool:
        return tray._icon is not None and tray._icon.visible

    def close() -> None:
        until(shown)
        tray.close()

    elsewhere = threading.Thread(target=close)
    elsewhere.start()
    tray.run()
    elsewhere.join(60)
    assert appkit.off_main() == set()
    assert {"setActivationPolicy_", "run", "stop_"} <= {name for name, _ in appkit.calls}


def test_each_system_brings_its_own_icon(
    loop: asyncio.AbstractEventLoop, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    tray = mac_tray(loop, desk.sources())
    assert [(c.backend, c.works) for c in tray.capabilities()] == [("pystray on macOS", False)]
    tray.close()
    pytest.importorskip("PIL")
    backend = types.SimpleNamespace(Icon=WindowsBase, win32=Win32)
    monkeypatch.setitem(sys.modules, "pystray._win32", backend)
    tray = windows_tray(loop, desk.sources())
    assert [(c.backend, c.works) for c in tray.capabilities()] == [("pystray on Windows", True)]
    tray.close()
