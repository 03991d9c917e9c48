"""How the player of a routine is started."""

import asyncio
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from functools import partial

from deskbreak.adapters.player.process import ProcessPlayer
from deskbreak.adapters.player.terminals import find_terminal
from deskbreak.app.places import Places
from deskbreak.ports import Player, Send


def choose_player(
    loop: asyncio.AbstractEventLoop, send: Send, places: Places, speed: float
) -> Player:
    """The player of this desktop: the terminal player in a terminal program of its own."""
    return ProcessPlayer(
        loop,
        send,
        _command(places, speed),
        places.runtime,
        partial(find_terminal, shutil.which, os.environ),
    )


def _command(places: Places, speed: float) -> Callable[[str], Sequence[str]]:
    def command(routine: str) -> Sequence[str]:
        return [
            sys.executable, "-m", "deskbreak.windows.terminal", routine,
            "--content", str(places.microroutines), "--speed", str(speed),
        ]  # fmt: skip

    return command
