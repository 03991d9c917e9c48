"""A private desktop for tests: X server, message bus, notification servers and panel.

Every context manager starts one process, returns when the program is ready to work (never after a
fixed time) and kills it at the end. Nothing touches the desktop of the person who runs the tests.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pytest
from jeepney import DBusErrorResponse, message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

from deskbreak.windows.start import PLATFORM, trouble
from tests.leftovers import MARK
from tests.waiting import until

MISSING = "missing programs: "
"""How the reason of a skipped desktop test begins; the summary at the end looks for it."""

_PACKAGES = {
    "dbus-daemon": "dbus-daemon",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "dunst": "dunst",
    "dunstctl": "dunst",
    "xfce4-notifyd": "xfce4-notifyd",
    "xfce4-panel": "xfce4-panel",
    "xfconfd": "xfconf",
    "openbox": "openbox",
    "import": "imagemagick",
    "xprop": "x11-utils",
    "xrandr": "x11-xserver-utils",
    "at-spi-bus-launcher": "at-spi2-core",
    "parec": "pulseaudio-utils",
    "pw-cli": "pipewire-bin",
    "xfconf-query": "xfconf",
}
_KEPT = ("PATH", "LANG", "LC_ALL", MARK, "PYTEST_CURRENT_TEST", "TMPDIR")
"""What a private desktop has of the environment of the tests."""

_OUTSIDE_PATH = {
    "xfce4-notifyd": "org.xfce.xfce4-notifyd.Notifications.service",
    "xfconfd": "org.xfce.Xfconf.service",
    "at-spi-bus-launcher": "org.a11y.Bus.service",
}
_SERVICES = Path("/usr/share/dbus-1/services")

COMPILED = Path(__file__).parent.parent / ".pytest_cache" / "compiled"
"""Where the programs of all tests keep their byte code."""


# ------------------------------------------------------------------------------ what is there


def program(name: str) -> str | None:
    """The full path of a program, also of those that only a bus service file knows."""
    if found := shutil.which(name):
        return found
    service = _SERVICES / _OUTSIDE_PATH.get(name, "")
    if not service.is_file():
        return None
    for line in service.read_text().splitlines():
        if line.startswith("Exec="):
            return shutil.which(line.removeprefix("Exec=").split()[0])
    return None


def require(*programs: str) -> None:
    """Skip this test where a program is missing; fail it where DESKBREAK_REQUIRE_DESKTOP=1."""
    missing = [name for name in programs if program(name) is None]
    if not missing:
        return
    packages = " ".join(_PACKAGES.get(name, name) for name in missing)
    _without(f"{MISSING}{', '.join(missing)} (apt install {packages})")


def require_qt() -> None:
    """The same where Qt cannot be loaded; also at the top of a module, before it imports Qt."""
    reason = qt_trouble()
    if reason is not None:
        _without(f"{MISSING}{reason.removeprefix('windows need ')}")


def qt_trouble() -> str | None:
    """Why Qt cannot be loaded here, with what to install; None where it can."""
    return trouble({PLATFORM: "offscreen"})


def _without(reason: str) -> NoReturn:
    if os.environ.get("DESKBREAK_REQUIRE_DESKTOP") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason, allow_module_level=True)


# ------------------------------------------------------------------------------ processes


def _die_with_parent() -> None:
    """A test run that is killed outright leaves no servers behind."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


