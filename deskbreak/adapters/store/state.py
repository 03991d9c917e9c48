"""The running state in a TOML file, replaced as a whole (B9, B34)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deskbreak.adapters.store.files import Problem, set_aside, write_toml
from deskbreak.files import Files, sweep

_VERSION = 1
_END = {"whole": True}
"""The last table of the file: a file that was cut off can be TOML all the same, but lacks this."""

_LARGEST = 1024 * 1024
"""Bytes; a state is a few kilobytes, so whatever is larger than this is something else."""


class TomlStateStore:
    """Keeps one mapping of TOML values in one file; a key whose value is None is not kept."""

    def __init__(self, path: Path, problem: Problem, files: Files | None = None) -> None:
        self._path = path
        self._problem = problem
        self._files = files

    def load(self) -> Mapping[str, Any] | None:
        """The last saved state, or None.

        A file that is not a state of ours is set aside and said to `problem`.
        """
        sweep(self._path)
        try:
            return _read(self._path)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as reason:
            self.reject(reason)
            return None

    def save(self, state: Mapping[str, Any]) -> None:
        """Replace it. Raises OSError, and the old one stands."""
        write_toml(self._path, {"version": _VERSION, "state": state, "end": _END}, self._files)

    def reject(self, reason: Exception) -> None:
        """What was loaded makes no sense to whoever loaded it: keep it out of the way."""
        try:
            kept = set_aside(self._path)
        except OSError as second:
            self._problem(f"The saved state {self._path} cannot be read: {reason}; {second}.")
        else:
            self._problem(
                f"The saved state could not be read ({reason}). It is kept as {kept}; "
                "counting starts afresh."
            )


def _read(path: Path) -> Mapping[str, Any]:
    import tomllib

    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ValueError("it is far too large")
    try:
        content = tomllib.loads(data.decode())
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    match content:
        case {"version": version, "state": dict(state), "end": end} if version == _VERSION:
            if end == _END:
                return state
        case {"version": int(version)} if version != _VERSION:
            raise ValueError(f"its version {version} is not known here")
    raise ValueError("it is not a whole state of deskbreak")
