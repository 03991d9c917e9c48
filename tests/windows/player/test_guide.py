"""The page that guides: what is on it at any size, in any colours, and to a screen reader."""

import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QFontInfo, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from deskbreak.content.figure import Figure, load_figure
from deskbreak.content.playback import Run
from deskbreak.content.safety import GUIDE_LINE
from deskbreak.settings.files import shipped
from deskbreak.windows.animation import Figures
from deskbreak.windows.player.guide import Guide
from deskbreak.windows.player.progress import Ring, Tempo, Track, beats_of, pieces
from deskbreak.windows.player.stage import Stage
from deskbreak.windows.qt.desktop import Taste
from deskbreak.windows.qt.draw import Known, draw, strokes
from deskbreak.windows.qt.theme import (
    CONTRAST_DARK_THEME,
    CONTRAST_THEME,
    DARK_THEME,
    LIGHT_THEME,
    NORMAL,
    SMALL,
    Style,
    Theme,
    chosen_theme,
)
from deskbreak.windows.qt.widgets import Button, Text
from tests.content.builtin import EXERCISE
from tests.windows.contrast import contrast
from tests.windows.player.driving import opened
from tests.windows.requests import asked

pytestmark = pytest.mark.usefixtures("qapp")

THEMES = (LIGHT_THEME, DARK_THEME, CONTRAST_THEME, CONTRAST_DARK_THEME)
POSES = shipped("microroutines") / "poses"


def guide(
    words: tuple[str, ...], at: float, size: tuple[int, int], style: Style | None = None
) -> Guide:
    """The page as it is at a moment."""
    what = asked(*words)
    made = Guide(what.line, what.notes, style or Style(LIGHT_THEME))
    made.setMinimumSize(100, 100)
    made.resize(*size)
    made.show()
    frame = Run.start(what.line, 0.0).at(at)
    made.show_frame(frame, Figures(what.figures).picture(frame, what.line.first), 0.0)
    QApplication.processEvents()
    return made


SIZES = [(380, 400, 1.0), (640, 400, 1.0), (920, 690, 1.0), (500, 900, 1.3), (1920, 1080, 1.0)]
LARGE = [(920, 690, 1.5), (1366, 720, 2.0), (662, 720, 2.0), (1440, 900, 2.0)]
NO_ROOM = [(662, 640, 2.0), (560, 560, 2.0)]  # or a font that is taller and wider than ours


@pytest.mark.parametrize(("width", "height", "scale"), SIZES + LARGE + NO_ROOM)
@pytest.mark.parametrize("at", [3.0, 45.0])
def test_nothing_lies_over_anything_else(
    width: int, height: int, scale: float, at: float, qtbot: QtBot
) -> None:
    page = guide(("floor-hips",), at, (width, height), Style(LIGHT_THEME, scale))
    qtbot.addWidget(page)
    parts = [
        one
        for one in page.findChildren(QWidget)
        if isinstance(one, Text | Button | Stage | Ring | Tempo | Track) and one.isVisible()
    ]
    areas = [(one, one.rect().translated(one.mapTo(page, one.rect().topLeft()))) for one in parts]
    for number, (one, area) in enumerate(areas):
        assert page.rect().contains(area), one
        for other, its in areas[number + 1 :]:
            assert not area.intersects(its), (one, other)
    texts = [one.text() for one in parts if isinstance(one, Text)]
    assert GUIDE_LINE in texts
    assert page.stage.height() > 60


def sizes_on(page: Guide) -> dict[str, int]:
    """The height in pixels of the letters of every text that is shown."""
    shown = [text for text in page.findChildren(Text) if text.isVisible() and text.text()]
    return {text.text(): text.fontInfo().pixelSize() for text in shown}


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1440, 860), (1920, 1080)])
def test_what_to_do_can_be_read_from_two_metres(width: int, height: int, qtbot: QtBot) -> None:
    for scale in (1.0, 2.0):
        page = guide(("desk-hips",), 9.0, (width, height), Style(LIGHT_THEME, scale))
        qtbot.addWidget(page)
        cue = "The belt buckle tips up and down; the head stays where it is."
        usual = QFontInfo(Style(LIGHT_THEME).font(NORMAL)).pixelSize() / NORMAL  # 13 as a rule
        for text in (cue, "Tilt back", "2 of 5"):
            assert sizes_on(page)[text] >= 32 / 13.4 * usual, text


def test_a_small_window_keeps_its_small_text_and_gives_up_the_large(qtbot: QtBot) -> None:
    page = guide(("desk-hips",), 9.0, (380, 400))
    qtbot.addWidget(page)
    sizes = sizes_on(page)
    plain = QFontInfo(Style(LIGHT_THEME).font(SMALL)).pixelSize()
    assert sizes[GUIDE_LINE] == plain
    assert sizes["Tilt back"] < 2 * plain


