"""The questions: every answer is a value of its setting, and becomes an ordinary settings file."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deskbreak.adapters.store.state import is_acknowledged
from deskbreak.app.client import Refused
from deskbreak.app.environment import Places
from deskbreak.settings.keys import find_key
from deskbreak.settings.types import UNFIT
from deskbreak.windows.welcome.questions import LOGIN, QUESTIONS, NotKeptError
from deskbreak.windows.welcome.words import NOBODY_ASKS, agenda, sentences
from tests.cli.typed import Machine
from tests.windows.welcome.conftest import Asks


def options() -> Iterator[tuple[str, Any]]:
    for question in QUESTIONS:
        if question.path != LOGIN:
            for value, _ in question.options:
                yield question.path, [value] if question.many else value


@pytest.mark.parametrize(("path", "plain"), list(options()))
def test_every_answer_is_a_value_of_its_setting(path: str, plain: Any) -> None:
    kind, notes = find_key(path).kind, list[Any]()
    value = kind.read(plain, (), notes)
    assert value is not UNFIT
    assert (kind.plain(value), notes) == (plain, [])


def test_who_keeps_everything_has_no_settings_of_their_own(
    asks: Asks, config: Path, entry: Path
) -> None:
    asks().accept()
    assert not config.exists()
    assert entry.exists()
    assert is_acknowledged(Places.of_user().acknowledged)


def test_only_what_was_answered_otherwise_is_written_and_comments_stay(
    asks: Asks, config: Path
) -> None:
    config.write_text("# mine\n[breaks]  # the heart\nwalk = '6m'\n")
    welcome = asks()
    welcome.answers["breaks.sit_limit"] = "45m"
    welcome.answers["schedule.meals"] = ["12:30"]
    welcome.answers["routines.places"] = ["desk", "floor"]
    welcome.accept()
    assert config.read_text().startswith("# mine\n[breaks]  # the heart\nwalk = '6m'\n")
    assert tomllib.loads(config.read_text()) == {
        "breaks": {"walk": "6m", "sit_limit": "45m"},
        "schedule": {"meals": ["12:30"]},
        "routines": {"places": ["desk", "floor"]},
    }


def test_what_is_so_now_is_among_the_answers_and_stays(asks: Asks, config: Path) -> None:
    text = '[breaks]\nsit_limit = "25m"\n[schedule]\nmeals = ["11:45", "18:00"]\n'
    config.write_text(text)
    welcome = asks()
    offered = {one.path: {str(v): words for v, words in one.options} for one in welcome.questions}
    assert offered["breaks.sit_limit"]["25m"] == "25 min"
    assert offered["schedule.meals"]["['11:45', '18:00']"] == "11:45, 18:00"
    welcome.accept()
    assert config.read_text() == text


def test_a_start_at_login_is_proposed_once_and_later_shown_as_it_is(
    asks: Asks, entry: Path
) -> None:
    first = asks()
    assert first.answers[LOGIN] is True
    first.answers[LOGIN] = False
    first.accept()
    assert not entry.exists()
    again = asks()
    assert again.answers[LOGIN] is False
    again.answers[LOGIN] = True
    again.accept()
    assert entry.exists()
    assert asks().answers[LOGIN] is True


def test_nothing_is_kept_before_it_is_accepted(asks: Asks, config: Path, entry: Path) -> None:
    welcome = asks()
    welcome.answers["breaks.sit_limit"] = "20m"
    welcome.day()
    assert not config.exists()
    assert not entry.exists()
    assert not is_acknowledged(Places.of_user().acknowledged)


def test_a_file_that_cannot_be_read_is_left_alone_and_named(asks: Asks, config: Path) -> None:
    config.write_text("[breaks\n")
    welcome = asks()
    welcome.answers["breaks.sit_limit"] = "20m"
    with pytest.raises(NotKeptError, match=r"^Not saved: .*config\.toml"):
        welcome.accept()
    assert config.read_text() == "[breaks\n"
    assert not is_acknowledged(Places.of_user().acknowledged)


def test_the_day_follows_from_the_answers(asks: Asks) -> None:
    welcome = asks()
    assert sentences(welcome.day())[0].startswith("A break about every 30 minutes of sitting, ")
    welcome.answers["breaks.sit_limit"] = "45m"
    welcome.answers["schedule.meals"] = ["12:30"]
    often, lunch = sentences(welcome.day())
    assert often == (
        "A break about every 45 minutes of sitting, from 9:00 to 17:00: 8 in all, 4 of them walks."
    )
    assert lunch == "After lunch a longer walk of 10 minutes, at 13:45."
    assert next(agenda(welcome.day())) == ("9:45", "A walk, 5 min")
    welcome.answers["standing.enabled"] = True
    assert sentences(welcome.day())[0].startswith("A change about every 30 minutes of sitting, ")
    assert next(agenda(welcome.day())) == ("9:30", "Stand up, and go on working")


def test_a_day_without_any_break_says_so(asks: Asks, config: Path) -> None:
    config.write_text('[breaks]\nsit_limit = "12h"\n')
    assert sentences(asks().day()) == (NOBODY_ASKS,)


@pytest.mark.parametrize("value", [True, False])
def test_there_is_one_to_try_even_where_the_day_stands_and_walks(asks: Asks, value: bool) -> None:
    welcome = asks()
    welcome.answers["standing.enabled"] = value
    assert welcome.begin() == welcome.routine() is not None


def test_a_running_deskbreak_begins_it_by_the_new_answers(asks: Asks, home: Machine) -> None:
    home.starts("--no-tray")
    welcome = asks()
    welcome.answers["breaks.sit_limit"] = "20m"
    welcome.answers["routines.places"] = ["desk"]
    welcome.accept()
    assert welcome.begin() is None
    now = home.status()
    assert now["limit_s"] == 1200
    assert now["break"]["routine"] == welcome.routine()
    with pytest.raises(Refused):
        welcome.begin()
    home.stops()
