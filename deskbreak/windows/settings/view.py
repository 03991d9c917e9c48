"""A control with its setting: what is given is saved, what does not fit is explained."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QFrame

from deskbreak.text.settings import with_units
from deskbreak.windows.settings.document import Now
from deskbreak.windows.settings.fields import Field
from deskbreak.windows.settings.pages import Setting
from deskbreak.windows.settings.phrases import Control, refusal
from deskbreak.windows.settings.style import mark, text

Save = Callable[[str, Any], None]
"""Writes a setting; None takes the person's own word out, so that what lies below counts."""


class View(QFrame):
    """One setting and its control; how they stand there is for others.

    It asks to have its setting saved, and writes nothing itself.
    """

    def __init__(self, setting: Setting, field: Field, save: Save) -> None:
        super().__init__()
        self.setObjectName("setting")
        self.setting = setting
        self.field = field
        self.remark = text("", "warm")
        self._save = save
        self._now: Now | None = None
        self._given = False
        field.finished.connect(self.given)
        field.typing.connect(self._typed)

    def show_now(self, now: Now, *, enabled: bool) -> None:
        """Show how the setting is. What is being written stays, unless the value is another now."""
        before, self._now = self._now, now
        changed = before is None or before.plain != now.plain
        if changed or self._given or not self.field.unfinished:
            self.field.put(now.plain)
            self._say("\n".join(now.remarks))
        self._given = False
        self.field.setEnabled(enabled and not now.locked)
        self._describe()

    def _describe(self) -> None:
        """What a screen reader says after the name."""
        said = " ".join(part for part in self._described() if part)
        (self.field.focusProxy() or self.field).setAccessibleDescription(said)

    def _described(self) -> tuple[str, ...]:
        return self.setting.sentence, self.setting.note, self.remark.text()

    def _say(self, remark: str, role: str = "warm") -> None:
        mark(self.remark, "role", role)
        self.remark.say(remark)
        self.remark.setVisible(bool(remark))
        self.field.mark_unfit(unfit=False)

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
        self._save(self.setting.path, plain)

    def revert(self) -> None:
        """Forget what was written here and not saved."""
        if self._now is not None:
            self.field.put(self._now.plain)
            self._say("\n".join(self._now.remarks))

    def _back_to_default(self) -> None:
        self._say("")
        if self._now is not None and self._now.own:
            self._save(self.setting.path, None)
        else:
            self.revert()

    def _typed(self) -> None:
        """While it is written, say quietly what is allowed as long as it does not fit."""
        plain = self.field.plain()
        refused = "" if plain is None else refusal(self.setting.kind, plain)
        self._say(refused and self._hint(refused), "quiet")

    def _hint(self, refused: str) -> str:
        if self.setting.control is Control.ROWS:
            return f"Saved once it is complete: {refused}."
        return f"Allowed: {with_units(self.setting.kind.allowed)}."
