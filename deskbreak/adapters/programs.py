"""How another program is started: the one place that names a Python, and what it is told of ours.

Whatever lies in the folder where deskbreak was started, or in one that PYTHONPATH names, is none of
ours: a `types.py` there must not run because deskbreak opens a window.
"""

import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

NEEDS_QT = "windows need PySide6 (pip install 'deskbreak[gui]')"


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


def has_qt() -> bool:
    """Whether Qt is installed for the windows; whether it can open one is another question."""
    return find_spec("PySide6") is not None
