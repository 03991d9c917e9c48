"""How the overlay is started, and what it is told of the person."""

import asyncio
import importlib.util
from collections.abc import Callable, Sequence

from deskbreak.adapters.programs import python
from deskbreak.adapters.prompts.overlay import OverlayPrompts
from deskbreak.adapters.prompts.terminal import TerminalPrompts
from deskbreak.ports import Prompts, Send
from deskbreak.settings.model import Settings

_WINDOW = "deskbreak.windows.overlay"


def with_overlay(
    loop: asyncio.AbstractEventLoop, send: Send, prompts: Prompts, settings: Callable[[], Settings]
) -> Prompts:
    """These prompts with the overlay in front; a terminal has no screen to cover."""
    if isinstance(prompts, TerminalPrompts):
        return prompts

    def command() -> Sequence[str]:
        if importlib.util.find_spec("PySide6") is None:
            raise OSError("windows need PySide6 (pip install 'deskbreak[gui]')")
        ui = settings().ui
        return python(_WINDOW, "--theme", ui.theme, "--text-scale", str(ui.text_scale))

    def wanted() -> bool:
        return settings().breaks.escalate == "overlay"

    return OverlayPrompts(loop, send, prompts, command, wanted=wanted)
