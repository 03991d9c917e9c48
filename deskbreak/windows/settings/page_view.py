"""A page of settings: a title, a sentence, and a card for each section."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from deskbreak.windows.qt.sizes import LARGE
from deskbreak.windows.settings.document import Look
from deskbreak.windows.settings.dress import Dress
from deskbreak.windows.settings.pages import Page, Section
from deskbreak.windows.settings.setting_view import SettingView


class PageView(QWidget):
    """All settings of a page, or those of them that a search has found."""

    def __init__(self, page: Page, dress: Dress) -> None:
        super().__init__()
        self.page = page
        self.cards = [_Card(section, dress) for section in page.sections]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(dress.px(6))
        column.addWidget(dress.text(page.title, LARGE, strong=True))
        if page.sentence:
            column.addWidget(dress.quiet(page.sentence))
        for card in self.cards:
            column.addSpacing(dress.px(6))
            column.addWidget(card)

    @property
    def views(self) -> list[SettingView]:
        """Its settings in order."""
        return [view for card in self.cards for view in card.views]

    def show_look(self, look: Look) -> None:
        """Show how all of them are."""
        for view in self.views:
            view.show_now(look.now[view.setting.path], enabled=look.readable)

    def filter(self, found: frozenset[str] | None) -> None:
        """Show only these; None shows all of them."""
        for card in self.cards:
            card.filter(found)
        self.setVisible(any(card.any_shown for card in self.cards))


class _Card(QFrame):
    """The settings of a section, with a line between each two."""

    def __init__(self, section: Section, dress: Dress) -> None:
        super().__init__()
        self.setObjectName("card")
        self.views = [SettingView(setting, dress) for setting in section.settings]
        self._lines: list[QFrame] = []
        self.any_shown = True
        column = QVBoxLayout(self)
        column.setContentsMargins(dress.px(18), dress.px(8), dress.px(18), dress.px(8))
        column.setSpacing(0)
        if section.title:
            column.addSpacing(dress.px(4))
            column.addWidget(dress.text(section.title, strong=True, colour="accent"))
        if section.sentence:
            column.addWidget(dress.quiet(section.sentence))
            column.addSpacing(dress.px(4))
        for view in self.views:
            line = _line()
            self._lines.append(line)
            column.addWidget(line)
            column.addWidget(view)
        self._headed = bool(section.title or section.sentence)
        self.filter(None)

    def filter(self, found: frozenset[str] | None) -> None:
        """Show these settings, and the lines between them."""
        first = not self._headed
        for view, line in zip(self.views, self._lines, strict=True):
            shows = found is None or view.setting.path in found
            view.setVisible(shows)
            line.setVisible(shows and not first)
            first = first and not shows
        self.any_shown = any(not view.isHidden() for view in self.views)
        self.setVisible(self.any_shown)


def _line() -> QFrame:
    line = QFrame()
    line.setObjectName("line")
    line.setFixedHeight(1)
    return line
