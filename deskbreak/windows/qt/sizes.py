"""Sizes of text and of everything that goes with it, from the desktop's own font."""

from PySide6.QtGui import QFont, QGuiApplication

SMALL, NORMAL, LARGE, NAME, HUGE = 0.92, 1.08, 1.42, 1.95, 3.2
"""How many times the desktop's own size."""

_USUAL_PT = 10.0


class Sizes:
    """Text at a scale (1 is the desktop's own size) chosen by the person and by the window."""

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = scale

    def font(self, size: float, *, strong: bool = False) -> QFont:
        """The desktop's font, `size` times as large."""
        font = QFont(QGuiApplication.font())
        if font.pointSizeF() > 0:
            font.setPointSizeF(max(6.0, font.pointSizeF() * size * self.scale))
        else:  # a desktop that counts in pixels
            font.setPixelSize(max(8, round(font.pixelSize() * size * self.scale)))
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font

    def px(self, pixels: float) -> int:
        """A length that grows with the text, given for text of the usual size."""
        font = QGuiApplication.font()
        own = font.pointSizeF() / _USUAL_PT if font.pointSizeF() > 0 else font.pixelSize() / 13.0
        return max(1, round(pixels * self.scale * max(0.8, own)))
