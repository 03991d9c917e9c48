"""The composition root: builds every part, connects them, and takes them down again."""

import asyncio
import logging
import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal

from deskbreak.adapters.clock import SystemClock
from deskbreak.adapters.hooks import Hooks
from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.adapters.store.state import TomlStateStore
from deskbreak.adapters.waker import AlarmWaker
from deskbreak.app import desktop
from deskbreak.app.adviser import CatalogueAdviser
from deskbreak.app.control import ControlHandler, ControlLine
from deskbreak.app.daemon import Daemon, Ports
from deskbreak.app.environment import Options, Places
from deskbreak.app.housekeeping import Keeping, WeeklyNote, what_is_lost
from deskbreak.app.menu import menu_sources
from deskbreak.app.notes import with_sound_notes
from deskbreak.app.notices import Notices, open_prompts
from deskbreak.app.programs import Told, Windows, choose_player, hush_on_calls
from deskbreak.app.session import SessionWatch
from deskbreak.app.settings_file import Tuning
from deskbreak.app.sources import Sources
from deskbreak.app.troubles import Troubles
from deskbreak.core.effects import Notice, NoticeKind
from deskbreak.core.engine import Engine
from deskbreak.core.enums import BreakKind
from deskbreak.core.events import DoneSaid, Fact, PlayerPainted, SettingsChanged
from deskbreak.core.status import Status
from deskbreak.ports import Capability, Prompts, Tray
from deskbreak.settings.files import shipped
from deskbreak.systems.absent import NoTray
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.types import has_bus
from deskbreak.systems.linux.filewatch import watch_files
from deskbreak.systems.linux.notify.choose import LastBanner
from deskbreak.systems.linux.session.tie import Tie
from deskbreak.systems.linux.tray.tray import open_tray

log = logging.getLogger(__name__)


