"""What is asked, and what becomes of the answers: an ordinary settings file, and a start at login.

Nothing is kept before `Welcome.accept`, and then only what is another answer than before.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property, reduce
from pathlib import Path
from typing import Any, get_args

from deskbreak.adapters.store.state import acknowledge, is_acknowledged
from deskbreak.app import client
from deskbreak.app.adviser import CatalogueAdviser
from deskbreak.app.installed import Installed
from deskbreak.app.settings_file import Tuning, UnusableError, amend
from deskbreak.core.enums import BreakKind
from deskbreak.settings.edit import EditError, set_key
from deskbreak.settings.files import UnreadableError, shipped
from deskbreak.settings.keys import find_key, toml_text
from deskbreak.settings.model import Settings
from deskbreak.settings.values import Place, RecentPain, Tag
from deskbreak.simulate.preview import Preview, preview
from deskbreak.struct import Struct
from deskbreak.text.settings import with_units, word_label
from deskbreak.windows.settings.phrases import shown

LOGIN = "login"
"""The one answer that is not a setting."""

_YES_NO = ((True, "Yes"), (False, "No"))


class Question(Struct):
    """A question and its answers on offer, as (value in TOML's form, words).

    `path` is the key that it is about, or LOGIN; `many` may be chosen together, or none.
    """

    path: str
    asks: str
    options: tuple[tuple[Any, str], ...]
    many: bool = False

    def on_offer(self, now: Any) -> "Question":
        """The same with what is so `now` among the answers."""
        if self.many or now in [value for value, _ in self.options]:
            return self
        words = shown(find_key(self.path).kind, now)
        return Question(self.path, self.asks, (*self.options, (now, words)))


def _named(words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((word, word_label(word)) for word in words)


QUESTIONS = (
    Question(
        "breaks.sit_limit",
        "How often do you want a break?",
        tuple((length, with_units(length)) for length in ("20m", "30m", "45m", "1h")),
    ),
    Question("routines.places", "Where can you move?", _named(get_args(Place)), many=True),
    Question(
        "routines.recent_pain",
        "Does your back hurt now, and since when?",
        _named(get_args(RecentPain)),
    ),
    Question("routines.avoid_if", "Anything to be careful with?", _named(get_args(Tag)), many=True),
    Question(
        "schedule.meals",
        "When is lunch?",
        (([], "It varies"), *(([at], at) for at in ("12:00", "12:30", "13:00"))),
    ),
    Question("standing.enabled", "Does your desk go up, for standing?", _YES_NO),
    Question(LOGIN, "Start when you log in?", _YES_NO),
)


class NotKeptError(Exception):
    """The answers could not be kept; the text says why, for the person."""


class Welcome:
    """The questions to one person, with their answers: `answers` are values by `Question.path`.

    `file` is their settings file. At first a start at login is proposed; later it is as it is.
    """

    def __init__(self, installed: Installed, file: Path) -> None:
        self._installed, self._places, self._file = installed, installed.places, file
        settings = self._settings({})
        first = not is_acknowledged(self._places.acknowledged)
        self.ui = settings.ui
        self._before = {
            one.path: find_key(one.path).kind.plain(find_key(one.path).of(settings))
            for one in QUESTIONS
            if one.path != LOGIN
        }
        self.answers: dict[str, Any] = {**self._before, LOGIN: first or self._at_login}
        self.questions = tuple(one.on_offer(self.answers[one.path]) for one in QUESTIONS)

    @cached_property
    def _adviser(self) -> CatalogueAdviser:
        return CatalogueAdviser([shipped("microroutines"), self._places.microroutines])

    @property
    def _at_login(self) -> bool:
        return bool(self._installed.starts_at_login())

    def _settings(self, changes: Mapping[str, Any]) -> Settings:
        words = {
            path: plain if isinstance(plain, str) else toml_text(plain)
            for path, plain in changes.items()
        }
        return Tuning(self._file, self._places.site_configs, words).read().settings

    @property
    def changes(self) -> dict[str, Any]:
        """The keys whose answer is another one than before."""
        before = self._before.items()
        return {path: self.answers[path] for path, was in before if self.answers[path] != was}

    def day(self) -> Preview:
        """The day that follows from the answers."""
        return preview(self._settings(self.changes), self._adviser)

    def accept(self) -> None:
        """The notice is understood, and the answers count. Raises NotKeptError."""
        changes = self.changes
        try:
            if changes:
                amend(self._file, lambda text: reduce(_with, changes.items(), text))
            if self.answers[LOGIN] != self._at_login:
                self._installed.start_at_login(self.answers[LOGIN])
        except (UnusableError, UnreadableError, EditError) as trouble:
            raise NotKeptError(f"Not saved: {trouble}.") from trouble
        except OSError as error:
            raise NotKeptError(f"Not saved: {error.filename}: {error.strerror}.") from error
        acknowledge(self._places.acknowledged)

    def routine(self) -> str | None:
        """The routine that suits these answers best; None where none does."""
        sits = {"standing.enabled": False, "breaks.walk_share": 0.0}
        day = preview(self._settings({**self.changes, **sits}), self._adviser)
        breaks = (deed.break_ for deed in day.deeds if deed.break_ is not None)
        return next((one.routine for one in breaks if one.kind is BreakKind.STRETCH), None)

    def begin(self) -> str | None:
        """Have a running deskbreak begin that routine, by the new answers.

        Without one it is returned, for whoever can play it. Raises ControlError.
        """
        routine = self.routine()
        try:
            client.ask(self._places.listening, {"do": "reload"})
            wanted = {"do": "break", "kind": "stretch", "routine": routine}
            client.ask(self._places.listening, wanted)
        except client.NotRunning:
            return routine
        return None


def _with(text: str, change: tuple[str, Any]) -> str:
    path, plain = change
    return set_key(text, path, find_key(path).kind.read(plain, (), []))
