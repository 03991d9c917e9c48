"""What is seen of the settings: one with all that belongs to it, a page of them, the presets."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QHBoxLayout, QRadioButton, QWidget

from deskbreak.settings.load import AND, Preset
from deskbreak.settings.model import Settings
from deskbreak.text.settings import with_units
from deskbreak.windows.settings.document import BUILT_IN, Look, Now, differences, sentences
from deskbreak.windows.settings.pages import PRESET, Page, Section, Setting
from deskbreak.windows.settings.phrases import shown
from deskbreak.windows.settings.rows import field_for
from deskbreak.windows.settings.style import column, link, mark, no_key, text
from deskbreak.windows.settings.view import Save, View

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


class SettingView(View):
    """One setting: name, sentence, control, where its value comes from, and the way back."""

    def __init__(self, setting: Setting, save: Save) -> None:
        super().__init__(setting, field_for(setting.label, setting.kind), save)
        self._name = text("", "strong")
        self._name.setBuddy(self.field)
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
        """Show how the setting is, where that comes from, and the way back."""
        below = shown(self.setting.kind, now.below)
        self._name.say(f"{self.setting.label} {OWN_MARK}" if now.own else self.setting.label)
        self.back.setEnabled(enabled and not now.locked)
        self.back.setVisible(now.own)
        self.back.setText(no_key(_way_back(now, below)))
        self.back.setAccessibleName(f"{self.setting.label}: back to {below}")
        self.origin.say(self._origin(now, below))
        self.origin.setVisible(bool(self.origin.text()))
        super().show_now(now, enabled=enabled)

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

    def _described(self) -> tuple[str, ...]:
        return self.setting.sentence, self.setting.note, self.origin.text(), self.remark.text()


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

    What goes on top of any of them is a switch. Below them the setting itself, for a preset by its
    name and for the way back.
    """

    def __init__(self, page: Page, save: Save, presets: tuple[Preset, ...]) -> None:
        super().__init__(page, save)
        self._save = save
        self.cards = {
            preset.id: _PresetCard(preset)
            for preset in sorted(presets, key=lambda preset: preset.modifier)
        }
        self._group = QButtonGroup(self)
        self.column.insertWidget(1, text(_ABOUT_PRESETS, "quiet"))
        for at, card in enumerate(self.cards.values(), 2):
            self.column.insertWidget(at, card)
            if not card.preset.modifier:
                self._group.addButton(card.pick)
            card.pick.clicked.connect(self._chosen)

    def show_look(self, look: Look) -> None:
        """Mark those that are chosen; none where the name is not that of a preset."""
        super().show_look(look)
        now = look.now[PRESET]
        chosen = set(str(now.plain).split(AND))
        if all(name in self.cards and self.cards[name].preset.modifier for name in chosen):
            chosen.add(Settings().preset)  # a modifier alone changes the built-in settings
        self._group.setExclusive(False)
        for name, card in self.cards.items():
            card.pick.setChecked(name in chosen)
            card.pick.setEnabled(look.readable and not now.locked)
            card.show_look(look)
        self._group.setExclusive(True)

    def _chosen(self) -> None:
        picked = [name for name, card in self.cards.items() if card.pick.isChecked()]
        if all(self.cards[name].preset.modifier for name in picked):
            picked.insert(0, Settings().preset)
        self._save(PRESET, AND.join(picked))


class _PresetCard(QFrame):
    def __init__(self, preset: Preset) -> None:
        super().__init__()
        self.setObjectName("card")
        self.preset = preset
        self._differences = differences(preset)
        named = no_key(preset.name)
        self.pick = QCheckBox(named) if preset.modifier else QRadioButton(named)
        mark(self.pick, "role", "preset")
        self.changes = text("")
        self._sources = text("\n".join(preset.sources), "quiet")
        self._sources.hide()
        why = link("Why?")
        why.setAccessibleName(f"{preset.name}: why?")
        why.clicked.connect(lambda: self._sources.setVisible(self._sources.isHidden()))
        whole, inner = column(self, 3), column()
        whole.addWidget(self.pick, 0, Qt.AlignmentFlag.AlignLeft)
        inner.setContentsMargins(30, 0, 0, 0)
        for part in (text(preset.description), self.changes):
            inner.addWidget(part)
        inner.addWidget(why, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(self._sources)
        whole.addLayout(inner)

    def show_look(self, look: Look) -> None:
        """Say what it changes, and where the person's own settings count more."""
        said = list(sentences(self._differences, look.now))
        if self.preset.longer:
            longer = with_units(self.preset.longer.text)
            said.insert(0, f"It asks you {longer} later, after an hour at most.")
        self.changes.say("\n".join(said) or _DEFAULTS)
        self.pick.setAccessibleDescription(f"{self.preset.description} {self.changes.text()}")


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
