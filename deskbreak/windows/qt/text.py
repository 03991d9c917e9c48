"""Text in a window: one size of the scale, one colour of the looks, broken where it has to be."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy

from deskbreak.text import lines, markup, one_line
from deskbreak.windows.qt.looks import Looks
from deskbreak.windows.qt.sizes import NORMAL, Sizes


class Text(QLabel):
    """A label; `colour` is the name of a colour of the looks. Never shorter than `lines` lines."""

    def __init__(
        self, size: float = NORMAL, *, strong: bool = False, colour: str = "text", lines: int = 0
    ) -> None:
        super().__init__()
        self._size = size
        self._strong = strong
        self._colour = colour
        self._lines = lines
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def say(self, text: str) -> None:
        """Show this text, as text."""
        text = lines(text)
        if text != self.text():
            self.setText(text)

    def dress(self, looks: Looks, sizes: Sizes) -> None:
        """Take these colours and sizes."""
        self.setFont(sizes.font(self._size, strong=self._strong))
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.WindowText, QColor(getattr(looks, self._colour)))
        self.setPalette(colours)
        if self._lines:
            self.setMinimumHeight(self._lines * self.fontMetrics().lineSpacing() + 2)

    def colour(self, name: str, looks: Looks) -> None:
        """Take another of the colours."""
        if name != self._colour:
            self._colour = name
            colours = self.palette()
            colours.setColor(QPalette.ColorRole.WindowText, QColor(getattr(looks, name)))
            self.setPalette(colours)


def window_title(text: str) -> str:
    """The title of a window; Qt would take `[*]` for the mark of something unsaved."""
    return f"{one_line(text).replace('[*]', '[*][*]')} \N{EN DASH} deskbreak"


def tooltip(text: str) -> str:
    """A text as a tooltip shows it; Qt would guess whether it is markup."""
    return f"<p>{markup(one_line(text))}</p>"
