"""One entry of the menu, with what a click does."""

from collections.abc import Callable
from typing import Any

from deskbreak.adapters.tray.toolkit import Menu, MenuItem


def entry(text: str | Callable[[Any], str], action: Any, **when: Any) -> Any:
    """An entry that opens a submenu, or calls `action`; `when` as pystray.MenuItem takes it."""
    if isinstance(action, Menu):
        return MenuItem(text, action, **when)
    return MenuItem(text, lambda _icon, _item: action(), **when)
