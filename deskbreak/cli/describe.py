"""What a routine or an exercise looks like, for people and as JSON."""

from typing import TYPE_CHECKING, Any

from deskbreak.cli.echo import echo

if TYPE_CHECKING:
    from deskbreak.content.model import Exercise, Routine


def routine_as_json(routine: "Routine") -> dict[str, Any]:
    """The keys that docs/json.md promises for a routine."""
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
            {
                "exercise": step.exercise.id,
                "sides": str(step.exercise.sides),
                "seconds": step.seconds,
            }
            for step in routine.steps
        ],
        "own": routine.own,
    }


def exercise_as_json(exercise: "Exercise") -> dict[str, Any]:
    """An exercise with its instructions."""
    return {
        "id": exercise.id,
        "name": exercise.name,
        "aliases": list(exercise.aliases),
        "areas": [str(area) for area in exercise.areas],
        "kind": str(exercise.kind),
        "position": str(exercise.position),
        "level": exercise.level,
        "sides": str(exercise.sides),
        "seconds": exercise.default_seconds,
        "steps": list(exercise.steps),
        "cue": exercise.cue,
        "breathing": exercise.breathing,
        "mistakes": list(exercise.mistakes),
        "easier": exercise.easier,
        "harder": exercise.harder,
        "avoid_if": [str(tag) for tag in exercise.avoid_if],
        "own": exercise.own,
    }


def print_routine(routine: "Routine") -> None:
    """Print a routine with every step of it."""
    echo(f"{routine.name}: {routine.tagline}")
    where = ", ".join(str(place) for place in routine.places)
    about = f"{routine.total_s} s, level {routine.level}, for {routine.focus}"
    echo(f"{about}; where: {where}")
    for step in routine.steps:
        echo()
        print_exercise(step.exercise, step.seconds)


def print_exercise(exercise: "Exercise", seconds: int) -> None:
    """Print an exercise with its instructions, for so many seconds."""
    side = " each side" if str(exercise.sides) == "each" else ""
    echo(f"{exercise.name}, {seconds} s{side}")
    for step in exercise.steps:
        echo(f"  - {step}")
    echo(f"  Cue: {exercise.cue}")
    echo(f"  Breathing: {exercise.breathing}")
    echo(f"  Easier: {exercise.easier}")
    echo(f"  Harder: {exercise.harder}")
    if exercise.mistakes:
        echo(f"  Rather not: {', '.join(exercise.mistakes)}")
    if exercise.aliases:
        echo(f"  Also called: {', '.join(exercise.aliases)}")
