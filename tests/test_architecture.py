"""The shape of the code: which way imports point, and where each package lives."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "deskbreak"

# What each room may know of, besides itself and the standard library.
MAY_KNOW: dict[str, set[str]] = {
    "struct": set(),
    "private": set(),
    "files": {"private"},
    "backoff": set(),
    "settings": {"files"},
    "content": {"settings"},
    "core": {"settings", "content"},
    "simulate": {"core", "settings", "text"},
    "stats": {"core", "settings", "content", "text"},
    "calendars": set(),
    "ports": {"core"},
    "text": {"core", "content"},
    "adapters": {"ports", "core", "stats", "settings", "text"} | {"backoff", "files", "private"},
    "systems": {"adapters", "ports", "core", "settings", "text"} | {"backoff", "files", "private"},
    "app": {"systems", "adapters", "ports", "core", "stats", "settings", "content", "text"}
    | {"backoff", "files", "private"},
    "desks": {"backoff"},
    "windows": {"app", "systems", "adapters", "core", "stats", "settings", "content", "text"}
    | {"simulate"},
    "cli": {"app", "systems", "adapters", "core", "stats", "settings", "content", "text"}
    | {"simulate", "windows", "desks", "files", "private"},
    "__main__": {"cli"},
    "__init__": set(),
}
FOR_ALL = {"struct"}
"""What each of them may know besides: value classes."""

SHARED_ADAPTERS = {
    "stream",
    "timer",
    "jsonlines",
    "child",
    "programs",
    "plyer",
    "clock",
    "waker",
    "hooks",
    "filewatch",
}
"""Single files; every other folder is a family of its own."""

HOMES: dict[str, str | tuple[str, ...]] = {
    "apscheduler": "adapters/waker.py",
    "plyer": "adapters/plyer.py",
    "pystray": "adapters/tray/",
    "PIL": ("adapters/tray/", "windows/export/"),
    "tomli_w": "adapters/store/state.py",
    "jeepney": "systems/linux/dbus/",
    "tomlkit": "settings/",
    "click": "cli/",
    "rich": "cli/",
    "platformdirs": "app/environment.py",
    "tzlocal": "adapters/clock.py",
    "inotify_simple": "systems/linux/filewatch.py",
    "PySide6": "windows/",
    "bleak": "desks/",
    "dbus_fast": "desks/",
    "icalendar": "calendars/",
    "recurring_ical_events": "calendars/",
}

BLOCKING = {
    "subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output",
    "time.sleep", "select.select", "os.system", "os.waitpid", "socket.create_connection",
    "socket.getaddrinfo", "socket.gethostbyname",
}  # fmt: skip
BLOCKING_METHODS = {"wait", "communicate", "hear_within", "poll"}
MAY_BLOCK = {
    "adapters/child.py": "a moment for what was killed; longer at the end of the program only",
    "adapters/desk.py": "at the end of the program",
    "adapters/player/playing.py": "at the end of the program",
    "adapters/stream.py": "hundredths of a second, for an answer that is as good as there",
    "systems/linux/idle/x11.py": "the same",
    "adapters/sound/speaker.py": "in the window, for what was killed",
    "adapters/sound/voice.py": "a process of its own",
    "app/run.py": "before the loop runs, for an old instance that is going",
    "adapters/calendar/ask.py": "for commands; the daemon has adapters/calendar/reader.py",
}
"""Where a call may hold up the loop, or has none: each with its reason."""

OF_SYSTEMS = {"jeepney", "dbus_fast", "Xlib", "inotify_simple", "fcntl", "termios", "tty", "winreg"}
OF_SYSTEMS |= {"PySide6.QtDBus", "ctypes.windll", "socket.AF_UNIX", "socket.SO_PEERCRED"}
"""What only one system has, or two: modules, and names of modules."""

ASKS_A_BUS = {"windows/qt/desktop.py": "through Qt, in a process of its own"}

PURE = ("core", "settings", "content", "simulate", "stats")
NO_PURE_IMPORTS = {"time", "threading", "socket", "asyncio", "subprocess", "sqlite3", "selectors"}
CLOCK_READERS = {"adapters/clock.py"}


def _files() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text())


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _room(name: str) -> str:
    return name.split("/", maxsplit=1)[0].removesuffix(".py")


def test_every_room_has_its_row() -> None:
    assert {_room(name) for name, _ in _files()} == set(MAY_KNOW)


def test_no_two_rooms_know_each_other() -> None:
    above: dict[str, set[str]] = {room: MAY_KNOW[room] | FOR_ALL for room in MAY_KNOW}
    while lowest := [room for room in above if not (above[room] - {room}) & above.keys()]:
        for room in lowest:
            del above[room]
    assert not above, "in a circle"


def test_arrows_point_one_way() -> None:
    crossed = []
    for name, tree in _files():
        for imported in _imports(tree):
            parts = imported.split(".")
            if parts[0] == "deskbreak" and len(parts) > 1:
                room = _room(name)
                if parts[1] in MAY_KNOW and parts[1] not in MAY_KNOW[room] | FOR_ALL | {room}:
                    crossed.append(f"{name} knows {imported}")
    assert not crossed, "\n".join(crossed)


def test_the_map_shows_every_room_and_nothing_that_is_not_there() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawn = page.split("```")[1]
    rooms = {room for room in MAY_KNOW if not room.startswith("__")}
    assert not [room for room in rooms if f"{room}/" not in drawn and f"{room}.py" not in drawn]
    paths = re.findall(r"`([a-z]+/[a-z_]+[a-z_./]*)`", page)
    assert len(paths) > 20
    assert not [path for path in paths if not any((at / path).exists() for at in (PACKAGE, ROOT))]
    nodes = (node for _, tree in _files() for node in ast.walk(tree))
    classes = {node.name for node in nodes if isinstance(node, ast.ClassDef)}
    named = set(re.findall(r"`([A-Z][a-z]+[A-Za-z]*)\b", page))
    assert len(named) > 10
    assert not named - classes


def test_no_adapter_family_knows_another() -> None:
    crossed = []
    for name, tree in _files():
        if not name.startswith("adapters/") or name.count("/") < 2:
            continue
        family = name.split("/")[1]
        for imported in _imports(tree):
            parts = imported.split(".")
            adapter = parts[:2] == ["deskbreak", "adapters"] and len(parts) > 2
            if adapter and parts[2] not in SHARED_ADAPTERS | {family}:
                crossed.append(f"{name} knows {imported}")
    assert not crossed, "\n".join(crossed)


def test_every_package_has_one_home() -> None:
    strayed = []
    for name, tree in _files():
        for imported in _imports(tree):
            home = HOMES.get(imported.split(".")[0])
            if home is not None and not name.startswith(home):
                strayed.append(f"{name} imports {imported}, whose home is {home}")
    assert not strayed, "\n".join(strayed)


def test_every_dependency_of_the_project_has_a_home_on_record() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = [
        line.split(";")[0].split(">")[0].split("=")[0].strip() for line in project["dependencies"]
    ]
    imported = {"pillow": "PIL"}
    assert not [name for name in names if imported.get(name, name.replace("-", "_")) not in HOMES]


def _names(tree: ast.AST) -> set[str]:
    """What is imported and what is named with a dot, each with all that stands before a dot."""
    named = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    words = [name.split(".") for name in (*_imports(tree), *named)]
    return {".".join(parts[:end]) for parts in words for end in range(1, len(parts) + 1)}


def test_one_place_asks_which_system_this_is() -> None:
    asking = {"sys.platform", "os.name", "platform.system", "platform.platform", "os.uname.sysname"}
    askers = [name for name, tree in _files() if _names(tree) & asking]
    assert askers == ["systems/__init__.py"]


def test_what_only_one_system_has_stays_in_its_folder() -> None:
    strayed = [
        f"{name} uses {', '.join(sorted(found))}"
        for name, tree in _files()
        if not name.startswith("systems/") and name not in ASKS_A_BUS
        if (found := _names(tree) & OF_SYSTEMS)
    ]
    assert not strayed, "\n".join(strayed)
    elsewhere = [
        f"{name} knows {imported}"
        for name, tree in _files()
        for imported in _imports(tree)
        if imported.startswith("deskbreak.systems.")
        and imported.split(".")[2] in {"linux", "windows", "mac", "posix"}
        and not name.startswith(("systems/", "windows/terminal/"))  # a terminal as POSIX has it
    ]
    assert not elsewhere, "\n".join(elsewhere)


def test_the_pure_rooms_touch_nothing() -> None:
    touched = []
    for name, tree in _files():
        if _room(name) in PURE:
            found = {imported.split(".")[0] for imported in _imports(tree)} & NO_PURE_IMPORTS
            touched += [f"{name} imports {module}" for module in found]
    assert not touched, "\n".join(touched)


def test_one_file_of_the_daemon_reads_the_clock() -> None:
    readers = []
    for name, tree in _files():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            said = ast.unparse(node.func)
            if said in {
                "time.time",
                "time.monotonic",
                "time.clock_gettime",
                "datetime.now",
                "date.today",
            }:
                readers.append(f"{name}:{node.lineno} {said}")
    strayed = [reader for reader in readers if reader.split(":")[0] not in CLOCK_READERS]
    assert not strayed, "\n".join(strayed)


def test_one_file_names_a_python() -> None:
    """Whoever starts one elsewhere starts it in a stranger's folder (`adapters/programs.py`)."""
    found = []
    for name, tree in _files():
        said = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        words = {str(node.value) for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        imported = set(_imports(tree))
        found += [f"{name}: {one}" for one in said & {"sys.executable"}]
        found += [f"{name}: {one}" for one in words & {"-m", "python", "python3"}]
        found += [f"{name}: {one}" for one in imported & {"sys.executable", "multiprocessing"}]
    strayed = [one for one in found if not one.startswith("adapters/programs.py")]
    assert len(found) > len(strayed)
    assert not strayed, "\n".join(strayed)


def _blocks(call: ast.Call) -> bool:
    """Whether a call may hold up everything else; one that is given no time at all may not."""
    if not isinstance(call.func, ast.Attribute):
        return False
    none = [arg for arg in call.args if isinstance(arg, ast.Constant) and arg.value == 0]
    if ast.unparse(call.func) in BLOCKING:
        return not none
    patient = call.func.attr in BLOCKING_METHODS and not none
    return patient and (call.func.attr != "poll" or bool(call.args))


def test_nothing_holds_up_the_loop() -> None:
    found = set()
    for name, tree in _files():
        if _room(name) not in ("adapters", "systems", "app"):
            continue
        awaited = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Await)}
        calls = (n for n in ast.walk(tree) if isinstance(n, ast.Call) and id(n) not in awaited)
        found |= {name for call in calls if _blocks(call)}
    assert found == set(MAY_BLOCK)


@pytest.mark.parametrize("room", ["core.engine", "cli.main", "app.daemon"])
def test_importing_is_quiet_and_brings_no_window_toolkit(room: str) -> None:
    heavy = "{'PySide6', 'PIL', 'rich', 'Xlib', 'pystray', 'bleak', 'icalendar'}"
    script = f"import sys, deskbreak.{room}; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin"},
        cwd=ROOT,
        check=True,
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_every_happening_has_its_hook_by_the_same_name() -> None:
    from deskbreak.core import records
    from deskbreak.settings.values import HOOK_EVENTS

    kinds = records.Happening.__subclasses__()
    assert {kind.event for kind in kinds} == set(HOOK_EVENTS)
