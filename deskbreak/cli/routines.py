"""`deskbreak routines`: what there is, what it looks like, playing it, and bringing your own."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deskbreak.cli.ask import FAILED, WRONG_WORDS, leave, places, print_json
from deskbreak.cli.group import Group

if TYPE_CHECKING:
    from deskbreak.content.model import Exercise, Loaded, Routine
    from deskbreak.content.problem import Problem

_LARGEST = 1 << 20
"""Bytes of a file of routines; the loader reads no more."""


def _load(*more: Path) -> "Loaded":
    from deskbreak.content.load import load_catalogue
    from deskbreak.settings.shipped import shipped

    return load_catalogue([shipped("microroutines"), places().microroutines, *more])


def known_routines() -> list[str]:
    """The ids of all routines, the person's own among them."""
    return list(_load().catalogue.routines)


def _report(problems: "Iterable[Problem]") -> None:
    for problem in problems:
        click.echo(str(problem), err=True)


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def routines(ctx: click.Context) -> None:
    """See the routines, play one, check and add your own."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_routines)


@routines.command("list")
@click.option("--area", help="Only those for this area, such as hips.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def list_routines(area: str | None = None, as_json: bool = False) -> None:
    """List the routines, two minutes each."""
    loaded = _load()
    chosen = [r for r in loaded.catalogue.routines.values() if _is_for(r, area)]
    if as_json:
        print_json({"routines": [_as_json(routine) for routine in chosen]})
    else:
        for routine in sorted(chosen, key=lambda r: (str(r.focus), r.id)):
            own = " (yours)" if routine.own else ""
            line = f"{routine.id:24} {routine.focus:12} {routine.total_s:4} s"
            click.echo(f"{line}  {routine.name}{own}")
    _report(loaded.problems)


def _is_for(routine: "Routine", area: str | None) -> bool:
    from deskbreak.content.words import Area

    if area is not None and area not in set(Area):
        leave(WRONG_WORDS, f"found {area!r}, allowed: {', '.join(Area)}.")
    return area in {None, str(routine.focus)}


def _as_json(routine: "Routine") -> dict[str, Any]:
    return {
        "id": routine.id,
        "name": routine.name,
        "tagline": routine.tagline,
        "focus": str(routine.focus),
        "areas": [str(area) for area in routine.areas],
        "seconds": routine.total_s,
        "level": routine.level,
        "places": [str(place) for place in routine.places],
        "standing": routine.standing_ok,
        "call_friendly": routine.call_friendly,
        "steps": [
            {"exercise": step.exercise.id, "sides": str(step.exercise.sides), "seconds": step.seconds}
            for step in routine.steps
        ],
        "own": routine.own,
    }


def _exercise_as_json(exercise: "Exercise") -> dict[str, Any]:
    return {
        "id": exercise.id,
        "name": exercise.name,
        "areas": [str(area) for area in exercise.areas],
        "kind": str(exercise.kind),
        "position": str(exercise.position),
        "level": exercise.level,
        "sides": str(exercise.sides),
        "seconds": exercise.default_seconds,
        "steps": list(exercise.steps),
        "cue": exercise.cue,
        "breathing": exercise.breathing,
        "easier": exercise.easier,
        "harder": exercise.harder,
        "avoid_if": [str(tag) for tag in exercise.avoid_if],
        "own": exercise.own,
    }


@routines.command()
@click.argument("ident", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def show(ident: str, as_json: bool) -> None:
    """Show a routine or an exercise with its instructions."""
    catalogue = _load().catalogue
    routine, exercise = catalogue.routines.get(ident), catalogue.exercises.get(ident)
    if routine is not None:
        print_json({"routine": _as_json(routine)}) if as_json else _show_routine(routine)
    elif exercise is not None and as_json:
        print_json({"exercise": _exercise_as_json(exercise)})
    elif exercise is not None:
        _describe(exercise, exercise.default_seconds)
    else:
        _no_such(ident, [*catalogue.routines, *catalogue.exercises])


def _no_such(ident: str, known: Sequence[str]) -> None:
    from deskbreak.content.problem import nearest

    leave(WRONG_WORDS, f"there is no routine or exercise {ident!r} ({nearest(ident, known)}).")


def _show_routine(routine: "Routine") -> None:
    click.echo(f"{routine.name}: {routine.tagline}")
    where = ", ".join(str(place) for place in routine.places)
    about = f"{routine.total_s} s, level {routine.level}, for {routine.focus}"
    click.echo(f"{about}; where: {where}")
    for step in routine.steps:
        click.echo()
        _describe(step.exercise, step.seconds)


def _describe(exercise: "Exercise", seconds: int) -> None:
    side = " each side" if str(exercise.sides) == "each" else ""
    click.echo(f"{exercise.name}, {seconds} s{side}")
    for step in exercise.steps:
        click.echo(f"  - {step}")
    click.echo(f"  Cue: {exercise.cue}")
    click.echo(f"  Breathing: {exercise.breathing}")
    click.echo(f"  Easier: {exercise.easier}")


@routines.command()
@click.argument("ident", metavar="ID")
@click.option("--terminal", is_flag=True, help="In this terminal, even where there are windows.")
def play(ident: str, terminal: bool) -> None:
    """Play a routine or a single exercise now; deskbreak need not be running."""
    catalogue = _load().catalogue
    if ident not in catalogue.routines and ident not in catalogue.exercises:
        _no_such(ident, [*catalogue.routines, *catalogue.exercises])
    from deskbreak.windows.terminal.__main__ import main

    del terminal  # the window comes with the routines issue; until then this is the one player
    sys.exit(main([ident, "--content", str(places().microroutines)]))


@routines.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check files of your own; every mistake is named with file, line and key."""
    missing = [str(file) for file in files if not file.exists()]
    if missing:
        leave(WRONG_WORDS, f"there is no file {', '.join(missing)}.")
    loaded = _checked(files)
    about = _within(files)
    problems = [problem for problem in loaded.problems if about(problem.file)]
    _report(problems)
    if problems:
        raise SystemExit(WRONG_WORDS)
    exercises = sum(about(entry.file) for entry in loaded.catalogue.exercises.values())
    number = sum(about(entry.file) for entry in loaded.catalogue.routines.values())
    click.echo(f"Everything can be used (exercises: {exercises}, routines: {number}).")


