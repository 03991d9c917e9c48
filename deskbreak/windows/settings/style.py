"""The colours and sizes of the settings window: one style sheet over Qt's own controls.

Texts and controls are plain Qt; what one is for is a property (`role`) that the sheet reads.
"""

import re
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from deskbreak.settings.files import shipped
from deskbreak.struct import Struct, asdict
from deskbreak.text.display import one_line
from deskbreak.windows.qt.draw import Text
from deskbreak.windows.qt.theme import LARGE, NORMAL, SMALL, Looks, Sizes

_SHEET = Path(__file__).with_name("sheet.qss")


def text(said: str, role: str = "") -> Text:
    """A text, broken where it has to be; for the roles see `Style.sheet`."""
    made = Text()
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    # As high as its width asks for: what Qt guesses without one adds up to a gap at the end.
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    made.setProperty("role", role)
    made.say(said)
    return made


def column(inside: QWidget | None = None, gap: int = 4) -> QVBoxLayout:
    """Things below each other, without air around them: frames have theirs from the sheet."""
    made = QVBoxLayout() if inside is None else QVBoxLayout(inside)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(gap)
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


class Style(Struct):
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
        short = QFontMetrics(self.sizes.font(NORMAL)).horizontalAdvance("00h00m, 00m, 00m")
        grown = re.sub(r"(\d+)u\b", lambda found: f"{self.px(int(found[1]))}px", _SHEET.read_text())
        return Template(grown).substitute(
            asdict(self.looks),
            link=self.link,
            small=self._font(SMALL),
            normal=self._font(NORMAL),
            strong=self._font(NORMAL, strong=True),
            large=self._font(LARGE, strong=True),
            short=short,
            beside_steps=short - self.px(52),
            beside_arrow=short - self.px(28),
            circle=self.px(16) // 2 + self.px(1),
            check=self._sign("check", self.looks.accent),
            **{name: self._sign(name, self.looks.button) for name in ("plus", "minus", "down")},
        )

    def _font(self, size: float, *, strong: bool = False) -> str:
        font = self.sizes.font(size, strong=strong)
        points = font.pointSizeF()
        high = f"{points}pt" if points > 0 else f"{font.pixelSize()}px"
        return f"font-size: {high}; font-weight: {600 if strong else 400};"

    def _sign(self, name: str, ground: str) -> str:
        """A drawn sign that stands out from its ground."""
        tint = "dark" if QColor(ground).lightness() > 127 else "light"
        return f"url({(shipped('config') / 'icons/controls' / f'{name}-{tint}.svg').as_posix()})"


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
