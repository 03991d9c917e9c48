"""Where the files of deskbreak belong on this platform. The home of platformdirs.

On Linux the XDG rules: a variable that holds no absolute path counts as unset.
"""

import json
import os
import stat
from pathlib import Path
from typing import Self

from deskbreak.app.instance import LOCK, folder_here, holder
from deskbreak.struct import Struct, asdict, field

_NAME = "deskbreak"
_LONGEST_SOCKET = 107
"""Bytes of a unix socket's path: the kernel has room for 108, the last of them zero."""

_ROOM = len(b"player-1234567890.sock")
"""The longest name of a socket beside the control socket (`adapters/player`)."""


class NoPlaceError(Exception):
    """There is no place for what is needed; the text says what to do about it."""


class Places(Struct):
    """Every path that deskbreak reads or writes; none of them has to exist.

    `site_configs` comes in order of precedence, the weightiest first. `compiled` is for Python's
    byte code, and can be emptied at any time.
    """

    config: Path
    site_configs: tuple[Path, ...]
    microroutines: Path
    state: Path
    history: Path
    log: Path
    runtime: Path
    compiled: Path

    @classmethod
    def of_user(cls) -> Self:
        """The places of the person who runs us.

        Makes nothing. Raises NoPlaceError where the runtime folder's path is too long for a socket.
        """
        from platformdirs import PlatformDirs

        dirs = PlatformDirs(_NAME, appauthor=False, multipath=True)
        home = dirs.user_config_path
        given = os.environ.get("XDG_RUNTIME_DIR", "")
        given = given if Path(given).is_absolute() else ""
        state = folder_here(dirs.user_state_path, given)
        sites = dirs.site_config_dir.split(os.pathsep)
        return cls(
            config=home / "config.toml",
            site_configs=tuple(Path(folder) / "config.toml" for folder in sites),
            microroutines=home / "microroutines",
            state=state / "state.toml",
            history=dirs.user_data_path / "history.sqlite3",
            log=state / "deskbreak.log",
            runtime=_runtime(given, state),
            compiled=dirs.user_cache_path / "compiled",
        )

    @property
    def socket(self) -> Path:
        """The control socket."""
        return self.runtime / "control.sock"

    @property
    def acknowledged(self) -> Path:
        """The file that says that the first-time notice was accepted."""
        return self.state.with_name("acknowledged.toml")

    @property
    def untouched(self) -> bool:
        """Whether deskbreak never ran for this user: nothing was set, and nothing was kept."""
        kept = (self.config, self.state, self.history, self.acknowledged)
        return not any(path.exists() for path in kept)

    @property
    def lock(self) -> Path:
        """The file that says that an instance is running, beside what two would spoil."""
        return self.state.with_name(LOCK)

    @property
    def listening(self) -> Path:
        """Where the running instance listens: not always where one would that was started here."""
        found = holder(self.lock)
        return found.socket if found is not None and found.socket is not None else self.socket


def _runtime(given: str, state: Path) -> Path:
    """The folder for sockets: the session's own, or one under the state where there is none.

    `su` leaves behind the variable of another person, and where others can write (`/tmp`) a folder
    of our name may be theirs.
    """
    folder = Path(given) / _NAME
    if not given or not _is_for_us(folder):
        folder = state / "run"
    longest = len(os.fsencode(folder)) + 1 + _ROOM
    if longest > _LONGEST_SOCKET:
        raise NoPlaceError(
            f"{folder} is too long for a socket, by {longest - _LONGEST_SOCKET} bytes. "
            "Set XDG_RUNTIME_DIR to a shorter folder of yours that nobody else can enter."
        )
    return folder


def _is_for_us(folder: Path) -> bool:
    try:
        about = folder.lstat()
    except PermissionError:
        return False
    except OSError:
        return not folder.parent.is_dir() or os.access(folder.parent, os.W_OK | os.X_OK)
    return stat.S_ISDIR(about.st_mode) and about.st_uid == os.geteuid()


class Options(Struct):
    """What the command line asks for.

    `overrides` are settings in words, by key; `speed` is how fast routines play (for the demo).
    `welcome` opens the window with the first questions.
    """

    config: Path
    tray: bool = True
    console: bool = False
    speed: float = 1.0
    overrides: dict[str, str] = field(default_factory=dict)
    welcome: bool = False

    def word(self) -> str:
        """All of them in one word."""
        return json.dumps(asdict(self) | {"config": str(self.config)})

    @classmethod
    def of(cls, word: str) -> Self:
        """The options of such a word, as `word` made it."""
        given = json.loads(word)
        return cls(**given | {"config": Path(given["config"])})
