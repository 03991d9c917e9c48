"""`deskbreak welcome`: seven short questions, in a window or a line each in the terminal."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from deskbreak.cli.ask import FAILED, places, supported_system
from deskbreak.cli.echo import echo, prose, width

if TYPE_CHECKING:
    from deskbreak.windows.welcome.questions import Question, Welcome

_HOW = "Type a number, or several such as 1 3. Enter keeps what is in brackets, Ctrl-C all of it."
_TOGETHER = "\N{NO-BREAK SPACE}"
_LEFT = "Nothing was changed. `deskbreak welcome` asks again whenever you like."


@click.command()
@click.option("--terminal", is_flag=True, help="In this terminal, even where there are windows.")
def welcome(terminal: bool) -> None:
    """Answer seven short questions and see the day that follows.

    It asks by itself at the very first start only. Answers go into your settings.
    """
    supported_system()
    from deskbreak.cli.routines import has_window
    from deskbreak.windows.welcome.__main__ import main

    if not (ask_here() if terminal or not has_window() else main([]) == 0):
        raise SystemExit(FAILED)


def ask_here() -> bool:
    """Ask in this terminal; where nobody can answer, show how the answers are.

    False, with a line on standard error, where the answers could not be kept.
    """
    from deskbreak.app.installed import Installed
    from deskbreak.windows.welcome.questions import Welcome
    from deskbreak.windows.welcome.words import ABOUT

    where = places()
    asking = Welcome(Installed(supported_system(), where), where.config)
    for line in ABOUT:
        echo(line)
    if not sys.stdin.isatty():
        for question in asking.questions:
            echo(f"{question.asks} {_words(question, asking.answers[question.path])}")
        _show_day(asking)
        echo("In a terminal, `deskbreak welcome` asks for other answers.")
        return True
    try:
        return _ask(asking)
    except (click.Abort, KeyboardInterrupt):  # while a line is typed, or between two
        echo()
        echo(_LEFT)
        return True


def _ask(asking: "Welcome") -> bool:
    from deskbreak.app.client import ControlError
    from deskbreak.content.safety import NOTICE, PRIVACY, RED_FLAGS
    from deskbreak.windows.welcome.questions import NotKeptError

    echo(_HOW)
    for question in asking.questions:
        asking.answers[question.path] = _answer(question, asking.answers[question.path])
    _show_day(asking)
    for paragraph in (NOTICE, RED_FLAGS, PRIVACY):
        echo()
        _say(paragraph)
    echo()
    if not click.confirm("Understood?", default=True):
        echo(_LEFT)
        return True
    try:
        asking.accept()
        if asking.routine() is not None and click.confirm("Try one now?"):
            _play(asking.begin())
    except (NotKeptError, ControlError) as trouble:
        echo(f"deskbreak: {trouble}", err=True)
        return False
    return True


def _play(routine: str | None) -> None:
    import subprocess

    from deskbreak.adapters.programs import deskbreak

    if routine is not None:
        subprocess.run([*deskbreak(), "routines", "play", routine], check=False)


def _answer(question: "Question", now: Any) -> Any:
    """What the person chooses, in the form of `Welcome.answers`."""
    chosen = [at for at, (value, _) in _numbered(question) if _is(question, value, now)]
    allowed = f"1 to {len(question.options)}"

    def read(typed: str) -> Any:
        words = set(typed.replace(",", " ").split())
        found = [value for at, (value, _) in _numbered(question) if str(at) in words]
        if question.many and words == {"0"}:
            return []
        if not found or len(found) < len(words) or (len(found) > 1 and not question.many):
            raise click.BadParameter(f"found {typed!r}, allowed: {allowed}.")
        return found if question.many else found[0]

    echo()
    offers = (_together(f"{at}) {words}") for at, (_, words) in _numbered(question))
    _say(f"{question.asks}  {'  '.join(offers)}")
    usual = " ".join(map(str, chosen)) or "0"
    return click.prompt("", default=usual, value_proc=read, prompt_suffix="> ")


def _words(question: "Question", now: Any) -> str:
    chosen = [words for value, words in question.options if _is(question, value, now)]
    return ", ".join(chosen) or "Nothing"


def _numbered(question: "Question") -> Iterator[tuple[int, tuple[Any, str]]]:
    return enumerate(question.options, 1)


def _is(question: "Question", value: Any, now: Any) -> bool:
    return value in now if question.many else value == now


def _show_day(asking: "Welcome") -> None:
    from deskbreak.windows.welcome.words import agenda, sentences

    day = asking.day()
    echo()
    _say(" ".join(sentences(day)))
    for at, what in agenda(day):
        echo(f"{at:>7}  {what}")


def _say(paragraph: str) -> None:
    from textwrap import fill

    prose(fill(paragraph, width(92)).replace(_TOGETHER, " "))


def _together(words: str) -> str:
    """The words, so that no line of `_say` ends between them."""
    return words.replace(" ", _TOGETHER)
