"""What the tray's menu is made from."""

from collections.abc import Callable, Sequence

from deskbreak.adapters.tray.menu import MenuSources
from deskbreak.app.adviser import CatalogueAdviser
from deskbreak.app.daemon import Daemon
from deskbreak.app.programs import Windows
from deskbreak.app.settings_file import Tuning
from deskbreak.core.effects import NoticeKind
from deskbreak.core.events import Fact


def menu_sources(
    daemon: Daemon,
    adviser: CatalogueAdviser,
    tuning: Tuning,
    windows: Windows,
    stop: Callable[[], None],
    alternate: Callable[[bool], None],
    read: Callable[[NoticeKind], None],
) -> MenuSources:
    """Everything that the menu needs."""

    def send(fact: Fact) -> None:
        daemon.tell(fact)

    return MenuSources(
        status=daemon.engine.status,
        send=send,
        areas=lambda: by_area(adviser),
        snoozes=lambda: [float(length) for length in tuning.settings.breaks.snooze],
        set_alternate=alternate,
        open_window=windows.open,
        quit=stop,
        read=read,
        windows=windows.available(),
        countdown=lambda: tuning.settings.tray.countdown,
        shade=lambda: tuning.settings.tray.icon,
    )


def by_area(adviser: CatalogueAdviser) -> Sequence[tuple[str, str]]:
    """For every area its gentlest routine that needs no mat: (label, routine id)."""
    found: dict[str, tuple[tuple[int, bool, str], str]] = {}
    for routine in adviser.catalogue.routines.values():
        key = (routine.level, "floor" in routine.places, routine.id)
        area = str(routine.focus)
        if area not in found or key < found[area][0]:
            found[area] = (key, routine.id)
    return [(area.replace("_", " ").capitalize(), found[area][1]) for area in sorted(found)]
