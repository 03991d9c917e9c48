"""Prompts as notifications with buttons, on any freedesktop notification server.

There is one live notification. It is brought up to date by closing it and showing a new one, since
replacing in place loses the buttons on some servers. What cannot be shown goes to the fallback.
"""

import asyncio
from collections.abc import Callable

from deskbreak.core.effects import Notice, NoticeKind, Prompt
from deskbreak.core.enums import Answer
from deskbreak.core.events import PromptAnswered
from deskbreak.ports import Capability, Prompts, Send
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.types import DRIVER, Address, Body
from deskbreak.systems.linux.notify.server import (
    DEFAULT,
    NotificationServer,
    Profile,
    banner_of,
    banner_of_notice,
)
from deskbreak.text import prompts

Remembered = tuple[str, int]
"""Which server on which bus, and the number of the banner there."""

_BUS = Address(DRIVER, "/org/freedesktop/DBus", DRIVER)
_CLOSED_BY = {1: Answer.EXPIRE, 2: Answer.DISMISS}
_ADVICE = "Start the notification service of your desktop, or install one such as dunst."


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
        self._bus_id = ""
        self._prompt: Prompt | None = None
        self._number: int | None = None
        self._notice: Notice | None = None
        self._notice_number: int | None = None
        self._on_its_way: Prompt | None = None
        self._stand_in: Prompts | None = None  # who shows the prompt in place of the server
        self._startable = False
        self._server = NotificationServer(bus, icon, patience_s)
        self._server.on_action = self._answered
        self._server.on_closed = self._closed
        self._server.on_owner = self._server_changed
        self._server.on_ready = self._server_ready
        bus.on_up(self._bus_is_up)

    # -------------------------------------------------------------------------- the port

    def show(self, prompt: Prompt) -> None:
        """Show this prompt in place of any other. Never blocks, never fails: falls back instead."""
        self._take_down()
        self._drop_notice()
        self._prompt = prompt
        self._server.when_known(lambda profile: self._present(prompt, profile))

    def withdraw(self, prompt_id: int) -> None:
        """Take it off the screen if it is still there."""
        if self._prompt is not None and self._prompt.id == prompt_id:
            self._take_down()

    def notice(self, notice: Notice) -> None:
        """Show a quiet notification, in place of the last one."""
        self._notice = notice
        self._server.when_known(lambda profile: self._present_notice(notice, profile))

    def withdraw_notice(self, kind: NoticeKind) -> None:
        """Take it off the screen, or let it not come up; the fallback may have it."""
        if self._notice is not None and self._notice.kind is kind:
            self._drop_notice()
        self._fallback.withdraw_notice(kind)

    def capabilities(self) -> list[Capability]:
        """The server, its buttons, and the fallback where there is no server."""
        profile = self._server.profile
        if profile is None:
            return [self._no_server(), *self._fallback.capabilities()]
        backend = f"{profile.name or 'unnamed server'} {profile.version}".strip()
        return [Capability("notifications", backend, True), _actions(profile, backend)]

    async def known(self) -> None:
        """Wait until it is certain what the server can do, or that none answers; for `doctor`."""
        settled: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def told(_profile: Profile | None) -> None:
            if not settled.done():
                settled.set_result(None)

        self._server.when_known(told)
        await settled

    def close(self) -> None:
        """Withdraw what is shown and let go of the channel."""
        self._take_down()
        self._close_notice()
        self._server.stop()
        self._fallback.close()

    # -------------------------------------------------------------------------- showing

    def _present(self, prompt: Prompt, profile: Profile | None) -> None:
        on_its_way = self._on_its_way is prompt or self._number is not None
        if prompt is not self._prompt or on_its_way:
            return
        if profile is None:
            self._fall_back(prompt)
            return
        self._on_its_way = prompt

        def shown(number: int) -> None:
            if self._on_its_way is prompt:
                self._is_up(prompt, number)
            else:
                self._server.close(number)

        def in_trouble(_why: str) -> None:
            if self._on_its_way is prompt:
                self._on_its_way = None
                self._fall_back(prompt)

        def slow() -> None:
            if self._on_its_way is prompt:
                self._fall_back(prompt)

        self._server.show(banner_of(prompt, profile), shown, in_trouble, slow)

    def _is_up(self, prompt: Prompt, number: int) -> None:
        self._on_its_way = None
        self._number = number
        self._remember((self._server_id(), number))
        self._replace_stand_in(prompt)

    def _fall_back(self, prompt: Prompt) -> None:
        if self._stand_in is None:
            self._stand_in = self._other_channel()
            self._stand_in.show(prompt)

    def _other_channel(self) -> Prompts:
        return self._meanwhile if self._server.slow else self._fallback

    def _replace_stand_in(self, prompt: Prompt) -> None:
        stand_in, self._stand_in = self._stand_in, None
        if stand_in is not None:
            stand_in.withdraw(prompt.id)

    def _take_down(self) -> None:
        """Nothing is live afterwards, and what is on its way to the screen does not stay there."""
        prompt, self._prompt = self._prompt, None
        self._on_its_way = None
        if self._number is not None:
            self._server.close(self._number)
            self._gone()
        if prompt is not None:
            self._replace_stand_in(prompt)

    def _gone(self) -> None:
        self._number = None
        self._remember(None)

    def _present_notice(self, notice: Notice, profile: Profile | None) -> None:
        if self._notice is not notice:
            return
        if profile is None:
            self._other_channel().notice(notice)
            return
        self._close_notice()

        def shown(number: int) -> None:
            if self._notice is notice:
                self._notice_number = number
                self._fallback.withdraw_notice(notice.kind)
            else:
                self._server.close(number)

        def passed_over() -> None:
            if self._notice is notice:
                self._other_channel().notice(notice)

        banner = banner_of_notice(notice, profile)
        self._server.show(banner, shown, lambda _why: passed_over(), passed_over)

    def _drop_notice(self) -> None:
        """It makes room, also where something stands in; one on its way does not stay either."""
        notice, self._notice = self._notice, None
        self._close_notice()
        if notice is not None:
            self._fallback.withdraw_notice(notice.kind)

    def _close_notice(self) -> None:
        if self._notice_number is not None:
            self._server.close(self._notice_number)
            self._notice_number = None

    # -------------------------------------------------------------------------- what comes back

    def _answered(self, number: int, key: str) -> None:
        if number == self._notice_number and self._notice is not None:
            self._notice_answered(self._notice, key)
            return
        prompt = self._prompt
        if number != self._number or prompt is None:
            return
        answer = prompts.first_answer(prompt) if key == DEFAULT else _offered(prompt, key)
        if answer is None:
            return
        self._server.close(number)
        self._gone()
        self._prompt = None
        snooze_s = prompt.snooze_s[0] if answer is Answer.SNOOZE and prompt.snooze_s else None
        self._send(PromptAnswered(answer, prompt.id, snooze_s))

    def _notice_answered(self, notice: Notice, key: str) -> None:
        fact = prompts.offer_answered(notice, key)
        if fact is not None:
            self._close_notice()
            self._send(fact)

    def _closed(self, number: int, reason: int) -> None:
        if number == self._notice_number:
            self._notice_number = None
        prompt = self._prompt
        if number != self._number or prompt is None:
            return
        self._gone()
        self._prompt = None
        if reason in _CLOSED_BY:
            self._send(PromptAnswered(_CLOSED_BY[reason], prompt.id))

    # -------------------------------------------------------------------------- servers come and go

    def _no_server(self) -> Capability:
        if self._startable and not self._server.asked:
            return Capability("notifications", "started when needed", True)
        return Capability("notifications", None, False, self._server.trouble, _ADVICE)

    def _bus_is_up(self) -> None:
        self._bus.enquire(_BUS, "GetId", on_reply=self._bus_named)
        self._bus.enquire(_BUS, "ListActivatableNames", on_reply=self._can_be_started)

    def _bus_named(self, body: Body) -> None:
        self._bus_id = body[0]
        self._close_leftover()

    def _can_be_started(self, body: Body) -> None:
        self._startable = "org.freedesktop.Notifications" in body[0]

    def _server_id(self) -> str:
        """Names one server for good: unique names begin again with each bus."""
        return f"{self._bus_id} {self._server.owner}"

    def _server_changed(self) -> None:
        """What the last server showed went with it; its numbers mean nothing to the next."""
        self._on_its_way = None
        self._notice_number = None
        if self._number is not None:
            self._gone()
        self._close_leftover()

    def _server_ready(self) -> None:
        if self._prompt is not None:
            self._present(self._prompt, self._server.profile)

    def _close_leftover(self) -> None:
        if not self._bus_id or not self._server.owner or self._remembered is None:
            return
        left, self._remembered = self._remembered, None
        if left[0] == self._server_id():
            self._server.close(left[1])


def _offered(prompt: Prompt, key: str) -> Answer | None:
    return next((answer for answer in prompt.actions if answer == key), None)


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
