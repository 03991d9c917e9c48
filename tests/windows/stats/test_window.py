"""The statistics window: every view in every colour, by key and by pointer, and as a picture."""

import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from pytestqt.qtbot import QtBot

from benchmarks.ten_years import made_up
from deskbreak.adapters.store.exchange import import_entries
from deskbreak.app.environment import Places
from deskbreak.app.reports import Lookback
from deskbreak.settings.files import shipped
from deskbreak.settings.model import Settings
from deskbreak.stats.lines import NOTHING
from deskbreak.stats.summary import atlas
from deskbreak.windows.qt.theme import (
    CONTRAST_DARK_THEME,
    CONTRAST_THEME,
    DARK_THEME,
    LIGHT_THEME,
    Style,
    Theme,
)
from deskbreak.windows.qt.widgets import Button, Text
from deskbreak.windows.stats.canvas import Ink
from deskbreak.windows.stats.charts import Areas
from deskbreak.windows.stats.picture import NoPictureError
from deskbreak.windows.stats.window import StatsWindow
from tests.windows.contrast import contrast

pytestmark = pytest.mark.usefixtures("qapp")

WEDNESDAY = date(2026, 2, 25)
VIEWS = ("day", "week", "month", "year", "areas")
THEMES = (LIGHT_THEME, DARK_THEME, CONTRAST_THEME, CONTRAST_DARK_THEME)
ROUTINES = ("desk-neck", "stand-hips", "desk-glutes")


@pytest.fixture(scope="module")
def known() -> Lookback:
    from deskbreak.content.load import load_catalogue

    catalogue = load_catalogue([shipped("microroutines")]).catalogue
    return Lookback(places_in(Path("/nowhere")), Settings(), atlas(catalogue))


def places_in(folder: Path) -> Places:
    return Places(
        config=folder / "config.toml", site_configs=(), microroutines=folder / "routines",
        state=folder / "state.toml", history=folder / "history.sqlite3", log=folder / "log",
        runtime=folder / "run", compiled=folder / "compiled",
    )  # fmt: skip


@pytest.fixture(scope="module")
def full(known: Lookback, tmp_path_factory: pytest.TempPathFactory) -> Lookback:
    """A quarter of a year."""
    folder = tmp_path_factory.mktemp("full")
    import_entries(folder / "history.sqlite3", made_up(0.25, ROUTINES))
    return Lookback(places_in(folder), known.settings, known.atlas)


@pytest.fixture(scope="module")
def young(known: Lookback, tmp_path_factory: pytest.TempPathFactory) -> Lookback:
    """A single day, of which only the first hours are there."""
    folder = tmp_path_factory.mktemp("young")
    rows = [e for e in made_up(0.01, ROUTINES, WEDNESDAY) if e.day == WEDNESDAY]
    import_entries(folder / "history.sqlite3", rows[1:6])
    return Lookback(places_in(folder), known.settings, known.atlas)


@pytest.fixture(scope="module")
def empty(known: Lookback, tmp_path_factory: pytest.TempPathFactory) -> Lookback:
    return Lookback(places_in(tmp_path_factory.mktemp("empty")), known.settings, known.atlas)


def window(
    back: Lookback, qtbot: QtBot, theme: Theme = LIGHT_THEME, scale: float = 1.0,
    size: tuple[int, int] = (940, 760),
) -> StatsWindow:  # fmt: skip
    made = StatsWindow(back, Areas(shipped("microroutines") / "poses"), Style(theme, scale))
    qtbot.addWidget(made)
    made.resize(*size)
    made.show_view("day", WEDNESDAY)
    made.show()
    return made


def pixels(made: StatsWindow) -> set[str]:
    image = made.grab().toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    }


