"""Commands that tell the daemon something. Each prints in one line what is now true."""

from collections.abc import Sequence

import click

from deskbreak.app import client
from deskbreak.cli import complete
from deskbreak.cli.ask import WRONG_WORDS, ask, leave, leave_over, say, settings, tell
from deskbreak.cli.echo import echo, prose
from deskbreak.content.safety import SKIPPED
from deskbreak.settings.typed import UnclearError, likely_length, time_of_day
from deskbreak.settings.values import AREAS, Duration

KINDS = ("walk", "stretch")
LONGEST = Duration(31 * 86_400)
"""What the daemon takes at most; see adapters/control/protocol.py."""


def _duration(words: Sequence[str], allowed: str = "") -> str:
    """The length as the daemon reads it; exits with 2 if it is none, and says what is `allowed`."""
    typed = " ".join(words)
    try:
        length = Duration.parse(typed)
    except UnclearError as unclear:
        leave(WRONG_WORDS, f"{unclear}.")
    except ValueError as problem:
        likely = likely_length(typed)
        why = f"found {typed!r}, allowed: {allowed}" if allowed else str(problem)
        leave(WRONG_WORDS, f"{why} (perhaps {likely})." if likely else f"{why}.")
    if not 0 < length <= LONGEST:
        leave(WRONG_WORDS, f"found {typed}, allowed: longer than 0s, at most {LONGEST.text}.")
    return length.text


@click.command("break")
@click.argument("kind", required=False, metavar="[walk|stretch]", shell_complete=complete.breaks)
@click.argument("routine", required=False, metavar="[ROUTINE]", shell_complete=complete.routines)
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
    except client.ControlError as trouble:
        if routine is not None and isinstance(trouble, client.Refused):
            from deskbreak.cli.routines import known

            known(routine, exercises=False)
        leave_over(trouble)


@click.command()
def done() -> None:
    """Say that the break is over."""
    say("done")


@click.command()
def skip() -> None:
    """Decline this break, or end the one you are taking. Sitting goes on counting."""
    echo(f"{SKIPPED} {ask('skip')['says']}")


@click.command()
@click.argument("length", nargs=-1, metavar="[LENGTH]", shell_complete=complete.lengths())
def snooze(length: tuple[str, ...]) -> None:
    """Put the break off, by LENGTH such as 10m; a number alone is minutes.

    Without LENGTH it is the first one in your settings (breaks.snooze).
    """
    says = ask("snooze", **{"for": _duration(length) if length else None})["says"]
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
@click.argument(
    "words",
    nargs=-1,
    metavar="[LENGTH | on | off]",
    shell_complete=complete.lengths("1h", "on", "off"),
)
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
        case ("for", *length) | length:
            typed = _duration(length, "45m, on, or off")
            says = ask("reading", **{"for": typed})["says"]
            what = f"reading for {typed}: counted without typing"
    echo(f"{says} · {what}")


@click.command()
@click.argument(
    "words",
    nargs=-1,
    metavar="[LENGTH | until TIME | today]",
    shell_complete=complete.lengths("1h", "until", "today"),
)
def pause(words: tuple[str, ...]) -> None:
    """Have no prompts for a while, or for the rest of the day.

    LENGTH is such as 1h30m, a number alone is minutes; TIME is such as 14:30 or 5pm. Without words
    it lasts until `deskbreak resume`.
    """
    match words:
        case ():
            say("pause")
        case ("today",):
            say("pause", today=True)
        case ("until", *clock):
            say("pause", until=_time(" ".join(clock)))
        case ("for", *length) | length:
            say("pause", **{"for": _duration(length, "1h, until 14:30, or today")})


def _time(typed: str) -> str:
    """The time of day as the daemon reads it; exits with 2 if it is none."""
    try:
        return f"{time_of_day(typed):%H:%M}"
    except UnclearError as unclear:
        leave(WRONG_WORDS, f"{unclear}.")
    except ValueError:
        leave(WRONG_WORDS, f"found {typed!r}, allowed: a time of day such as 14:30.")


@click.command()
def resume() -> None:
    """End the pause."""
    say("resume")


_MEANS = {1: "gentle", 2: "moderate", 3: "strong"}


@click.command()
@click.argument(
    "chosen",
    required=False,
    type=click.IntRange(1, 3),
    metavar="[1|2|3]",
    shell_complete=complete.words("1", "2", "3"),
)
@click.pass_context
def level(ctx: click.Context, chosen: int | None) -> None:
    """See the level of the exercises, or choose it: 1 gentle, 2 moderate, 3 strong.

    The next level is offered after a while; nothing gets harder by itself. Choosing the level that
    you have brings areas back that were made easier because something hurt.
    """
    now, offered = _now()
    if chosen is None:
        echo(f"Level {now}, {_MEANS[now]}.")
        if offered is not None:
            echo(f"Level {offered} is on offer: deskbreak level {offered}")
        return
    if chosen > now:
        from deskbreak.content.safety import RED_FLAGS, STRONGER

        prose(f"{STRONGER}\n\n{RED_FLAGS}\n" if now == 1 else f"{STRONGER}\n")
    try:
        tell("level", level=chosen)
    except client.NotRunning:
        from deskbreak.cli.config import set_value

        ctx.invoke(set_value, key="routines.level", value=str(chosen))
    except client.ControlError as trouble:
        leave_over(trouble)
    echo(f"Level {chosen}, {_MEANS[chosen]}.")


def _now() -> tuple[int, int | None]:
    """The level, and the one on offer; from the settings where deskbreak does not run."""
    try:
        said = tell("status")["status"]["level"]
    except (client.ControlError, KeyError):
        return settings().routines.level, None
    return int(said["now"]), said["offered"]


@click.command()
@click.argument(
    "words", nargs=-1, metavar="[AREA...|off]", shell_complete=complete.words(*AREAS, "off")
)
def sore(words: tuple[str, ...]) -> None:
    """Say that you are sore today: until midnight every routine stays easy.

    AREA is such as low_back; as many as you like. `deskbreak sore off` ends it.
    """
    if words == ("off",):
        echo(f"{ask('sore', on=False)['says']} · no longer sore")
        return
    for word in words:
        if word not in AREAS:
            leave(WRONG_WORDS, f"found {word!r}, allowed: off, or any of {', '.join(AREAS)}.")
    says = ask("sore", areas=list(words))["says"]
    where = f" ({', '.join(area.replace('_', ' ') for area in words)})" if words else ""
    echo(f"{says} · sore today{where}: easy routines until midnight")
