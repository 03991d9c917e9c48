"""Colours and sizes of our windows: light, dark, high contrast, as the person or desktop wants.

Each set has the colours of the figure too, so that the figure stands on the window's own ground.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

from deskbreak.content.figure import CONTRAST, DARK, LIGHT, Palette
from deskbreak.struct import Struct, replace
from deskbreak.windows.qt.desktop import Taste

SMALL, NORMAL, LARGE, NAME, FAR, HUGE = 0.92, 1.08, 1.42, 1.95, 2.25, 3.2
"""How many times the desktop's own size; `FAR` is read from two metres."""

_USUAL_PT = 10.0


class Theme(Struct):
    """One set of colours, each `#rrggbb`.

    `card` is the ground that the figure stands on, `quiet` is for text that can wait, `track` for
    the part of a ring or bar that is not filled, `accent` for the filled part and for what is
    going on, `warm` for a change of sides.
    """

    name: str
    window: str
    card: str
    text: str
    quiet: str
    track: str
    accent: str
    warm: str
    button: str
    button_over: str
    edge: str
    figure: Palette


LIGHT_THEME = Theme(
    "light", "#efece5", "#faf8f4", LIGHT.ink, "#56616b", "#dfdacf", "#1f7f8c", "#b25400",
    "#fbf9f5", "#eef4f3", "#cfc8ba", replace(LIGHT, background="#faf8f4"),
)  # fmt: skip
DARK_THEME = Theme(
    "dark", "#161b20", "#1f262c", DARK.ink, "#a3afb9", "#37424c", "#4fb9c7", "#ffa757",
    "#252d34", "#323c46", "#46525d", replace(DARK, background="#1f262c"),
)  # fmt: skip
CONTRAST_THEME = Theme(
    "contrast", "#ffffff", CONTRAST.background, CONTRAST.ink, "#000000", "#c8c8c8", "#0050b4",
    "#a00000", "#ffffff", "#e2ecf8", "#000000", CONTRAST,
)  # fmt: skip
CONTRAST_DARK_THEME = Theme(
    "contrast-dark", "#000000", "#000000", "#ffffff", "#ffffff", "#4a4a4a", "#5fd3ff", "#ffd000",
    "#000000", "#1c2a30", "#ffffff",
    replace(
        CONTRAST, background="#000000", floor="#1d1d1d", mat="#123a52", mat_edge="#ffffff",
        wood="#6a6a6a", wood_dark="#3c3c3c", wall="#242424", line="#ffffff", shirt="#4fa8ff",
        trousers="#c9c9c9", shoe="#ffffff", hair="#8a6a4a", accent="#ffd000", ink="#ffffff",
    ),
)  # fmt: skip


def chosen_theme(choice: str, desktop: Taste) -> Theme:
    """The colours for "light", "dark", "contrast", or "auto" for the desktop's own."""
    dark = _qt_is_dark() if desktop.dark is None else desktop.dark
    wants_contrast = desktop.contrast or _qt_wants_contrast()
    if choice == "contrast" or (choice == "auto" and wants_contrast):
        return CONTRAST_DARK_THEME if dark else CONTRAST_THEME
    if choice == "auto":
        choice = "dark" if dark else "light"
    return DARK_THEME if choice == "dark" else LIGHT_THEME


def apply_theme(choice: str, desktop: Taste) -> Theme:
    """The chosen colours, given to all that Qt draws by itself as well."""
    theme = chosen_theme(choice, desktop)
    QGuiApplication.setPalette(qt_palette(theme))
    return theme


def _qt_is_dark() -> bool:
    scheme = QGuiApplication.styleHints().colorScheme()
    if scheme != Qt.ColorScheme.Unknown:
        return scheme == Qt.ColorScheme.Dark
    colours = QGuiApplication.palette()
    ground = colours.color(QPalette.ColorRole.Window).lightness()
    return ground < colours.color(QPalette.ColorRole.WindowText).lightness()


def _qt_wants_contrast() -> bool:
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):  # Qt before 6.10
        return False
    return bool(hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast)


def qt_palette(theme: Theme) -> QPalette:
    """The same colours for everything that Qt draws by itself; a bare X11 gives no dark ones."""
    made = QPalette()
    role = QPalette.ColorRole
    for colour, roles in (
        (theme.window, (role.Window, role.Base, role.AlternateBase, role.ToolTipBase)),
        (theme.text, (role.WindowText, role.Text, role.ButtonText, role.ToolTipText)),
        (theme.quiet, (role.PlaceholderText,)),
        (theme.button, (role.Button,)),
        (theme.accent, (role.Highlight, role.Link)),
        (theme.window, (role.HighlightedText,)),
        (theme.edge, (role.Mid, role.Midlight)),
    ):
        for one in roles:
            made.setColor(one, QColor(colour))
    return made


class Style:
    """How a window looks, shared by all that is in it: colours, size of text, still pictures.

    `scale` is how many times the desktop's own size text has; the person and the window choose it.
    """

    def __init__(self, theme: Theme, scale: float = 1.0, *, still: bool = False) -> None:
        self.theme = theme
        self.scale = scale
        self.still = still

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