def title(made: StatsWindow) -> str:
    return made.windowTitle().split(" \N{EN DASH} deskbreak")[0]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_view_is_drawn_in_its_colours(
    view: str, theme: Theme, full: Lookback, qtbot: QtBot
) -> None:
    made = window(full, qtbot, theme)
    made.show_view(view, WEDNESDAY)
    found = pixels(made)
    assert theme.window in found
    if view in ("day", "week", "month"):
        assert {Ink.of(theme).sitting, Ink.of(theme).standing} <= found
    view_ = made.findChildren(type(made._view))[0]
    assert len(view_._spots) >= 5
    inside = view_.rect().adjusted(-4, -4, 4, 4)
    for spot in view_._spots:
        assert inside.contains(spot.area.toAlignedRect()), spot.text


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_colours_of_what_is_drawn_differ_in_lightness(theme: Theme) -> None:
    ink = Ink.of(theme)
    for colour in (ink.sitting, ink.standing, ink.moving):
        assert contrast(colour, theme.window) > 1.9
    assert contrast(ink.sitting, ink.standing) > 1.4


@pytest.mark.parametrize("size", [(480, 420), (1900, 1000)])
@pytest.mark.parametrize("scale", [0.8, 2.0])
def test_every_view_fits_small_and_large(
    size: tuple[int, int], scale: float, full: Lookback, qtbot: QtBot
) -> None:
    made = window(full, qtbot, scale=scale, size=size)
    for view in VIEWS:
        made.show_view(view, WEDNESDAY)
        made.grab()
        view_ = made._view
        inside = view_.rect().adjusted(-6, -6, 6, 6)
        assert all(inside.contains(spot.area.toAlignedRect()) for spot in view_._spots), view


def test_an_empty_history_says_so_in_every_view(empty: Lookback, qtbot: QtBot) -> None:
    made = window(empty, qtbot)
    for view in ("day", "week", "month", "areas"):
        made.show_view(view, WEDNESDAY)
        made.grab()
        assert [spot.text for spot in made._view._spots] == [NOTHING], view
        assert NOTHING in made._view.accessibleDescription()
        assert not made._words.isVisible()
    made.show_view("year", WEDNESDAY)
    made.grab()
    assert len(made._view._spots) == 365


def test_a_history_of_one_morning_looks_like_one(young: Lookback, qtbot: QtBot) -> None:
    made = window(young, qtbot)
    for view in VIEWS:
        made.show_view(view, WEDNESDAY)
        made.grab()
        assert made.report is not None
        assert made.report.summary.days == 1
        assert made._words.isVisible()
    made.show_view("day", WEDNESDAY)
    made.grab()
    assert any("Sitting" in spot.text or "Standing" in spot.text for spot in made._view._spots)


def test_keys_choose_what_is_shown(full: Lookback, qtbot: QtBot) -> None:
    made = window(full, qtbot)
    seen = []
    for key in (Qt.Key.Key_W, Qt.Key.Key_M, Qt.Key.Key_Y, Qt.Key.Key_D):
        qtbot.keyClick(made, key)
        seen.append(title(made))
    assert seen == [
        "Week 9: 23 Feb 2026 \N{EN DASH} 1 Mar 2026", "March 2026", "2026",
        f"{full.today():%A}, {full.today().day} {full.today():%B %Y}"
        if full.today().year == 2026
        else "Thursday, 31 December 2026",
    ]  # fmt: skip
    made.show_view("week", WEDNESDAY)
    qtbot.keyClick(made, Qt.Key.Key_PageUp)
    assert title(made).startswith("Week 8")
    qtbot.keyClick(made, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert title(made).startswith("Week 9")
    qtbot.keyClick(made, Qt.Key.Key_A)
    made.grab()
    assert any("Neck" in spot.text for spot in made._view._spots)
    qtbot.keyClick(made, Qt.Key.Key_T)
    assert made.report is not None
    assert made.report.period.first <= full.today() <= made.report.period.last
    assert not made._later.isVisible()
    made.later()
    assert made.report.period.first <= full.today()
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert not made.isVisible()


def test_arrows_go_through_the_chart_and_say_what_is_there(full: Lookback, qtbot: QtBot) -> None:
    made = window(full, qtbot)
    made.show_view("week", WEDNESDAY)
    made.grab()
    view = made._view
    view.setFocus()
    said = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End):
        qtbot.keyClick(view, key)
        said.append(made._caption.text())
    assert said[0].startswith("Monday, 23 February: ")
    assert said[1].startswith("Tuesday, 24 February: ")
    assert said[2] == said[0]
    assert said[3] == "Sunday, 1 March: nothing on record"
    made.earlier()
    assert "Arrows" in made._caption.text()


