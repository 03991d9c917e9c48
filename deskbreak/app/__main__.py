"""The daemon and nothing else: `python -m deskbreak.app OPTIONS` (`Options.word`).

`deskbreak run` understands what a person types, and then becomes this: the command line's libraries
are not there any more, which is 1.6 MiB less, day and night.
"""

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path

from deskbreak.app.instance import AlreadyRunning
from deskbreak.app.options import Options
from deskbreak.app.places import Places
from deskbreak.text import complain

_NAME = Path("/proc/self/comm")


def main(words: Sequence[str]) -> int:
    """Run until told to quit; the exit code: 1 if another one runs already, or has no place."""
    from deskbreak.app.run import run_daemon

    places = Places.of_user()
    with contextlib.suppress(OSError):
        _NAME.write_text("deskbreak")  # as whoever looks at the processes would expect
    try:
        return run_daemon(places, Options.of(words[0]))
    except AlreadyRunning as already:
        return _say(f"{already} ({places.lock}). `deskbreak status` says what it is doing.")
    except OSError as error:  # no place for the lock, for one
        return _say(f"{error.filename or places.lock}: {error.strerror}.")


def _say(what: str) -> int:
    complain(what)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
