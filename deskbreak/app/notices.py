"""The way to the person: how prompts are shown here, and what deskbreak itself has to say."""

import asyncio
import logging
import sys
from collections.abc import Callable

from deskbreak.adapters.prompts.terminal import TerminalPrompts
from deskbreak.app.programs import with_overlay
from deskbreak.app.troubles import Troubles
from deskbreak.core.effects import Notice, NoticeKind
from deskbreak.ports import Prompts, Send
from deskbreak.settings.files import shipped
from deskbreak.settings.model import Settings
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.notify.choose import LastBanner, choose_prompts

log = logging.getLogger(__name__)


def open_prompts(
    loop: asyncio.AbstractEventLoop,
    send: Send,
    bus: Bus | None,
    settings: Callable[[], Settings],
    troubles: Troubles,
    leave: Callable[[], None] | None,
    last: LastBanner,
) -> Prompts:
    """The best channel there is; what breaks on the way to it leaves a plainer one.

    With `leave` all is said in this terminal, and that is called for the key that quits.
    """
    prompts: Prompts = TerminalPrompts(send, sys.stderr)
    with troubles.during("opening the notifications"):
        icon = str(shipped("config") / "icons" / "deskbreak-48.png")
        prompts = choose_prompts(
            loop, send, bus, console=leave is not None, leave=leave, last=last, icon=icon
        )
    with troubles.during("opening the overlay"):
        return with_overlay(loop, send, prompts, settings)
    return prompts


class Notices:
    """What deskbreak has to say by itself, kept until there is a way to say it."""

    def __init__(self) -> None:
        self._prompts: Prompts | None = None
        self._waiting: list[Notice] = []

    def flow_to(self, prompts: Prompts) -> None:
        """They are shown there from now on."""
        self._prompts = prompts
        while self._waiting:
            prompts.notice(self._waiting.pop(0))

    def complain(self, sentence: str) -> None:
        """Say what is the matter, in the log as well."""
        log.error("%s", sentence)
        self.show(Notice(NoticeKind.TROUBLE, text=sentence))

    def show(self, notice: Notice) -> None:
        """Show it as soon as that can be."""
        if self._prompts is None:
            self._waiting.append(notice)
        else:
            self._prompts.notice(notice)
