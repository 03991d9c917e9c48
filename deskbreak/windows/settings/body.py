"""What is in the window: the names of all pages, a search, and the page that is chosen."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from deskbreak.settings.load import Preset
from deskbreak.systems.system import Autostart
from deskbreak.windows.qt.widgets import key_of
from deskbreak.windows.settings.basics import BasicsView
from deskbreak.windows.settings.document import Look
from deskbreak.windows.settings.pages import BASICS, PRESET, Page, matching
from deskbreak.windows.settings.rows import order_tabs
from deskbreak.windows.settings.style import column, link, text
from deskbreak.windows.settings.view import Save
from deskbreak.windows.settings.views import Banner, PageView, PresetView

_NOTHING = "No setting has these words. Fewer letters may find more."
_EDGE, _BAR = 20, 10
"""Pixels: beside the cards at the right, and what a scroll bar takes of that."""

_PAGE = Qt.ItemDataRole.UserRole
"""What is kept with a page's name in the list."""


class _Names(QListWidget):
    """The names of the pages; Ctrl+PgUp and Ctrl+PgDown are left to the window."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Any other key as Qt has it."""
        if key_of(event) in ("Ctrl+PgUp", "Ctrl+PgDown"):
            event.ignore()
        else:
            super().keyPressEvent(event)


class Body(QWidget):
    """All pages below each other, of which one is shown, or what a search has found on them."""

    def __init__(
        self, pages: tuple[Page, ...], presets: tuple[Preset, ...], save: Save,
        autostart: Autostart | None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._pages = pages
        self.basics = BasicsView(pages, save, autostart)
        self.views = {
            page.name: PresetView(page, save, presets)
            if page.name == PRESET
            else PageView(page, save)
            for page in pages
        }
        self._shown: dict[str, BasicsView | PageView] = {BASICS: self.basics, **self.views}
        self.search = QLineEdit()
        self.list = _Names()
        self.banner = Banner()
        self.area = QScrollArea()
        self.nothing = text(_NOTHING, "quiet")
        self.status = text("", "quiet")
        self.undo = link("Undo")
        self.open = link("Open the file")
        self._lay_out()
        self._connect()

    @property
    def page(self) -> str:
        """The name of the page that is chosen."""
        name: str = self.list.currentItem().data(_PAGE)
        return name

    def choose(self, name: str) -> None:
        """Show a page."""
        self.list.setCurrentItem(self._items[name])

    def turn(self, by: int) -> None:
        """The page before or after."""
        names = list(self._shown)
        at = names.index(self.page) + by
        self.choose(names[min(len(names) - 1, max(0, at))])

    def show_look(self, look: Look) -> None:
        """Show how everything is now."""
        self.banner.show_look(look)
        for view in self._shown.values():
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
        for name, view in self._shown.items():
            left = view.filter(found)
            self._items[name].setHidden(not left)
            view.setVisible(left and (bool(words) or name == self.page))
        self._heading.setHidden(found is not None)
        self.nothing.setVisible(found == frozenset())
        self.area.verticalScrollBar().setValue(0)

    def _chosen(self) -> None:
        """In what a search has found, a page of the list is gone to; else it is shown alone."""
        if self.search.text().strip():
            self.area.verticalScrollBar().setValue(self._shown[self.page].y())
        else:
            self._show()

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
        self._items = self._name_pages()
        left.addWidget(self.search)
        left.addWidget(self.list)
        right.addWidget(self.banner)
        right.addWidget(self._cards(), 1)
        right.addLayout(self._foot())
        whole.addLayout(left)
        whole.addLayout(right, 1)

    def _name_pages(self) -> dict[str, QListWidgetItem]:
        """The basics, and below a heading all the others."""
        items = {BASICS: QListWidgetItem("Basics", self.list)}
        self._heading = QListWidgetItem("All settings", self.list)
        self._heading.setFlags(Qt.ItemFlag.NoItemFlags)
        items |= {page.name: QListWidgetItem(page.title, self.list) for page in self._pages}
        for name, item in items.items():
            item.setData(_PAGE, name)
        return items

    def _cards(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("column")
        self._column = column(inside, 0)
        for part in (self.nothing, *self._shown.values()):
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
