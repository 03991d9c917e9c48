"""The doors of a folder, as the composition root makes them."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from deskbreak.systems.posix.door import SocketDoor


def doors(loop: asyncio.AbstractEventLoop, folder: Path) -> Callable[[str], SocketDoor]:
    """Makes the door of a name."""
    return lambda name: SocketDoor(loop, folder / f"{name}.sock")
