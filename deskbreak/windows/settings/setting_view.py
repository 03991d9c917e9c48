"""One setting: name, sentence, control, where its value comes from, and the way back."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskbreak.windows.qt.sizes import SMALL
from deskbreak.windows.settings.buttons import Link
from deskbreak.windows.settings.document import Now
from deskbreak.windows.settings.dress import Dress
from deskbreak.windows.settings.flow import Flow
from deskbreak.windows.settings.pages import Setting
from deskbreak.windows.settings.rows import field_for
from deskbreak.windows.settings.words import Control, refusal, shown

OWN_MARK = "\N{BLACK CIRCLE}"
"""Before the name of a setting that the person has set."""

_SHORT = 24
"""Characters; a longer default is named in the line, not in the button beside it."""


class SettingView(QWidget):
    """Asks to have its setting written (`wants`) or taken out (`resets`); it writes nothing."""

    wants = Signal(str, object)
    resets = Signal(str)

    def __init__(self, setting: Setting, dress: Dress) -> None:
        super().__init__()
        self.setting = setting
        self._dress = dress
        self._now: Now | None = None
        self._given = False
        self.field = field_for(setting.label, setting.kind, dress)
        self.field.finished.connect(self.given)
        self.field.typing.connect(self._typed)
        self._name = dress.text(setting.label, strong=True)
        self._name.setBuddy(self.field)
        self._mark = dress.text("", colour="accent")
        self.remark = dress.text("", SMALL, colour="warm")
        self.origin = dress.quiet("")
        self.back = Link("", dress)
        self.back.clicked.connect(lambda: self.resets.emit(setting.path))
        self._lay_out()

    def _lay_out(self) -> None:
        px = self._dress.px
        head, foot = Flow(px(8), apart=True), QHBoxLayout()
        head.addWidget(self._title())
        if not self.field.wide:
            head.addWidget(self.field)
        foot.setSpacing(px(6))
        foot.addWidget(self.origin, 1)
        foot.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, px(8))
        column.setSpacing(px(3))
        column.addLayout(head)
        said = f"{self.setting.sentence} {self.setting.note}".strip()
        if said:
            column.addWidget(self._dress.quiet(said))
        if self.field.wide:
            column.addSpacing(px(3))
            column.addWidget(self.field)
        column.addWidget(self.remark)
        column.addLayout(foot)

    def _title(self) -> QWidget:
        """The name and the mark."""
        title = QWidget()
        row = QHBoxLayout(title)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._dress.px(8))
        for said in (self._name, self._mark):
            said.setWordWrap(False)
            row.addWidget(said, 0, Qt.AlignmentFlag.AlignVCenter)
        return title

    # ------------------------------------------------------------------ what it shows

    def show_now(self, now: Now, *, enabled: bool) -> None:
        """Show how the setting is. What is being written stays, unless the value is another now."""
        before, self._now = self._now, now
        changed = before is None or before.plain != now.plain
        if changed or self._given or not self.field.unfinished:
            self.field.put(now.plain)
            self._say("\n".join(now.remarks))
        self._given = False
        self.field.setEnabled(enabled and not now.locked)
        self.back.setEnabled(enabled and not now.locked)
        below = shown(self.setting.kind, now.below)
        self._mark.say(OWN_MARK if now.own else "")
        self.back.setVisible(now.own)
        self.back.setText(_way_back(now, below))
        self.back.setAccessibleName(f"{self.setting.label}: back to {below}")
        self.origin.say(self._origin(now, below))
        self.origin.setVisible(now.plain is not None)
        self._describe()

    def _origin(self, now: Now, below: str) -> str:
        if now.own and now.below is None:
            return "Set by you."
        if now.own:
            return f"Set by you. Default: {below}, {now.below_from}."
        return f"Default: {shown(self.setting.kind, now.plain)}, {now.source}."

    def _describe(self) -> None:
        """What a screen reader says after the name."""
        parts = (self.setting.sentence, self.setting.note, self.origin.text(), self.remark.text())
        said = " ".join(part for part in parts if part)
        (self.field.focusProxy() or self.field).setAccessibleDescription(said)

    def _say(self, remark: str) -> None:
        self.remark.colour("warm", self._dress.looks)
        self.remark.say(remark)
        self.remark.setVisible(bool(remark))
        self.field.mark_unfit(unfit=False)

    # ------------------------------------------------------------------ what it is given

    def given(self) -> None:
        """Ask to have the value written; one that does not fit is explained instead."""
        plain = self.field.plain()
        if plain is None:
            self._back_to_default()
            return
        refused = refusal(self.setting.kind, plain)
        if refused:
            self._say(f"Not saved: {refused}.")
            self.field.mark_unfit(unfit=True)
            self._describe()
            return
        self._say("")
        self._given = True
        self.wants.emit(self.setting.path, plain)

    def revert(self) -> None:
        """Forget what was written here and not saved."""
        if self._now is not None:
            self.field.put(self._now.plain)
            self._say("\n".join(self._now.remarks))

    def _back_to_default(self) -> None:
        self._say("")
        if self._now is not None and self._now.own:
            self.resets.emit(self.setting.path)
        else:
            self.revert()

    def _typed(self) -> None:
        """While it is written, say quietly what is allowed as long as it does not fit."""
        plain: Any = self.field.plain()
        refused = plain is not None and refusal(self.setting.kind, plain)
        self._say("" if not refused else self._hint(str(refused)))
        self.remark.colour("quiet", self._dress.looks)

    def _hint(self, refused: str) -> str:
        if self.setting.control is Control.ROWS:
            return f"Saved once it is complete: {refused}."
        return f"Allowed: {self.setting.kind.allowed}."


def _way_back(now: Now, below: str) -> str:
    if now.below is None:
        return "Clear"
    return f"Back to {below}" if len(below) <= _SHORT else "Back to the default"
