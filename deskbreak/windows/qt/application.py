"""What a window's program says of itself to the desktop."""

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from deskbreak.settings.shipped import shipped


def introduce(app: QApplication) -> None:
    """Give it our name, our icon, and the same controls on every desktop."""
    app.setApplicationName("deskbreak")
    app.setDesktopFileName("deskbreak")
    app.setStyle("Fusion")
    app.setWindowIcon(QIcon(str(shipped("config") / "icons" / "deskbreak-128.png")))
