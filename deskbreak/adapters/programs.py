"""How another program is started: the one place that names a Python, and what it is told of ours.

Whatever lies in the folder where deskbreak was started, or in one that PYTHONPATH names, is none of
ours: a `types.py` there must not run because deskbreak opens a window.
"""

import json
import os
import re
import shlex
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path


def python(module: str, *words: str) -> list[str]:
    """The words that run one of our modules, which imports from nowhere but where it is installed.

    -P leaves out the current folder, -E every PYTHON variable. Not -I: that leaves out what was
    installed for this user alone as well, which may be deskbreak itself.
    """
    return [sys.executable, "-P", "-E", "-m", module, *words]


def deskbreak() -> list[str]:
    """How to start deskbreak from anywhere: the installed command of this Python, or its module."""
    script = Path(sys.executable).with_name("deskbreak")
    return [str(script)] if script.exists() else python("deskbreak")


def at_home(words: Sequence[str]) -> list[str]:
    """The words of a program that the person chose, with `~` for their home: no shell does that."""
    program, *arguments = words
    home = os.path.expanduser(program)  # noqa: PTH111 - Path's raises where there is no such user
    return [home, *arguments]


def environment() -> dict[str, str]:
    """Our environment without what would steer a Python: for the person's own programs, too."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def adding_qt(prefix: Path | None = None) -> str:
    """What to type for the windows to be there, by what installed this deskbreak: pipx, uv, pip.

    `prefix` is the folder of its environment. One that pipx or uv made has no pip of its own.
    """
    home = prefix or Path(sys.prefix)
    # Before Python 3.12 one version ends the windows in seconds (pyproject.toml).
    package = "PySide6-Essentials" + ("" if sys.version_info >= (3, 12) else "!=6.12.0")
    python = str(home / "bin" / "python3")
    match _installer(home):
        case "pipx":
            words = ["pipx", "inject", home.name, package]
        case "uv tool":
            words = ["uv", "tool", "install", "--with", package, _source()]
        case "uv":
            words = ["uv", "pip", "install", "--python", python, package]
        case _:
            words = [python, "-m", "pip", "install", package]
    return shlex.join(words)


def _installer(home: Path) -> str:
    if (home / "pipx_metadata.json").is_file():
        return "pipx"
    if (home / "uv-receipt.toml").is_file():
        return "uv tool"
    try:
        made = (home / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return "pip"
    return "uv" if re.search("^uv *=", made, re.MULTILINE) else "pip"


def _source() -> str:
    """Where this deskbreak was installed from: a folder, or the name that indexes know it by."""
    from importlib.metadata import PackageNotFoundError, distribution
    from urllib.parse import unquote, urlsplit

    try:
        told = json.loads(distribution("deskbreak").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return "deskbreak"
    address = urlsplit(told.get("url", ""))
    return unquote(address.path) if address.scheme == "file" else "deskbreak"


def needs_qt() -> str:
    """Why there is no window, and what to type."""
    return f"windows need PySide6: {adding_qt()}"


def has_qt() -> bool:
    """Whether Qt is installed for the windows; whether it can open one is another question."""
    return find_spec("PySide6") is not None
