"""Where files belong on Linux, as design and the XDG rules have it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deskbreak.adapters.control.server import ControlServer
from deskbreak.app.environment import NoPlaceError, Places
from deskbreak.systems.posix.door import SocketDoor
from tests.waiting import spin_for

VARIABLES = [
    "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR",
    "XDG_CACHE_HOME",
]  # fmt: skip


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", "/home/ada")
    return Path("/home/ada")


def test_without_any_variable_they_are_under_home(home: Path) -> None:
    places = Places.of_user()
    assert places.config == home / ".config/deskbreak/config.toml"
    assert places.microroutines == home / ".config/deskbreak/microroutines"
    assert places.site_configs == (Path("/etc/xdg/deskbreak/config.toml"),)
    assert places.state == home / ".local/state/deskbreak/state.toml"
    assert places.log == home / ".local/state/deskbreak/deskbreak.log"
    assert places.history == home / ".local/share/deskbreak/history.sqlite3"
    assert places.socket == home / ".local/state/deskbreak/run/control.sock"
    assert places.lock == home / ".local/state/deskbreak/instance.lock"
    assert places.compiled == home / ".cache/deskbreak/compiled"


def test_every_variable_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.setenv(variable, f"/x/{variable}")
    monkeypatch.setenv("XDG_CONFIG_DIRS", "/x/first:/x/second")
    places = Places.of_user()
    assert places.config == Path("/x/XDG_CONFIG_HOME/deskbreak/config.toml")
    assert places.microroutines == Path("/x/XDG_CONFIG_HOME/deskbreak/microroutines")
    assert places.site_configs == (
        Path("/x/first/deskbreak/config.toml"),
        Path("/x/second/deskbreak/config.toml"),
    )
    assert places.state == Path("/x/XDG_STATE_HOME/deskbreak/state.toml")
    assert places.log == Path("/x/XDG_STATE_HOME/deskbreak/deskbreak.log")
    assert places.history == Path("/x/XDG_DATA_HOME/deskbreak/history.sqlite3")
    assert places.socket == Path("/x/XDG_RUNTIME_DIR/deskbreak/control.sock")
    assert places.compiled == Path("/x/XDG_CACHE_HOME/deskbreak/compiled")


@pytest.mark.parametrize("value", ["", "relative/folder", "~/.config"])
@pytest.mark.parametrize("variable", VARIABLES)
def test_a_variable_that_is_no_absolute_path_counts_as_unset(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    unset = Places.of_user()
    monkeypatch.setenv(variable, value)
    assert Places.of_user() == unset


def test_nothing_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    Places.of_user()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_too_long_for_a_socket_is_said_before_anything_is_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/" + "ä" * 60)
    with pytest.raises(NoPlaceError, match=r"by \d+ bytes\. Set XDG_RUNTIME_DIR"):
        Places.of_user()


def test_the_longest_folder_that_is_accepted_has_room_for_the_socket(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, loop: object
) -> None:
    length = 107
    while True:
        given = tmp_path / ("x" * (length - len(os.fsencode(tmp_path)) - 1))
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(given))
        try:
            places = Places.of_user()
            break
        except NoPlaceError:
            length -= 1
    server = ControlServer(loop, SocketDoor(loop, places.socket), lambda *_: {})  # type: ignore[arg-type]
    server.start()
    spin_for(loop, 0)  # type: ignore[arg-type]
    assert places.socket.is_socket()
    assert length > 70
    server.close()


def test_importing_it_leaves_platformdirs_for_later() -> None:
    program = "import sys, deskbreak.app.environment; print('platformdirs' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"
