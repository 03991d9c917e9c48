import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deskbreak.app.adviser import CatalogueAdviser
from deskbreak.cli.main import cli
from deskbreak.settings.files import shipped
from deskbreak.settings.model import Settings
from tests.simulate.examples import NAMES, SCENARIOS, expected


def simulate(*words: str) -> Result:
    return CliRunner().invoke(cli, ["simulate", *words])


def simulate_knows(routine: str) -> bool:
    adviser = CatalogueAdviser([shipped("microroutines")])
    return adviser.named(routine, Settings()) is not None


def test_json_has_an_event_in_every_line_and_the_end_in_the_last() -> None:
    done = simulate(str(SCENARIOS / "call.toml"), "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == expected("call")


def test_a_routine_is_one_of_the_catalogue() -> None:
    done = simulate(str(SCENARIOS / "ordinary-morning.toml"), "--json")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    routine = next(e["routine"] for e in events if e.get("kind") == "stretch")
    assert simulate_knows(routine)


@pytest.mark.parametrize("name", NAMES)
def test_the_picture_is_plain_where_nobody_looks_at_a_terminal(name: str) -> None:
    done = simulate(str(SCENARIOS / f"{name}.toml"))
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.isascii()
    assert "The day so far" in done.stdout or "The last day so far" in done.stdout


def test_mistakes_go_to_standard_error_a_line_each_with_exit_code_two(tmp_path: Path) -> None:
    path = tmp_path / "day.toml"
    path.write_text('start = 2026-03-02T09:00:00\nend = "1h"\n[[event]]\nat = "x"\ndo = "nap"\n')
    for options in ([], ["--json"]):
        done = simulate(str(path), *options)
        assert (done.exit_code, done.stdout) == (2, "")
        at, do = done.stderr.splitlines()
        assert at.startswith(f'{path}:4: event[1].at: found "x", allowed: a duration')
        assert do.startswith(f'{path}:5: event[1].do: found "nap", allowed: input_starts')


def test_a_file_that_is_not_there_is_a_mistake_too(tmp_path: Path) -> None:
    done = simulate(str(tmp_path / "no.toml"))
    assert (done.exit_code, done.stderr) == (2, f"{tmp_path / 'no.toml'}: no such file\n")
