"""The questions in a terminal: asked at the very first start, and by the command."""

import tomllib

import pytest

from tests.cli.typed import READY, Machine, machine, typed
from tests.windows.vt import Terminal

ASKED = (
    ("How often", "3"),
    ("Where can you move", "1 3"),
    ("Does your back hurt", ""),
    ("careful with", "1, 6"),
    ("When is lunch", "3"),
    ("desk go up", ""),
    ("log in", "2"),
)
ANSWERED = {
    "breaks": {"sit_limit": "45m"},
    "routines": {"places": ["desk", "walk"], "avoid_if": ["knee", "balance"]},
    "schedule": {"meals": ["12:30"]},
}


def at_a_terminal(made: Machine, *words: str) -> Terminal:
    return Terminal(*words, module="deskbreak", environment=made.env, shown=True)


def answers(terminal: Terminal) -> None:
    for question, typed_ in ASKED:
        terminal.sees(question)
        terminal.press(f"{typed_}\n")
    terminal.sees("A break about every 45 minutes")
    terminal.sees("Understood? [Y/n]")
    terminal.press("\n")
    terminal.sees("Try one now? [y/N]")
    terminal.press("\n")


def test_a_question_at_a_time_and_an_ordinary_file_in_the_end(here: Machine) -> None:
    with at_a_terminal(here, "welcome", "--terminal") as terminal:
        answers(terminal)
        assert terminal.ends() == 0
    assert tomllib.loads(here.config.read_text()) == ANSWERED


@pytest.mark.parametrize("wrong", ["5", "0", "1 2", "often"])
def test_what_is_not_on_offer_is_asked_again(here: Machine, wrong: str) -> None:
    with at_a_terminal(here, "welcome", "--terminal") as terminal:
        terminal.sees("How often")
        terminal.press(f"{wrong}\n")
        terminal.sees(f"found '{wrong}', allowed: 1 to 4.")
        terminal.press("2\n")
        terminal.sees("Where can you move")


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_whoever_leaves_in_the_middle_changes_nothing(here: Machine, key: str) -> None:
    with at_a_terminal(here, "welcome", "--terminal") as terminal:
        terminal.sees("How often")
        terminal.press("1\n")
        terminal.sees("Where can you move")
        terminal.press(key)
        terminal.sees("Nothing was changed.")
        assert terminal.ends() == 0
    assert not here.config.exists()


def test_a_no_to_the_notice_changes_nothing(here: Machine) -> None:
    with at_a_terminal(here, "welcome", "--terminal") as terminal:
        for question, typed_ in ASKED:
            terminal.sees(question)
            terminal.press(f"{typed_}\n")
        terminal.sees("Understood?")
        terminal.press("n\n")
        terminal.sees("Nothing was changed.")
        assert terminal.ends() == 0
    assert not here.config.exists()


def test_where_nobody_types_it_shows_how_the_answers_are(
    here: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    here.sets('[breaks]\nsit_limit = "20m"\n[routines]\navoid_if = ["high_bp"]\n')
    ran = typed(capsys, "welcome")
    assert (ran.code, ran.err) == (0, "")
    assert "How often do you want a break? 20 min" in ran.out
    assert "Anything to be careful with? High blood pressure" in ran.out
    assert "A break about every 20 minutes" in ran.out


def test_the_very_first_start_asks_and_then_runs_and_no_later_one_does(here: Machine) -> None:
    with at_a_terminal(here, "run", "--no-tray") as terminal:
        answers(terminal)
        terminal.sees(READY)
        here.waits_for("the answers count", limit_s=2700)
        assert here.types("quit").code == 0
        assert terminal.ends() == 0
    here.config.unlink()
    with at_a_terminal(here, "run", "--no-tray") as terminal:
        terminal.sees(READY)
        assert "How often" not in terminal.screen.text
        assert here.types("quit").code == 0
        assert terminal.ends() == 0


def test_a_start_with_settings_of_ones_own_asks_nothing(here: Machine) -> None:
    here.sets("")
    with at_a_terminal(here, "run", "--no-tray") as terminal:
        terminal.sees(READY)
        assert "How often" not in terminal.screen.text
        assert here.types("quit").code == 0
        assert terminal.ends() == 0


def test_a_first_start_that_nobody_watches_asks_nothing(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with machine(tmp_path_factory.mktemp("m")) as made:
        made.starts("--no-tray")
        assert "How often" not in made.said
