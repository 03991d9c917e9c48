"""Where the window was."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from deskbreak.windows.qt.geometry import Spot, fitted, load, save

SCREEN = QRect(1920, 30, 1280, 770)
USUAL = (920, 690)


def test_a_spot_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "made" / "window.toml"
    spot = Spot("HDMI-1", -4, 30, 900, 600, full=True)
    save(path, "player", spot)
    assert load(path, "player") == spot


def test_other_windows_keep_their_spots(tmp_path: Path) -> None:
    path = tmp_path / "window.toml"
    save(path, "statistics", Spot("A", 1, 2, 300, 400))
    save(path, "player", Spot("B", None, None, 500, 600))
    assert load(path, "statistics") == Spot("A", 1, 2, 300, 400)
    assert load(path, "player") == Spot("B", None, None, 500, 600)


@pytest.mark.parametrize(
    "text",
    ["", "player = 3", "[player]\nx = 'left'\nwidth = -5\nheight = true", "[player", "\0"],
)
def test_a_file_that_makes_no_sense_is_no_spot(text: str, tmp_path: Path) -> None:
    path = tmp_path / "window.toml"
    path.write_text(text)
    assert load(path, "player") == Spot()


def test_what_makes_sense_is_kept_of_it(tmp_path: Path) -> None:
    path = tmp_path / "window.toml"
    path.write_text("[player]\nscreen = 'A'\nx = 7\ny = 1e9\nwidth = 400\nolder = 1\n")
    assert load(path, "player") == Spot("A", 7, None, 400)


def test_nowhere_to_keep_it_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    save(tmp_path / "file" / "window.toml", "player", Spot())
    save(None, "player", Spot())
    assert load(None, "player") == Spot()


def test_the_first_time_it_is_in_the_middle() -> None:
    assert fitted(Spot(), USUAL, SCREEN) == QRect(1920 + 180, 30 + 40, 920, 690)


numbers = st.integers(-5000, 5000)


@given(numbers, numbers, st.integers(1, 5000), st.integers(1, 5000))
def test_it_is_always_wholly_on_the_screen(x: int, y: int, width: int, height: int) -> None:
    area = fitted(Spot("", x, y, width, height), USUAL, SCREEN)
    assert SCREEN.contains(area)
