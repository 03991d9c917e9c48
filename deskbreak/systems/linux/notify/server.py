"""The notification server of the desktop, as far as it can be relied upon.

Who it is and what it can do is asked whenever it changes hands. What it does not answer in time is
said to be slow and still counts when it comes: something else may be shown until then.
"""

from collections.abc import Callable

from deskbreak.core.effects import Notice, NoticeKind, Prompt
from deskbreak.core.enums import Answer
from deskbreak.struct import Struct
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.types import (
    Address,
    Body,
    BusError,
    Refused,
    Signal,
    TimedOut,
    Wanted,
    is_u32,
)
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


def banner_of(prompt: Prompt, profile: Profile) -> Banner:
    """The notification of a prompt, as it suits that server."""
    words = prompts.prompt_words(prompt)
    answers = _fitting(prompt.actions, profile.room)
    actions = [(str(answer), prompts.button(answer, prompt)) for answer in answers]
    body = words.body
    if not profile.answers:
        actions = []
        body = f"{body}\n{prompts.way_out(prompt)}"
    elif profile.click is not None:
        body = f"{body}\n{prompts.way_by_click(prompt, profile.click)}"
    if actions and not profile.draws_default and prompts.first_answer(prompt) is not None:
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


def banner_of_notice(notice: Notice, profile: Profile) -> Banner:
    """The notification of a notice, with buttons where it asks something and can have them."""
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


NAME = "org.freedesktop.Notifications"
_SERVER = Address(NAME, "/org/freedesktop/Notifications", NAME)


