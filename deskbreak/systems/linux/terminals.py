"""Which terminal emulator shows the player where there is no player window."""

import os
import shlex
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from deskbreak.adapters.player.process_player import Terminal

Which = Callable[[str], str | None]
"""Tells the path of a program, or None: `shutil.which`."""

_TITLE = "deskbreak"

# What stands between a terminal's name and the words it is to run. Where a terminal can be told
# to stay with its window instead of handing it to a server of its own, it is told so.
_BEFORE_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "xdg-terminal-exec": (),
        "x-terminal-emulator": ("-e",),
        "gnome-terminal": ("--wait", "--hide-menubar", f"--title={_TITLE}", "--"),
        "ptyxis": ("--standalone", "--"),
        "kgx": ("--",),
        "konsole": ("--separate", "--hide-menubar", "-e"),
        "xfce4-terminal": ("--disable-server", "--hide-menubar", f"--title={_TITLE}", "-x"),
        "mate-terminal": ("--disable-factory", "--hide-menubar", "-x"),
        "qterminal": ("-e",),
        "lxterminal": ("--no-remote", "-e"),
        "terminator": ("--no-dbus", "-x"),
        "foot": (f"--title={_TITLE}",),
        "footclient": (f"--title={_TITLE}",),
        "alacritty": ("--title", _TITLE, "-e"),
        "kitty": (f"--title={_TITLE}",),
        "wezterm": ("start", "--always-new-process", "--"),
        "ghostty": ("-e",),
        "urxvt": ("-title", _TITLE, "-e"),
        "st": ("-t", _TITLE, "-e"),
        "xterm": ("-title", _TITLE, "-e"),
    }
)
_EVERY_OTHER = ("-e",)  # what Debian's policy asks of a terminal, and most others understand

_OF_DESKTOP: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "gnome": ("ptyxis", "gnome-terminal"),
        "unity": ("gnome-terminal",),
        "kde": ("konsole",),
        "xfce": ("xfce4-terminal",),
        "mate": ("mate-terminal",),
        "lxqt": ("qterminal",),
        "lxde": ("lxterminal",),
    }
)
_X11_ONLY = frozenset({"xterm", "urxvt", "st"})
_WAYLAND_ONLY = frozenset({"foot", "footclient"})
_NOT_BY_ITSELF = frozenset({"footclient"})  # needs a server that somebody has started


def find_terminal(which: Which, environ: Mapping[str, str]) -> Terminal | None:
    """The person's own choice ($TERMINAL), the desktop's own, or any; None without one.

    None as well where there is no display to show it on.
    """
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return None
    for words in _candidates(environ):
        name = os.path.basename(words[0])  # noqa: PTH119 - a word, not yet a path
        if _has_no_place(name, environ):
            continue
        if (path := which(words[0])) is not None:
            return Terminal(name, (path, *words[1:], *_BEFORE_WORDS.get(name, _EVERY_OTHER)))
    return None


def _candidates(environ: Mapping[str, str]) -> Iterator[list[str]]:
    try:
        if wanted := shlex.split(environ.get("TERMINAL", "")):
            yield wanted
    except ValueError:  # a quote without its end: not a choice that can be followed
        pass
    for desktop in environ.get("XDG_CURRENT_DESKTOP", "").lower().split(":"):
        yield from ([name] for name in _OF_DESKTOP.get(desktop, ()))
    yield from ([name] for name in _BEFORE_WORDS if name not in _NOT_BY_ITSELF)


def _has_no_place(name: str, environ: Mapping[str, str]) -> bool:
    if name in _X11_ONLY:
        return not environ.get("DISPLAY")
    return name in _WAYLAND_ONLY and not environ.get("WAYLAND_DISPLAY")
