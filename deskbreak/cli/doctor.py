"""`deskbreak doctor`: what works on this desktop, how, and the one thing to do about the rest."""

from collections.abc import Iterator
from typing import Any

import click

from deskbreak import __version__
from deskbreak.app import client
from deskbreak.cli.ask import leave_over, places, print_json, tell
from deskbreak.cli.echo import echo, prose, width
from deskbreak.content import safety

_INDENT = 18


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def doctor(as_json: bool) -> None:
    """Say what works on this desktop, how, and what would help.

    Where deskbreak is not running, everything is tried out without counting anything.
    """
    running, rows = _examine()
    if as_json:
        print_json({"running": running, "capabilities": rows})
        return
    now = "is running" if running else "is not running; this is what it would find"
    echo(f"deskbreak {now}.")
    echo()
    for name in dict.fromkeys(row["name"] for row in rows):
        _print(name, [row for row in rows if row["name"] == name])


def _examine() -> tuple[bool, list[dict[str, Any]]]:
    try:
        return True, tell("doctor")["capabilities"]
    except client.NotRunning:
        from deskbreak.app.doctor import try_out
        from deskbreak.struct import asdict

        return False, [asdict(found) for found in try_out(places())]
    except client.ControlError as trouble:
        leave_over(trouble)


def _print(name: str, rows: list[dict[str, Any]]) -> None:
    """One capability: the backend that does it, or the last word on why none does."""
    chosen = next((row for row in rows if row["works"]), rows[-1])
    mark = click.style("✓", fg="green") if chosen["works"] else click.style("✗", fg="yellow")
    lines = list(_lines(chosen, rows))
    if len(name) >= _INDENT - 2:  # too long to stand beside what is said of it
        lines.insert(0, "")
    echo(f"{name:{_INDENT - 2}}{lines[0]}".rstrip(), lead=f"{mark} ")
    for line in lines[1:]:
        echo(" " * _INDENT + line)


def _lines(chosen: dict[str, Any], rows: list[dict[str, Any]]) -> Iterator[str]:
    said = ": ".join(filter(None, (chosen["backend"], chosen["why"])))
    yield from _wrapped(said or "there")
    for row in rows:
        if row is not chosen and not row["works"]:
            yield from _wrapped(f"tried {row['backend']}: {row['why']}")
    if chosen["advice"]:
        yield from _wrapped(f"→ {chosen['advice']}")


def _wrapped(text: str) -> list[str]:
    from textwrap import wrap

    return [line for part in text.splitlines() for line in wrap(part, width() - _INDENT) or [""]]


@click.command()
@click.argument("what", required=False, type=click.Choice(["safety"]), metavar="[safety]")
def about(what: str | None) -> None:
    """Say what deskbreak is and is not; with `safety`, when to see a doctor."""
    if what == "safety":
        said = [f"When to see a doctor\n\n{safety.RED_FLAGS}"]
    else:
        said = [f"deskbreak {__version__}", safety.NOTICE, safety.PRIVACY, safety.EVIDENCE]
        said.append("When to see a doctor: deskbreak about safety")
    prose("\n\n".join(said))
