"""The composition root: builds every part, connects them, and takes them down again."""

import asyncio
import logging
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from deskbreak.adapters.hooks import Hooks
from deskbreak.adapters.programs import adding_qt
from deskbreak.adapters.prompts.terminal import TerminalPrompts
from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.adapters.store.state import TomlStateStore
from deskbreak.adapters.tray.menu import WELCOME, MenuSources
from deskbreak.adapters.waker import AlarmWaker
from deskbreak.app.adviser import CatalogueAdviser
from deskbreak.app.control import ControlHandler, ControlLine
from deskbreak.app.daemon import Daemon, Listener, Ports
from deskbreak.app.environment import Options, Places
from deskbreak.app.housekeeping import Keeping, WeeklyNote, what_is_lost, with_sound_notes
from deskbreak.app.installed import Installed
from deskbreak.app.programs import (
    PlayerArguments,
    Windows,
    choose_player,
    hush_on_calls,
    with_overlay,
)
from deskbreak.app.settings_file import Tuning
from deskbreak.app.sources import Sources
from deskbreak.app.troubles import Notices, Troubles
from deskbreak.core.effects import Notice, NoticeKind
from deskbreak.core.engine import Engine
from deskbreak.core.enums import BreakKind
from deskbreak.core.events import DoneSaid, Fact, PlayerPainted, SettingsChanged
from deskbreak.core.status import Status
from deskbreak.ports import Capability, Prompts, Tray
from deskbreak.settings.files import shipped
from deskbreak.settings.model import Settings
from deskbreak.systems.system import LastBanner, NoTray, System

log = logging.getLogger(__name__)