class Application:
    """Everything that runs, in one place. `open` on the loop, `close` when the loop has stopped."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        places: Places,
        options: Options,
        stop: Callable[[], None],
    ) -> None:
        self._loop, self._places, self._options, self._stop = loop, places, options, stop
        self._senses: Sources | None = None
        self._session_bus: Bus | None = None
        self._tray: Tray = NoTray("it could not be opened; the log says why")
        self._prompts: Prompts | None = None
        self._control = ControlLine(loop, places.socket)
        self._closers: list[Callable[[], object]] = []
        self._notices = Notices()
        self._tuning = Tuning(options.config, places.site_configs, options.overrides)
        self._troubles = Troubles(self._notices.complain)

    # bringing it up, in the order in which one part needs the other

    async def open(self) -> None:
        """Bring everything up. What the desktop lacks is said by `capabilities`, never raised.

        Without a part that breaks here the rest goes on; only the daemon itself has to be there.
        """
        self._loop.set_exception_handler(self._troubles.heard)
        self._tuning.reload(self._notices.complain)
        self._store = TomlStateStore(self._places.state, self._notices.complain)
        saved = with_sound_notes(self._store.load(), self._notices.complain)
        self._prompts = prompts = self._open_prompts(saved or {})
        self._daemon = self._open_daemon(saved, prompts)
        for doing, bring_up in (
            ("listening to this desktop", self._open_senses),
            ("showing the icon", self._open_tray),
            ("writing the weekly note", self._open_weekly_note),
            ("listening to the command line", self._open_control),
            ("watching your settings", self._watch_settings),
            ("looking after the session", self._watch_session),
        ):
            with self._troubles.during(doing):
                bring_up()
        with self._troubles.during("showing a notification"):
            self._notices.flow_to(prompts)
        self._daemon.update()

    def _open_prompts(self, saved: Mapping[str, Any]) -> Prompts:
        console = self._options.console or desktop.is_missing(os.environ)
        if not console and has_bus(os.environ):
            self._session_bus = self._bus("session")
        left = saved.get("notes", {}).get("banner")
        last = LastBanner(
            tuple(left) if left else None,
            lambda banner: self._daemon.note("banner", list(banner) if banner else None),
        )
        prompts = open_prompts(
            self._loop, self._send, self._session_bus, lambda: self._tuning.settings,
            self._troubles, leave=self._stop if console else None, last=last,
        )  # fmt: skip
        self._closers.append(prompts.close)
        with self._troubles.during("reaching the session bus"):
            if self._session_bus is not None:
                self._session_bus.start()
        return prompts

    def _bus(self, which: Literal["session", "system"]) -> Bus:
        bus = Bus(self._loop, which)
        self._closers.append(bus.close)
        return bus

    def _open_daemon(self, saved: Mapping[str, Any] | None, prompts: Prompts) -> Daemon:
        clock, settings = SystemClock(), self._tuning.settings
        self._history = history = SqliteHistory(
            self._places.history,
            self._notices.complain,
            settings.schedule.day_starts,
            self._loop.call_later,
        )
        self._adviser = CatalogueAdviser([shipped("microroutines"), self._places.microroutines])
        self._told = Told(
            self._places, self._tuning, self._adviser, self, self._status,
            lambda: self._daemon.engine.past.plays, self._options.speed,
        )  # fmt: skip
        self._player = player = choose_player(self._loop, self._send, self._told, prompts)
        hooks = Hooks(self._loop, lambda: self._tuning.settings.hooks)
        keeping = Keeping(
            self._places.history,
            lambda: self._tuning.settings.history.keep,
            history.forget_before,
            history.mend,
        )
        ports = Ports(
            clock, self._store, prompts, player, history,
            [hooks.fire, keeping.heard, self._control.publish, hush_on_calls(player)],
            self._own("routines.level"), self._notices.complain, self._troubles, desktop.boot_id(),
        )  # fmt: skip
        engine = Engine(settings, self._adviser, clock.now())
        daemon = Daemon(engine, ports, self._waker)
        self._closers += [history.close, player.close, hooks.close]
        self._daemon = daemon
        self._closers += [daemon.save, self._end_guide]
        if saved is not None:
            try:
                daemon.restore(saved)
            except (ValueError, KeyError, TypeError) as problem:
                self._store.reject(problem)
        with self._troubles.during("recalling earlier routines"):
            if not engine.past.plays and self._places.history.exists():
                engine.recall(history.past())
        return daemon

    def _waker(self, alarm: Callable[[], None]) -> AlarmWaker:
        waker = AlarmWaker(self._loop, alarm)
        self._closers.append(waker.close)
        return waker

    def _open_senses(self) -> None:
        buses = (self._session_bus, self._bus("system"))
        senses = Sources(
            self._loop, self._send, lambda: self._tuning.settings, os.environ, buses,
            troubles=self._troubles,
        )  # fmt: skip
        self._closers.append(senses.close)
        self._senses = senses
        self._daemon.use_idle_source(senses.idle)
        senses.start()

    def _open_tray(self) -> None:
        made = menu_sources(
            self._daemon,
            self._adviser,
            self._tuning,
            Windows(self._loop, self._options.config),
            self._stop,
            self._own("standing.enabled"),
            lambda kind: self._notices.show(Notice(kind)),
        )
        shown = self._options.tray and not self._options.console
        tray: Tray = NoTray("switched off")
        if shown:
            tray = open_tray(self._loop, made, partial(log.info, "%s"), os.environ)
        self._closers.append(tray.close)
        self._tray = tray
        self._daemon.watch(tray.show, "showing the icon")

    def _open_weekly_note(self) -> None:
        note = WeeklyNote(
            self._places.history,
            lambda: self._tuning.settings,
            lambda text: self._notices.show(Notice(NoticeKind.WEEKLY, text=text)),
            str(self.noted("weekly") or ""),
            lambda week: self.note("weekly", week),
        )
        self._daemon.watch(note.look, "writing the weekly note")

    def _open_control(self) -> None:
        desk = ControlHandler(
            self._daemon, self._tuning, self.capabilities, self._reload, self._stop, self._lost
        )
        self._closers.append(self._control.close)
        self._daemon.watch(self._control.tell, "telling those who subscribed")
        try:
            self._control.start(desk)
        except OSError as error:
            self._notices.complain(f"The command line cannot reach deskbreak: {error}")

    def _watch_session(self) -> None:
        """A terminal ends us by a signal."""
        tie = Tie() if self._options.console else Tie.of(os.environ)
        watch = SessionWatch(self._loop, tie, self._places, self._stop, self._control.renew)
        self._closers.append(watch.close)
        self._daemon.watch(watch.glance, "looking after the session")

    def _watch_settings(self) -> None:
        paths = [self._options.config, *self._places.site_configs]
        watch = watch_files(self._loop, paths, self._reload)
        self._closers.append(watch.close)

    def close(self) -> None:
        """Take everything down again, the last first."""
        while self._closers:
            closer = self._closers.pop()
            try:
                closer()
            except Exception:  # the rim: one part that breaks while going keeps no other from going
                log.exception("Something broke while closing")

    def _end_guide(self) -> None:
        """A guide that is closed in good order need not be looked for by the next start."""
        taken = self._status().break_
        if taken is not None and taken.kind is BreakKind.STRETCH:
            self._daemon.tell(DoneSaid())

    # what the parts say to each other

    def _send(self, fact: Fact) -> None:
        with self._troubles.during("passing on what was sensed"):
            if self._senses is not None:
                self._senses.hear(fact)
            if isinstance(fact, PlayerPainted):
                self._told.painted()
        self._daemon.tell(fact)

    def _status(self) -> Status:
        return self._daemon.engine.status()

    def noted(self, name: str) -> Any:
        """A small value kept over a restart; None if nothing was kept under that name."""
        return self._daemon.noted(name)

    def note(self, name: str, value: Any) -> None:
        """Keep a small value over a restart."""
        self._daemon.note(name, value)

    def end_player(self) -> None:
        """Close a player that stays after its routine, to ask how it was; the demo goes on."""
        self._player.close()

    def _reload(self) -> None:
        self._adviser.forget()
        if self._tuning.reload(self._notices.complain):
            self._history.day_starts = self._tuning.settings.schedule.day_starts
            self._daemon.tell(SettingsChanged(self._tuning.settings))
            if self._senses is not None:
                self._senses.refresh()
                self._daemon.use_idle_source(self._senses.idle)
        else:
            self._daemon.update()

    def _own(self, key: str) -> Callable[[Any], None]:
        """What writes that key into the person's own file when something in here was clicked."""

        def write(value: Any) -> None:
            if self._tuning.write(key, value, self._notices.complain):
                self._reload()

        return write

    def _lost(self) -> str:
        return what_is_lost(self._history.unsaved(), saved=self._daemon.save())

    def capabilities(self) -> list[Capability]:
        """What works on this desktop, for `doctor`."""
        parts = (
            self._senses, self._prompts, self._tray, self._player, self._history, self._troubles,
        )  # fmt: skip
        found: list[Capability] = []
        for part in parts:
            with self._troubles.during("asking what works"):
                found += part.capabilities() if part is not None else []
        return found