@contextmanager
def running(
    argv: Sequence[str], env: Mapping[str, str], *, pass_fds: Sequence[int] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own group that ends with the block; its output goes nowhere."""
    process = subprocess.Popen(
        argv,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=pass_fds,
        start_new_session=True,
        preexec_fn=_die_with_parent,  # noqa: PLW1509 - the tests start programs from one thread
    )
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it has started: politely, then not."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            break
        os.killpg(process.pid, sign)
        os.killpg(process.pid, signal.SIGCONT)  # one that was stopped by a test
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            continue
    process.wait(60)


def _said(reader: int, process: subprocess.Popen[bytes], name: str) -> str:
    """The line that a program writes on a descriptor when it is ready."""
    with os.fdopen(reader) as pipe:
        line = pipe.readline().strip()
    if not line:
        raise AssertionError(f"{name} ended with {process.wait(60)} before it was ready")
    return line


# ------------------------------------------------------------------------------ the bus

_BUS_CONFIG = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@contextmanager
def private_bus(
    *,
    activatable: Sequence[str] = (),
    env: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Iterator[str]:
    """A bus of our own; yields its address. Serves as session bus and as system bus.

    Nothing is started on demand except the services named in `activatable`. With `folder` a
    later bus in the same folder has the same address: that is a restarted bus.
    """
    require("dbus-daemon")
    with ExitStack() as stack:
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="deskbreak-bus-")))
        config = _bus_folder(folder, activatable)
        reader, writer = os.pipe()
        argv = ["dbus-daemon", "--nofork", f"--config-file={config}", f"--print-address={writer}"]
        process = stack.enter_context(running(argv, env or os.environ, pass_fds=[writer]))
        os.close(writer)
        yield _said(reader, process, "dbus-daemon").split(",guid=")[0]


def _bus_folder(folder: Path, activatable: Sequence[str]) -> Path:
    services = folder / "services"
    services.mkdir(exist_ok=True)
    (folder / "bus").unlink(missing_ok=True)
    for name in activatable:
        link = services / f"{name}.service"
        if not link.exists():
            link.symlink_to(_SERVICES / f"{name}.service")
    config = folder / "bus.conf"
    config.write_text(_BUS_CONFIG.format(folder=folder))
    return config


@contextmanager
def bus_proxy(address: str) -> Iterator[Any]:
    """A blocking connection to the bus driver, for a test to ask who owns what."""
    with open_dbus_connection(address) as connection:
        yield Proxy(message_bus, connection, timeout=60)


def owner_of(address: str, name: str) -> str | None:
    """The unique name that owns a name on that bus."""
    with bus_proxy(address) as bus:
        try:
            return str(bus.GetNameOwner(name)[0])
        except DBusErrorResponse:
            return None


def wait_for_name(
    address: str, name: str, process: subprocess.Popen[bytes] | None = None, timeout: float = 60.0
) -> None:
    """Wait until somebody owns a name; says so if the process that should has ended instead."""
    with bus_proxy(address) as bus:

        def owned() -> bool:
            if process is not None and process.poll() is not None:
                raise AssertionError(f"ended with {process.returncode} before it owned {name}")
            return bool(bus.NameHasOwner(name)[0])

        until(owned, timeout, f"{name} has an owner")


# ------------------------------------------------------------------------------ the screen


def own_display() -> str:
    """A display for servers that follow each other: the others take the first free from :0 on."""
    return f":{20_000 + os.getpid() % 20_000}"


@contextmanager
def xvfb(width: int = 1024, height: int = 600, *, more: Sequence[str] = ()) -> Iterator[str]:
    """An X server without a screen; yields its display (":7"). `more` are further options."""
    require("Xvfb")
    reader, writer = os.pipe()
    size = f"{width}x{height}x24"
    argv = ["Xvfb", "-displayfd", str(writer), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    argv += more
    with running(argv, os.environ, pass_fds=[writer]) as process:
        os.close(writer)
        yield ":" + _said(reader, process, "Xvfb")


# ------------------------------------------------------------------------------ desktop programs

_NOTIFICATIONS = "org.freedesktop.Notifications"
_DUNST = """\
[global]
    origin = top-right
    offset = 20x20
    width = 360
    height = 300
    dmenu = {menu}
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
"""
_MENU = """\
#!/bin/sh
exec grep -F -m 1 -f {choice}
"""


@contextmanager
def dunst(env: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """dunst on the display and bus of `env`: a middle click is the default action.

    A banner stays however slow the machine is, while it would go after ten seconds by itself.
    Its menu of the other actions (`dunst_action`) is answered without a window.
    """
    require("dunst")
    folder = _dunst_folder(env)
    folder.mkdir(parents=True, exist_ok=True)
    menu = folder / "menu"
    menu.write_text(_MENU.format(choice=folder / "choice"))
    menu.chmod(0o755)
    config = folder / "dunstrc"
    config.write_text(_DUNST.format(menu=menu))
    with running(["dunst", "-config", str(config)], env) as process:
        wait_for_name(env["DBUS_SESSION_BUS_ADDRESS"], _NOTIFICATIONS, process)
        yield process


def dunst_action(env: Mapping[str, str], label: str) -> None:
    """Choose the action of that label in dunst's menu, as a person without buttons does."""
    require("dunstctl")
    (_dunst_folder(env) / "choice").write_text(label)
    subprocess.run(["dunstctl", "context"], env=dict(env), check=True, timeout=60)


def _dunst_folder(env: Mapping[str, str]) -> Path:
    return Path(env["XDG_CONFIG_HOME"]) / "dunst"


@contextmanager
def xfce_notifyd(env: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The notification server of Xfce on the display and bus of `env`; it shows real buttons.

    A banner stays, as with `dunst`.
    """
    require("xfce4-notifyd", "xfconfd")
    binary = program("xfce4-notifyd")
    assert binary is not None
    _xfce_setting(env, "xfce4-notifyd", _BANNERS_STAY)
    with running([binary], env) as process:
        wait_for_name(env["DBUS_SESSION_BUS_ADDRESS"], _NOTIFICATIONS, process)
        yield process


_BANNERS_STAY = """\
<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-notifyd" version="1.0">
  <property name="expire-timeout" type="int" value="3600"/>
</channel>
"""
_PANEL = """\
<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="30"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="2"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
    </property>
    <property name="plugin-2" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
      <property name="known-legacy-items" type="array"/>
      <property name="known-items" type="array"/>
    </property>
  </property>
</channel>
"""


@contextmanager
def xfce_panel(env: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A panel along the top edge whose only content is the tray, at the right end.

    Needs a bus with `activatable=["org.xfce.Xfconf"]`. Ready when it hosts tray icons.
    """
    require("xfce4-panel", "xfconfd")
    _xfce_setting(env, "xfce4-panel", _PANEL)
    with running(["xfce4-panel", "--disable-wm-check"], env) as process:
        wait_for_name(env["DBUS_SESSION_BUS_ADDRESS"], "org.kde.StatusNotifierWatcher", process)
        yield process


def _xfce_setting(env: Mapping[str, str], channel: str, text: str) -> None:
    folder = Path(env["XDG_CONFIG_HOME"]) / "xfce4" / "xfconf" / "xfce-perchannel-xml"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{channel}.xml").write_text(text)


# ------------------------------------------------------------------------------ all together


@dataclass(slots=True)
class Desktop:
    """A running private desktop: `env` is the environment for the programs on it."""

    display: str
    bus: str
    home: Path
    env: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def run(self, *argv: str, timeout: float = 60.0) -> str:
        """Run a command on this desktop to its end, and return what it printed."""
        done = subprocess.run(
            argv, env=self.env, check=True, timeout=timeout, capture_output=True, text=True
        )
        return done.stdout

    def screenshot(self, path: Path) -> Path:
        """Save what the screen shows as PNG."""
        require("import")
        self.run("import", "-window", "root", str(path))
        return path

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Move the pointer there and click."""
        require("xdotool")
        # No --sync: it waits for ever where the pointer is there already.
        self.run("xdotool", "mousemove", str(x), str(y), "click", str(button))


@contextmanager
def desktop(
    *,
    width: int = 1024,
    height: int = 600,
    notifications: str | None = None,
    panel: bool = False,
    window_manager: bool = False,
) -> Iterator[Desktop]:
    """X server, bus and a home of its own, with what else is asked for.

    `notifications` is None, "dunst" or "xfce".
    """
    require("Xvfb", "dbus-daemon")
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="deskbreak-desktop-")))
        display = stack.enter_context(xvfb(width, height))
        env = private_environment(home, display)
        bus = stack.enter_context(private_bus(activatable=_xfconf(), env=env))
        env["DBUS_SESSION_BUS_ADDRESS"] = bus
        here = Desktop(display, bus, home, env)
        if window_manager:
            require("openbox")
            here.processes["openbox"] = stack.enter_context(running(["openbox"], env))
        if notifications is not None:
            start = {"dunst": dunst, "xfce": xfce_notifyd}[notifications]
            here.processes["notifications"] = stack.enter_context(start(env))
        if panel:
            here.processes["panel"] = stack.enter_context(xfce_panel(env))
        yield here


def _xfconf() -> list[str]:
    return ["org.xfce.Xfconf"] if program("xfconfd") else []


def private_environment(home: Path, display: str | None = None) -> dict[str, str]:
    """An environment in which every XDG folder lies below `home` and no desktop is known."""
    env = {key: os.environ[key] for key in _KEPT if key in os.environ}
    for name, folder in (
        ("HOME", home),
        ("XDG_CONFIG_HOME", home / "config"),
        ("XDG_STATE_HOME", home / "state"),
        ("XDG_DATA_HOME", home / "data"),
        ("XDG_CACHE_HOME", home / "cache"),
        ("XDG_RUNTIME_DIR", home / "runtime"),
    ):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        env[name] = str(folder)
    env |= {"NO_AT_BRIDGE": "1", "GTK_A11Y": "none", "GIO_USE_VFS": "local"}
    env["DBUS_SYSTEM_BUS_ADDRESS"] = f"unix:path={home}/runtime/no-system-bus"
    COMPILED.mkdir(mode=0o700, parents=True, exist_ok=True)  # else the daemon would not trust it
    env["PYTHONPYCACHEPREFIX"] = str(COMPILED)  # or every daemon of a test compiles itself anew
    if display is not None:
        env["DISPLAY"] = display
    return env
