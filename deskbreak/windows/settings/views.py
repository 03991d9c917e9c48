"""What is seen of the settings: one with all that belongs to it, a page of them, the presets."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QWidget

from deskbreak.settings.load import Preset
from deskbreak.text.settings import with_units
from deskbreak.windows.settings.document import BUILT_IN, Look, Now, differences, sentences
from deskbreak.windows.settings.pages import PRESET, Page, Section, Setting
from deskbreak.windows.settings.phrases import Control, refusal, shown
from deskbreak.windows.settings.rows import field_for
from deskbreak.windows.settings.style import column, link, mark, no_key, text

Save = Callable[[str, Any], None]
"""Writes a setting; None takes the person's own word out, so that what lies below counts."""

OWN_MARK = "\N{BLACK CIRCLE}"
"""Behind the name of a setting that the person has set."""

_SHORT = 24
"""Characters; a longer default is named in the line, not in the button beside it."""

_MOST = 6
"""Lines that the banner shows."""
_MISTAKES = (
    "Something in your settings cannot be read. It stays as you wrote it, and deskbreak keeps the "
    "settings from before until it is put right."
)
_LOCKED = "Until then nothing can be changed here."
_ODDITIES = "Left out, for your information:"
_ABOUT_PRESETS = (
    "A preset is the ground that your own settings stand on. What you set yourself on the other "
    "pages counts more, whichever you choose."
)
_DEFAULTS = "Changes nothing: these are the built-in defaults."


class SettingView(QFrame):
    """One setting: name, sentence, control, where its value comes from, and the way back.

    It asks to have its setting saved, and writes nothing itself.
    """

    def __init__(self, setting: Setting, save: Save) -> None:
        super().__init__()
        self._save = save
        self.setObjectName("setting")
        self.setting = setting
        self._now: Now | None = None
        self._given = False
        self.field = field_for(setting.label, setting.kind)
        self.field.finished.connect(self.given)
        self.field.typing.connect(self._typed)
        self._name = text("", "strong")
        self._name.setBuddy(self.field)
        self.remark = text("", "warm")
        self.origin = text("", "quiet")
        self.back = link("")
        self.back.clicked.connect(lambda: save(setting.path, None))
        self._lay_out()

    def _lay_out(self) -> None:
        head, foot, whole = QHBoxLayout(), QHBoxLayout(), column(self, 3)
        head.addWidget(self._name, 1)
        if not self.field.wide:
            head.addWidget(self.field)
        foot.addWidget(self.origin, 1)
        foot.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        whole.addLayout(head)
        said = f"{self.setting.sentence} {self.setting.note}".strip()
        if said:
            whole.addWidget(text(said, "quiet"))
        if self.field.wide:
            whole.addWidget(self.field)
        whole.addWidget(self.remark)
        whole.addLayout(foot)

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
        self._name.say(f"{self.setting.label} {OWN_MARK}" if now.own else self.setting.label)
        self.back.setVisible(now.own)
        self.back.setText(no_key(_way_back(now, below)))
        self.back.setAccessibleName(f"{self.setting.label}: back to {below}")
        self.origin.say(self._origin(now, below))
        self.origin.setVisible(bool(self.origin.text()))
        self._describe()

    def _origin(self, now: Now, below: str) -> str:
        """Where a value comes from that is another than the built-in one."""
        if now.own and now.below is None:
            return "Set by you."
        if now.own:
            ground = "" if now.below_from == BUILT_IN else f", {now.below_from}"
            return f"Set by you. Default: {below}{ground}."
        return (
            ""
            if now.plain is None or now.source == BUILT_IN
            else f"{now.source[:1].upper()}{now.source[1:]}."
        )

    def _describe(self) -> None:
        """What a screen reader says after the name."""
        parts = (self.setting.sentence, self.setting.note, self.origin.text(), self.remark.text())
        said = " ".join(part for part in parts if part)
        (self.field.focusProxy() or self.field).setAccessibleDescription(said)

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


def _way_back(now: Now, below: str) -> str:
    if now.below is None:
        return "Clear"
    return f"Back to {below}" if len(below) <= _SHORT else "Back to the default"


