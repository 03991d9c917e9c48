"""`deskbreak stats`, `export`, `import`, `history`: what they print and what they change."""

import csv
import json
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest

from benchmarks.ten_years import made_up
from deskbreak.adapters.store.exchange import import_entries
from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.core.enums import Posture
from deskbreak.core.moment import Moment
from deskbreak.core.records import BoutEnded
from tests.cli.typed import Machine, Ran, at_home, typed

LAST = date(2026, 3, 1)
WEEK = ("week", "--to", "2026-02-25")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A history of eight weeks, as a file."""
    path = tmp_path_factory.mktemp("h") / "history.sqlite3"
    import_entries(path, made_up(0.16, ["desk-neck", "stand-hips"], LAST))
    return path.read_bytes()


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "90")
    return at_home(monkeypatch, tmp_path)


@pytest.fixture
def told(here: Machine, made: bytes) -> Machine:
    path = history(here)
    path.parent.mkdir(parents=True)
    path.write_bytes(made)
    return here


def history(here: Machine) -> Path:
    return here.place("XDG_DATA_HOME", "history.sqlite3")


def fine(ran: Ran) -> str:
    assert (ran.code, ran.err) == (0, "")
    return ran.out


@pytest.mark.usefixtures("here")
def test_without_a_history_every_view_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    for span in ("day", "week", "month", "year"):
        assert "Nothing on record for this time" in fine(typed(capsys, "stats", span))
    assert json.loads(fine(typed(capsys, "stats", "--json")))["summary"]["days"] == 0
    assert len(fine(typed(capsys, "stats", "--csv")).splitlines()) == 1


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("words", "shows"),
    [
        (("day", "--to", "2026-02-25"), ["Wednesday, 25 February 2026", "▴", "█", "Prompts"]),
        (WEEK, ["Week 9", "Mon 23 Feb █", "Sun  1 Mar", "breaks", "Trend"]),
        (("month", "--to", "2026-02-25"), ["February 2026", "Fri 27 Feb █"]),
        (("year", "--to", "2026-02-25"), ["2026\n", "Wed", "Breaks in a day", "Feb"]),
        (("--from", "2026-02-10", "--to", "2026-02-14"), ["10 Feb 2026", "Tue 10 Feb"]),
        (("--from", "all", "--to", "2026-02-25"), ["Areas", "neck"]),
    ],
)
def test_a_view_is_plain_text_in_a_pipe(
    words: tuple[str, ...], shows: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    out = fine(typed(capsys, "stats", *words))
    for text in shows:
        assert text in out
    assert "\x1b" not in out
    assert all(line == line.rstrip() and len(line) <= 90 for line in out.splitlines())


@pytest.mark.usefixtures("told")
def test_colour_where_it_is_asked_for_and_none_where_it_is_not_wanted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = typed(capsys, "stats", *WEEK).out
    assert "\x1b[" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    plain = typed(capsys, "stats", *WEEK).out
    assert "\x1b[3" not in plain
    assert "█" in plain
    assert "▓" in plain


def test_where_blocks_cannot_be_printed_letters_are(told: Machine) -> None:
    ran = told.types("stats", *WEEK, PYTHONIOENCODING="ascii")
    assert "Mon 23 Feb ####" in fine(ran)
    assert "?" not in ran.out.split("Days")[0].replace("?", "", 1)


@pytest.mark.usefixtures("told")
def test_json_and_csv_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(fine(typed(capsys, "stats", *WEEK, "--json")))
    rows = list(csv.DictReader(StringIO(fine(typed(capsys, "stats", *WEEK, "--csv")))))
    assert document["version"] == 1
    assert document["period"] == {"span": "week", "from": "2026-02-23", "to": "2026-03-01"}
    assert document["summary"]["days"] == len(rows) == len(document["days"]) == 5
    for key in ("sitting_s", "standing_s"):
        assert document["summary"][key] == sum(int(row[key]) for row in rows)
    assert document["summary"]["breaks"]["walks"] == sum(int(row["walks"]) for row in rows)
    assert document["timeline"] is None
    assert sum(document["summary"]["ledger"].values()) == 5 * 86400


@pytest.mark.usefixtures("told")
def test_the_json_of_a_day_has_its_timeline(capsys: pytest.CaptureFixture[str]) -> None:
    made = json.loads(fine(typed(capsys, "stats", "day", "--to", "2026-02-25", "--json")))
    blocks = made["timeline"]["blocks"]
    assert blocks[0]["from"].startswith("2026-02-25T09:00:0")
    assert {block["part"] for block in blocks} >= {"sitting", "walk"}
    assert len(made["timeline"]["prompts"]) == made["summary"]["prompts"]["shown"]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--to", "tomorrow"), "found 'tomorrow', allowed: a day such as 2026-03-02"),
        (("--from", "2026-03-02", "--to", "2026-03-01"), "2026-03-01 is before 2026-03-02"),
        (("week", "--from", "2026-03-02"), "a span goes with --to"),
        (("--json", "--csv"), "exclude each other"),
        (("--window", "--from", "2026-03-02"), "leave --from out"),
        (("decade",), "decade"),
    ],
)
def test_words_that_make_no_sense(
    words: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = typed(capsys, "stats", *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


def test_a_history_that_is_none_is_said_plainly(
    here: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    history(here).parent.mkdir(parents=True)
    history(here).write_text("not a database, and long enough to be seen as something else" * 9)
    for words in (["stats"], ["export"], ["history", "erase", "all", "--yes"]):
        ran = typed(capsys, *words)
        assert ran.code == 1
        assert "not a database" in ran.err
        assert "Traceback" not in ran.err


def test_export_and_import_lose_nothing(
    told: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    number = int(fine(typed(capsys, "export", str(first))).split()[-2])
    assert fine(typed(capsys, "export")) == first.read_text()
    erased = fine(typed(capsys, "history", "erase", "all", "--yes"))
    assert erased == f"{number} entries are forgotten.\n"
    assert "Nothing on record" in fine(typed(capsys, "stats", *WEEK))
    assert fine(typed(capsys, "import", str(first))).startswith(f"{number} new entries; 0 were")
    assert fine(typed(capsys, "import", str(first))).startswith(f"0 new entries; {number} were")
    fine(typed(capsys, "export", str(second)))
    assert second.read_bytes() == first.read_bytes()


def test_an_import_that_does_not_fit_changes_nothing(
    told: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = fine(typed(capsys, "export"))
    broken = tmp_path / "broken.jsonl"
    broken.write_text("\n".join([*before.splitlines()[:3], '{"wall": "x"}']))
    ran = typed(capsys, "import", str(broken))
    assert (ran.code, ran.out) == (2, "")
    assert "line 4" in ran.err
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")
    assert "is not a text" in typed(capsys, "import", str(binary)).err
    assert typed(capsys, "import", str(tmp_path / "nowhere")).code == 2
    assert fine(typed(capsys, "export")) == before


@pytest.mark.usefixtures("told")
def test_erasing_a_day_takes_that_day_and_asks_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("n\n"))
    assert "Nothing was forgotten" in typed(capsys, "history", "erase", "2026-02-25").out
    fine(typed(capsys, "history", "erase", "2026-02-25", "--yes"))
    days = [line[:10] for line in fine(typed(capsys, "stats", *WEEK, "--csv")).splitlines()[1:]]
    assert days == ["2026-02-23", "2026-02-24", "2026-02-26", "2026-02-27"]
    fine(typed(capsys, "history", "erase", "2026-02-26..2026-02-27", "--yes"))
    assert "2026-02-26" not in fine(typed(capsys, "stats", *WEEK, "--csv"))
    out = fine(typed(capsys, "history", "erase", "2026-02-25", "--yes"))
    assert out == "There is nothing on record for that.\n"
    assert typed(capsys, "history", "erase", "2026-02-27..2026-02-26", "--yes").code == 2


def test_it_works_while_the_daemon_has_the_history_open(
    here: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    writer = SqliteHistory(history(here), pytest.fail)
    noon = datetime(2026, 2, 25, 12, tzinfo=UTC).timestamp()
    writer.record(BoutEnded(Posture.SITTING, 1800), Moment(noon, 0, 0))
    assert "30 min" in fine(typed(capsys, "stats", *WEEK))
    writer.record(BoutEnded(Posture.SITTING, 1800), Moment(noon + 3600, 0, 0))
    assert "1 h" in fine(typed(capsys, "stats", *WEEK))
    writer.close()
    assert fine(typed(capsys, "history", "path")).strip() == str(history(here))


@pytest.mark.usefixtures("here")
def test_without_a_display_the_window_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    ran = typed(capsys, "stats", "week", "--window")
    assert (ran.code, ran.out) == (1, "")
    assert "display" in ran.err
