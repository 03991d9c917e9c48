"""`python -m deskbreak.calendars --begins SECONDS --ends SECONDS PATH…` prints one JSON document.

Exit codes: 0 whatever the files are like (their problems are in the document), 2 for other words.
"""

import argparse
import json
import sys
from collections.abc import Sequence

from deskbreak.struct import asdict

VERSION = 1


def main(words: Sequence[str]) -> int:
    """Read the files and folders and print what they say."""
    from deskbreak.calendars.busy import Window
    from deskbreak.calendars.read import read_agenda

    parser = argparse.ArgumentParser("deskbreak.calendars", description=__doc__)
    parser.add_argument("--begins", type=float, required=True, help="wall clock, in seconds")
    parser.add_argument("--ends", type=float, required=True, help="wall clock, in seconds")
    parser.add_argument("paths", nargs="*")
    asked = parser.parse_args(words)
    agenda = read_agenda(asked.paths, Window(asked.begins, asked.ends))
    document = {
        "version": VERSION,
        "entries": [asdict(entry) for entry in sorted(agenda.entries)],
        "problems": [asdict(problem) for problem in agenda.problems],
        "more_problems": agenda.more_problems,
        "files": len(agenda.files),
        "folders": [str(folder) for folder in agenda.folders],
    }
    json.dump(document, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
