"""`python -m deskbreak` and the `deskbreak` command."""

import sys


def main() -> None:
    """Run the command line."""
    from deskbreak.cli.lean import go_lean

    go_lean(sys.argv[1:])
    from deskbreak.cli.main import cli

    cli(prog_name="deskbreak")


if __name__ == "__main__":
    main()
