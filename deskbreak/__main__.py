"""`python -m deskbreak` and the `deskbreak` command."""


def main() -> None:
    """Run the command line."""
    from deskbreak.cli.main import cli

    cli(prog_name="deskbreak")


if __name__ == "__main__":
    main()
