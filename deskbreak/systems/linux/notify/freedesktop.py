"""Prompts as notifications with buttons: the freedesktop specification.

There is one live notification. It is brought up to date by closing it and showing a new one, since
replacing in place loses the buttons on some servers. What cannot be shown goes to the fallback.

Who the server is and what it can do is asked whenever it changes hands. What it does not answer in
time is said to be slow and still counts when it comes: something else is shown until then.
"""

import asyncio
from collections.abc import Callable

from deskbreak.core.effects import Notice, NoticeKind, Prompt
from deskbreak.core.enums import Answer
from deskbreak.core.events import PromptAnswered
from deskbreak.ports import Capability, Prompts, Send
from deskbreak.struct import Struct
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.types import (
    DRIVER,
    Address,
    Body,
    BusError,
    Refused,
    Signal,
    TimedOut,
    Wanted,
    is_u32,
)
from deskbreak.systems.linux.notify.banners import DEFAULT, Profile, banner_of
from deskbreak.text import prompts

Remembered = tuple[str, int]
"""Which server on which bus, and the number of the banner there."""

NAME = "org.freedesktop.Notifications"
_SERVER = Address(NAME, "/org/freedesktop/Notifications", NAME)
_BUS = Address(DRIVER, "/org/freedesktop/DBus", DRIVER)
_CLOSED_BY = {1: Answer.EXPIRE, 2: Answer.DISMISS}
_NOBODY = "no notification server runs"
_ADVICE = "Start the notification service of your desktop, or install one such as dunst."


class _Place(Struct, frozen=False):
    """A place on the screen: what is wanted there, and how far that has come.

    It is `waiting` until it is certain who shows it, then `asked` of the server, then up under a
    `number`; meanwhile, or where there is no server, it is shown by `stand_in`.
    """

    wanted: Prompt | Notice | None = None
    waiting: bool = False
    asked: Prompt | Notice | None = None
    number: int | None = None
    stand_in: Prompts | None = None


