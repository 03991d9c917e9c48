"""The colours and sizes of the settings window: one style sheet over Qt's own controls.

Texts and controls are plain Qt; what one is for is a property (`role`) that the sheet reads.
"""

import re
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from deskbreak.content.figure.palette import mix
from deskbreak.settings.files import shipped
from deskbreak.struct import asdict
from deskbreak.text.display import one_line
from deskbreak.windows.qt.theme import LARGE, NORMAL, SMALL, Style
from deskbreak.windows.qt.widgets import Text

_SHEET = Path(__file__).with_name("sheet.qss")


def text(said: str, role: str = "") -> Text:
    """A text, broken where it has to be; for the roles see sheet.qss."""
    made = Text()
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    # As high as its width asks for: what Qt guesses without one adds up to a gap at the end.
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    made.setProperty("role", role)
    made.say(said)
    return made


def line_of(said: str) -> list[Text]:
    """The words of a text, for a line that is broken between them."""
    made = [text(word) for word in said.split()]
    for word in made:
        word.setWordWrap(False)
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


def sheet(style: Style) -> str:
    """The style sheet of the window in these colours and sizes."""
    theme = style.theme
    grown = re.sub(r"(\d+)u\b", lambda found: f"{style.px(int(found[1]))}px", _SHEET.read_text())
    short = QFontMetrics(style.font(NORMAL)).horizontalAdvance("00 h 00 min, 00 min")
    return Template(grown).substitute(
        asdict(theme),
        link=mix(theme.accent, theme.text, 0.2),  # small words have to be read, too
        small=_font(style, SMALL),
        normal=_font(style, NORMAL),
        strong=_font(style, NORMAL, strong=True),
        large=_font(style, LARGE, strong=True),
        short=short,
        beside_steps=short - style.px(52),
        beside_arrow=short - style.px(28),
        circle=style.px(16) // 2 + style.px(1),
        check=_sign("check", theme.accent),
        **{name: _sign(name, theme.button) for name in ("plus", "minus", "down")},
    )


def _font(style: Style, size: float, *, strong: bool = False) -> str:
    font = style.font(size, strong=strong)
    points = font.pointSizeF()
    high = f"{points}pt" if points > 0 else f"{font.pixelSize()}px"
    return f"font-size: {high}; font-weight: {600 if strong else 400};"


def _sign(name: str, ground: str) -> str:
    """A drawn sign that stands out from its ground."""
    tint = "dark" if QColor(ground).lightness() > 127 else "light"
    return f"url({(shipped('config') / 'icons/controls' / f'{name}-{tint}.svg').as_posix()})"