def test_a_movement_with_a_longer_name_lies_over_nothing(qtbot: QtBot) -> None:
    page = guide(("desk-ankles",), 90.5, (420, 420))
    qtbot.addWidget(page)
    what = asked("desk-ankles")
    for at in (91.1, 92.1, 93.1):  # "Lift" and "Set it down", which takes two lines
        frame = Run.start(what.line, 0.0).at(at)
        page.show_frame(frame, Figures(what.figures).picture(frame, what.line.first), 0.0)
        QApplication.processEvents()
        assert page._least_height() <= page.height()


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_can_be_read_on_its_ground(theme: Theme) -> None:
    enough = 7.0 if theme.name.startswith("contrast") else 4.5
    for ground in (theme.window, theme.button, theme.card):
        assert contrast(theme.text, ground) >= enough
        assert contrast(theme.quiet, ground) >= enough
    assert contrast(theme.accent, theme.window) >= 3.9  # large and strong, or no text at all
    assert contrast(theme.warm, theme.window) >= 3.9
    assert contrast(theme.window, theme.accent) >= 3.9
    assert theme.figure.background == theme.card


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_picture_has_the_colours_of_its_theme(theme: Theme, qtbot: QtBot) -> None:
    page = guide(("bird_dog",), 8.0, (920, 690), Style(theme))
    qtbot.addWidget(page)
    image = page.stage.grab().toImage()
    middle = image.pixelColor(image.width() // 2, 8).name()
    assert middle == theme.card
    found = {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    }
    assert {theme.figure.shirt, theme.figure.skin} <= found


@pytest.mark.parametrize(
    ("choice", "theme"),
    [("light", LIGHT_THEME), ("dark", DARK_THEME), ("contrast", CONTRAST_THEME)],
)
def test_a_theme_can_be_asked_for(choice: str, theme: Theme, qapp: QApplication) -> None:
    from deskbreak.windows.qt.theme import qt_palette

    qapp.setPalette(qt_palette(LIGHT_THEME))
    assert chosen_theme(choice, Taste()) == theme
    assert chosen_theme("auto", Taste()) == LIGHT_THEME
    qapp.setPalette(qt_palette(DARK_THEME))
    assert chosen_theme("auto", Taste()) == DARK_THEME
    assert chosen_theme("contrast", Taste()) == CONTRAST_DARK_THEME
    qapp.setPalette(qt_palette(LIGHT_THEME))


def test_every_part_has_a_name_for_screen_readers(qtbot: QtBot) -> None:
    with opened("stand-hips") as player:
        player.wait(32)
        page = player.shown
        assert isinstance(page, Guide)
        assert page.stage.accessibleName() == "Picture: Standing hip-flexor stretch, left side"
        assert page.stage.accessibleDescription().startswith("Hand on the desk")
        ring = page.findChild(Ring)
        assert ring is not None
        assert ring.accessibleName() == "2 seconds left"
        for one in (ring, page.stage):  # a bare widget would be passed over
            role = QAccessible.queryAccessibleInterface(one).role()
            assert role == QAccessible.Role.StaticText
        assert [b.accessibleName() for b in page.findChildren(Button)] == [
            "Back", "Pause", "Skip", "Easier", "End",
        ]  # fmt: skip
        assert all(b.accessibleDescription().startswith("Key: ") for b in page.findChildren(Button))
        track = page.findChild(Track)
        assert track is not None
        interface = QAccessible.queryAccessibleInterface(track)
        assert interface.role() == QAccessible.Role.ProgressBar
        assert track.value() == round(100 * 32 / 118)


def test_what_begins_is_announced(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: said.append(event.message())
    )
    with opened("stand-hips") as player:
        player.wait(118, step=1)
    assert said[0].startswith("Get ready: Side-to-side weight shift")
    assert said[0].endswith("Keep a hand on something solid.")
    assert any(one.startswith("Next: Standing hip-flexor stretch") for one in said)
    assert "Change sides: right." in said
    assert "Nicely done. How was it?" in said


def test_what_comes_of_a_command_is_announced(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: said.append(event.message())
    )
    with opened("stand-hips") as player:
        player.wait(8)
        said.clear()
        for word in ("pause", "pause", "ease", "ease", "full", "full"):
            player.window.do(word)
    exercise = "Side-to-side weight shift"
    assert said[:2] == ["Paused.", f"Going on: {exercise}."]
    assert said[2].startswith("Easier: ")
    assert said[3].startswith("As usual: ")
    assert len(said) == 4


def test_an_exercise_without_poses_is_told_in_words(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(f"schema = 1\n{EXERCISE}")
    with opened("toe_wiggle", "--content", str(tmp_path)) as player:
        page = player.shown
        assert isinstance(page, Guide)
        player.wait(7)
        assert page.stage.accessibleDescription() == "Feet flat. Lift the toes. Let them down."
        image = page.stage.grab().toImage()
        colours = {
            image.pixelColor(x, y).name()
            for x in range(0, image.width(), 2)
            for y in range(0, image.height(), 2)
        }
        assert LIGHT_THEME.text in colours
        assert LIGHT_THEME.figure.shirt not in colours
        assert "Slowly." in player.says()


def test_still_pictures_stay_until_the_next_pose(qtbot: QtBot) -> None:
    with opened("glute_bridge", style=Style(LIGHT_THEME, still=True)) as player:
        page = player.shown
        assert isinstance(page, Guide)
        seen: list[QImage] = []
        for _ in range(40):
            player.wait(0.4)
            image = page.stage.grab().toImage()
            if image not in seen:
                seen.append(image)
        assert len(seen) == 2
        assert player.window._timer.interval() == 250


def test_a_repeated_moment_costs_no_new_picture(qtbot: QtBot) -> None:
    with opened("glute_bridge") as player:
        page = player.shown
        assert isinstance(page, Guide)
        kept = []
        for _ in range(3):  # the pause before, and two repetitions
            for _ in range(28):
                player.wait(0.25)
                page.stage.repaint()
            kept.append(len(page.stage._kept))
        assert 20 < kept[1] == kept[2]


def test_the_other_side_fades_in_and_time_passes_meanwhile(qtbot: QtBot) -> None:
    with opened("side_plank") as player:
        page = player.shown
        assert isinstance(page, Guide)
        player.wait(14.9)
        assert not page.stage.fading
        player.wait(0.1)
        player.wait(0.05)
        assert page.stage.fading
        player.wait(0.4, step=0.1)
        assert not page.stage.fading


def test_the_track_has_a_piece_for_each_exercise() -> None:
    made = pieces(asked("stand-hips").line)
    assert len(made) == 3
    assert made[0][0] == 0.0
    assert made[-1][1] == 1.0
    assert [end for _, end in made[:-1]] == [begin for begin, _ in made[1:]]


def test_the_tempo_is_that_of_the_exercise() -> None:
    line = asked("bird_dog").line
    run = Run.start(line, 0.0)
    begin, exercise = line.work_of(0), line.routine.steps[0].exercise
    assert beats_of(run.at(begin - 1)) == ((), 0.0)
    assert exercise.rep_s is not None
    assert beats_of(run.at(begin + exercise.rep_s + 2)) == (exercise.tempo, pytest.approx(2.0))


# ------------------------------------------------------------------------------ drawing


@pytest.fixture(scope="module")
def figure() -> Figure:
    return load_figure("glute_bridge", [POSES])


def painted(figure: Figure, t: float = 1.0) -> QImage:
    scene = figure.scene(t, size=(160.0, 120.0))
    image = QImage(160, 120, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    draw(painter, strokes(scene))
    painter.end()
    return image


def test_a_thousand_paintings_lose_no_reference_to_none(figure: Figure) -> None:
    # PySide6 6.12.0 loses one with every call on Python before 3.12, and ends the program.
    made = strokes(figure.scene(1.0, size=(60.0, 40.0)))
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    draw(painter, made)
    before = sys.getrefcount(None)
    for _ in range(1000):
        draw(painter, made)
    painter.end()
    assert abs(sys.getrefcount(None) - before) < 50


def test_what_is_drawn_is_the_scene(figure: Figure) -> None:
    image = painted(figure)
    colours = {image.pixelColor(x, y).name() for x in range(160) for y in range(120)}
    assert {LIGHT_THEME.figure.shirt, LIGHT_THEME.figure.mat} <= colours
    assert painted(figure) == painted(figure)
    assert painted(figure, 0.0) != painted(figure, 3.0)


def test_drawing_leaves_the_opacity_as_it_was(figure: Figure) -> None:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setOpacity(0.5)
    draw(painter, strokes(figure.scene(1.0, size=(60.0, 40.0))))
    assert painter.opacity() == 0.5
    painter.end()


def test_what_stands_still_is_made_once(figure: Figure) -> None:
    known: Known = {}
    first = strokes(figure.scene(3.0), known)
    count = len(known)
    second = strokes(figure.scene(3.01), known)
    assert len(known) < count + len(second)
    assert any(one is other for one in first for other in second)