class FreedesktopPrompts:
    """The Prompts port on org.freedesktop.Notifications.

    `remembered` is the banner that an earlier run may have left behind: it is closed if its server
    is still the same. `remember` is told of each new one, and None when it is gone.

    A server that takes longer than `patience_s` leaves the prompt to `meanwhile` until it has shown
    it after all: plain notifications would only come out of the same server, and stay beside it.
    """

    def __init__(  # noqa: PLR0913 - what stands behind it, and what is remembered of it
        self,
        bus: Bus,
        send: Send,
        fallback: Prompts,
        *,
        meanwhile: Prompts | None = None,
        remembered: Remembered | None = None,
        remember: Callable[[Remembered | None], None] = lambda _banner: None,
        icon: str = "appointment-soon",
        patience_s: float = 2.0,
    ) -> None:
        self._bus = bus
        self._send = send
        self._fallback = fallback
        self._meanwhile = meanwhile or fallback
        self._remembered = remembered
        self._remember = remember
        self._icon = icon
        self._patience_s = patience_s
        self._prompt = _Place()
        self._notice = _Place()
        self._bus_id = ""
        self._owner = ""
        self._startable = False
        self._profile: Profile | None = None  # None while there is no server to rely upon
        self._trouble = "not asked yet"
        self._slow = False
        self._spoken_to = False
        self._probe = 0
        self._probing = False
        self._known: list[asyncio.Future[None]] = []
        self._watches = [
            bus.watch(Wanted(NAME, "ActionInvoked", _SERVER.path, NAME), self._acted),
            bus.watch(Wanted(NAME, "NotificationClosed", _SERVER.path, NAME), self._was_closed),
        ]
        self._end_owner_watch = bus.owner_watch(NAME, self._owner_is)
        bus.on_up(self._bus_is_up)

    # -------------------------------------------------------------------------- the port

    def show(self, prompt: Prompt) -> None:
        """Show this prompt in place of any other. Never blocks, never fails: falls back instead."""
        self._clear(self._notice)
        self._want(self._prompt, prompt)

    def withdraw(self, prompt_id: int) -> None:
        """Take it off the screen if it is still there."""
        live = self._prompt.wanted
        if isinstance(live, Prompt) and live.id == prompt_id:
            self._clear(self._prompt)

    def notice(self, notice: Notice) -> None:
        """Show a quiet notification, in place of the last one."""
        self._want(self._notice, notice)

    def withdraw_notice(self, kind: NoticeKind) -> None:
        """Take it off the screen, or let it not come up; the fallback may have it."""
        last = self._notice.wanted
        if isinstance(last, Notice) and last.kind is kind:
            self._clear(self._notice)
        self._fallback.withdraw_notice(kind)

    def capabilities(self) -> list[Capability]:
        """The server, its buttons, and the fallback where there is no server."""
        profile = self._profile
        if profile is None:
            return [self._no_server(), *self._fallback.capabilities()]
        backend = f"{profile.name or 'unnamed server'} {profile.version}".strip()
        return [Capability("notifications", backend, True), _actions(profile, backend)]

    async def known(self) -> None:
        """Wait until it is certain what the server can do, or that none answers; for `doctor`."""
        if self._profile is None:
            self._known.append(settled := asyncio.get_running_loop().create_future())
            if not self._probing:
                self._ask_who()
            await settled

    def close(self) -> None:
        """Withdraw what is shown and let go of the channel."""
        self._clear(self._prompt)
        self._clear(self._notice)
        self._end_owner_watch()
        for watch in self._watches:
            watch.close()
        self._probe += 1
        self._fallback.close()

    # -------------------------------------------------------------------------- showing

    def _want(self, place: _Place, wanted: Prompt | Notice) -> None:
        self._clear(place)
        place.wanted, place.waiting = wanted, True
        if self._profile is not None:
            self._present(place, self._profile)
        elif not self._probing:
            self._ask_who()  # starts a server that the bus has only on demand

    def _present(self, place: _Place, profile: Profile) -> None:
        wanted = place.asked = place.wanted
        assert wanted is not None
        place.waiting = False

        def replied(body: Body) -> None:
            match body:
                case (int(number),) if is_u32(number):
                    if place.asked is wanted:
                        self._is_up(place, number)
                    else:
                        self._close_banner(number)
                case _:  # the server answers in riddles
                    self._not_shown(place, wanted)

        def late(body: Body) -> None:
            if self._profile is None and self._slow:
                self._rely_on(profile)
            replied(body)

        def failed(error: BusError) -> None:
            lasting = isinstance(error, Refused) and not error.nobody_there
            self._rely_on(self._profile if lasting else None, error)
            self._not_shown(place, wanted)

        self._bus.call(
            _SERVER, "Notify", "susssasa{sv}i",
            banner_of(wanted, profile).arguments(profile, self._icon),
            timeout=self._patience_s, on_reply=replied, on_error=failed, on_late=late,
        )  # fmt: skip

    def _is_up(self, place: _Place, number: int) -> None:
        place.number = number
        if place is self._prompt:
            self._remember((self._server_id(), number))
        self._end_stand_in(place)

    def _not_shown(self, place: _Place, wanted: Prompt | Notice) -> None:
        if place.asked is wanted:
            if not self._slow:
                self._forget_banner(place)
            self._fall_back(place)

    def _fall_back(self, place: _Place) -> None:
        if place.stand_in is None:
            place.stand_in = self._meanwhile if self._slow else self._fallback
            if isinstance(place.wanted, Prompt):
                place.stand_in.show(place.wanted)
            elif place.wanted is not None:
                place.waiting = False  # it makes no sense later
                place.stand_in.notice(place.wanted)

    def _end_stand_in(self, place: _Place) -> None:
        stand_in, place.stand_in = place.stand_in, None
        if stand_in is not None and isinstance(place.wanted, Prompt):
            stand_in.withdraw(place.wanted.id)
        elif stand_in is not None and isinstance(place.wanted, Notice):
            stand_in.withdraw_notice(place.wanted.kind)

    def _clear(self, place: _Place) -> None:
        """Nothing is live there afterwards, and what is on its way does not stay."""
        self._end_stand_in(place)
        number = place.number
        self._forget_banner(place)
        place.wanted, place.waiting = None, False
        if number is not None:
            self._close_banner(number)

    def _forget_banner(self, place: _Place) -> None:
        """What it had on the screen is gone; a prompt is shown again when there is a server."""
        number, place.number, place.asked = place.number, None, None
        if place is self._prompt:
            place.waiting = place.wanted is not None
            if number is not None:
                self._remember(None)

    def _close_banner(self, number: int) -> None:
        """One that is gone already does not matter, nor one there cannot be."""
        if is_u32(number):  # it may have been remembered by an earlier run
            self._bus.call(_SERVER, "CloseNotification", "u", (number,))

    # -------------------------------------------------------------------------- what comes back

    def _acted(self, signal: Signal) -> None:
        match signal.body:
            case (int(number), str(key)) if number == self._notice.number:
                self._notice_answered(key)
            case (int(number), str(key)) if number == self._prompt.number:
                self._prompt_answered(key)

    def _notice_answered(self, key: str) -> None:
        notice = self._notice.wanted
        fact = prompts.offer_answered(notice, key) if isinstance(notice, Notice) else None
        if fact is not None:
            self._clear(self._notice)
            self._send(fact)

    def _prompt_answered(self, key: str) -> None:
        prompt = self._prompt.wanted
        assert isinstance(prompt, Prompt)
        offered = [answer for answer in prompt.actions if answer == key]
        answer = prompts.first_answer(prompt) if key == DEFAULT else next(iter(offered), None)
        if answer is not None:
            self._clear(self._prompt)
            self._send(prompts.answered(prompt, answer))

    def _was_closed(self, signal: Signal) -> None:
        match signal.body:
            case (int(number), int()) if number == self._notice.number:
                self._notice.number = None
            case (int(number), int(reason)) if number == self._prompt.number:
                prompt = self._prompt.wanted
                self._forget_banner(self._prompt)
                self._clear(self._prompt)
                if isinstance(prompt, Prompt) and reason in _CLOSED_BY:
                    self._send(PromptAnswered(_CLOSED_BY[reason], prompt.id))

    # -------------------------------------------------------------------------- who the server is

    def _bus_is_up(self) -> None:
        self._bus.enquire(_BUS, "GetId", on_reply=self._bus_named)
        self._bus.enquire(_BUS, "ListActivatableNames", on_reply=self._can_be_started)

    def _bus_named(self, body: Body) -> None:
        self._bus_id = body[0]
        self._close_leftover()

    def _can_be_started(self, body: Body) -> None:
        self._startable = NAME in body[0]

    def _server_id(self) -> str:
        """Names one server for good: unique names begin again with each bus."""
        return f"{self._bus_id} {self._owner}"

    def _owner_is(self, old: str, new: str) -> None:
        self._owner = new
        if self._probing and not old and new:
            return  # our question has started it
        wanted = bool(new or self._known or self._prompt.waiting or self._notice.waiting)
        self._rely_on(None)
        self._trouble = _NOBODY
        self._spoken_to = self._probing = False
        for place in (self._prompt, self._notice):
            self._forget_banner(place)  # its numbers mean nothing to the next one
        self._close_leftover()
        if wanted:
            self._ask_who()

    def _close_leftover(self) -> None:
        if self._bus_id and self._owner and self._remembered is not None:
            (server, number), self._remembered = self._remembered, None
            if server == self._server_id():
                self._close_banner(number)

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
        self._spoken_to = True
        self._rely_on(profile, error)
        for place in (self._prompt, self._notice):
            if place.waiting and profile is not None:
                self._present(place, profile)
            elif place.waiting:
                self._fall_back(place)
        for settled in self._known:
            if not settled.done():
                settled.set_result(None)
        self._known.clear()

    def _rely_on(self, profile: Profile | None, error: BusError | None = None) -> None:
        self._profile = profile
        self._trouble = "" if error is None else _in_plain_words(error)
        self._slow = isinstance(error, TimedOut)

    def _no_server(self) -> Capability:
        if self._startable and not self._spoken_to:
            return Capability("notifications", "started when needed", True)
        return Capability("notifications", None, False, self._trouble, _ADVICE)


def _words(body: Body) -> list[str]:
    """The strings of an answer, also those in a list; whatever else a server says is left out."""
    flat = [part for value in body for part in (value if isinstance(value, list) else [value])]
    return [part for part in flat if isinstance(part, str)]


def _in_plain_words(error: BusError) -> str:
    if isinstance(error, TimedOut):
        return "the notification server does not answer"
    if isinstance(error, Refused):
        return _NOBODY if error.nobody_there else f"the notification server refuses ({error})"
    return f"the session bus is away ({error})"


def _actions(profile: Profile, backend: str) -> Capability:
    if not profile.answers:
        why = "this server shows no buttons; its notifications say what to do instead"
        return Capability("actions", backend, False, why, "Answer from the tray menu.")
    if profile.click is not None:
        why = f"this server draws no buttons: {profile.click.lower()} takes the suggestion"
        return Capability("actions", backend, True, why)
    if not profile.is_known:
        why = "if it draws no buttons, a click takes the suggestion and the tray menu has the rest"
        return Capability("actions", backend, True, why)
    return Capability("actions", backend, True)
