"""The composition root: builds every part, connects them, and takes them down again."""

import asyncio
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from deskbreak.adapters.clock import SystemClock
from deskbreak.adapters.control.server import ControlServer
from deskbreak.adapters.hooks import Hooks
from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.adapters.store.state import TomlStateStore
from deskbreak.adapters.tray.choose import NoTray, Wanted, choose_tray
from deskbreak.adapters.tray.menu import MenuSources
from deskbreak.adapters.waker import AlarmWaker
from deskbreak.app import desktop
from deskbreak.app.adviser import CatalogueAdviser
from deskbreak.app.control import ControlHandler
from deskbreak.app.daemon import Daemon, EffectRunner, Listener, World
from deskbreak.app.environment import Options, Places
from deskbreak.app.housekeeping import Keeping, WeeklyNote
from deskbreak.app.notes import with_sound_notes
from deskbreak.app.programs import Told, Windows, choose_player, hush_on_calls, with_overlay
from deskbreak.app.settings_file import Tuning
from deskbreak.app.sources import Sources
from deskbreak.app.troubles import Troubles
from deskbreak.core.effects import Notice, NoticeKind
from deskbreak.core.engine import Engine
from deskbreak.core.enums import BreakKind
from deskbreak.core.events import DoneSaid, Fact, PlayerPainted, SettingsChanged
from deskbreak.core.moment import Moment
from deskbreak.core.records import Happening
from deskbreak.core.status import Status
from deskbreak.ports import Capability, Prompts, Tray
from deskbreak.settings.files import shipped
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.filewatch import FileWatch, watch_files
from deskbreak.systems.linux.notify.choose import LastBanner, choose_prompts
from deskbreak.systems.linux.session.ending import SessionEnd
from deskbreak.systems.linux.session.tie import Tie

log = logging.getLogger(__name__)


