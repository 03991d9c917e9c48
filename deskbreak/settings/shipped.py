"""Where the files lie that come with the program: `config` and `microroutines`."""

from pathlib import Path


def shipped(name: str) -> Path:
    """The folder of that name: inside the installed package, or beside it in a checkout.

    Raises FileNotFoundError if it is in neither place.
    """
    package = Path(__file__).parent.parent
    for folder in (package / "data" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"{name} is not part of this installation; install deskbreak anew")
