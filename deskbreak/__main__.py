"""`python -m deskbreak` and the `deskbreak` command."""

import os
import sys


def main() -> None:
    """Run the command line."""
    _leave_out_the_first_folder()
    from deskbreak.cli.main import cli

    cli(prog_name="deskbreak")


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
