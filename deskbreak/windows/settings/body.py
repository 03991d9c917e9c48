"""The inside of the window: search and pages at the left, settings at the right, a line below.

Made anew for another theme or size of text. It shows and asks; the window reads and writes.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
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

from deskbreak.settings.presets import Preset
from deskbreak.windows.qt.sizes import NORMAL
from deskbreak.windows.settings.banner import Banner
from deskbreak.windows.settings.buttons import Link
from deskbreak.windows.settings.document import Look
from deskbreak.windows.settings.dress import Dress
from deskbreak.windows.settings.field import order_tabs
from deskbreak.windows.settings.page_view import PageView
from deskbreak.windows.settings.pages import PRESET, Page, matching
from deskbreak.windows.settings.preset_view import PresetView
from deskbreak.windows.settings.setting_view import SettingView

_NOTHING = "No setting has these words. Fewer letters may find more."


class Body(QWidget):
    """Pages are made when they are first shown, and all of them for the first search."""

    wants = Signal(str, object)
    resets = Signal(str)
    undoes = Signal()
    opens = Signal()

    def __init__(self, pages: tuple[Page, ...], presets: tuple[Preset, ...], dress: Dress) -> None:
        super().__init__()
        self.dress = dress
        self._pages = {page.name: page for page in pages}
        self._presets = presets
        self._look: Look | None = None
        self.views: dict[str, PageView | PresetView] = {}
        self.search = QLineEdit()
        self.list = QListWidget()
        self.banner = Banner(dress)
        self.area = QScrollArea()
        self.nothing = dress.quiet(_NOTHING)
        self.status = dress.quiet("")
        self.undo = Link("Undo", dress)
        self.open = Link("Open the file", dress)
        self._places: dict[str, QWidget] = {}
        self._top = QHBoxLayout()
        self._fill()
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------------ what it shows

    @property
    def page(self) -> str:
        """The name of the page that is chosen."""
        return str(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    def choose(self, name: str) -> None:
        """Show a page."""
        self.list.setCurrentRow(list(self._pages).index(name))

    def turn(self, by: int) -> None:
        """The page before or after."""
        row = self.list.currentRow() + by
        self.list.setCurrentRow(min(self.list.count() - 1, max(0, row)))

    def show_look(self, look: Look) -> None:
        """Show how everything is now."""
        self._look = look
        self.banner.show_look(look)
        below = 0 if self.banner.isHidden() else self.dress.px(8)
        self._top.setContentsMargins(0, 0, self.dress.px(20), below)
        for view in self.views.values():
            view.show_look(look)

    def view_of(self, path: str) -> SettingView:
        """The view of a setting, its page made for it."""
        page = self._made(path.split(".", maxsplit=1)[0])
        return next(view for view in page.views if view.setting.path == path)

    def _made(self, name: str) -> PageView | PresetView:
        if name not in self.views:
            made: PageView | PresetView
            if name == PRESET:
                made = PresetView(self._pages[name], self._presets, self.dress)
                made.wants.connect(self.wants)
            else:
                made = PageView(self._pages[name], self.dress)
            for view in made.views:
                view.wants.connect(self.wants)
                view.resets.connect(self.resets)
            if self._look is not None:
                made.show_look(self._look)
            slot = QVBoxLayout(self._places[name])
            slot.setContentsMargins(0, 0, 0, 0)
            slot.addWidget(made)
            self.views[name] = made
            order_tabs(self)
        return self.views[name]

    def _show(self) -> None:
        """The page that is chosen, or whatever the search finds."""
        words = self.search.text().strip()
        found = matching(tuple(self._pages.values()), words) if words else None
        tops = None if found is None else {path.split(".")[0] for path in found}
        shown = {self.page} if tops is None else tops
        for at, name in enumerate(self._pages):
            if name in shown:
                self._made(name).filter(found)
            elif name in self.views:
                self.views[name].hide()
            self.list.item(at).setHidden(tops is not None and name not in tops)
        self.nothing.setVisible(not shown)
        self.area.verticalScrollBar().setValue(0)

    def _chosen(self) -> None:
        """In what a search has found, a page of the list is gone to; else it is shown alone."""
        if not self.search.text().strip():
            self._show()
        else:
            self.area.verticalScrollBar().setValue(self._places[self.page].y())

    # ------------------------------------------------------------------ how it is made

    def _fill(self) -> None:
        for name, page in self._pages.items():
            item = QListWidgetItem(page.title)
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.list.addItem(item)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._show)
        self.list.currentRowChanged.connect(self._chosen)
        self.banner.opens.connect(self.opens)
        self.undo.clicked.connect(self.undoes)
        self.open.clicked.connect(self.opens)
        self.list.setCurrentRow(0)

    def _lay_out(self) -> None:
        px = self.dress.px
        whole = QHBoxLayout(self)
        whole.setContentsMargins(px(16), px(16), px(6), px(10))
        whole.setSpacing(px(18))
        whole.addLayout(self._left())
        right = QVBoxLayout()
        right.setSpacing(px(8))
        self._top.addWidget(self.banner)
        right.addLayout(self._top)
        right.addWidget(self._column(), 1)
        right.addLayout(self._foot())
        whole.addLayout(right, 1)
        self.setStyleSheet(self.dress.sheet())

    def _left(self) -> QVBoxLayout:
        px = self.dress.px
        self.search.setPlaceholderText("Search (Ctrl+F)")
        self.search.setAccessibleName("Search the settings")
        self.search.setClearButtonEnabled(True)
        self.list.setAccessibleName("Pages")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left = QVBoxLayout()
        left.setSpacing(px(10))
        for widget in (self.search, self.list):
            widget.setFont(self.dress.sizes.font(NORMAL))
            left.addWidget(widget)
        return left

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """In a narrow window the pages take no more room than their titles need."""
        super().resizeEvent(event)
        px = self.dress.px
        needed = self.list.sizeHintForColumn(0) + px(14)
        width = max(needed, min(px(190), self.width() * 3 // 10))
        self.search.setFixedWidth(width)
        self.list.setFixedWidth(width)

    def _column(self) -> QScrollArea:
        px = self.dress.px
        inside = QWidget()
        inside.setObjectName("column")
        column = QVBoxLayout(inside)
        bar = self.area.verticalScrollBar()
        bar.rangeChanged.connect(  # the cards are as wide with a bar as without
            lambda _, longest: column.setContentsMargins(0, 0, px(10 if longest else 20), px(8))
        )
        column.setContentsMargins(0, 0, px(20), px(8))
        column.setSpacing(0)
        column.addWidget(self.nothing)
        for name in self._pages:
            self._places[name] = QWidget()
            column.addWidget(self._places[name])
        column.addStretch(1)
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.viewport().setObjectName("column")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return self.area

    def _foot(self) -> QHBoxLayout:
        self.undo.setToolTip("Undo (Ctrl+Z)")
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, self.dress.px(20), 0)
        foot.setSpacing(self.dress.px(8))
        foot.addWidget(self.status, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.undo)
        foot.addWidget(self.open)
        return foot
