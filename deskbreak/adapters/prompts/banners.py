"""What a notification carries, and how it suits the server that shows it."""

from dataclasses import dataclass

from deskbreak.adapters.prompts import texts
from deskbreak.core.effects import Notice, NoticeKind, Prompt
from deskbreak.core.words import Answer
from deskbreak.text import markup

DEFAULT = "default"
"""The key of a click on the notification itself."""

_CLICKS = {"dunst": "Middle click", "mako": "Click", "quickshell": "Click"}
"""Servers that take actions and draw no buttons for them, and what answers there."""

_DRAW_BUTTONS = frozenset(
    {
        "budgie notification server", "cinnamon", "gnome-shell", "lxqt-notificationd",
        "notification daemon", "plasma", "swaynotificationcenter", "xfce notify daemon",
    }
)  # fmt: skip
"""Servers that are known to draw them. What others do nobody can ask."""

_ROOM = {"gnome-shell": 3}
"""Servers that draw so many buttons and leave out the others without a word.

GNOME's number is MAX_NOTIFICATION_BUTTONS in its message tray."""

_XFCE = "Xfce Notify Daemon"
_PASSING = frozenset(
    {
        NoticeKind.HEADS_UP,
        NoticeKind.STILL_HERE,
        NoticeKind.REST_LEFT,
        NoticeKind.BREAK_OVER,
        NoticeKind.REMINDER,
        NoticeKind.OPENING,
    }
)

_LONG = frozenset(
    {
        NoticeKind.IT_HURT,
        NoticeKind.LEVEL_UP,
        NoticeKind.SAFETY,
        NoticeKind.DOCTOR,
        NoticeKind.ABOUT,
        NoticeKind.SET_UP,
    }
)
"""These have to be read in peace."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a server says of itself, and what is known of its kind."""

    name: str
    version: str
    abilities: frozenset[str]

    @property
    def answers(self) -> bool:
        """Whether a person can answer on the notification itself."""
        return "actions" in self.abilities

    @property
    def click(self) -> str | None:
        """The only way to answer, where it draws no buttons although it takes actions."""
        return _CLICKS.get(self.name.casefold()) if self.answers else None

    @property
    def is_known(self) -> bool:
        """Whether it is certain how it takes answers."""
        return not self.answers or self.name.casefold() in _DRAW_BUTTONS | _CLICKS.keys()

    @property
    def draws_default(self) -> bool:
        """Whether it would draw a button for the click on the notification itself."""
        return self.name == _XFCE

    @property
    def room(self) -> int | None:
        """How many buttons it draws; None where nothing is known of a limit."""
        return _ROOM.get(self.name)

    def plain(self, text: str) -> str:
        """The text so that the server shows it as it is."""
        return markup(text) if "body-markup" in self.abilities else text


@dataclass(frozen=True, slots=True)
class Banner:
    """One notification to show.

    `urgent` ones are shown above the rest; one that `stays` goes only when it is closed; a
    `passing` one makes no sound and is not kept in a list of missed ones.
    """

    title: str
    body: str
    category: str
    actions: tuple[tuple[str, str], ...] = ()
    urgent: bool = False
    stays: bool = False
    passing: bool = False


def banner_of(prompt: Prompt, profile: Profile) -> Banner:
    """The notification of a prompt, as it suits that server."""
    words = texts.prompt_words(prompt)
    answers = _fitting(prompt.actions, profile.room)
    actions = [(str(answer), texts.button(answer, prompt)) for answer in answers]
    body = words.body
    if not profile.answers:
        actions = []
        body = f"{body}\n{texts.way_out(prompt)}"
    elif profile.click is not None:
        body = f"{body}\n{texts.way_by_click(prompt, profile.click)}"
    if actions and not profile.draws_default and texts.first_answer(prompt) is not None:
        actions.insert(0, (DEFAULT, texts.begin(prompt)))
    return Banner(
        title=words.title,
        body=body,
        category="x-deskbreak.prompt",
        actions=tuple(actions),
        urgent=prompt.urgent,
        stays=prompt.urgent,
    )


def _fitting(answers: tuple[Answer, ...], room: int | None) -> tuple[Answer, ...]:
    """Those there is room for: to start, to put it off, to stand up; the rest is in the tray."""
    left = list(answers)
    for spare in (Answer.SKIP, Answer.SHORTER, *answers[1:2]):
        if room is not None and len(left) > room and spare in left:
            left.remove(spare)
    return tuple(left)


def banner_of_notice(notice: Notice, profile: Profile) -> Banner:
    """The notification of a notice, with buttons where it asks something and can have them."""
    words = texts.notice_words(notice)
    body, actions = words.body, texts.offers(notice)
    if actions and (not profile.answers or profile.click is not None):
        body, actions = f"{texts.way_to_offer(notice)}\n\n{body}", ()
    return Banner(
        title=words.title,
        body=body,
        category="x-deskbreak.notice",
        actions=actions,
        stays=notice.kind in _LONG,
        passing=notice.kind in _PASSING,
    )
