"""The colours of our windows: light, dark and high contrast, as the person or the desktop wants.

Each set has the colours of the figure too, so that the figure stands on the window's own ground.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from deskbreak.content.figure import CONTRAST, DARK, LIGHT, Palette
from deskbreak.struct import Struct, replace
from deskbreak.windows.qt.desktop import Taste

_ANY = Taste()


class Looks(Struct):
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


LIGHT_LOOKS = Looks(
    "light", "#efece5", "#faf8f4", LIGHT.ink, "#56616b", "#dfdacf", "#1f7f8c", "#b25400",
    "#fbf9f5", "#eef4f3", "#cfc8ba", replace(LIGHT, background="#faf8f4"),
)  # fmt: skip
DARK_LOOKS = Looks(
    "dark", "#161b20", "#1f262c", DARK.ink, "#a3afb9", "#37424c", "#4fb9c7", "#ffa757",
    "#252d34", "#323c46", "#46525d", replace(DARK, background="#1f262c"),
)  # fmt: skip
CONTRAST_LOOKS = Looks(
    "contrast", "#ffffff", CONTRAST.background, CONTRAST.ink, "#000000", "#c8c8c8", "#0050b4",
    "#a00000", "#ffffff", "#e2ecf8", "#000000", CONTRAST,
)  # fmt: skip
CONTRAST_DARK_LOOKS = Looks(
    "contrast-dark", "#000000", "#000000", "#ffffff", "#ffffff", "#4a4a4a", "#5fd3ff", "#ffd000",
    "#000000", "#1c2a30", "#ffffff",
    replace(
        CONTRAST, background="#000000", floor="#1d1d1d", mat="#123a52", mat_edge="#ffffff",
        wood="#6a6a6a", wood_dark="#3c3c3c", wall="#242424", line="#ffffff", shirt="#4fa8ff",
        trousers="#c9c9c9", shoe="#ffffff", hair="#8a6a4a", accent="#ffd000", ink="#ffffff",
    ),
)  # fmt: skip


def chosen_looks(theme: str, desktop: Taste = _ANY) -> Looks:
    """The colours for a theme: "light", "dark", "contrast", or "auto" for the desktop's own."""
    dark = _qt_is_dark() if desktop.dark is None else desktop.dark
    wants_contrast = desktop.contrast or _qt_wants_contrast()
    if theme == "contrast" or (theme == "auto" and wants_contrast):
        return CONTRAST_DARK_LOOKS if dark else CONTRAST_LOOKS
    if theme == "auto":
        theme = "dark" if dark else "light"
    return DARK_LOOKS if theme == "dark" else LIGHT_LOOKS


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


def qt_palette(looks: Looks) -> QPalette:
    """The same colours for everything that Qt draws by itself; a bare X11 gives no dark ones."""
    made = QPalette()
    role = QPalette.ColorRole
    for colour, roles in (
        (looks.window, (role.Window, role.Base, role.AlternateBase, role.ToolTipBase)),
        (looks.text, (role.WindowText, role.Text, role.ButtonText, role.ToolTipText)),
        (looks.quiet, (role.PlaceholderText,)),
        (looks.button, (role.Button,)),
        (looks.accent, (role.Highlight, role.Link)),
        (looks.window, (role.HighlightedText,)),
        (looks.edge, (role.Mid, role.Midlight)),
    ):
        for one in roles:
            made.setColor(one, QColor(colour))
    return made


def contrast(one: str, other: str) -> float:
    """How far two colours are apart in luminance, as WCAG counts it: 1 (alike) to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
