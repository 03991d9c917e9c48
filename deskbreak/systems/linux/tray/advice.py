"""What to do where no icon shows: the one thing that brings trays to this desktop."""

from collections.abc import Mapping

WITHOUT = "Until then `deskbreak status`, `deskbreak break` and `deskbreak pause` do the same."

_DESKTOPS = (
    (
        ("gnome", "ubuntu"),
        "GNOME shows tray icons only with an extension: install and switch on"
        ' "AppIndicator and KStatusNotifierItem Support".',
    ),
    (("xfce",), 'Add "Status Tray Plugin" to the panel.'),
    (("kde", "plasma"), 'Add the "System Tray" widget to the panel.'),
    (("mate",), 'Add "Notification Area" to the panel.'),
    (("lxqt",), 'Add the "Status Notifier" plugin to the panel.'),
    (("cinnamon",), 'Add the "XApp Status" applet to the panel.'),
    (("budgie",), 'Add the "System Tray" applet to the panel.'),
    (("sway", "hyprland", "wlroots", "river", "niri"), 'Add the module "tray" to waybar.'),
)
_ANY = "Use a panel that shows StatusNotifierItem icons (for old trays there is snixembed)."


def desktop_name(environ: Mapping[str, str]) -> str:
    """What the desktop calls itself; empty if it does not say."""
    return environ.get("XDG_CURRENT_DESKTOP") or environ.get("XDG_SESSION_DESKTOP") or ""


def tray_advice(environ: Mapping[str, str]) -> str:
    """How to get tray icons on this desktop, in one sentence."""
    names = desktop_name(environ).casefold().replace(";", ":").split(":")
    for known, advice in _DESKTOPS:
        if any(name in known for name in names):
            return advice
    return _ANY
