"""What the environment says of the desktop that deskbreak was started on."""

import sys
from collections.abc import Mapping
from pathlib import Path

from deskbreak.systems.linux.dbus.types import has_bus

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def is_missing(environ: Mapping[str, str]) -> bool:
    """Whether there is no desktop at all: prompts then come in the terminal."""
    if sys.platform in {"win32", "darwin"}:
        return False
    display = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    return not display and not has_bus(environ)


def boot_id() -> str:
    """A name for this run of the machine; empty where the system gives none."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return ""
