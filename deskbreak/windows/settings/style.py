"""The colours and sizes of the settings window: one style sheet over Qt's own controls.

Texts and controls are plain Qt; what one is for is a property (`role`) that the sheet reads.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from deskbreak.settings.shipped import shipped
from deskbreak.text import one_line
from deskbreak.windows.qt.looks import Looks
from deskbreak.windows.qt.sizes import LARGE, NORMAL, SMALL, Sizes
from deskbreak.windows.qt.text import Text


def text(said: str, role: str = "") -> Text:
    """A text, broken where it has to be; for the roles see `Style.sheet`."""
    made = Text()
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    # As high as its width asks for: what Qt guesses without one adds up to a gap at the end.
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    made.setProperty("role", role)
    made.say(said)
    return made


def link(said: str) -> QPushButton:
    """Words that can be clicked, without an edge; Enter works as well as Space."""
    made = QPushButton(said)
    made.setProperty("role", "link")
    made.setAutoDefault(True)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def no_key(name: str) -> str:
    """A name on a button of Qt's, whose ampersands are not keys."""
    return one_line(name).replace("&", "&&")


def mark(widget: QWidget, name: str, value: object) -> None:
    """Give a property another value; the sheet looks at it only when told to."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


@dataclass(frozen=True, slots=True)
class Style:
    """The colours of a window, and how many times the desktop's own size its text has."""

    looks: Looks
    scale: float = 1.0

    @property
    def sizes(self) -> Sizes:
        """Text and lengths at this scale."""
        return Sizes(self.scale)

    def px(self, pixels: float) -> int:
        """A length that grows with the text."""
        return self.sizes.px(pixels)

    @property
    def link(self) -> str:
        """The accent, a little nearer to the text: small words have to be read, too."""
        one, other = QColor(self.looks.accent), QColor(self.looks.text)
        mixed = (round(a * 0.8 + b * 0.2) for a, b in zip(_rgb(one), _rgb(other), strict=True))
        return QColor(*mixed).name()

    def sheet(self) -> str:
        """The style sheet of the window."""
        return self._texts() + self._controls() + self._buttons() + self._frames() + self._lists()

    def _font(self, size: float, *, strong: bool = False) -> str:
        font = self.sizes.font(size, strong=strong)
        points = font.pointSizeF()
        high = f"{points}pt" if points > 0 else f"{font.pixelSize()}px"
        return f"font-size: {high}; font-weight: {600 if strong else 400};"

    def _sign(self, name: str, ground: str) -> str:
        """A drawn sign that stands out from its ground."""
        tint = "dark" if QColor(ground).lightness() > 127 else "light"
        return f"url({(shipped('config') / 'icons/controls' / f'{name}-{tint}.svg').as_posix()})"

    def _texts(self) -> str:
        looks = self.looks
        return f"""
            QWidget {{ color: {looks.text}; {self._font(NORMAL)} }}
            QLabel[role="title"] {{ {self._font(LARGE, strong=True)} }}
            QLabel[role="strong"], QRadioButton {{ {self._font(NORMAL, strong=True)} }}
            QLabel[role="section"] {{ color: {looks.accent}; {self._font(NORMAL, strong=True)} }}
            QLabel[role="quiet"] {{ color: {looks.quiet}; {self._font(SMALL)} }}
            QLabel[role="warm"] {{ color: {looks.warm}; {self._font(SMALL)} }}
        """

    def _controls(self) -> str:
        looks, px = self.looks, self.px
        line = "QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox"
        metrics = QFontMetrics(self.sizes.font(NORMAL))
        short = metrics.horizontalAdvance("00h00m, 00m, 00m")
        return f"""
            {line} {{
                background: {looks.button}; border: 1px solid {looks.edge};
                border-radius: {px(7)}px; padding: {px(5)}px {px(8)}px;
                selection-background-color: {looks.accent}; selection-color: {looks.window};
            }}
            {_each(line, ":focus")} {{
                border: 2px solid {looks.accent}; padding: {px(5) - 1}px {px(8) - 1}px;
            }}
            {_each(line, ":disabled")} {{ color: {looks.quiet}; }}
            {_each(line, '[unfit="true"]')} {{ border-color: {looks.warm}; }}
            QLineEdit[role="short"] {{ min-width: {short}px; max-width: {short}px; }}
            QAbstractSpinBox, QAbstractSpinBox:focus {{
                padding-right: {px(60)}px;
                min-width: {short - px(52)}px; max-width: {short - px(52)}px;
            }}
            QAbstractSpinBox QLineEdit[role="short"] {{
                border: none; padding: 0; background: transparent; min-width: 0;
            }}
            QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
                subcontrol-origin: padding; subcontrol-position: center right;
                width: {px(28)}px; height: {px(24)}px;
                border: none; border-left: 1px solid {looks.edge}; background: transparent;
            }}
            QAbstractSpinBox::down-button {{ right: {px(29)}px; }}
            QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{
                background: {looks.button_over};
            }}
            QAbstractSpinBox::up-arrow {{ image: {self._sign("plus", looks.button)}; }}
            QAbstractSpinBox::down-arrow {{ image: {self._sign("minus", looks.button)}; }}
            QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow, QComboBox::down-arrow {{
                width: {px(14)}px; height: {px(14)}px;
            }}
            QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::down-arrow:disabled,
            QComboBox::down-arrow:disabled {{ image: none; }}
            QComboBox {{ min-width: {short - px(28)}px; }}
            QComboBox::drop-down {{ border: none; width: {px(28)}px; }}
            QComboBox::down-arrow {{ image: {self._sign("down", looks.button)}; }}
            QComboBox QAbstractItemView {{
                background: {looks.button}; border: 1px solid {looks.edge};
                selection-background-color: {looks.accent}; selection-color: {looks.window};
            }}
        """

    def _buttons(self) -> str:
        looks, px = self.looks, self.px
        both = "QCheckBox, QRadioButton"
        return f"""
            {both} {{
                spacing: {px(8)}px; padding: {px(3)}px {px(4)}px;
                border: 2px solid transparent; border-radius: {px(6)}px;
            }}
            {_each(both, ":focus")} {{ border-color: {looks.text}; }}
            {_each(both, ":disabled")} {{ color: {looks.quiet}; }}
            {_each(both, "::indicator")} {{
                width: {px(16)}px; height: {px(16)}px; background: {looks.button};
                border: {px(1)}px solid {looks.quiet}; border-radius: {px(5)}px;
            }}
            {_each(both, "::indicator:checked")} {{ border-color: {looks.accent}; }}
            QCheckBox::indicator:checked {{
                background: {looks.accent}; image: {self._sign("check", looks.accent)};
            }}
            QRadioButton::indicator {{ border-radius: {px(8) + px(1)}px; }}
            QRadioButton::indicator:checked {{
                background: {looks.window};
                width: {px(8)}px; height: {px(8)}px; border-width: {px(4) + px(1)}px;
            }}
            QPushButton[role="link"] {{
                border: 1px solid transparent; border-radius: {px(3)}px; text-align: left;
                background: transparent; color: {self.link}; padding: 0 1px; {self._font(SMALL)}
            }}
            QPushButton[role="link"]:disabled {{ color: {looks.quiet}; }}
            QPushButton[role="link"]:hover {{ text-decoration: underline; }}
            QPushButton[role="link"]:focus {{ border-color: {looks.text}; }}
        """

    def _frames(self) -> str:
        looks, px = self.looks, self.px
        return f"""
            QWidget#window {{ background: {looks.window}; }}
            QFrame#card, QFrame#banner {{
                background: {looks.card}; border: 1px solid {looks.track};
                border-radius: {px(12)}px; padding: {px(8)}px {px(18)}px;
            }}
            QFrame#banner {{ border: 2px solid {looks.warm}; margin: 0 20px 8px 0; }}
            QFrame#row {{
                border: 1px solid {looks.track}; border-radius: {px(8)}px; padding: {px(8)}px;
            }}
            QFrame#setting {{ padding: {px(8)}px 0; }}
            QFrame#setting[ruled="true"] {{ border-top: 1px solid {looks.track}; }}
        """

    def _lists(self) -> str:
        looks, px = self.looks, self.px
        return f"""
            QListWidget {{
                background: transparent; border: 1px solid transparent;
                border-radius: {px(8)}px; outline: none;
            }}
            QListWidget:focus {{ border-color: {looks.edge}; }}
            QListWidget::item {{
                color: {looks.text}; padding: {px(7)}px {px(10)}px; border-radius: {px(8)}px;
            }}
            QListWidget::item:hover {{ background: {looks.button_over}; }}
            QListWidget::item:selected {{ background: {looks.accent}; color: {looks.window}; }}
            QScrollArea, QWidget#column {{ background: transparent; border: none; }}
            QScrollBar {{ background: transparent; margin: 0; }}
            QScrollBar:vertical {{ width: 10px; }}
            QScrollBar:horizontal {{ height: 10px; }}
            QScrollBar::handle {{
                background: {looks.edge}; border-radius: 5px;
                min-height: {px(36)}px; min-width: {px(36)}px;
            }}
            QScrollBar::add-line, QScrollBar::sub-line,
            QScrollBar::add-page, QScrollBar::sub-page {{
                background: transparent; width: 0; height: 0;
            }}
        """


def _each(selectors: str, state: str) -> str:
    """The state of each of the selectors."""
    return ", ".join(f"{one}{state}" for one in selectors.split(", "))


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
