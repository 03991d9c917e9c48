"""`deskbreak level` and `deskbreak sore`: how hard the exercises may be."""

import click

from deskbreak.app import client
from deskbreak.cli.ask import FAILED, WRONG_WORDS, ask, leave, leave_over, places
from deskbreak.cli.echo import echo, prose
from deskbreak.settings.values import AREAS

_MEANS = {1: "gentle", 2: "moderate", 3: "strong"}


@click.command()
@click.argument("chosen", required=False, type=click.IntRange(1, 3), metavar="[1|2|3]")
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
        _say_before(first=now == 1)
    try:
        client.ask(places().socket, {"do": "level", "level": chosen})
    except client.NotRunning:
        _write(ctx, chosen)
    except client.Refused as refusal:
        leave(FAILED, str(refusal))
    except client.ControlError as trouble:
        leave_over(trouble)
    echo(f"Level {chosen}, {_MEANS[chosen]}.")


def _now() -> tuple[int, int | None]:
    """The level, and the one on offer; from the settings where deskbreak does not run."""
    from deskbreak.app.settings_file import Tuning

    where = places()
    try:
        said = client.ask(where.socket, {"do": "status"})["status"]["level"]
    except (client.ControlError, KeyError):
        return Tuning(where.config, where.site_configs).read().settings.routines.level, None
    return int(said["now"]), said["offered"]


def _say_before(*, first: bool) -> None:
    from deskbreak.content.safety import RED_FLAGS, STRONGER

    prose(STRONGER)
    if first:
        prose(f"\n{RED_FLAGS}")
    echo()


def _write(ctx: click.Context, chosen: int) -> None:
    from deskbreak.cli.config import set_value

    ctx.invoke(set_value, key="routines.level", value=str(chosen))


@click.command()
@click.argument("words", nargs=-1, metavar="[AREA...|off]")
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
