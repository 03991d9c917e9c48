"""Prompts and notices as notifications, each as it suits the server that shows it."""

from deskbreak.core.effects import Notice, NoticeKind, Prompt
from deskbreak.core.enums import Answer
from deskbreak.struct import Struct
from deskbreak.systems.linux.dbus.types import Body
from deskbreak.text import prompts
from deskbreak.text.display import lines, markup, one_line

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
"""It would draw a button for the click on the notification itself."""

_PASSING = frozenset(
    {
        NoticeKind.HEADS_UP, NoticeKind.STILL_HERE, NoticeKind.REST_LEFT,
        NoticeKind.REMINDER, NoticeKind.OPENING,
    }
)  # fmt: skip

_LONG = frozenset(
    {
        NoticeKind.IT_HURT, NoticeKind.LEVEL_UP, NoticeKind.SAFETY, NoticeKind.DOCTOR,
        NoticeKind.ABOUT, NoticeKind.SET_UP, NoticeKind.WINDOWS,
    }
)  # fmt: skip
"""These have to be read in peace."""


class Profile(Struct):
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


class Banner(Struct):
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

    def arguments(self, profile: Profile, icon: str) -> Body:
        """What that server's method Notify is called with."""
        actions = [word for key, label in self.actions for word in (key, one_line(label))]
        hints: dict[str, tuple[str, object]] = {
            "urgency": ("y", 2 if self.urgent else 1),
            "desktop-entry": ("s", "deskbreak"),
            "category": ("s", self.category),
        }
        if self.passing:
            hints["transient"] = hints["suppress-sound"] = ("b", True)
        body = lines(self.body)
        if "body-markup" in profile.abilities:
            body = markup(body)
        expire = 0 if self.stays else -1
        return ("deskbreak", 0, icon, one_line(self.title), body, actions, hints, expire)


def banner_of(wanted: Prompt | Notice, profile: Profile) -> Banner:
    """The notification of a prompt or a notice, as it suits that server."""
    if isinstance(wanted, Prompt):
        return _banner_of_prompt(wanted, profile)
    return _banner_of_notice(wanted, profile)


def _banner_of_prompt(prompt: Prompt, profile: Profile) -> Banner:
    words = prompts.prompt_words(prompt)
    answers = _fitting(prompt.actions, _ROOM.get(profile.name))
    actions = [(str(answer), prompts.button(answer, prompt)) for answer in answers]
    body = words.body
    if not profile.answers:
        actions = []
        body = f"{body}\n{prompts.way_out(prompt)}"
    elif profile.click is not None:
        body = f"{body}\n{prompts.way_by_click(prompt, profile.click)}"
    if actions and profile.name != _XFCE and prompts.first_answer(prompt) is not None:
        actions.insert(0, (DEFAULT, prompts.begin(prompt)))
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


def _banner_of_notice(notice: Notice, profile: Profile) -> Banner:
    """With buttons where it asks something and can have them."""
    words = prompts.notice_words(notice)
    body, actions = words.body, prompts.offers(notice)
    if actions and (not profile.answers or profile.click is not None):
        body, actions = f"{prompts.way_to_offer(notice)}\n\n{body}", ()
    return Banner(
        title=words.title,
        body=body,
        category="x-deskbreak.notice",
        actions=actions,
        stays=notice.kind in _LONG,
        passing=notice.kind in _PASSING,
    )
