"""The daemon and nothing else: `python -m deskbreak.app OPTIONS` (`Options.word`).

`deskbreak run` understands what a person types, and then becomes this: the command line's libraries
are not there any more, which is 1.6 MiB less, day and night.
"""

import signal
import sys
from collections.abc import Sequence

from deskbreak.app.environment import Options, Places
from deskbreak.app.instance import NAME, AlreadyRunning
from deskbreak.systems import here
from deskbreak.text.display import complain


def main(words: Sequence[str]) -> int:
    """Run until told to quit; the exit code: 1 if another one runs already, or has no place."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # until somebody is there to take it
    from deskbreak.app.run import run_daemon

    here().call_process(NAME)
    try:
        return run_daemon(Options.of(words[0]))
    except AlreadyRunning as already:
        where = f"({Places.of_user().lock}). `deskbreak status` says what it is doing."
        return _say(f"{already} {where}{_elsewhere(already)}")
    except OSError as error:  # no place for the lock, for one
        return _say(f"{error.filename or Places.of_user().lock}: {error.strerror}.")


def _elsewhere(already: AlreadyRunning) -> str:
    """What to do where it serves another session of the same person."""
    theirs, ours = already.holder.session[:1], here().session_key()[:1]
    if theirs in ((), ("",), ours):
        return ""
    return (
        f" It serves the session on {theirs[0]}; after `deskbreak quit` it can start in this one."
    )


def _say(what: str) -> int:
    complain(what)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