def _checked(files: Sequence[Path]) -> "Loaded":
    """The catalogue with these files; those that deskbreak reads anyway are not read twice."""
    own = places().microroutines.resolve()
    return _load(*(file for file in files if own not in (file.resolve(), *file.resolve().parents)))


def _within(files: Sequence[Path]) -> Callable[[Path], bool]:
    wanted = {file.resolve() for file in files}
    return lambda file: not wanted.isdisjoint((file.resolve(), *file.resolve().parents))


@routines.command()
@click.argument("file", type=click.Path(path_type=Path))
def add(file: Path) -> None:
    """Copy a file of your own routines to where deskbreak looks for them, after checking it."""
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
    problems = [problem for problem in _checked([file]).problems if _within([file])(problem.file)]
    if problems:
        _report(problems)
        raise SystemExit(WRONG_WORDS)
    _copy(content, target)
    click.echo(f"Added as {target}.")
    _tell_daemon()


def _is_there(target: Path, content: bytes) -> None:
    if target.read_bytes() != content:
        how = "rename your file, or edit that one"
        leave(WRONG_WORDS, f"{target} exists and says something else; {how}.")
    click.echo(f"{target} is there already.")


def _copy(content: bytes, target: Path) -> None:
    from deskbreak.adapters.store.atomic import replace_file

    try:
        replace_file(target, content)
    except OSError as error:
        leave(FAILED, f"{target} could not be written ({error.strerror}).")


def _tell_daemon() -> None:
    """A running daemon reads the routines anew; one that does not run will."""
    from contextlib import suppress

    from deskbreak.adapters.control import client

    with suppress(client.ControlError):
        client.ask(places().socket, {"do": "reload"})