class PageView(QWidget):
    """All settings of a page, or those that a search has found: a card for each section."""

    def __init__(self, page: Page, save: Save) -> None:
        super().__init__()
        self.column = column(self, 8)
        self.column.addWidget(text(page.title, "title"))
        if page.sentence:
            self.column.addWidget(text(page.sentence, "quiet"))
        self._cards = [_Card(section, save) for section in page.sections]
        for card in self._cards:
            self.column.addWidget(card)

    @property
    def views(self) -> list[SettingView]:
        """Its settings in order."""
        return [view for card in self._cards for view in card.views]

    def show_look(self, look: Look) -> None:
        """Show how all of them are."""
        for view in self.views:
            view.show_now(look.now[view.setting.path], enabled=look.readable)

    def filter(self, found: frozenset[str] | None) -> bool:
        """Leave only these in it, None all of them; whether there are any."""
        left = [card.filter(found) for card in self._cards]
        return any(left)


class _Card(QFrame):
    """The settings of a section, with a line between each two."""

    def __init__(self, section: Section, save: Save) -> None:
        super().__init__()
        self.setObjectName("card")
        self.views = [SettingView(setting, save) for setting in section.settings]
        self._headed = bool(section.title or section.sentence)
        whole = column(self, 0)
        if section.title:
            whole.addWidget(text(section.title, "section"))
        if section.sentence:
            whole.addWidget(text(section.sentence, "quiet"))
        for view in self.views:
            whole.addWidget(view)
        self.filter(None)

    def filter(self, found: frozenset[str] | None) -> bool:
        """Show these settings, and the lines between them."""
        above = self._headed
        for view in self.views:
            shows = found is None or view.setting.path in found
            view.setVisible(shows)
            mark(view, "ruled", above)
            above = above or shows
        left = any(not view.isHidden() for view in self.views)
        self.setVisible(left)
        return left


class PresetView(PageView):
    """Every preset with whom it suits, what it changes and where it comes from.

    Below them the setting itself, for a preset by its name and for the way back.
    """

    def __init__(self, page: Page, save: Save, presets: tuple[Preset, ...]) -> None:
        super().__init__(page, save)
        self.cards = {preset.id: _PresetCard(preset) for preset in presets}
        self._group = QButtonGroup(self)
        self.column.insertWidget(1, text(_ABOUT_PRESETS, "quiet"))
        for at, (name, card) in enumerate(self.cards.items(), 2):
            self.column.insertWidget(at, card)
            self._group.addButton(card.pick)
            card.pick.clicked.connect(lambda _=False, name=name: save(PRESET, name))

    def show_look(self, look: Look) -> None:
        """Mark the one that is chosen; none where the name is not that of a single preset."""
        super().show_look(look)
        now = look.now[PRESET]
        self._group.setExclusive(False)
        for name, card in self.cards.items():
            card.pick.setChecked(name == now.plain)
            card.pick.setEnabled(look.readable and not now.locked)
            card.show_look(look)
        self._group.setExclusive(True)


class _PresetCard(QFrame):
    def __init__(self, preset: Preset) -> None:
        super().__init__()
        self.setObjectName("card")
        self._preset = preset
        self._differences = differences(preset)
        self.pick = QRadioButton(no_key(preset.name))
        self.changes = text("")
        whole, inner = column(self, 3), column()
        whole.addWidget(self.pick, 0, Qt.AlignmentFlag.AlignLeft)
        inner.setContentsMargins(30, 0, 0, 0)
        inner.addWidget(text(preset.description))
        inner.addWidget(self.changes)
        inner.addWidget(text(f"From: {'; '.join(preset.sources)}", "quiet"))
        whole.addLayout(inner)

    def show_look(self, look: Look) -> None:
        """Say what it changes, and where the person's own settings count more."""
        self.changes.say("\n".join(sentences(self._differences, look.now)) or _DEFAULTS)
        said = f"{self._preset.description} {self.changes.text()}"
        self.pick.setAccessibleDescription(said)


class Banner(QFrame):
    """What is the matter with the settings file, and a way to open it; hidden where all is well."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.title = text("", "strong")
        self.lines = text("", "quiet")
        self.lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open = link("Open the file")
        whole = column(self)
        whole.addWidget(self.title)
        whole.addWidget(self.lines)
        whole.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_look(self, look: Look) -> None:
        """Say what a look has found."""
        problems = [*look.mistakes, *look.oddities]
        said = problems[:_MOST]
        if len(problems) > _MOST:
            said.append(f"and {len(problems) - _MOST} more")
        if look.mistakes:
            self.title.say(_MISTAKES if look.readable else f"{_MISTAKES} {_LOCKED}")
        else:
            self.title.say(_ODDITIES)
        self.lines.say("\n".join(said))
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription(self.lines.text())
        self.setVisible(bool(problems))