class Application:
    """Everything that runs, in one place. `open` on the loop, `close` when the loop has stopped.

    `listeners` hear of everything that happens, `handler` answers requests.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        system: System,
        places: Places,
        options: Options,
        stop: Callable[[], None],
    ) -> None:
        self._loop, self._places, self._options, self._stop = loop, places, options, stop
        self._desktop = system.open(loop, console=options.console)
        self._clock, self._system = system.clock(), system
        self._sources: Sources | None = None
        self._tray: Tray = NoTray("it could not be opened; the log says why")
        self._prompts: Prompts | None = None
        self.listeners: list[Listener] = []
        self._closers: list[Callable[[], object]] = [self._desktop.close]
        self._windows = Windows(loop, options.config)
        self._notices = Notices()
        self._tuning = Tuning(options.config, places.site_configs, options.overrides)
        self._troubles = Troubles(self._notices.complain)

    # bringing it up, in the order in which one part needs the other

    def open(self) -> None:
        """Bring everything up. What the desktop lacks is said by `capabilities`, never raised.

        Without a part that breaks here the rest goes on; only the daemon itself has to be there.
        """
        self._loop.set_exception_handler(self._troubles.heard)
        self._tuning.reload(self._notices.complain)
        self._store = TomlStateStore(self._places.state, self._notices.complain)
        saved = with_sound_notes(self._store.load(), self._notices.complain)
        self._prompts = prompts = self._open_prompts(saved or {})
        self._open_daemon(saved, prompts)
        for doing, bring_up in (
            ("listening to this desktop", self._open_sources),
            ("reaching this desktop", self._desktop.start),
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
        if self._options.welcome:
            self._windows.open(WELCOME)
        self._daemon.update()

    def _open_prompts(self, saved: Mapping[str, Any]) -> Prompts:
        """The best channel there is; what breaks on the way to it leaves a plainer one."""
        left = saved.get("notes", {}).get("banner")
        last = LastBanner(
            tuple(left) if left else None,
            lambda banner: self._note("banner", list(banner) if banner else None),
        )
        icon = str(shipped("config") / "icons" / "deskbreak-48.png")
        prompts: Prompts = TerminalPrompts(self._send, sys.stderr)
        with self._troubles.during("opening the notifications"):
            prompts = self._desktop.prompts(self._send, self._stop, last, icon)
        with self._troubles.during("opening the overlay"):
            prompts = with_overlay(self._loop, self._send, prompts, self._settings)
        self._closers.append(prompts.close)
        return prompts

    def _settings(self) -> Settings:
        return self._tuning.settings

    def _open_daemon(self, saved: Mapping[str, Any] | None, prompts: Prompts) -> None:
        clock, settings = self._clock, self._settings()
        self._history = history = SqliteHistory(
            self._places.history,
            self._notices.complain,
            settings.schedule.day_starts,
            self._loop.call_later,
        )
        self._adviser = CatalogueAdviser([shipped("microroutines"), self._places.microroutines])
        self._arguments = arguments = PlayerArguments(
            self._places, self._tuning, self._adviser, self._noted, self._note, self._status,
            lambda: self._daemon.engine.past.plays, self._options.speed,
        )  # fmt: skip
        self._player = player = choose_player(
            self._loop, self._system, self._send, arguments, prompts
        )
        hooks = Hooks(self._loop, lambda: self._settings().hooks)
        keeping = Keeping(
            self._places.history,
            lambda: self._settings().history.keep,
            history.forget_before,
            history.mend,
        )
        self.listeners += [hooks.fire, keeping.heard, hush_on_calls(player)]
        ports = Ports(
            clock, self._store, prompts, player, history, self.listeners,
            self._own("routines.level"), self._notices.complain, self._troubles,
            self._system.boot(),
        )  # fmt: skip
        engine = Engine(settings, self._adviser, clock.now())
        self._daemon = daemon = Daemon(engine, ports, self._waker)
        self._closers += [history.close, player.close, hooks.close, daemon.save, self._end_guide]
        if saved is not None:
            try:
                daemon.restore(saved)
            except (ValueError, KeyError, TypeError) as problem:
                self._store.reject(problem)
        with self._troubles.during("recalling earlier routines"):
            if not engine.past.plays and self._places.history.exists():
                engine.recall(history.past())

    def _waker(self, alarm: Callable[[], None]) -> AlarmWaker:
        waker = AlarmWaker(self._loop, alarm)
        self._closers.append(waker.close)
        return waker

    def _open_sources(self) -> None:
        sources = Sources(
            self._loop, self._desktop, self._clock, self._send, self._settings, self._troubles
        )
        self._closers.append(sources.close)
        self._sources = sources
        self._daemon.use_idle_source(sources.idle)
        sources.start()

    def _open_tray(self) -> None:
        windows, tuning = self._windows, self._tuning
        installed = Installed(self._system, self._places)
        menu = MenuSources(
            status=self._daemon.engine.status,
            send=self._send,
            areas=self._adviser.by_area,
            snoozes=lambda: [float(length) for length in tuning.settings.breaks.snooze],
            set_at_login=partial(installed.try_at_login, self._notices.complain),
            open_window=windows.open,
            quit=self._stop,
            read=self._read,
            windows=windows.available(),
            at_login=installed.starts_at_login,
            countdown=lambda: tuning.settings.tray.countdown,
            shade=lambda: tuning.settings.tray.icon,
        )
        if self._options.tray and not self._options.console:
            self._tray = self._desktop.tray(menu, partial(log.info, "%s"))
        else:
            self._tray = NoTray("switched off")
        self._closers.append(self._tray.close)
        self._daemon.watch(self._tray.show, "showing the icon")

    def _read(self, kind: NoticeKind) -> None:
        """Show a text that is there to be read at any time."""
        self._notices.show(Notice(kind, text=adding_qt() if kind is NoticeKind.WINDOWS else ""))

    def _open_weekly_note(self) -> None:
        note = WeeklyNote(
            self._places.history,
            self._settings,
            lambda text: self._notices.show(Notice(NoticeKind.WEEKLY, text=text)),
            str(self._noted("weekly") or ""),
            lambda week: self._note("weekly", week),
        )
        self._daemon.watch(note.look, "writing the weekly note")

    def _open_control(self) -> None:
        self.handler = ControlHandler(
            self._daemon, self._tuning, self.capabilities, self._reload, self._stop, self._lost,
            lambda says: self._notices.show(Notice(NoticeKind.STATUS, text=says)),
        )  # fmt: skip
        door = self._system.door(self._loop, self._places.socket)
        line = ControlLine(self._loop, door, self.handler)
        self._closers.append(line.close)
        self.listeners.append(line.publish)
        self._daemon.watch(line.tell, "telling those who subscribed")
        try:
            line.start()
        except OSError as error:
            self._notices.complain(f"The command line cannot reach deskbreak: {error}")

        def renew() -> None:
            if self._places.runtime.parent.is_dir():  # it goes with its session, and stays away
                line.renew()

        self._closers.append(self._desktop.watch_files([self._places.socket], renew).close)

    def _watch_session(self) -> None:
        end = self._desktop.watch_session(self._places.runtime.parent, self._stop)
        self._closers.append(end.close)
        self._daemon.watch(end.glance, "looking after the session")

    def _watch_settings(self) -> None:
        paths = [self._options.config, *self._places.site_configs]
        self._closers.append(self._desktop.watch_files(paths, self._reload).close)

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
            if self._sources is not None:
                self._sources.hear(fact)
            if isinstance(fact, PlayerPainted):
                self._arguments.painted()
        self._daemon.tell(fact)

    def _status(self) -> Status:
        return self._daemon.engine.status()

    def _noted(self, name: str) -> Any:
        return self._daemon.noted(name)

    def _note(self, name: str, value: Any) -> None:
        self._daemon.note(name, value)

    def end_player(self) -> None:
        """Close a player that stays after its routine, to ask how it was; the demo goes on."""
        self._player.close()

    def _reload(self) -> None:
        self._adviser.forget()
        if self._tuning.reload(self._notices.complain):
            self._history.day_starts = self._tuning.settings.schedule.day_starts
            self._daemon.tell(SettingsChanged(self._tuning.settings))
            if self._sources is not None:
                self._sources.refresh()
                self._daemon.use_idle_source(self._sources.idle)
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
            self._sources, self._prompts, self._tray, self._player, self._history, self._troubles,
        )  # fmt: skip
        found: list[Capability] = []
        for part in parts:
            with self._troubles.during("asking what works"):
                found += part.capabilities() if part is not None else []
        return found
