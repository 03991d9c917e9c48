"""Pose files: found in their folders, parsed, and their mistakes placed on a line."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from deskbreak.content.figure.build import build_figure
from deskbreak.content.figure.figure import Figure
from deskbreak.content.figure.tables import PoseError, Table
from deskbreak.content.problem import Problem

BASES = "bases.toml"


def load_figure(exercise_id: str, dirs: Sequence[Path]) -> Figure:
    """Read the figure of an exercise from the last of the folders that has one.

    Raises FileNotFoundError when no folder has a file for it, PoseError, with its `problem`, when
    it has a mistake, and OSError when it cannot be read.
    """
    found = [d / f"{exercise_id}.toml" for d in dirs if (d / f"{exercise_id}.toml").is_file()]
    if not found:
        raise FileNotFoundError(f"no poses for {exercise_id}")
    bases: Table = {}
    for folder in dirs:
        if (folder / BASES).is_file():
            bases.update(_parsed(folder / BASES).get("pose", {}))
    table = _parsed(found[-1])
    try:
        return build_figure(exercise_id, table, bases)
    except PoseError as mistake:
        raise _placed(mistake, found[-1]) from None
    except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError) as error:
        # A person's file: what the checks of single values let through must not stop the player.
        unclear = PoseError(f"poses that cannot be worked out ({error})", "other values")
        raise _placed(unclear, found[-1]) from error


def _parsed(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        said = re.sub(r" \(at .*\)$", "", str(error))
        broken = PoseError(f"no TOML: {said}", "TOML")
        at = int(line.group(1)) if line else None
        broken.problem = Problem(path, at, "", broken.found, broken.allowed)
        raise broken from None


def _placed(mistake: PoseError, path: Path) -> PoseError:
    """The mistake with its file and line; the line is looked up only now that it is wanted."""
    line = line_in(path.read_text(encoding="utf-8"), mistake.table, mistake.index, mistake.key)
    where = {"": "", "key": f"key {mistake.index + 1}"}.get(mistake.table, mistake.table)
    label = ": ".join(part for part in (where, mistake.key) if part)
    mistake.problem = Problem(path, line, label, mistake.found, mistake.allowed)
    return mistake


def line_in(text: str, table: str, index: int = 0, key: str = "") -> int | None:
    """The line of a key such as `leg_r.knee` in a table of a pose file; of the table without it."""
    from deskbreak.settings.lines import Lines

    top = key.partition(".")[0]
    lines = Lines(text)
    named = tuple(part for part in table.split(".") if part)
    around: tuple[str | int, ...] = (*named, index) if table == "key" else named
    names = [top, top.removesuffix("_l").removesuffix("_r")]  # `leg` stands for both legs
    known = [lines.of((*around, name)) for name in names]
    whole = lines.of(around)
    return next((line for line in known if line != whole), whole)
