"""The commands on a history with rows of an odd shape, and where nothing can be written."""

import pytest

from tests.adapters.store.oddities import ODD, put
from tests.cli.typed import Machine, typed


@pytest.fixture
def odd_home(here: Machine) -> Machine:
    path = here.place("XDG_DATA_HOME", "history.sqlite3")
    path.parent.mkdir(parents=True)
    put(path, *ODD.values())
    return here


def test_statistics_and_export_say_how_many_entries_were_of_no_use(
    odd_home: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):  # counted, then kept
        ran = typed(capsys, "stats", "day", "--to", "2026-03-02")
        assert (
            ran.code,
            ran.err.endswith("entries of the history made no sense: left out.\n"),
        ) == (
            0,
            True,
        )
    for words in (["stats", "--from", "all"], ["stats", "year", "--csv"], ["stats", "--json"]):
        assert typed(capsys, *words).code == 0
    file = odd_home.home / "days.jsonl"
    file.write_text("the old backup")
    ran = typed(capsys, "export", str(file))
    assert (ran.code, ran.out) == (0, f"{file} has 1 entries.\n")
    assert ran.err == f"{len(ODD)} entries of the history made no sense: left out.\n"
    assert typed(capsys, "import", str(file)).out == "0 new entries; 1 were there already.\n"
    assert sorted(found.name for found in odd_home.home.glob("*days*")) == ["days.jsonl"]


def test_an_export_that_fails_leaves_the_old_one(
    here: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    path = here.place("XDG_DATA_HOME", "history.sqlite3")
    path.parent.mkdir(parents=True)
    path.write_text("something else, long enough to be looked at as a database file")
    file = here.home / "days.jsonl"
    file.write_text("the old backup")
    assert typed(capsys, "export", str(file)).code == 1
    assert file.read_text() == "the old backup"
    path.unlink()
    put(path)
    file.unlink()
    file.mkdir()
    ran = typed(capsys, "export", str(here.home / "nowhere" / "days.jsonl"))
    assert (ran.code, ran.out) == (1, "")
    assert "could not be written (No such file or directory)" in ran.err
