"""Stand-ins for the toolkits of Windows and macOS: just enough for pystray's own backends to run.

They note every call that reaches the system, with the thread it came from.
"""

import queue
import threading
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from deskbreak.adapters.tray.toolkit import BaseIcon


@dataclass
class AppKit:
    """Every call of AppKit in `calls`, as (name, on the main thread); jobs for the main thread."""

    calls: list[tuple[str, bool]] = field(default_factory=list)
    jobs: "queue.Queue[Callable[[], None] | None]" = field(default_factory=queue.Queue)
    sizes: list[Any] = field(default_factory=list)

    def modules(self) -> dict[str, types.ModuleType]:
        """The modules that pystray's backend imports, by name."""
        appkit = _module("AppKit", lambda name: _Thing(self, name))
        foundation = _module(
            "Foundation",
            lambda name: bytes if name == "NSData" else _Thing(self, name),
            NSObject=_NSObject,
        )
        objc = _module("objc", namedSelector=lambda _selector: lambda method: method)
        signals = _module(
            "PyObjCTools.MachSignals", signal=lambda *_: None, getsignal=lambda *_: None
        )
        helper = _module("PyObjCTools.AppHelper", callAfter=self.call_after)
        tools = _module("PyObjCTools", MachSignals=signals, AppHelper=helper)
        return {m.__name__: m for m in (appkit, foundation, objc, signals, helper, tools)}

    def call_after(self, method: Callable[..., None], *arguments: Any) -> None:
        """Run it on the main thread, later."""
        self.jobs.put(lambda: method(*arguments))

    def called(self, name: str, arguments: tuple[Any, ...]) -> Any:
        """Note a call, and do what the few that matter do."""
        self.calls.append((name, threading.current_thread() is threading.main_thread()))
        if name == "thickness":
            return 22
        if name == "setSize_":
            self.sizes.append(arguments[0])
        if name == "run":
            while (job := self.jobs.get(timeout=60)) is not None:
                job()
        if name == "postEvent_atStart_":
            self.jobs.put(None)
        return _Thing(self, name)

    def off_main(self) -> set[str]:
        """What was called from another thread than the main one."""
        return {name for name, main in self.calls if not main}


class _Thing:
    """Any object of AppKit: has every method and every class."""

    def __init__(self, kit: AppKit, name: str) -> None:
        self._kit = kit
        self._name = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name[0].isupper():
            return _Thing(self._kit, name)
        return lambda *arguments: self._kit.called(name, arguments)

    def __call__(self, *arguments: Any) -> Any:
        return _Thing(self._kit, self._name)


class _NSObject:
    @classmethod
    def alloc(cls) -> Any:
        return cls()

    def init(self) -> Any:
        return self


def _module(
    name: str, anything: Callable[[str], Any] | None = None, **content: Any
) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__dict__.update(content)
    if anything is not None:
        module.__dict__["__getattr__"] = anything
    return module


class Win32:
    """The constants of pystray's module for Windows."""

    WM_LBUTTONUP = 0x0202
    WM_RBUTTONUP = 0x0205


class WindowsBase(BaseIcon):  # type: ignore[misc]  # pystray has no types
    """What pystray's Windows icon does where our subclass meets it, in the same order."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.did: list[str] = []
        self.messages: list[dict[str, Any]] = []
        self.while_open: Callable[[], None] = lambda: None

    def run_detached(self, setup: Any = None) -> None:
        self._running = True
        self.update_menu()
        self.visible = True

    def stop(self) -> None:
        self._running = False

    def _show(self) -> None:
        self._message(0, 0, szTip=self.title)

    def _hide(self) -> None:
        self.did.append("hide")

    def _update_icon(self) -> None:
        self._icon_valid = True
        self.did.append("icon")

    def _update_title(self) -> None:
        self._message(1, 4, szTip=self.title)

    def _update_menu(self) -> None:
        self.did.append("menu")
        self._menu_handle: Any = (object(), [self._handler(item) for item in self.menu])

    def _on_notify(self, wparam: int, lparam: int) -> None:
        if lparam == Win32.WM_LBUTTONUP:
            self()
        elif self._menu_handle and lparam == Win32.WM_RBUTTONUP:
            self.did.append("open")
            self.while_open()

    def _message(self, code: int, flags: int, **data: Any) -> None:
        for name, length in (("szTip", 128), ("szInfo", 256), ("szInfoTitle", 64)):
            if len(data.get(name, "").encode("utf-16-le")) // 2 >= length:
                raise ValueError(f"string too long ({name})")
        self.messages.append(data)
