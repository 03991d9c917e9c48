"""What every command does that talks to the daemon: ask, and say plainly what came of it."""

from typing import TYPE_CHECKING, Any, NoReturn

from deskbreak.app import client
from deskbreak.app.environment import NoPlaceError, Places
from deskbreak.app.instance import holder
from deskbreak.cli.echo import echo, echo_json
from deskbreak.systems import here

if TYPE_CHECKING:
    from deskbreak.settings.model import Settings
    from deskbreak.systems.system import System

FAILED, WRONG_WORDS, NOT_RUNNING = 1, 2, 3
"""The exit codes besides 0 (done)."""

JSON_VERSION = 1
"""The `version` of every JSON document that a command prints."""

_NOT_RUNNING = "it is not running. Start it with `deskbreak run`."


def places() -> Places:
    """Where everything is for this user; exits with 1 where there can be no socket."""
    try:
        return Places.of_user()
    except NoPlaceError as problem:
        leave(FAILED, str(problem))


def supported_system() -> "System":
    """The system that this runs on; exits with 1 where deskbreak cannot run on it yet."""
    found = here()
    if found.not_yet:
        leave(FAILED, found.not_yet)
    return found


def settings() -> "Settings":
    """What is in force for this user; keys with a mistake are at their defaults."""
    from deskbreak.app.settings_file import Tuning

    where = places()
    return Tuning(where.config, where.site_configs).read().settings


def leave(code: int, sentence: str) -> NoReturn:
    """Say why on standard error and exit with that code."""
    said = f"it {rest}" if (rest := sentence.removeprefix("deskbreak ")) != sentence else sentence
    echo(f"deskbreak: {said}", err=True)
    raise SystemExit(code)


def leave_over(trouble: client.ControlError) -> NoReturn:
    """Say what came between us and the daemon, and exit with the code of it."""
    if isinstance(trouble, client.NotRunning):
        if (running := holder(places().lock)) is not None:
            leave(FAILED, f"it runs as process {running.pid}, but cannot be reached just now.")
        leave(NOT_RUNNING, _NOT_RUNNING)
    leave(trouble.exit_code, _sentence(str(trouble)))


def ask(do: str, /, **words: Any) -> dict[str, Any]:
    """The daemon's reply to a request. Exits with 3 if it is not running, 1 if it refuses."""
    try:
        return tell(do, **words)
    except client.ControlError as trouble:
        leave_over(trouble)


def tell(do: str, /, **words: Any) -> dict[str, Any]:
    """The daemon's reply to a request. Raises ControlError."""
    request = {"do": do} | {key: value for key, value in words.items() if value is not None}
    return client.ask(places().listening, request, slow=_say_that_it_takes_a_while)


def _say_that_it_takes_a_while() -> None:
    echo("deskbreak takes a while to answer; waiting…", err=True)


def say(do: str, /, **words: Any) -> None:
    """Make a request and print in one line what is now true."""
    echo(ask(do, **words)["says"])


def print_json(document: dict[str, Any]) -> None:
    """Print one JSON document with its version."""
    echo_json({"version": JSON_VERSION} | document, indent=2)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
