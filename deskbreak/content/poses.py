"""The pictures of exercises stay in their files until somebody draws one.

A picture is the table `[exercise.pose]` with whatever is below it. It makes up the larger part of
a file, so loading passes over it, and `pose_of` reads the one that is wanted.
"""

import re
import tomllib
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from deskbreak.content.model import Exercise

_HEADER = re.compile(
    r"^[ \t]*\[\[?[ \t]*(?!(?:true|false|inf|nan)[ \t]*\])[A-Za-z_][^\n=,]*\]", re.M
)
_PICTURE = re.compile(r"^[ \t]*\[\[?[ \t]*exercise[ \t]*\.[ \t]*pose\b")
_EXERCISE = re.compile(r"^[ \t]*\[\[[ \t]*exercise[ \t]*\]\]", re.M)


class PictureError(ValueError):
    """The picture of an exercise is not there any more, or cannot be read."""


def without_pictures(text: str) -> str:
    """The text with the lines of all pictures emptied, so that line numbers stay.

    A text with multi-line strings is left as it is: a header could stand inside of one.
    """
    if '"""' in text or "'''" in text:
        return text
    starts = [match.start() for match in _HEADER.finditer(text)]
    pieces = [text[: starts[0]]] if starts else [text]
    for start, end in pairwise([*starts, len(text)]):
        piece = text[start:end]
        pieces.append("\n" * piece.count("\n") if _PICTURE.match(piece) else piece)
    return "".join(pieces)


def pose_of(exercise: Exercise) -> Mapping[str, Any] | None:
    """The `[exercise.pose]` table of an exercise as it stands in its file; None without one.

    Raises PictureError where the file has gone, changed under us, or is no TOML there.
    """
    try:
        text = exercise.file.read_text("utf-8")
        for candidate in _candidates(text, exercise.id):
            for entry in tomllib.loads(candidate).get("exercise", []):
                if entry.get("id") == exercise.id:
                    pose = entry.get("pose")
                    return pose if isinstance(pose, dict) else None
    except (OSError, ValueError, RecursionError) as error:
        raise PictureError(f"{exercise.file}: the picture of {exercise.id}: {error}") from error
    raise PictureError(f"{exercise.file}: {exercise.id} is not there any more")


def _candidates(text: str, ident: str) -> list[str]:
    """The part of the file that has this id, so that one picture costs one parse of one entry."""
    if '"""' in text or "'''" in text:
        return [text]
    starts = [match.start() for match in _EXERCISE.finditer(text)]
    parts = [text[begin:end] for begin, end in pairwise([*starts, len(text)])]
    wanted = re.compile(rf"^[ \t]*id[ \t]*=[ \t]*[\"']{re.escape(ident)}[\"']", re.M)
    return [part for part in parts if wanted.search(part)]
