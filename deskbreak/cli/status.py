"""`deskbreak status`: what is going on, for people, scripts and bars."""

import json
from collections.abc import Mapping
from typing import Any

import click

from deskbreak.app import client
from deskbreak.cli.ask import NOT_RUNNING, ask, leave, leave_over, places
from deskbreak.cli.echo import echo, echo_json
from deskbreak.text.display import markup

_NOTHING_TO_COUNT = ("break", "paused", "away", "asleep", "off")
"""States that a bar shows by their name."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document with everything.")
@click.option("--follow", is_flag=True, help="A line at every change, until you stop it.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "waybar", "polybar"]),
    default="text",
    help="waybar: text, tooltip, class and percentage as JSON; polybar: a line that it takes.",
)
def status(as_json: bool, follow: bool, form: str) -> None:
    """Say how long you have been sitting, and when the next break is.

    With --follow and --json each line is a whole document.
    """
    if as_json and form != "text":
        raise click.UsageError("--json and --format exclude each other.")
    form = "json" if as_json else form
    if follow:
        _follow(form)
    elif as_json:
        echo_json(ask("status")["status"], indent=2)
    else:
        echo(_line(ask("status"), form))


def _follow(form: str) -> None:
    last = ""
    try:
        for reply in client.follow(places().listening):
            if "status" not in reply:
                continue
            line = _line(reply, form)
            if line != last:
                echo(line)
                last = line
    except KeyboardInterrupt:
        return
    except client.ControlError as trouble:
        leave_over(trouble)
    leave(NOT_RUNNING, "it has stopped. Start it with `deskbreak run`.")


def _line(reply: dict[str, Any], form: str) -> str:
    if form in ("text", "polybar"):
        line = f"{reply['says']}{_balance(reply['status'])}"
        return line if form == "text" else line.replace("%{", "% {")  # begins what a click runs
    document = reply["status"] if form == "json" else _for_waybar(reply)
    return json.dumps(document, ensure_ascii=False)


def _balance(now: Mapping[str, Any]) -> str:
    """How the standing of the day goes, for whoever alternates and is at the desk (B30)."""
    standing = now["standing"]
    if not standing["enabled"] or now["state"] not in ("sitting", "standing", "unknown"):
        return ""
    from deskbreak.text.durations import gone

    of = f" of {gone(standing['target_s'])}" if standing["target_s"] else ""
    return f" · standing today: {gone(standing['today_s'])}{of}"


def _for_waybar(reply: dict[str, Any]) -> dict[str, Any]:
    now = reply["status"]
    state = now["state"]
    due = now["due"] and state not in _NOTHING_TO_COUNT
    text = reply["label"] or ("break due" if due else state if state in _NOTHING_TO_COUNT else "")
    share = now["bout_s"] / now["limit_s"] if now["limit_s"] else 0
    return {
        "text": markup(text),
        "alt": "due" if due else state,
        "tooltip": markup(reply["says"]),
        "class": [state, "due"] if due else [state],
        "percentage": min(100, round(100 * share)),
    }
