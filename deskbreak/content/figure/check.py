"""What is the matter with pose files, said like the other mistakes in a person's own files."""

from collections.abc import Collection, Sequence
from pathlib import Path

from deskbreak.content.figure.read import BASES, line_in, load_figure
from deskbreak.content.figure.tables import PoseError
from deskbreak.content.figure.verify import verify
from deskbreak.content.problem import Problem, nearest

ALLOWED = {
    "bones": "bones of one length", "ranges": "what a joint can do", "floor": "above the floor",
    "contacts": "a touch that is kept", "collisions": "limbs beside each other",
    "balance": "a weight that is carried", "support": "a body that lies on something",
    "extension": "a smaller bend",
    "jumps": "a calmer movement", "loop": "an end like the beginning",
    "sides": "left like right", "seen": "a picture that has it all",
}  # fmt: skip


def pose_problems(
    files: Sequence[Path], dirs: Sequence[Path], exercises: Collection[str]
) -> list[Problem]:
    """Every mistake in some pose files, in their words and in what the figure would do.

    `dirs` are the folders of poses, the built-in ones first; `exercises` are the known ids.
    """
    found: list[Problem] = []
    for file in files:
        if file.name == BASES:
            continue
        if file.stem not in exercises:
            allowed = f"the id of an exercise: {nearest(file.stem, exercises)}"
            found.append(Problem(file, None, "", f"poses for {file.stem!r}", allowed))
        else:
            found += _problems(file, dirs)
    return found


def _problems(file: Path, dirs: Sequence[Path]) -> list[Problem]:
    try:
        figure = load_figure(file.stem, [*dirs, file.parent])
        text = file.read_text(encoding="utf-8")
    except PoseError as mistake:
        return [] if mistake.problem is None else [mistake.problem]
    except OSError as error:
        return [Problem(file, None, "", f"no readable file ({error.strerror})", "a readable one")]
    out = []
    rounds = 2 if figure.side == "alternate" else 1
    for one in verify(figure):
        at = figure.motion.moment(one.t).b % (len(figure.motion.keys) // rounds)
        label = f"key {at + 1}: {one.t:g} s into the movement"
        out.append(Problem(file, line_in(text, "key", at), label, one.found, ALLOWED[one.rule]))
    return out
