"""What every part of this window is dressed in: colours, sizes, and Qt's own controls in them."""

from dataclasses import dataclass

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSizePolicy

from deskbreak.windows.qt.looks import Looks
from deskbreak.windows.qt.sizes import NORMAL, SMALL, Sizes
from deskbreak.windows.qt.text import Text


@dataclass(frozen=True, slots=True)
class Dress:
    """The colours and sizes of a window; another theme or size is another window's inside."""

    looks: Looks
    sizes: Sizes

    def px(self, pixels: float) -> int:
        """A length that grows with the text."""
        return self.sizes.px(pixels)

    def text(
        self, says: str, size: float = NORMAL, *, strong: bool = False, colour: str = "text"
    ) -> Text:
        """A text in these colours and sizes."""
        made = Text(size, strong=strong, colour=colour)
        # As high as its width asks for: what Qt guesses without one adds up to a gap at the end.
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        made.dress(self.looks, self.sizes)
        made.say(says)
        return made

    def quiet(self, says: str) -> Text:
        """A small text that can wait."""
        return self.text(says, SMALL, colour="quiet")

    @property
    def link(self) -> str:
        """The accent, a little nearer to the text: small words have to be read, too."""
        one, other = QColor(self.looks.accent), QColor(self.looks.text)
        mixed = (round(a * 0.8 + b * 0.2) for a, b in zip(_rgb(one), _rgb(other), strict=True))
        return QColor(*mixed).name()

    def sheet(self) -> str:
        """The style sheet for what Qt draws: lines, lists, cards, links and scroll bars."""
        looks, px = self.looks, self.px
        return f"""
            QLineEdit, QPlainTextEdit {{
                background: {looks.button}; color: {looks.text}; border: 1px solid {looks.edge};
                border-radius: {px(7)}px; padding: {px(5)}px {px(8)}px;
                selection-background-color: {looks.accent}; selection-color: {looks.window};
            }}
            QLineEdit:focus, QPlainTextEdit:focus {{
                border: 2px solid {looks.accent}; padding: {px(5) - 1}px {px(8) - 1}px;
            }}
            QLineEdit:disabled, QPlainTextEdit:disabled {{ color: {looks.quiet}; }}
            QLineEdit[unfit="true"], QPlainTextEdit[unfit="true"] {{ border-color: {looks.warm}; }}
            QFrame#card {{
                background: {looks.card}; border: 1px solid {looks.track};
                border-radius: {px(12)}px;
            }}
            QFrame#row {{ border: 1px solid {looks.track}; border-radius: {px(8)}px; }}
            QFrame#banner {{
                background: {looks.card}; border: 2px solid {looks.warm};
                border-radius: {px(12)}px;
            }}
            QFrame#line {{ background: {looks.track}; border: none; }}
            QPushButton#link {{
                border: 1px solid transparent; border-radius: {px(3)}px; text-align: left;
                background: transparent; color: {self.link}; padding: 0 1px;
            }}
            QPushButton#link:disabled {{ color: {looks.quiet}; }}
            QPushButton#link:hover {{ text-decoration: underline; }}
            QPushButton#link:focus {{ border-color: {looks.text}; }}
            QListWidget {{ background: transparent; border: none; outline: none; }}
            QListWidget::item {{
                color: {looks.text}; padding: {px(7)}px {px(10)}px; border-radius: {px(8)}px;
            }}
            QListWidget::item:hover {{ background: {looks.button_over}; }}
            QListWidget::item:selected {{ background: {looks.accent}; color: {looks.window}; }}
            QListWidget:focus {{ border: 1px solid {looks.edge}; border-radius: {px(8)}px; }}
            QScrollArea {{ background: transparent; border: none; }}
            QWidget#column {{ background: transparent; }}
            QScrollBar:vertical {{ background: transparent; width: {px(10)}px; margin: 0; }}
            QScrollBar::handle:vertical {{
                background: {looks.edge}; border-radius: {px(5)}px; min-height: {px(36)}px;
            }}
            QScrollBar::add-line, QScrollBar::sub-line,
            QScrollBar::add-page, QScrollBar::sub-page {{
                background: transparent; height: 0;
            }}
        """


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
