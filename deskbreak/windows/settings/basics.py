"""The first page: what most people want to choose, in eight sentences with controls in them."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from deskbreak.systems.system import Autostart
from deskbreak.windows.settings.document import Look
from deskbreak.windows.settings.fields import ChoiceField, Field, SwitchField
from deskbreak.windows.settings.flow import Flow
from deskbreak.windows.settings.hours import HoursField
from deskbreak.windows.settings.pages import LOGIN, Page, Setting
from deskbreak.windows.settings.rows import field_for
from deskbreak.windows.settings.style import column, line_of, mark, text
from deskbreak.windows.settings.view import Save, View

_TITLE = "Basics"
_INTRODUCTION = "Everything else is under All settings, and the search finds it."
_SENTENCES = {
    "breaks.sit_limit": "Ask me after {} of sitting",
    "breaks.walk_share": "For a break, suggest {}",
    "schedule.hours": "{}",
    "schedule.meals": "Lunch begins at {} and a longer walk comes after it",
    "routines.places": "I can move {}",
    "routines.avoid_if": "Be careful with {}",
    "standing.enabled": "{}",
}
"""By the key; some controls have their words themselves."""

_DESK = "My desk goes up and down"
_LOGIN = "Start deskbreak when I log in"
_SHARES = {
    1.0: "walks",
    0.75: "more walks than exercises",
    0.5: "walks and exercises",
    0.25: "more exercises than walks",
    0.0: "exercises",
}


class SentenceView(View):
    """A setting as a sentence that its control is a part of."""

    def __init__(self, setting: Setting, sentence: str, save: Save) -> None:
        name = sentence.replace("{}", "\N{HORIZONTAL ELLIPSIS}")
        super().__init__(setting, _field(name, setting), save)
        before, _, after = sentence.partition("{}")
        whole, line = column(self), QWidget()
        parts = [*line_of(before), self.field, *line_of(after)]
        if self.field.wide:
            parts.remove(self.field)
        flow = Flow(line)
        for part in parts:
            flow.addWidget(part)
        whole.addWidget(line)
        if self.field.wide:
            whole.addWidget(self.field)
        whole.addWidget(self.remark)


def _field(name: str, setting: Setting) -> Field:
    match setting.path:
        case "breaks.walk_share":
            return ShareField(name, _SHARES)
        case "schedule.hours":
            return HoursField("Ask me")
        case "standing.enabled":
            return SwitchField(_DESK, _DESK)
        case _:
            return field_for(name, setting.kind)


class ShareField(ChoiceField):
    """How many of the breaks are walks; one that has no name yet gets its number."""

    def put(self, plain: Any) -> None:
        """Choose this share."""
        if self.box.findData(plain) < 0:
            self.box.addItem(f"walks for {plain:.0%} of them", plain)
        super().put(plain)


class LoginView(QFrame):
    """Whether deskbreak starts with the session, which is no setting of the file."""

    def __init__(self, autostart: Autostart) -> None:
        super().__init__()
        self.setObjectName("setting")
        self._autostart = autostart
        self.switch = QCheckBox(_LOGIN)
        self.remark = text("", "warm")
        self.switch.clicked.connect(self._switched)
        whole = column(self)
        whole.addWidget(self.switch)
        whole.addWidget(self.remark)
        self.show_now()

    def show_now(self) -> None:
        """Look whether it is on."""
        self.switch.setChecked(self._autostart.is_on())
        self.remark.setVisible(bool(self.remark.text()))

    def _switched(self) -> None:
        entry, said = self._autostart, ""
        try:
            if self.switch.isChecked():
                entry.switch_on()
            else:
                entry.switch_off()
        except OSError as error:
            said = f"{entry.path} could not be changed ({error.strerror})."
        self.remark.say(said)
        self.show_now()


class BasicsView(QWidget):
    """The sentences, on one card. Without an autostart the last one is not there."""

    def __init__(self, pages: tuple[Page, ...], save: Save, autostart: Autostart | None) -> None:
        super().__init__()
        settings = {setting.path: setting for page in pages for setting in page.settings}
        self.views = [
            SentenceView(settings[path], sentence, save) for path, sentence in _SENTENCES.items()
        ]
        self.login = LoginView(autostart) if autostart else None
        self._title = text(_TITLE, "title")
        self._introduction = text(_INTRODUCTION, "quiet")
        whole, card = column(self, 8), QFrame()
        card.setObjectName("card")
        inside = column(card, 0)
        for at, view in enumerate((*self.views, self.login)):
            if view is not None:
                inside.addWidget(view)
                mark(view, "ruled", at > 0)
        for part in (self._title, self._introduction, card):
            whole.addWidget(part)

    def show_look(self, look: Look) -> None:
        """Show how all of them are."""
        for view in self.views:
            view.show_now(look.now[view.setting.path], enabled=look.readable)
        if self.login is not None:
            self.login.show_now()

    def filter(self, found: frozenset[str] | None) -> bool:
        """Of what a search has found only what has no other place; whether there is any."""
        for part in (*self.views, self._introduction):
            part.setVisible(found is None)
        return found is None or (self.login is not None and LOGIN in found)
