"""A person at a private desktop: eyes, a mouse, a keyboard, and the commands they would type."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image

from deskbreak.app import client
from tests.servers import Desktop, stop
from tests.waiting import until

COMMAND = [sys.executable, "-m", "deskbreak"]
READY = "deskbreak is ready"

SETTINGS = """
[breaks]
sit_limit = "6s"
natural_break = "{natural_break}"
walk = "5s"
walk_share = {walk_share}
snooze = ["4s"]
repeat_every = "20s"
typing_gap = "0s"
settle = "0s"
[presence]
away_after = "{away_after}"
bump_filter = "1s"
"""


class Person:
    """Sits at the desktop. Every look and every wait has a deadline."""

    def __init__(self, here: Desktop) -> None:
        self.here = here
        self.daemon: subprocess.Popen[bytes] | None = None
        self.log = here.home / "daemon.log"

    # starting, stopping and asking it

    def sets(
        self, *, walk_share: float = 0, away_after: str = "30s", natural_break: str = "4s"
    ) -> None:
        """Write a settings file with short times."""
        folder = Path(self.here.env["XDG_CONFIG_HOME"], "deskbreak")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.toml").write_text(
            SETTINGS.format(
                walk_share=walk_share, away_after=away_after, natural_break=natural_break
            )
        )

    def stands(self) -> None:
        """Write a settings file for a standing desk, with short times."""
        self.sets()
        config = Path(self.here.env["XDG_CONFIG_HOME"], "deskbreak", "config.toml")
        config.write_text(config.read_text().replace('sit_limit = "6s"', 'sit_limit = "10m"'))
        with config.open("a") as file:
            file.write('[standing]\nenabled = true\nsit_for = "2s"\nstand_for = "2s"\n')

    @contextmanager
    def running_deskbreak(self, *options: str) -> Iterator[None]:
        """deskbreak, started from a command line and ready."""
        self.starts(*options)
        try:
            yield
        finally:
            self.stops()

    def starts(self, *options: str) -> None:
        """Start deskbreak and wait until it says that it is ready."""
        said = self.log.read_text().count(READY) if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.daemon = subprocess.Popen(
                [*COMMAND, "run", "--player-speed", "10", *options],
                env=self.here.env, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        until(lambda: self.log.read_text().count(READY) > said or self._has_died(), what="ready")

    def _has_died(self) -> bool:
        assert self.daemon is not None
        assert self.daemon.poll() is None, self.log.read_text()
        return False

    def stops(self) -> None:
        """End deskbreak as the session's end would."""
        if self.daemon is not None:
            stop(self.daemon)
            self.daemon = None

    def kills(self) -> None:
        """kill -9."""
        assert self.daemon is not None
        self.daemon.kill()
        self.daemon.wait()
        self.daemon = None

    def says(self, *words: str) -> str:
        """Type a deskbreak command, and read what it printed."""
        return self.here.run(*COMMAND, *words)

    def status(self) -> dict[str, Any]:
        """What `status --json` says, asked without a process of its own."""
        path = Path(self.here.env["XDG_RUNTIME_DIR"], "deskbreak", "control.sock")
        document: dict[str, Any] = client.ask(path, {"do": "status"})["status"]
        return document

    def waits_for(self, what: str, timeout: float = 60.0, **wanted: Any) -> dict[str, Any]:
        """Look at the status until it has these values."""

        def as_wanted() -> dict[str, Any] | None:
            now = self.status()
            return now if all(now[key] == value for key, value in wanted.items()) else None

        found: dict[str, Any] = until(as_wanted, timeout, what)
        return found

    def history(self) -> list[tuple[str, dict[str, Any]]]:
        """Every row of the history: what, and its details."""
        file = Path(self.here.env["XDG_DATA_HOME"], "deskbreak", "history.sqlite3")
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as rows:
            found = rows.execute("SELECT event, data FROM happenings ORDER BY id").fetchall()
        rows.close()
        return [(event, json.loads(data)) for event, data in found]

    # keyboard, mouse, eyes

    def types(self) -> None:
        """Give a sign of life."""
        self.here.run("xdotool", "key", "shift")

    def types_for(self, seconds: float) -> None:
        """Type without pause for so long."""
        keys = str(round(seconds * 10))
        self.here.run("xdotool", "key", "--repeat", keys, "--delay", "100", "shift")

    def accepts_the_notice(self) -> None:
        """Press Enter once the player listens to keys: not in its first two seconds (B22)."""
        until(self.player, what="the player is on the screen")

        def accepted() -> bool:
            self.here.run("xdotool", "windowactivate", self.player()[0], "key", "Return")
            return Path(self.here.env["XDG_STATE_HOME"], "deskbreak", "acknowledged.toml").exists()

        until(accepted, what="the notice is accepted")

    def player(self) -> list[str]:
        """The window of the player."""
        return self.here.run(
            "sh", "-c", "xdotool search --onlyvisible --name '. deskbreak$' || true"
        ).split()

    def looks(self, name: str) -> Path:
        """Take a picture of the screen; kept where DESKBREAK_ARTEFACTS says."""
        picture = self.here.screenshot(self.here.home / f"{name}.png")
        if folder := os.environ.get("DESKBREAK_ARTEFACTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            shutil.copy(picture, Path(folder, picture.name))
        return picture

    def windows(self, kind: str) -> list[str]:
        """The visible windows of a class."""
        search = f"xdotool search --onlyvisible --class {kind} || true"
        return self.here.run("sh", "-c", search).split()

    def banner(self) -> tuple[int, int, int, int]:
        """Left, top, width and height of the one notification on the screen."""
        until(lambda: len(self.windows("Xfce4-notifyd")) == 1, what="one notification is drawn")
        said = self.here.run(
            "xdotool", "getwindowgeometry", "--shell", self.windows("Xfce4-notifyd")[0]
        )
        at = dict(line.split("=") for line in said.split())
        return int(at["X"]), int(at["Y"]), int(at["WIDTH"]), int(at["HEIGHT"])

    def no_banner(self) -> bool:
        """Whether no notification is on the screen."""
        return not self.windows("Xfce4-notifyd")

    def buttons(self, count: int) -> list[tuple[int, int]]:
        """The middles of the buttons of the notification, once that many are drawn."""
        left, top, width, height = self.banner()
        row = top + height - 30
        found: list[int] = until(
            lambda: self._on_row(left, width, row, count), 10, f"{count} buttons"
        )
        return [(x, row) for x in found]

    def _on_row(self, left: int, width: int, row: int, count: int) -> list[int]:
        with Image.open(self.here.screenshot(self.here.home / "look.png")) as picture:
            grey = picture.convert("L")
            shades = [grey.getpixel((x, row)) for x in range(left + 2, left + width - 2)]
        edges = [x for x in range(1, len(shades)) if (shades[x] == 255) != (shades[x - 1] == 255)]
        pairs = list(zip(edges[::2], edges[1::2], strict=False))
        wide = [(a, b) for a, b in pairs if b - a > 20]
        middles = [left + 2 + (a + b) // 2 for a, b in wide]
        return middles if len(middles) == count else []

    def looks_at_buttons(self, name: str, count: int) -> Path:
        """Take a picture of the screen once the notification shows so many buttons."""
        self.buttons(count)
        return self.looks(name)

    def presses(self, number: int, count: int = 4) -> None:
        """Click that button of the notification (from 0)."""
        self.here.click(*self.buttons(count)[number])
