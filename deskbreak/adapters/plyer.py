"""plyer, asked for one of its parts without the tracebacks that its own proxy prints."""

import warnings
from importlib import import_module
from typing import Any


def backend(part: str, does: str) -> Any:
    """What plyer does that with here; `part` is "notification" or "tts".

    Raises anything, LookupError where it has nothing.
    """
    warnings.filterwarnings("ignore", module=r"plyer\.")
    from plyer.utils import platform

    found = import_module(f"plyer.platforms.{platform}.{part}").instance()
    if type(found).__module__.startswith("plyer.facades"):
        raise LookupError(f"there is no program that {does}")
    return found
