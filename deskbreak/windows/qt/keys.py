"""Keys by the names that Qt writes them with."""

from PySide6.QtGui import QKeyEvent, QKeySequence


def key_of(event: QKeyEvent) -> str:
    """What was pressed: "Ctrl+F", "PgUp", "A"."""
    pressed = QKeySequence(event.keyCombination())
    return pressed.toString(QKeySequence.SequenceFormat.PortableText)
