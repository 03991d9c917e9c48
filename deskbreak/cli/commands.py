"""Commands that tell the daemon something. Each prints in one line what is now true."""

import click

from deskbreak.cli.ask import WRONG_WORDS, NotGivenError, ask, leave, say, tell
from deskbreak.cli.echo import echo
from deskbreak.content.safety import SKIPPED
from deskbreak.settings.values import Duration

KINDS = ("walk", "stretch")
LONGEST = Duration(31 * 86_400)
"""What the daemon takes at most; see adapters/control/protocol.py."""


def _duration(text: str | None) -> str | None:
    """The length as the daemon reads it; exits with 2 if it is none."""
    if text is None:
        return None
    try:
        length = Duration.parse(text)
    except ValueError as problem:
        leave(WRONG_WORDS, f"{problem}.")
    if not 0 < length <= LONGEST:
        leave(WRONG_WORDS, f"found {text}, allowed: longer than 0s, at most {LONGEST.text}.")
    return text


@click.command("break")
@click.argument("kind", required=False, metavar="[walk|stretch]")
@click.argument("routine", required=False, metavar="[ROUTINE]")
@click.option("--missed", is_flag=True, help="The one that the last prompt suggested in vain.")
def take_break(kind: str | None, routine: str | None, missed: bool) -> None:
    """Take a break now: the one suggested, a walk, or a stretch.

    It need not be due. ROUTINE is the id of a routine; `deskbreak routines list` shows them all.
    """
    if missed:
        if kind is not None:
            leave(WRONG_WORDS, f"found {kind!r} with --missed, which says already which break.")
        say("break", missed=True)
        return
    if kind is not None and kind not in KINDS:
        if routine is not None:
            leave(WRONG_WORDS, f"found {kind!r}, allowed: walk or stretch, then perhaps a routine.")
        kind, routine = "stretch", kind
    if kind == "walk" and routine is not None:
        leave(WRONG_WORDS, "a walk has no routine; `deskbreak break stretch ROUTINE` has.")
    try:
        echo(tell("break", kind=kind, routine=routine)["says"])
    except NotGivenError as refusal:
        if routine is not None:
            _check_routine(routine)
        leave(1, str(refusal))


def _check_routine(ident: str) -> None:
    """Exits with 2 if there is no routine of that id, and names the one that was meant."""
    from deskbreak.cli.routines import known_routines, no_such

    known = known_routines()
    if ident not in known:
        no_such(ident, known)


@click.command()
def done() -> None:
    """Say that the break is over."""
    say("done")


@click.command()
def skip() -> None:
    """Decline this break, or end the one you are taking. Sitting goes on counting."""
    echo(f"{SKIPPED} {ask('skip')['says']}")


@click.command()
@click.argument("length", required=False, metavar="[LENGTH]")
def snooze(length: str | None) -> None:
    """Put the break off, by LENGTH such as 10m.

    Without LENGTH it is the first one in your settings (breaks.snooze).
    """
    says = ask("snooze", **{"for": _duration(length)})["says"]
    echo(f"{SKIPPED} {says}")


@click.command()
def stand() -> None:
    """Say that you are standing now."""
    say("stand")


@click.command()
def sit() -> None:
    """Say that you are sitting now."""
    say("sit")


@click.command()
@click.argument("words", nargs=-1, metavar="[LENGTH | on | off]")
def reading(words: tuple[str, ...]) -> None:
    """Say that you sit here without typing, or no longer.

    While it is on, time at the desk counts as sitting even if nothing is typed or clicked. With a
    LENGTH such as 45m it ends by itself; else with `off`, or once you have long been gone.
    """
    match words:
        case () | ("on",):
            says, what = ask("reading", on=True)["says"], "reading: counted without typing"
        case ("off",):
            says, what = ask("reading", on=False)["says"], "no longer reading"
        case (length,) | ("for", length):
            says = ask("reading", **{"for": _duration(length)})["says"]
            what = f"reading for {length}: counted without typing"
        case _:
            leave(WRONG_WORDS, f"found {' '.join(words)!r}, allowed: 45m, on, or off.")
    echo(f"{says} · {what}")


@click.command()
@click.argument("words", nargs=-1, metavar="[LENGTH | until HH:MM | today]")
def pause(words: tuple[str, ...]) -> None:
    """Have no prompts for a while, or for the rest of the day.

    LENGTH is such as 1h30m. Without words it lasts until `deskbreak resume`.
    """
    match words:
        case ():
            say("pause")
        case ("today",):
            say("pause", today=True)
        case ("until", time):
            say("pause", until=_time(time))
        case (length,) | ("for", length):
            say("pause", **{"for": _duration(length)})
        case _:
            leave(WRONG_WORDS, f"found {' '.join(words)!r}, allowed: 1h, until 14:30, or today.")


def _time(text: str) -> str:
    """The time of day as the daemon reads it; exits with 2 if it is none."""
    hours, _, minutes = text.partition(":")
    digits = hours.isascii() and minutes.isascii() and hours.isdigit() and minutes.isdigit()
    right = digits and len(hours) <= 2 and len(minutes) == 2
    if not right or int(hours) > 23 or int(minutes) > 59:
        leave(WRONG_WORDS, f"found {text!r}, allowed: a time of day such as 14:30.")
    return text


@click.command()
def resume() -> None:
    """End the pause."""
    say("resume")
