"""`deskbreak desk`: a desk that tells by itself whether you sit or stand."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from deskbreak.adapters.programs import python
from deskbreak.cli.ask import FAILED, WRONG_WORDS, ask, leave
from deskbreak.cli.echo import echo
from deskbreak.cli.main import Group
from deskbreak.desks.height import BOUNDARY_CM
from deskbreak.desks.height import boundary as boundary_of
from deskbreak.text.durations import brief

if TYPE_CHECKING:
    from types import ModuleType

_ADDRESS = re.compile(r"(?:[0-9A-F]{2}:){5}[0-9A-F]{2}", re.IGNORECASE)
_NOBODY = (
    "no desk was found. Bring one close, press its Bluetooth button until the light blinks, "
    "and close its app on your phone: a desk talks to one at a time."
)


@click.group(cls=Group)
def desk() -> None:
    """Have the desk itself tell whether you sit or stand.

    `find` and `use` are for Linak-type desks with Bluetooth, such as IKEA Idåsen. Any other desk
    works with a program of yours: see standing.sensor in the settings.
    """


@desk.command()
@click.option("--seconds", type=click.FloatRange(0.1, 120), default=8.0, help="How long to look.")
def find(seconds: float) -> None:
    """Look for Bluetooth desks nearby, and list their addresses and heights."""
    import asyncio

    linak = _linak()
    echo("Looking for desks, a few seconds…", err=True)
    try:
        found = asyncio.run(_look(linak, seconds))
    except linak.DeskError as trouble:
        leave(FAILED, f"{trouble}.")
    if not found:
        leave(FAILED, _NOBODY)
    for line in found:
        echo(line)
    echo("`deskbreak desk use ADDRESS` has deskbreak follow one of them.", err=True)


async def _look(linak: "ModuleType", seconds: float) -> list[str]:
    """A line for each desk that was found. Raises DeskError where there is no Bluetooth."""
    lines = []
    for seen in await linak.find(seconds):
        try:
            async with linak.connected(seen.address) as one:
                told = f"{(await one.height()).height_cm:.0f} cm"
        except linak.DeskError as trouble:
            told = str(trouble)
        lines.append(f"{seen.address}  {seen.name or 'without a name'}  {told}")
    return lines


@desk.command()
@click.argument("address")
@click.option("--boundary", metavar="CM", help=f"From where on you stand [{BOUNDARY_CM:g}cm].")
def use(address: str, boundary: str | None) -> None:
    """Let the posture follow the Bluetooth desk ADDRESS, as `deskbreak desk find` lists it.

    It sets standing.sensor; `deskbreak config reset standing.sensor` undoes it.
    """
    from deskbreak.cli.config import change
    from deskbreak.settings.edit import set_key

    if not _ADDRESS.fullmatch(address):
        leave(WRONG_WORDS, f"found {address!r}, allowed: an address such as E8:5B:5B:24:22:E4.")
    try:
        height = BOUNDARY_CM if boundary is None else boundary_of(boundary)
    except ValueError as problem:
        leave(WRONG_WORDS, f"{problem}.")
    _linak()
    words = python("deskbreak.desks", address.upper())
    if boundary is not None:
        words += ["--boundary", f"{height:g}"]
    change(lambda text: set_key(text, "standing.sensor", tuple(words)))
    echo(
        f"Your posture follows the desk {address.upper()}: from {height:g} cm on you stand. "
        "`deskbreak desk status` shows its height."
    )


@desk.command()
def status() -> None:
    """Say what the desk tells, and how long to stand at a time."""
    for line in _told(ask("doctor")["capabilities"], ask("status")["status"]):
        echo(line)


def _told(capabilities: list[Mapping[str, Any]], now: Mapping[str, Any]) -> Iterator[str]:
    sensor = next((found for found in capabilities if found["name"] == "desk"), None)
    yield f"You count as {now['posture']}."
    if sensor is None:
        yield "No desk reports it: it is what you said last (`deskbreak stand`, `deskbreak sit`)."
    else:
        yield f"The desk says: {sensor['why']} ({sensor['backend']})"
    length = brief(now["standing"]["stand_for_s"])
    alternates = "on" if now["standing"]["enabled"] else "off"
    yield f"Alternating is {alternates}; standing is {length} at a time."


def _linak() -> "ModuleType":
    """What speaks Bluetooth; exits with 1 where the extra is not installed."""
    from deskbreak.desks import NEEDS_BLEAK

    try:
        from deskbreak.desks import linak
    except ImportError as missing:
        if missing.name != "bleak":
            raise
        leave(FAILED, NEEDS_BLEAK[0].lower() + NEEDS_BLEAK[1:])
    return linak
