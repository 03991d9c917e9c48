"""`python -m deskbreak` and the `deskbreak` command."""

import os
import sys

_INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""


def main() -> None:
    """Run the command line."""
    _leave_out_the_first_folder()
    import signal

    heeded = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heeded:  # nothing is open yet, so that Ctrl-C can simply end it
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from deskbreak.cli.main import cli

    try:
        if heeded:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        cli(prog_name="deskbreak")
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    finally:
        if heeded:
            signal.signal(signal.SIGINT, signal.SIG_DFL)


def _leave_out_the_first_folder() -> None:
    """Import nothing from where the person is (`-m`), nor from where the command lies.

    Python looks there first, before its own library. A working copy of ours stays.
    """
    # No pathlib: until this is done, importing anything may run a stranger's file of that name.
    if sys.flags.safe_path or not sys.path:
        return
    ours = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))  # noqa: PTH120
    script = os.path.dirname(os.path.realpath(sys.argv[0]))  # noqa: PTH120
    if sys.path[0] != ours and sys.path[0] in {"", _here(), script}:
        del sys.path[0]


def _here() -> str:
    try:
        return os.getcwd()  # noqa: PTH109
    except OSError:  # the folder is gone
        return ""


if __name__ == "__main__":
    main()
