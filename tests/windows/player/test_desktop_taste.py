"""What the desktop says about colours, contrast and movement, heard through its portal."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QApplication

from deskbreak.windows.qt.desktop import Taste
from deskbreak.windows.qt.theme import (
    CONTRAST_DARK_THEME,
    CONTRAST_THEME,
    DARK_THEME,
    LIGHT_THEME,
    Theme,
    chosen_theme,
    qt_palette,
)
from tests.fakes.portal import FakePortal
from tests.servers import private_bus
from tests.waiting import spin

_SAYS = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from deskbreak.windows.qt.desktop import desktop, taste
app = QApplication([])
desktop().changed.connect(lambda: print(taste(), flush=True))
print(taste(), flush=True)
app.exec()
"""


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    yield made
    made.close()


@contextmanager
def told(loop: asyncio.AbstractEventLoop, bus: str) -> Iterator[list[str]]:
    """What a program of ours takes the desktop's style to be, now and at every change."""
    env = {"DBUS_SESSION_BUS_ADDRESS": bus, "QT_QPA_PLATFORM": "offscreen"}
    lines: list[str] = []
    process = subprocess.Popen(  # without a buffer that keeps a second line from the loop
        [sys.executable, "-c", _SAYS], env=env, stdout=subprocess.PIPE, bufsize=0
    )
    assert process.stdout is not None
    loop.add_reader(process.stdout, lambda: lines.append(process.stdout.readline().decode()))  # type: ignore[union-attr]
    try:
        spin(loop, lambda: lines, what="the first words")
        yield lines
    finally:
        loop.remove_reader(process.stdout)
        with process:
            process.kill()


def test_it_is_asked_at_once_and_again_when_it_changes(loop: asyncio.AbstractEventLoop) -> None:
    with private_bus() as bus:
        portal = FakePortal(loop, bus, color_scheme=1, contrast=1, reduced_motion=1)
        with told(loop, bus) as lines:
            spin(loop, lambda: lines[-1] == f"{Taste(dark=True, contrast=True, still=True)}\n")
            portal.set("color-scheme", 2)
            spin(loop, lambda: lines[-1] == f"{Taste(dark=False, contrast=True, still=True)}\n")
        portal.stop()


def test_a_slow_portal_holds_no_window_up_and_is_heard_all_the_same(
    loop: asyncio.AbstractEventLoop,
) -> None:
    with private_bus() as bus:
        portal = FakePortal(loop, bus, slow=True, color_scheme=1, contrast=1)
        with told(loop, bus) as lines:
            assert lines == [f"{Taste()}\n"]
            portal.answer_now()
            spin(loop, lambda: lines[-1] == f"{Taste(dark=True, contrast=True)}\n")
        portal.stop()


def test_a_portal_that_knows_only_colours(loop: asyncio.AbstractEventLoop) -> None:
    with private_bus() as bus:
        portal = FakePortal(loop, bus, color_scheme=0)
        with told(loop, bus) as lines:
            wanted = ("Read", ("org.freedesktop.appearance", "reduced-motion"))
            spin(loop, lambda: wanted in portal.calls)
            assert set(lines) == {f"{Taste()}\n"}
        portal.stop()


def test_without_a_portal_nothing_is_waited_for(loop: asyncio.AbstractEventLoop) -> None:
    with private_bus() as bus, told(loop, bus) as lines:
        assert lines == [f"{Taste()}\n"]


@pytest.mark.parametrize(
    ("choice", "desktop", "theme"),
    [
        ("auto", Taste(), LIGHT_THEME),
        ("auto", Taste(dark=True), DARK_THEME),
        ("auto", Taste(contrast=True), CONTRAST_THEME),
        ("auto", Taste(dark=True, contrast=True), CONTRAST_DARK_THEME),
        ("contrast", Taste(dark=True), CONTRAST_DARK_THEME),
        ("light", Taste(dark=True, contrast=True), LIGHT_THEME),
        ("dark", Taste(dark=False), DARK_THEME),
    ],
)
def test_a_choice_of_ones_own_comes_before_the_desktops(
    choice: str, desktop: Taste, theme: Theme, qapp: QApplication
) -> None:
    qapp.setPalette(qt_palette(LIGHT_THEME))
    assert chosen_theme(choice, desktop) == theme
