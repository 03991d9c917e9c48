"""Which folder holds the running state here: several machines may share one home.

The first machine has the state folder itself, every other one a folder below it. The file `host` in
each says whose it is: the machine's id, and the runtime folder of the session that runs there.
"""

import os
from pathlib import Path

from deskbreak.app.instance import holder
from deskbreak.private import make_folder

LOCK = "instance.lock"
_MARK = "host"
_MACHINE_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def machine() -> str:
    """A name for this machine that stays."""
    for file in _MACHINE_IDS:
        try:
            if name := file.read_text(encoding="ascii").strip():
                return name
        except (OSError, ValueError):
            continue
    return os.uname().nodename


def folder_here(state: Path, runtime: str) -> Path:
    """The folder below `state` for this machine and runtime folder ("" where there is none).

    One person has one runtime folder on a machine, whatever its name at this login; only two that
    are there at once, and both at work, are two machines after all (containers).
    """
    here = machine()
    marked = [(folder, _mark(folder)) for folder in (state, *sorted(state.glob("hosts/*")))]
    ours = [(folder, mark[1]) for folder, mark in marked if mark is not None and mark[0] == here]
    ours.sort(key=lambda one: holder(one[0] / LOCK) is None)  # where somebody runs comes first
    for folder, theirs in ours:
        if runtime and theirs == runtime:
            return folder
    for folder, theirs in ours:
        apart = runtime and theirs and Path(theirs).is_dir()
        if not (apart and holder(folder / LOCK) is not None):
            return folder
    if marked[0][1] is None:
        return state
    from hashlib import sha256  # 3 MiB of a library, for a second machine only

    return state / "hosts" / sha256(f"{here} {runtime}".encode()).hexdigest()[:12]


def take_folder(folder: Path, runtime: str) -> None:
    """Write down that this folder is ours. Raises OSError."""
    make_folder(folder)
    if _mark(folder) != (machine(), runtime):
        text = f"{machine()}\n{runtime}\n"
        (folder / _MARK).write_text(text, encoding="utf-8", errors="surrogateescape")


def is_taken(folder: Path) -> bool:
    """Whether somebody has written down that this folder is theirs."""
    return _mark(folder) is not None


def _mark(folder: Path) -> tuple[str, str] | None:
    try:
        text = (folder / _MARK).read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    name, _, runtime = text.partition("\n")
    return (name, runtime.strip("\n")) if name else None