class NotificationServer:
    """Shows and closes banners; says what becomes of them and of the server by callbacks.

    `profile` is what is known of the server, None while there is none to rely upon, and `trouble`
    then says why; `slow` whether that is only a missing answer. `asked` tells whether it was spoken
    to since it changed hands. `owner` is its unique name, "" for nobody.
    """

    def __init__(self, bus: Bus, icon: str, patience_s: float) -> None:
        self.profile: Profile | None = None
        self.trouble = "not asked yet"
        self.slow = False
        self.asked = False
        self.owner = ""
        self.on_owner: Callable[[], None] = _ignored
        self.on_ready: Callable[[], None] = _ignored
        self.on_action: Callable[[int, str], None] = _ignored
        self.on_closed: Callable[[int, int], None] = _ignored
        self._bus = bus
        self._icon = icon
        self._patience_s = patience_s
        self._waiting: list[Callable[[Profile | None], None]] = []
        self._probe = 0
        self._probing = False
        self._watches = [
            bus.watch(Wanted(NAME, "ActionInvoked", _SERVER.path, NAME), self._acted),
            bus.watch(Wanted(NAME, "NotificationClosed", _SERVER.path, NAME), self._was_closed),
        ]
        self._end_owner_watch = bus.owner_watch(NAME, self._owner_is)

    def stop(self) -> None:
        """Listen no more."""
        self._end_owner_watch()
        for watch in self._watches:
            watch.close()
        self._probe += 1
        self._waiting.clear()

    # -------------------------------------------------------------------------- who it is

    def when_known(self, then: Callable[[Profile | None], None]) -> None:
        """Call back with the profile once it is known; with None if nobody can be relied upon.

        A server that the bus starts on demand is started by this.
        """
        if self.profile is not None:
            then(self.profile)
            return
        self._waiting.append(then)
        if not self._probing:
            self._ask_who()

    def _owner_is(self, old: str, new: str) -> None:
        started_by_us = self._probing and not old and new
        self.owner = new
        if not started_by_us:
            self._is(None, None)
            self.trouble = "no notification server runs"
            self.asked = False
            self._probing = False
            self.on_owner()
            if new or self._waiting:
                self._ask_who()

    def _ask_who(self) -> None:
        """Ask what it can do and what it is called; who is slow with the name has none for now."""
        self._probe += 1
        self._probing = True
        probe = self._probe
        abilities: list[frozenset[str]] = []
        names: list[tuple[str, str]] = []

        def able(body: Body) -> None:
            abilities.append(frozenset(_words(body[:1])))
            tell()

        def named(body: Body) -> None:
            name, _vendor, version = [*_words(body), "", "", ""][:3]
            names.append((name, version))
            tell()

        def tell() -> None:
            if probe == self._probe and abilities and names:
                self._settle(Profile(*names[-1], abilities[0]))

        def in_trouble(error: BusError) -> None:
            if probe == self._probe:
                self._settle(None, error)

        self._bus.call(
            _SERVER, "GetCapabilities",
            timeout=self._patience_s, on_reply=able, on_error=in_trouble, on_late=able,
        )  # fmt: skip
        self._bus.call(
            _SERVER, "GetServerInformation", timeout=self._patience_s,
            on_reply=named, on_error=lambda _error: named(()), on_late=named,
        )  # fmt: skip

    def _settle(self, profile: Profile | None, error: BusError | None = None) -> None:
        self._probing = False
        self.asked = True
        self._is(profile, error)
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then(profile)
        if profile is not None:
            self.on_ready()

    def _is(self, profile: Profile | None, error: BusError | None) -> None:
        self.profile = profile
        self.trouble = "" if error is None else _in_plain_words(error)
        self.slow = isinstance(error, TimedOut)

    # -------------------------------------------------------------------------- banners

    def show(
        self,
        banner: Banner,
        shown: Callable[[int], None],
        in_trouble: Callable[[str], None],
        slow: Callable[[], None],
    ) -> None:
        """Show it: `shown` hears its number, or `in_trouble` a sentence.

        Where neither comes in time `slow` is called, and `shown` may still follow at any time.
        """
        profile = self.profile

        def replied(body: Body) -> None:
            match body:
                case (int(number),) if is_u32(number):
                    shown(number)
                case _:
                    in_trouble("the notification server answers in riddles")

        def late(body: Body) -> None:
            if self.profile is None and self.slow:
                self._is(profile, None)
            replied(body)

        def failed(error: BusError) -> None:
            lasting = isinstance(error, Refused) and not error.nobody_there
            self._is(self.profile if lasting else None, error)
            if self.slow:
                slow()
            else:
                in_trouble(self.trouble)

        self._bus.call(
            _SERVER, "Notify", "susssasa{sv}i", self._as_said(banner),
            timeout=self._patience_s, on_reply=replied, on_error=failed, on_late=late,
        )  # fmt: skip

    def close(self, number: int) -> None:
        """Take a banner away; one that is gone already does not matter, nor one there cannot be."""
        if is_u32(number):  # it may have been remembered by an earlier run
            self._bus.call(_SERVER, "CloseNotification", "u", (number,))

    def _as_said(self, banner: Banner) -> Body:
        profile = self.profile or Profile("", "", frozenset())
        actions = [word for key, label in banner.actions for word in (key, one_line(label))]
        hints: dict[str, tuple[str, object]] = {
            "urgency": ("y", 2 if banner.urgent else 1),
            "desktop-entry": ("s", "deskbreak"),
            "category": ("s", banner.category),
        }
        if banner.passing:
            hints["transient"] = ("b", True)
            hints["suppress-sound"] = ("b", True)
        title, body = one_line(banner.title), profile.plain(lines(banner.body))
        expire = 0 if banner.stays else -1
        return ("deskbreak", 0, self._icon, title, body, actions, hints, expire)

    def _acted(self, signal: Signal) -> None:
        match signal.body:
            case (int(number), str(key)):
                self.on_action(number, key)

    def _was_closed(self, signal: Signal) -> None:
        match signal.body:
            case (int(number), int(reason)):
                self.on_closed(number, reason)


def _in_plain_words(error: BusError) -> str:
    if isinstance(error, TimedOut):
        return "the notification server does not answer"
    if isinstance(error, Refused):
        if error.nobody_there:
            return "no notification server runs"
        return f"the notification server refuses ({error})"
    return f"the session bus is away ({error})"


def _words(body: Body) -> list[str]:
    """The strings of an answer, also those in a list; whatever else a server says is left out."""
    flat = [part for value in body for part in (value if isinstance(value, list) else [value])]
    return [part for part in flat if isinstance(part, str)]


def _ignored(*_what: object) -> None:
    """Nobody wants to know."""
