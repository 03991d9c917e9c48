"""What only one system has, a folder each, behind one Protocol; `posix` is what two of them share.

`here` is the one place that asks which system this is.
"""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deskbreak.systems.system import System


def here() -> "System":
    """The system that this runs on."""
    if sys.platform == "linux":
        from deskbreak.systems.linux.system import Linux

        return Linux()
    if sys.platform == "win32":
        from deskbreak.systems.windows.system import windows

        return windows()
    if sys.platform == "darwin":
        from deskbreak.systems.mac.system import mac

        return mac()
    from deskbreak.systems.unfinished import Unfinished

    return Unfinished(sys.platform)
