"""Where the files of deskbreak belong on this platform. The home of platformdirs.

On Linux the XDG rules: a variable that holds no absolute path counts as unset.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_NAME = "deskbreak"
_LONGEST_SOCKET = 107
"""Bytes of a unix socket's path: the kernel has room for 108, the last of them zero."""

_ROOM = len(b"player-1234567890.sock")
"""The longest name of a socket beside the control socket (`adapters/player`)."""


class NoPlaceError(Exception):
    """There is no place for what is needed; the text says what to do about it."""


@dataclass(frozen=True, slots=True)
class Places:
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
        home, state = dirs.user_config_path, dirs.user_state_path
        sites = dirs.site_config_dir.split(os.pathsep)
        return cls(
            config=home / "config.toml",
            site_configs=tuple(Path(folder) / "config.toml" for folder in sites),
            microroutines=home / "microroutines",
            state=state / "state.toml",
            history=dirs.user_data_path / "history.sqlite3",
            log=state / "deskbreak.log",
            runtime=_runtime(state),
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
    def lock(self) -> Path:
        """The file that says that an instance is running."""
        return self.runtime / "instance.lock"


def _runtime(state: Path) -> Path:
    """The folder for sockets: the session's own, or one under the state where there is none."""
    given = os.environ.get("XDG_RUNTIME_DIR", "")
    folder = Path(given) / _NAME if Path(given).is_absolute() else state / "run"
    longest = len(os.fsencode(folder)) + 1 + _ROOM
    if longest > _LONGEST_SOCKET:
        raise NoPlaceError(
            f"{folder} is too long for a socket, by {longest - _LONGEST_SOCKET} bytes. "
            "Set XDG_RUNTIME_DIR to a shorter folder of yours that nobody else can enter."
        )
    return folder
