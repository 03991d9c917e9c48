"""Remembers where a window was, how large, and on which monitor."""

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QWidget

from deskbreak.adapters.store.state import write_toml
from deskbreak.app.environment import NoPlaceError, Places
from deskbreak.struct import Struct, asdict, fields

_LEAST, _MOST = -100_000, 100_000
_FRAME = (8, 40)
"""About what a window manager puts around a window, in pixels."""
_FULL = Qt.WindowState.WindowFullScreen | Qt.WindowState.WindowMaximized


class Spot(Struct):
    """A window on a monitor: its corner from the monitor's own corner, and its size, in pixels.

    `x` and `y` are None where the desktop does not tell (Wayland).
    """

    screen: str = ""
    x: int | None = None
    y: int | None = None
    width: int = 0
    height: int = 0
    full: bool = False


def restore(window: QWidget, name: str, usual: tuple[int, int], full: Qt.WindowState) -> None:
    """Put the window where it was, or into the middle of the monitor where the pointer is.

    `name` is its table in the file of places; `full` is what a full one was.
    """
    spot = load(_file(), name)
    known = {screen.name(): screen for screen in QGuiApplication.screens()}
    screen = known.get(spot.screen)
    if screen is None:
        spot = Spot(width=spot.width, height=spot.height, full=spot.full)
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
    if screen is None:
        window.resize(*usual)
        return
    room = screen.availableGeometry().adjusted(0, 0, -_FRAME[0], -_FRAME[1])
    area = fitted(spot, usual, room)
    window.setScreen(screen)
    window.resize(area.size())
    window.move(area.topLeft())
    if spot.full:
        window.setWindowState(window.windowState() | full)


def remember(window: QWidget, name: str) -> None:
    """Note where the window is now."""
    screen = window.screen()
    origin = screen.availableGeometry().topLeft()
    full = bool(window.windowState() & _FULL)
    shape = window.normalGeometry() if full else window.geometry()
    corner = (shape.topLeft() if full else window.pos()) - origin
    told = QGuiApplication.platformName() != "wayland"
    x, y = (corner.x(), corner.y()) if told else (None, None)
    save(_file(), name, Spot(screen.name(), x, y, shape.width(), shape.height(), full))


def _file() -> Path | None:
    """Where the places of windows are kept; None where nothing can be kept."""
    try:
        return Places.of_user().state.with_name("window.toml")
    except NoPlaceError:
        return None


def load(path: Path | None, window: str) -> Spot:
    """The spot of a window as it was saved; an empty one where there is none that makes sense."""
    if path is None:
        return Spot()
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return Spot()
    return _spot(table.get(window))


def save(path: Path | None, window: str, spot: Spot) -> None:
    """Save it beside the spots of other windows; a disk that says no is no reason to complain."""
    if path is None:
        return
    others: dict[str, Any] = {}
    with suppress(OSError, ValueError, RecursionError):
        others = tomllib.loads(path.read_text("utf-8"))
    with suppress(OSError):
        write_toml(path, {**others, window: asdict(spot)})


def fitted(spot: Spot, usual: tuple[int, int], room: QRect) -> QRect:
    """Where the window goes on a monitor that has this much room."""
    size = QSize(spot.width, spot.height) if spot.width and spot.height else QSize(*usual)
    area = QRect(QPoint(0, 0), size.boundedTo(room.size()))
    area.moveCenter(room.center())
    if spot.x is not None and spot.y is not None:
        x = max(0, min(spot.x, room.width() - area.width()))
        y = max(0, min(spot.y, room.height() - area.height()))
        area.moveTopLeft(room.topLeft() + QPoint(x, y))
    return area


def _spot(table: object) -> Spot:
    if not isinstance(table, Mapping):
        return Spot()
    known = set(fields(Spot))
    kept = {key: value for key, value in table.items() if key in known and _sound(key, value)}
    return Spot(**kept)


def _sound(key: str, value: object) -> bool:
    if key == "screen":
        return isinstance(value, str)
    if key == "full":
        return isinstance(value, bool)
    least = 1 if key in ("width", "height") else _LEAST
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= _MOST
