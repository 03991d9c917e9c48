"""Finds how prompts are shown here: notifications with buttons, plain ones, or the terminal."""

import asyncio
import sys
from collections.abc import Callable
from functools import partial

from deskbreak.adapters.prompts.passive import PassivePrompts
from deskbreak.adapters.prompts.terminal import TerminalPrompts
from deskbreak.ports import Prompts, Send
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.notify.freedesktop import FreedesktopPrompts
from deskbreak.systems.posix.keyboard import Keyboard
from deskbreak.systems.system import LastBanner

_ADVICE = "Install notify-send (package libnotify-bin)."


def choose_prompts(
    loop: asyncio.AbstractEventLoop,
    send: Send,
    bus: Bus | None,
    *,
    console: bool = False,
    leave: Callable[[], None] | None = None,
    last: LastBanner | None = None,
    icon: str = "appointment-soon",
) -> Prompts:
    """The best channel of this machine, which falls back to the others by itself.

    `bus` is the session bus, None where there is no such thing. With `console` all is said in the
    terminal, and keys answer; `leave` is called for the key that quits.
    """
    if console:
        return TerminalPrompts(
            send, sys.stderr, listen=partial(Keyboard.of, loop, sys.stdin), leave=leave
        )
    terminal = TerminalPrompts(send, sys.stderr)
    passive = PassivePrompts(loop, terminal, trusted=False, advice=_ADVICE)
    if bus is None:
        return passive
    if last is None:
        return FreedesktopPrompts(bus, send, passive, meanwhile=terminal, icon=icon)
    return FreedesktopPrompts(
        bus, send, passive,
        meanwhile=terminal, remembered=last.left, remember=last.remember, icon=icon,
    )  # fmt: skip
