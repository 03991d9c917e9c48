"""The inside of the window: search and pages at the left, settings at the right, a line below.

It shows and asks; the window reads and writes.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from deskbreak.settings.load import Preset
from deskbreak.windows.settings.document import Look
from deskbreak.windows.settings.pages import PRESET, Page, matching
from deskbreak.windows.settings.rows import order_tabs
from deskbreak.windows.settings.style import column, link, text
from deskbreak.windows.settings.views import PageView, PresetView, Save

_NOTHING = "No setting has these words. Fewer letters may find more."
_MOST = 6
"""Lines that the banner shows."""
_MISTAKES = (
    "Something in your settings cannot be read. It stays as you wrote it, and deskbreak keeps the "
    "settings from before until it is put right."
)
_LOCKED = "Until then nothing can be changed here."
_ODDITIES = "Left out, for your information:"
_EDGE, _BAR = 20, 10
"""Pixels: beside the cards at the right, and what a scroll bar takes of that."""


class Body(QWidget):
    """All pages below each other, of which one is shown, or what a search has found on them."""

    def __init__(self, pages: tuple[Page, ...], presets: tuple[Preset, ...], save: Save) -> None:
        super().__init__()
        self._pages = pages
        self.views = {
            page.name: PresetView(page, save, presets)
            if page.name == PRESET
            else PageView(page, save)
            for page in pages
        }
        self.search = QLineEdit()
        self.list = QListWidget()
        self.banner = Banner()
        self.area = QScrollArea()
        self.nothing = text(_NOTHING, "quiet")
        self.status = text("", "quiet")
        self.undo = link("Undo")
        self.open = link("Open the file")
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------------ what it shows

    @property
    def page(self) -> str:
        """The name of the page that is chosen."""
        return self._pages[self.list.currentRow()].name

    def choose(self, name: str) -> None:
        """Show a page."""
        self.list.setCurrentRow(list(self.views).index(name))

    def turn(self, by: int) -> None:
        """The page before or after."""
        row = self.list.currentRow() + by
        self.list.setCurrentRow(min(self.list.count() - 1, max(0, row)))

    def show_look(self, look: Look) -> None:
        """Show how everything is now."""
        self.banner.show_look(look)
        for view in self.views.values():
            view.show_look(look)

    def fit(self) -> None:
        """Give the pages the room that their titles need."""
        width = self.list.sizeHintForColumn(0) + 2 * self.list.frameWidth() + _BAR
        self.list.setFixedWidth(max(width, self.search.sizeHint().width()))
        self.search.setFixedWidth(self.list.width())

    def _show(self) -> None:
        """The page that is chosen, or whatever the search finds."""
        words = self.search.text().strip()
        found = matching(self._pages, words) if words else None
        for at, (name, view) in enumerate(self.views.items()):
            left = view.filter(found)
            self.list.item(at).setHidden(not left)
            view.setVisible(left and (bool(words) or name == self.page))
        self.nothing.setVisible(found == frozenset())
        self.area.verticalScrollBar().setValue(0)

    def _chosen(self) -> None:
        """In what a search has found, a page of the list is gone to; else it is shown alone."""
        if self.search.text().strip():
            self.area.verticalScrollBar().setValue(self.views[self.page].y())
        else:
            self._show()

    # ------------------------------------------------------------------ how it is made

    def _connect(self) -> None:
        self.search.textChanged.connect(self._show)
        self.list.currentRowChanged.connect(self._chosen)
        self.list.setCurrentRow(0)
        order_tabs(self)

    def _lay_out(self) -> None:
        whole, left, right = QHBoxLayout(self), QVBoxLayout(), QVBoxLayout()
        whole.setContentsMargins(16, 16, 6, 10)
        whole.setSpacing(18)
        self.search.setPlaceholderText("Search (Ctrl+F)")
        self.search.setAccessibleName("Search the settings")
        self.search.setClearButtonEnabled(True)
        self.list.setAccessibleName("Pages")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.addItems([page.title for page in self._pages])
        left.addWidget(self.search)
        left.addWidget(self.list)
        right.addWidget(self.banner)
        right.addWidget(self._cards(), 1)
        right.addLayout(self._foot())
        whole.addLayout(left)
        whole.addLayout(right, 1)

    def _cards(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("column")
        self._column = column(inside, 0)
        for part in (self.nothing, *self.views.values()):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._beside_the_bar(0, 0)
        self.area.verticalScrollBar().rangeChanged.connect(self._beside_the_bar)
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.viewport().setObjectName("column")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return self.area

    def _beside_the_bar(self, _least: int, longest: int) -> None:
        """The cards are as wide with a bar as without."""
        self._column.setContentsMargins(0, 0, _EDGE - _BAR if longest else _EDGE, 8)

    def _foot(self) -> QHBoxLayout:
        self.undo.setToolTip("Undo (Ctrl+Z)")
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, _EDGE, 0)
        foot.addWidget(self.status, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.undo)
        foot.addWidget(self.open)
        return foot


class Banner(QFrame):
    """What is the matter with the settings file, and a way to open it; hidden where all is well."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.title = text("", "strong")
        self.lines = text("", "quiet")
        self.lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open = link("Open the file")
        whole = column(self)
        whole.addWidget(self.title)
        whole.addWidget(self.lines)
        whole.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_look(self, look: Look) -> None:
        """Say what a look has found."""
        problems = [*look.mistakes, *look.oddities]
        said = problems[:_MOST]
        if len(problems) > _MOST:
            said.append(f"and {len(problems) - _MOST} more")
        if look.mistakes:
            self.title.say(_MISTAKES if look.readable else f"{_MISTAKES} {_LOCKED}")
        else:
            self.title.say(_ODDITIES)
        self.lines.say("\n".join(said))
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription(self.lines.text())
        self.setVisible(bool(problems))
