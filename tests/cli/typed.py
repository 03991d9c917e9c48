"""What a person types, in this process or in a shell of their own, and what comes of it."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deskbreak.cli.main import cli
from tests.servers import private_environment, stop
from tests.waiting import until

COMMAND = [sys.executable, "-m", "deskbreak"]
ROOT = Path(__file__).parent.parent.parent
READY = "deskbreak is ready"

# Due after one second and never polite, so that every answer has its question soon.
SHORT = """\
[breaks]
sit_limit = "1s"
snooze = ["30s"]
typing_gap = "0s"
settle = "0s"
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


def typed(capsys: pytest.CaptureFixture[str], *words: str, **how: Any) -> Ran:
    """Run a command in this process, with the environment as the test has made it.

    With `color=True` it prints as to a terminal.
    """
    capsys.readouterr()
    with pytest.raises(SystemExit) as left:
        cli.main(list(words), prog_name="deskbreak", **how)
    out, err = capsys.readouterr()
    code = left.value.code
    return Ran(code if isinstance(code, int) else int(code is not None), out, err)


class Machine:
    """A home of its own in which deskbreak can be started, killed and talked to."""

    def __init__(self, home: Path, bus: str | None = None) -> None:
        self.home = home
        self.env = private_environment(home) | {"PYTHONPATH": str(ROOT)}
        if bus is not None:
            self.env["DBUS_SESSION_BUS_ADDRESS"] = bus
        self.errors = home / "stderr"
        self.daemon: subprocess.Popen[bytes] | None = None

    def place(self, variable: str, *parts: str) -> Path:
        """A path of deskbreak's below one of the XDG folders."""
        return Path(self.env[variable], "deskbreak", *parts)

    @property
    def config(self) -> Path:
        return self.place("XDG_CONFIG_HOME", "config.toml")

    @property
    def socket(self) -> Path:
        return self.place("XDG_RUNTIME_DIR", "control.sock")

    @property
    def said(self) -> str:
        """All that the daemon has said on standard error."""
        return self.errors.read_text() if self.errors.exists() else ""

    @property
    def log(self) -> str:
        return self.place("XDG_STATE_HOME", "deskbreak.log").read_text()

    def sets(self, text: str) -> None:
        """Write the settings file by hand."""
        self.config.parent.mkdir(parents=True, exist_ok=True)
        self.config.write_text(text)

    def starts(self, *options: str, words: Sequence[str] = (), folder: Path | None = None) -> None:
        """Start the daemon and wait until it says that it is ready; `words` start it otherwise."""
        before = self.said.count(READY)
        with self.errors.open("ab") as errors:
            self.daemon = subprocess.Popen(
                words or [*COMMAND, "run", *options],
                env=self.env,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
                start_new_session=True,
            )
        until(lambda: self.said.count(READY) > before or self._has_died(), what="ready")

    def _has_died(self) -> bool:
        assert self.lives, self.said
        return False

    @property
    def lives(self) -> bool:
        return self.daemon is not None and self.daemon.poll() is None

    def stops(self) -> None:
        if self.daemon is not None:
            stop(self.daemon)

    def kills(self) -> None:
        """kill -9."""
        assert self.daemon is not None
        self.daemon.kill()
        self.daemon.wait()

    def types(self, *words: str, stdin: str = "", **env: str) -> Ran:
        """Type a deskbreak command and wait for its end."""
        done = subprocess.run(
            [*COMMAND, *words],
            env=self.env | env,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            cwd=self.home,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def status(self) -> dict[str, Any]:
        """What `status --json` says, asked without a process of its own."""
        from deskbreak.app import client

        document: dict[str, Any] = client.ask(self.socket, {"do": "status"})["status"]
        return document

    def waits_for(self, what: str, **wanted: Any) -> dict[str, Any]:
        """Look at the status until it has these values."""

        def as_wanted() -> dict[str, Any] | None:
            now = self.status()
            return now if all(now[key] == value for key, value in wanted.items()) else None

        found: dict[str, Any] = until(as_wanted, what=what)
        return found


@contextmanager
def machine(home: Path, settings: str | None = None, bus: str | None = None) -> Iterator[Machine]:
    """A machine on which nothing runs yet; whatever was started ends with the block."""
    made = Machine(home, bus)
    if settings is not None:
        made.sets(settings)
    try:
        yield made
    finally:
        made.stops()


def at_home(monkeypatch: pytest.MonkeyPatch, home: Path) -> Machine:
    """Make a home the one of this process: for commands that run in it."""
    made = Machine(home)
    for name in ("HOME", *(key for key in made.env if key.startswith("XDG_"))):
        monkeypatch.setenv(name, made.env[name])
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(home / "site"))
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", made.env["DBUS_SYSTEM_BUS_ADDRESS"])
    return made
