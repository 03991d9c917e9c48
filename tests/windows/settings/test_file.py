"""The file under an open window: edited elsewhere, unreadable, not writable, opened."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from tests.windows.settings.hands import MINE, Opens, line, said, types, view

pytestmark = pytest.mark.usefixtures("qapp")


def test_an_edit_from_outside_is_shown(opens: Opens, file: Path, qtbot: QtBot) -> None:
    window = opens(MINE)
    assert line(window, "breaks.sit_limit").line.text() == "25 min"
    file.write_text(MINE.replace("25m", "40m"))
    qtbot.waitUntil(
        lambda: line(window, "breaks.sit_limit").line.text() == "40 min", timeout=60_000
    )


def test_an_edit_from_outside_leaves_alone_what_is_being_written(
    opens: Opens, file: Path, qtbot: QtBot
) -> None:
    window = opens(MINE)
    field = line(window, "breaks.walk").line
    field.selectAll()
    qtbot.keyClicks(field, "7m")
    file.write_text(MINE.replace("25m", "40m"))
    window.refresh()
    assert field.text() == "7m"


@pytest.mark.parametrize("mistake", ["[breaks\n", "x = \n"])
def test_a_file_that_is_no_toml_is_told_and_never_written(
    opens: Opens, file: Path, mistake: str
) -> None:
    window = opens(MINE + mistake)
    assert not window.body.banner.isHidden()
    assert "Line 6" in window.body.banner.lines.text()
    assert not view(window, "breaks.walk").field.isEnabled()
    window.save("breaks.walk", "7m")
    assert file.read_text() == MINE + mistake
    assert "Not saved" in window.body.status.text()


def test_a_value_that_cannot_be_read_is_locked_and_others_are_not(
    opens: Opens, file: Path, qtbot: QtBot
) -> None:
    text = MINE.replace('"25m"', '"25x"')
    window = opens(text)
    shown = view(window, "breaks.sit_limit")
    assert not shown.field.isEnabled()
    assert 'Line 5: found "25x"' in shown.remark.text()
    types(qtbot, line(window, "breaks.walk").line, "7m")
    assert file.read_text() == text + 'walk = "7m"\n'
    file.write_text(MINE)
    window.refresh()
    assert shown.field.isEnabled()
    assert not window.body.banner.isHidden()  # the unknown key
    file.write_text(MINE.replace('mine = "unknown"\n', ""))
    window.refresh()
    assert window.body.banner.isHidden()


def test_a_file_that_cannot_be_written_is_told(opens: Opens, file: Path) -> None:
    window = opens(MINE)
    file.unlink()
    file.parent.joinpath("elsewhere").mkdir()
    file.symlink_to("/proc/none/config.toml")
    window.save("breaks.walk", "7m")
    assert "could not be written" in window.body.status.text()


def test_the_file_is_opened_by_the_desktop(opens: Opens, file: Path) -> None:
    opened = Desktop()
    QDesktopServices.setUrlHandler("file", opened, "take")  # type: ignore[arg-type]  # the stubs are wrong
    try:
        window = opens(MINE)
        window.body.banner.open.click()
        assert opened.urls == [file]
    finally:
        QDesktopServices.unsetUrlHandler("file")


class Desktop(QObject):
    """Opens files, and remembers which."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[Path] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(Path(url.toLocalFile()))


def test_closing_saves_what_is_still_being_written(opens: Opens, file: Path, qtbot: QtBot) -> None:
    window = opens(MINE)
    field = line(window, "breaks.walk").line
    field.selectAll()
    qtbot.keyClicks(field, "7m")
    window.close()
    assert said(file, "breaks.walk") == "7m"