def sources(
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
        self._closers: list[Callable[[], object]] = []
        self._senses: Sources | None = None
        self._prompts: Prompts | None = None
        self._control: ControlServer | None = None
        self._complaints: list[str] = []
        self._tuning = Tuning(options.config, places.site_configs, options.overrides)
        self._troubles = Troubles(self._complain)

    # bringing it up, in the order in which one part needs the other

    async def open(self) -> None:
        """Bring everything up. What the desktop lacks is said by `capabilities`, never raised."""
        self._loop.set_exception_handler(self._troubles.heard)
        self._tuning.reload(self._complain)
        self._store = TomlStateStore(self._places.state, self._complain)
        saved = with_sound_notes(self._store.load(), self._complain)
        self._prompts = self._open_prompts(saved or {})
        self._daemon = self._open_daemon(saved, self._prompts)
        self._open_senses()
        self._tray: Tray = NoTray("it could not be opened; the log says why")
        with self._troubles.during("showing the icon"):
            self._tray = self._open_tray()
        self._daemon.watch(self._tray.show, "showing the icon")
        self._daemon.watch(self._weekly_note().look, "writing the weekly note")
        self._open_control()
        self._watch_settings()
        self._watch_session()
        self._show_complaints()
        self._daemon.update()

    def _open_prompts(self, saved: Mapping[str, Any]) -> Prompts:
        console = self._options.console or desktop.is_missing(os.environ)
        bus = None if console or desktop.has_no_bus(os.environ) else self._bus("session")
        left = saved.get("notes", {}).get("banner")
        last = LastBanner(
            tuple(left) if left else None,
            lambda banner: self._daemon.note("banner", list(banner) if banner else None),
        )
        prompts = choose_prompts(
            self._loop, self._send, bus, console=console, leave=self._stop, last=last,
            icon=str(shipped("config") / "icons" / "deskbreak-48.png"),
        )  # fmt: skip
        prompts = with_overlay(self._loop, self._send, prompts, lambda: self._tuning.settings)
        self._session_bus = bus
        self._closers.append(prompts.close)
        if bus is not None:
            bus.start()
        return prompts

    def _bus(self, which: Literal["session", "system"]) -> Bus:
        bus = Bus(self._loop, which)
        self._closers.append(bus.close)
        return bus

    def _open_daemon(self, saved: Mapping[str, Any] | None, prompts: Prompts) -> Daemon:
        clock, settings = SystemClock(), self._tuning.settings
        self._history = history = SqliteHistory(
            self._places.history,
            self._complain,
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
        hush = hush_on_calls(player)
        listeners: list[Listener] = [hooks.fire, keeping.heard, self._publish, hush]
        performer = EffectRunner(
            prompts, player, history, listeners, self._own("routines.level"), self._troubles
        )
        waker = AlarmWaker(self._loop, self._alarm)
        self._closers += [waker.close, history.close, player.close, hooks.close]
        engine = Engine(settings, self._adviser, clock.now())
        world = World(
            clock, waker, self._store, performer, desktop.boot_id(), complain=self._complain,
            troubles=self._troubles,
        )  # fmt: skip
        daemon = Daemon(engine, world)
        self._daemon = daemon
        self._closers += [daemon.save, self._end_guide]
        if saved is not None:
            self._restore(daemon, saved)
        if not engine.past.plays and self._places.history.exists():
            engine.recall(history.past())
        return daemon

    def _restore(self, daemon: Daemon, saved: Mapping[str, Any]) -> None:
        try:
            daemon.restore(saved)
        except (ValueError, KeyError, TypeError) as problem:
            self._store.reject(problem)

    def _open_senses(self) -> None:
        buses = (self._session_bus, self._bus("system"))
        senses = Sources(
            self._loop, self._send, lambda: self._tuning.settings, os.environ, buses,
            troubles=self._troubles,
        )  # fmt: skip
        self._closers.append(senses.close)
        self._daemon.use_idle_source(senses.idle)
        self._senses = senses
        senses.start()

    def _open_tray(self) -> Tray:
        made = sources(
            self._daemon,
            self._adviser,
            self._tuning,
            Windows(self._loop, self._options.config),
            self._stop,
            self._own("standing.enabled"),
            lambda kind: self._show(Notice(kind)),
        )
        shown = self._options.tray and not self._options.console
        wanted: Wanted = "auto" if shown else "none"
        tray = choose_tray(self._loop, made, self._no_host, os.environ, wanted=wanted)
        self._closers.append(tray.close)
        return tray

    def _weekly_note(self) -> WeeklyNote:
        return WeeklyNote(
            self._places.history,
            lambda: self._tuning.settings,
            lambda text: self._show(Notice(NoticeKind.WEEKLY, text=text)),
            str(self.noted("weekly") or ""),
            lambda week: self.note("weekly", week),
        )

    def _open_control(self) -> None:
        desk = ControlHandler(
            self._daemon, self._tuning, self.capabilities, self._reload, self._stop, self._lost
        )
        self._desk = desk
        self._control = ControlServer(self._loop, self._places.socket, desk.answer)
        try:
            self._control.start()
        except OSError as error:
            self._complain(f"The command line cannot reach deskbreak: {error}")
        self._closers.append(self._control.close)
        self._daemon.watch(self._tell_subscribers, "telling those who subscribed")

    def _watch_session(self) -> None:
        """End with the session (a terminal ends us by a signal), and keep the way to us open."""
        tie = Tie() if self._options.console else Tie.of(os.environ)
        runtime = self._places.runtime.parent
        end = SessionEnd(self._loop, tie, lambda: not runtime.is_dir(), self._session_over)

        def stirred() -> None:
            end.look()
            if runtime.is_dir():
                self._renew_control()

        watch = watch_files(self._loop, [self._places.socket, *tie.paths()], stirred)
        self._closers += [end.close, watch.close]
        self._daemon.watch(lambda _: end.glance(), "looking after the session")

    def _session_over(self) -> None:
        log.info("The session is over, and deskbreak ends with it.")
        self._stop()

    def _renew_control(self) -> None:
        try:
            if self._control is not None:
                self._control.renew()
        except OSError as error:
            log.warning("The command line cannot reach deskbreak: %s", error)

    def _watch_settings(self) -> None:
        paths = [self._options.config, *self._places.site_configs]
        watch: FileWatch = watch_files(self._loop, paths, self._reload)
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

    def _alarm(self) -> None:
        self._daemon.alarm()

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

    def _publish(self, happening: Happening, at: Moment) -> None:
        if self._control is None:
            return
        event = {"event": happening.event, "wall": at.local.isoformat(timespec="seconds")}
        self._control.publish(event | happening.as_dict())

    def _tell_subscribers(self, status: Status) -> None:
        if self._control is not None and self._control.has_subscribers:
            self._control.publish({"event": "status", **self._desk.now(status)})

    def _reload(self) -> None:
        self._adviser.forget()
        if self._tuning.reload(self._complain):
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
            if self._tuning.write(key, value, self._complain):
                self._reload()

        return write

    def _complain(self, sentence: str) -> None:
        """Say what is the matter, in the log and by notification, once there is a way to."""
        log.error("%s", sentence)
        self._complaints.append(sentence)
        self._show_complaints()

    def _show_complaints(self) -> None:
        while self._prompts is not None and self._complaints:
            self._show(Notice(NoticeKind.TROUBLE, text=self._complaints.pop(0)))

    def _show(self, notice: Notice) -> None:
        if self._prompts is not None:
            self._prompts.notice(notice)

    def _no_host(self, advice: str) -> None:
        log.info("%s", advice)

    def _lost(self) -> str:
        """What a stop would lose now, in a sentence; empty where everything is kept."""
        lost = []
        if rows := self._history.unsaved():
            what = "1 entry" if rows == 1 else f"{rows} entries"
            lost.append(f"{what} of the history could not be saved.")
        if not self._daemon.save():
            lost.append("The running state could not be saved.")
        return " ".join(lost)

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
