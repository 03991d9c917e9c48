"""`deskbreak routines`: what there is, what it looks like, playing it, bringing your own."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from deskbreak.app import client
from deskbreak.cli import complete
from deskbreak.cli.ask import FAILED, WRONG_WORDS, leave, places, print_json, settings, tell
from deskbreak.cli.echo import echo
from deskbreak.cli.main import Group
from deskbreak.content.load import load_catalogue
from deskbreak.content.model import Exercise, Loaded, Routine
from deskbreak.files import replace_file
from deskbreak.settings.files import shipped
from deskbreak.settings.problems import Problem
from deskbreak.settings.values import AREAS

_POSES = "poses"
"""A folder of this name has figures, one file an exercise."""

_LARGEST = 1 << 20
"""Bytes of a file of routines; the loader reads no more."""


def load(*more: Path) -> Loaded:
    """The routines that ship, this person's own, and `more`."""
    return load_catalogue([shipped("microroutines"), places().microroutines, *more])


def _report(problems: Iterable[Problem]) -> None:
    for problem in problems:
        echo(str(problem), err=True)


@click.group(cls=Group, usual="list")
def routines() -> None:
    """See the routines, play one, check and add your own."""


@routines.command("list")
@click.option(
    "--area", shell_complete=complete.words(*AREAS), help="Only those for this area, such as hips."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def list_routines(area: str | None, as_json: bool) -> None:
    """List the routines, two minutes each."""
    if area is not None and area not in AREAS:
        leave(WRONG_WORDS, f"found {area!r}, allowed: {', '.join(AREAS)}.")
    loaded = load()
    chosen = [r for r in loaded.catalogue.routines.values() if area in (None, r.focus)]
    if as_json:
        print_json({"routines": [routine_as_json(routine) for routine in chosen]})
    else:
        for routine in sorted(chosen, key=lambda r: (str(r.focus), r.id)):
            own = " (yours)" if routine.own else ""
            line = f"{routine.id:24} {routine.focus:12} {routine.total_s:4} s"
            echo(f"{line}  {routine.name}{own}")
    _report(loaded.problems)


@routines.command()
@click.argument("ident", metavar="ID", shell_complete=complete.routines)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def show(ident: str, as_json: bool) -> None:
    """Show a routine or an exercise with its instructions."""
    found = known(ident)
    if isinstance(found, Routine):
        print_json({"routine": routine_as_json(found)}) if as_json else print_routine(found)
    elif as_json:
        print_json({"exercise": exercise_as_json(found)})
    else:
        print_exercise(found, found.default_seconds)


def known(ident: str, *, exercises: bool = True) -> Routine | Exercise:
    """The routine, or exercise, of that id; exits with 2 and names what was probably meant."""
    from difflib import get_close_matches

    catalogue = load().catalogue
    there: dict[str, Routine | Exercise] = {**catalogue.routines}
    if exercises:
        there = {**catalogue.exercises, **there}
    if ident not in there:
        likely = get_close_matches(ident, there, n=1, cutoff=0.5)
        hint = f"perhaps {likely[0]}" if likely else "`deskbreak routines list` shows them all"
        leave(WRONG_WORDS, f"there is no routine or exercise {ident!r}; {hint}.")
    return there[ident]


@routines.command()
@click.argument("ident", metavar="ID", shell_complete=complete.routines)
@click.option("--terminal", is_flag=True, help="In this terminal, even where there are windows.")
@click.option(
    "--long", "as_long", is_flag=True, help="Let a walk at its end last as long as it may."
)
def play(ident: str, terminal: bool, as_long: bool) -> None:
    """Play a routine or a single exercise now.

    deskbreak need not be running. It opens a window where it can, else it uses this terminal.
    """
    from deskbreak.adapters.store.state import acknowledge, is_acknowledged
    from deskbreak.app.programs import appearance

    known(ident)
    words = [ident, "--content", str(places().microroutines)]
    words += appearance(settings(), quiet=with_others())
    window = not terminal and has_window()
    noticed = places().acknowledged
    somebody = window or sys.stdin.isatty()  # who can accept it
    asks = somebody and not is_acknowledged(noticed)
    more = {"--notice": asks, "--long": as_long}
    if window:
        from deskbreak.windows.player.__main__ import main
    else:
        from deskbreak.windows.terminal.__main__ import main
    code = main([*words, *(word for word, on in more.items() if on)])
    if asks and code == 0:
        acknowledge(noticed)
    sys.exit(code)


def with_others() -> bool:
    """Whether a running daemon knows of a call; without one nobody does."""
    from deskbreak.core.enums import WITH_OTHERS

    with suppress(client.ControlError):
        holds = tell("status")["status"]["holds"]
        return any(hold["reason"] in WITH_OTHERS for hold in holds)
    return False


def has_window() -> bool:
    """Whether a window can be opened here; says why it cannot where there is a desktop."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    from deskbreak.windows.start import trouble

    why = trouble(dict(os.environ))
    if why is not None:
        echo(f"deskbreak: {why}; this terminal will do.", err=True)
    return why is None


@routines.command()
@click.argument("ident", metavar="ID", shell_complete=complete.routines)
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dark", is_flag=True, help="On a dark ground.")
def export(ident: str, file: Path | None, dark: bool) -> None:
    """Make a picture of a routine or an exercise.

    The ending of FILE says which kind: .svg and .png show every step on one page, .gif and .apng
    the movement. Without FILE it is ID.svg here.
    """
    known(ident)
    from deskbreak.windows.export.__main__ import main

    target = file or Path(f"{ident}.svg")
    words = [ident, str(target), "--content", str(places().microroutines)]
    code = main([*words, "--theme", "dark" if dark else "light"])
    if code != 0:
        sys.exit(WRONG_WORDS if code == WRONG_WORDS else FAILED)
    echo(f"Written to {target}.")


@routines.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check files with your own routines, and the poses beside them.

    Every mistake is named with file, line and key.
    """
    missing = [str(file) for file in files if not file.exists()]
    if missing:
        leave(WRONG_WORDS, f"there is no file {', '.join(missing)}.")
    loaded = _checked(files)
    about = _within(files)
    problems = [problem for problem in loaded.problems if about(Path(problem.file))]
    problems += _of_poses(files, loaded)
    _report(problems)
    if problems:
        raise SystemExit(WRONG_WORDS)
    exercises = sum(about(entry.file) for entry in loaded.catalogue.exercises.values())
    number = sum(about(entry.file) for entry in loaded.catalogue.routines.values())
    echo(f"Everything can be used (exercises: {exercises}, routines: {number}).")


def _checked(files: Sequence[Path]) -> Loaded:
    """The catalogue with these files; those that deskbreak reads anyway are not read twice."""
    own = places().microroutines.resolve()
    others = (file for file in files if own not in (file.resolve(), *file.resolve().parents))
    return load(*(file for file in others if _POSES not in file.resolve().parts[-2:]))


def _of_poses(files: Sequence[Path], loaded: Loaded) -> list[Problem]:
    """What is the matter with the pose files among these, or in folders of poses below them."""
    from deskbreak.content.figure.verify import pose_problems

    poses: list[Path] = []
    for file in (one.resolve() for one in files):
        if file.is_dir():
            found = [*file.rglob("*.toml")]
            poses += sorted(one for one in found if one.parent.name == _POSES)
        elif file.parent.name == _POSES:
            poses.append(file)
    if not poses:
        return []
    folders = [shipped("microroutines") / _POSES, places().microroutines / _POSES]
    return pose_problems(poses, folders, set(loaded.catalogue.exercises))


def _within(files: Sequence[Path]) -> Callable[[Path], bool]:
    wanted = {file.resolve() for file in files}
    return lambda file: not wanted.isdisjoint((file.resolve(), *file.resolve().parents))


@routines.command()
@click.argument("file", type=click.Path(path_type=Path))
def add(file: Path) -> None:
    """Check FILE with your own routines and take it up.

    It is copied to where deskbreak looks for such files; a running one hears of it at once.
    """
    if not file.is_file():
        leave(WRONG_WORDS, f"there is no file {file}.")
    if file.suffix != ".toml" or file.name.startswith("."):
        leave(WRONG_WORDS, f"found {file.name!r}, allowed: a name such as mine.toml.")
    target = places().microroutines / file.name
    if file.stat().st_size > _LARGEST:
        leave(WRONG_WORDS, f"{file} is larger than {_LARGEST >> 20} MiB.")
    content = file.read_bytes()
    if target.exists():
        _is_there(target, content)
        return
    problems = [one for one in _checked([file]).problems if _within([file])(Path(one.file))]
    if problems:
        _report(problems)
        raise SystemExit(WRONG_WORDS)
    try:
        replace_file(target, content)
    except OSError as error:
        leave(FAILED, f"{target} could not be written ({error.strerror}).")
    echo(f"Added as {target}.")
    with suppress(client.ControlError):  # one that does not run reads them when it begins
        tell("reload")


def _is_there(target: Path, content: bytes) -> None:
    if target.read_bytes() != content:
        how = "rename your file, or edit that one"
        leave(WRONG_WORDS, f"{target} exists and says something else; {how}.")
    echo(f"{target} is there already.")


def routine_as_json(routine: Routine) -> dict[str, Any]:
    """The keys that docs/json.md promises for a routine."""
    return {
        "id": routine.id,
        "name": routine.name,
        "tagline": routine.tagline,
        "focus": routine.focus,
        "areas": routine.areas,
        "seconds": routine.total_s,
        "level": routine.level,
        "places": routine.places,
        "standing": routine.standing_ok,
        "call_friendly": routine.call_friendly,
        "steps": [
            {"exercise": s.exercise.id, "sides": s.exercise.sides, "seconds": s.seconds}
            for s in routine.steps
        ],
        "own": routine.own,
    }


_EXERCISE = (
    "id", "name", "aliases", "areas", "kind", "position", "level", "sides", "steps", "cue",
    "breathing", "mistakes", "easier", "harder", "avoid_if", "moves", "own",
)  # fmt: skip
"""What docs/json.md promises for an exercise, beside its seconds."""


def exercise_as_json(exercise: Exercise) -> dict[str, Any]:
    """An exercise with its instructions."""
    said = {name: getattr(exercise, name) for name in _EXERCISE}
    return said | {"seconds": exercise.default_seconds}


def print_routine(routine: Routine) -> None:
    """Print a routine with every step of it."""
    echo(f"{routine.name}: {routine.tagline}")
    about = f"{routine.total_s} s, level {routine.level}, for {routine.focus}"
    echo(f"{about}; where: {', '.join(routine.places)}")
    for step in routine.steps:
        echo()
        print_exercise(step.exercise, step.seconds)


def print_exercise(exercise: Exercise, seconds: int) -> None:
    """Print an exercise with its instructions, for so many seconds."""
    side = " each side" if exercise.sides == "each" else ""
    echo(f"{exercise.name}, {seconds} s{side}")
    for step in exercise.steps:
        echo(f"  - {step}")
    for title, text in (
        ("Cue", exercise.cue),
        ("Back and forth", ", ".join(exercise.moves)),
        ("Breathing", exercise.breathing),
        ("Easier", exercise.easier),
        ("Harder", exercise.harder),
        ("Rather not", ", ".join(exercise.mistakes)),
        ("Also called", ", ".join(exercise.aliases)),
    ):
        if text:
            echo(f"  {title}: {text}")
