"""What is the matter with the settings file, with the lines and a way to open it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from deskbreak.windows.settings.buttons import Link
from deskbreak.windows.settings.document import Look
from deskbreak.windows.settings.dress import Dress

_MOST = 6
_MISTAKES = (
    "Something in your settings cannot be read. It stays as you wrote it, and deskbreak keeps the "
    "settings from before until it is put right."
)
_LOCKED = "Until then nothing can be changed here."
_ODDITIES = "Left out, for your information:"


class Banner(QFrame):
    """Hidden where all is well."""

    opens = Signal()

    def __init__(self, dress: Dress) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.title = dress.text("", strong=True)
        self.lines = dress.quiet("")
        self.lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open = Link("Open the file", dress)
        self.open.clicked.connect(self.opens)
        column = QVBoxLayout(self)
        column.setContentsMargins(dress.px(16), dress.px(10), dress.px(16), dress.px(10))
        column.setSpacing(dress.px(4))
        column.addWidget(self.title)
        column.addWidget(self.lines)
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
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
