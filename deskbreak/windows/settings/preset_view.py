"""The first page: which preset lies beneath the person's own settings, and what each changes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from deskbreak.settings.presets import Preset
from deskbreak.windows.qt.sizes import LARGE
from deskbreak.windows.settings.document import Look
from deskbreak.windows.settings.dress import Dress
from deskbreak.windows.settings.marks import Pick
from deskbreak.windows.settings.pages import PRESET, Page
from deskbreak.windows.settings.presets import differences, told
from deskbreak.windows.settings.setting_view import SettingView

_SENTENCE = (
    "A preset is the ground that your own settings stand on. What you set yourself on the other "
    "pages counts more, whichever you choose."
)
_DEFAULTS = "Changes nothing: these are the built-in defaults."


class PresetView(QWidget):
    """Every preset with whom it suits, what it changes and where it comes from.

    Below them the setting itself, for a preset by its name and for the way back.
    """

    wants = Signal(str, object)

    def __init__(self, page: Page, presets: tuple[Preset, ...], dress: Dress) -> None:
        super().__init__()
        self.cards = {preset.id: _Card(preset, dress) for preset in presets}
        self.views = [SettingView(setting, dress) for setting in page.settings]
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(dress.px(6))
        column.addWidget(dress.text(page.title, LARGE, strong=True))
        column.addWidget(dress.quiet(_SENTENCE))
        for name, card in self.cards.items():
            self._group.addButton(card.pick)
            card.pick.clicked.connect(lambda _=False, name=name: self.wants.emit(PRESET, name))
            column.addSpacing(dress.px(4))
            column.addWidget(card)
        for view in self.views:
            column.addSpacing(dress.px(4))
            column.addWidget(_framed(view, dress))

    def show_look(self, look: Look) -> None:
        """Mark the one that is chosen; none where the name is not that of a single preset."""
        now = look.now[PRESET]
        for view in self.views:
            view.show_now(look.now[view.setting.path], enabled=look.readable)
        self._group.setExclusive(False)
        for name, card in self.cards.items():
            card.pick.setChecked(name == now.plain)
            card.pick.setEnabled(look.readable and not now.locked)
            card.changes.say("\n".join(told(card.differences, look.now)) or _DEFAULTS)
            card.pick.setAccessibleDescription(f"{card.preset.description} {card.changes.text()}")
        self._group.setExclusive(True)

    def filter(self, found: frozenset[str] | None) -> None:
        """Show it where a search has found the preset, or where there is no search."""
        self.setVisible(found is None or PRESET in found)


def _framed(view: SettingView, dress: Dress) -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(dress.px(18), dress.px(4), dress.px(18), dress.px(4))
    column.addWidget(view)
    return frame


class _Card(QFrame):
    def __init__(self, preset: Preset, dress: Dress) -> None:
        super().__init__()
        self.setObjectName("card")
        self.preset = preset
        self.differences = differences(preset)
        self.pick = Pick(preset.name, dress, strong=True)
        self.changes = dress.text("")
        column = QVBoxLayout(self)
        column.setContentsMargins(dress.px(12), dress.px(6), dress.px(18), dress.px(10))
        column.setSpacing(dress.px(3))
        column.addWidget(self.pick, 0, Qt.AlignmentFlag.AlignLeft)
        inner = QVBoxLayout()
        inner.setContentsMargins(dress.px(30), 0, 0, 0)
        inner.setSpacing(dress.px(3))
        inner.addWidget(dress.text(preset.description))
        inner.addWidget(self.changes)
        inner.addWidget(dress.quiet(f"From: {'; '.join(preset.sources)}"))
        column.addLayout(inner)