def test_the_pointer_finds_the_same(full: Lookback, qtbot: QtBot) -> None:
    made = window(full, qtbot)
    made.grab()
    view = made._view
    spot = view._spots[3]
    qtbot.mouseMove(view, QPoint(1, 1))
    qtbot.mouseMove(view, spot.area.center().toPoint())
    view.point(view._under(spot.area.center()))
    assert made._caption.text() == spot.text


def test_a_screen_reader_hears_all_of_it(full: Lookback, qtbot: QtBot) -> None:
    made = window(full, qtbot)
    made.show_view("week", WEDNESDAY)
    view = QAccessible.queryAccessibleInterface(made._view)
    assert view.text(QAccessible.Text.Name).startswith("Week 9")
    described = view.text(QAccessible.Text.Description)
    for word in ("Sitting", "Breaks", "Prompts"):
        assert word in described
    for button in made.findChildren(Button):
        spoken = QAccessible.queryAccessibleInterface(button)
        assert spoken.text(QAccessible.Text.Name)
        assert "Key: " in spoken.text(QAccessible.Text.Description)
    shown = {label.text() for label in made._under.findChildren(Text)}
    assert "Sitting" in shown


def test_it_looks_again_and_keeps_its_place(young: Lookback, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    path.write_bytes(young.places.history.read_bytes())
    made = window(Lookback(places_in(tmp_path), young.settings, young.atlas), qtbot)
    made.grab()
    made._view.point(1)
    before = made._caption.text()
    made.refresh()
    assert made._caption.text() == before
    rows = [e for e in made_up(0.01, ROUTINES, WEDNESDAY) if e.day == WEDNESDAY]
    import_entries(path, rows[1:20])
    made.refresh()
    assert made.report is not None
    assert len(made.report.days) == 1
    one = made.report.summary
    assert one.sitting.count + one.standing.count == 4


def test_a_history_that_cannot_be_read_is_said(
    tmp_path: Path, known: Lookback, qtbot: QtBot
) -> None:
    (tmp_path / "history.sqlite3").write_text("no database, but long enough to look like one")
    made = window(Lookback(places_in(tmp_path), known.settings, known.atlas), qtbot)
    assert "cannot be read" in made._title.text()
    made.grab()
    with pytest.raises(NoPictureError):
        made.save(tmp_path / "x.png")


@pytest.mark.parametrize("view", VIEWS)
def test_any_view_is_saved_as_a_picture(
    view: str, full: Lookback, qtbot: QtBot, tmp_path: Path
) -> None:
    made = window(full, qtbot, DARK_THEME)
    made.show_view(view, WEDNESDAY)
    made.save(tmp_path / "view.png")
    image = QImage(str(tmp_path / "view.png"))
    assert image.width() >= 1600
    assert image.pixelColor(2, 2).name() == DARK_THEME.window
    made.save(tmp_path / "view.SVG")
    root = ET.parse(tmp_path / "view.SVG").getroot()
    assert root.tag.endswith("svg")
    texts = " ".join(filter(None, (element.text for element in root.iter())))
    assert "2026" in texts
    assert "Sitting" in texts


def test_a_picture_that_cannot_be_written_is_said(
    full: Lookback, qtbot: QtBot, tmp_path: Path
) -> None:
    made = window(full, qtbot)
    with pytest.raises(NoPictureError, match=r"png or \.svg"):
        made.save(tmp_path / "view.gif")
    with pytest.raises(NoPictureError, match="No such file"):
        made.save(tmp_path / "nowhere" / "view.png")


def test_the_command_saves_a_picture_without_a_screen(tmp_path: Path) -> None:
    env = {
        "PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(tmp_path),
    }  # fmt: skip
    target = tmp_path / "week.png"
    command = [sys.executable, "-m", "deskbreak.windows.stats", "week", "--save", str(target)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, str(target)), done.stderr
    assert QImage(str(target)).width() >= 1600
    no_display = {key: value for key, value in env.items() if key != "QT_QPA_PLATFORM"}
    done = subprocess.run(command, env=no_display, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "display" in done.stderr
