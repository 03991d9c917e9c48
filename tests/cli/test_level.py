"""`deskbreak level`, `sore` and `about`, with and without a deskbreak that runs."""

import os
import pty
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import suppress

import pytest

from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.content.safety import EVIDENCE, NOTICE, PRIVACY, RED_FLAGS, SKIPPED, STRONGER
from deskbreak.core.enums import BreakKind, Outcome
from deskbreak.core.moment import Moment
from deskbreak.core.records import BreakEnded, BreakStarted, FeedbackTaken
from tests.cli.typed import COMMAND, SHORT, Machine, at_home, machine, typed
from tests.waiting import until

Capsys = pytest.CaptureFixture[str]

MINE = f"""\
# mine, all of it
{SHORT}
[routines]  # how I like them
style = "static"
"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with machine(tmp_path_factory.mktemp("d"), MINE) as made:
        made.starts()
        yield made


def test_level_shows_and_chooses_and_leaves_the_rest_of_the_file_alone(
    running: Machine, monkeypatch: pytest.MonkeyPatch, capsys: Capsys
) -> None:
    at_home(monkeypatch, running.home)
    running.sets(MINE)
    assert typed(capsys, "level").out == "Level 1, gentle.\n"
    ran = typed(capsys, "level", "2")
    assert ran.out == f"{STRONGER}\n\n{RED_FLAGS}\n\nLevel 2, moderate.\n"
    assert running.config.read_text() == MINE + "level = 2\n"
    assert running.status()["level"] == {"now": 2, "offered": None}
    assert typed(capsys, "level", "3").out == f"{STRONGER}\n\nLevel 3, strong.\n"
    assert typed(capsys, "level", "1").out == "Level 1, gentle.\n"
    assert running.config.read_text() == MINE + "level = 1\n"


def test_level_says_when_the_settings_could_not_be_changed(
    running: Machine, monkeypatch: pytest.MonkeyPatch, capsys: Capsys
) -> None:
    at_home(monkeypatch, running.home)
    running.sets(MINE.replace("[routines]", "[routines"))
    ran = typed(capsys, "level", "2")
    assert (ran.code, ran.err) == (1, "deskbreak: Your settings still say level 1.\n")
    running.sets(MINE)


def test_level_without_a_deskbreak_that_runs(here: Machine, capsys: Capsys) -> None:
    assert typed(capsys, "level", "2").out.endswith("routines.level = 2\nLevel 2, moderate.\n")
    assert typed(capsys, "level").out == "Level 2, moderate.\n"
    assert typed(capsys, "level", "4").code == 2


def test_sore_until_midnight(
    running: Machine, monkeypatch: pytest.MonkeyPatch, capsys: Capsys
) -> None:
    at_home(monkeypatch, running.home)
    said = typed(capsys, "sore", "low_back", "hips").out
    assert said.endswith(" · sore today (low back, hips): easy routines until midnight\n")
    assert running.status()["sore"] == ["low_back", "hips"]
    assert typed(capsys, "sore").code == 0
    assert running.status()["sore"] == []
    assert typed(capsys, "sore", "off").out.endswith(" · no longer sore\n")
    assert running.status()["sore"] is None
    ran = typed(capsys, "sore", "tail")
    assert ran.code == 2
    assert "found 'tail', allowed: off, or any of hips, " in ran.err


def test_skip_and_snooze_say_see_you_later(
    running: Machine, monkeypatch: pytest.MonkeyPatch, capsys: Capsys
) -> None:
    at_home(monkeypatch, running.home)
    until(lambda: running.status()["can_snooze"], what="the prompt")
    for command in ("snooze", "skip"):
        assert typed(capsys, command).out.startswith(f"{SKIPPED} ")


def test_about_needs_nobody(capsys: Capsys) -> None:
    said = typed(capsys, "about").out
    assert all(text in said for text in (NOTICE, PRIVACY, EVIDENCE))
    assert RED_FLAGS in typed(capsys, "about", "safety").out


def test_a_lost_state_is_made_up_from_the_history(here: Machine) -> None:
    history = SqliteHistory(here.place("XDG_DATA_HOME", "history.sqlite3"), pytest.fail)
    at = Moment(1_770_000_000.0, 0.0, 0.0)
    history.record(BreakStarted(BreakKind.STRETCH, "desk-hips"), at)
    history.record(BreakEnded(Outcome.DONE, 116, BreakKind.STRETCH, "desk-hips"), at)
    history.record(FeedbackTaken("desk-hips", "it_hurt", "seated_march"), at)
    history.close()
    here.starts()
    here.stops()
    state = tomllib.loads(here.place("XDG_STATE_HOME", "state.toml").read_text())
    (play,) = state["state"]["engine"]["past"]["plays"]
    assert play == ["desk-hips", at.wall, 1.0, "it_hurt", "seated_march"]


def test_the_first_time_notice_is_accepted_once_for_commands_and_deskbreak_alike(
    here: Machine,
) -> None:
    noticed = here.place("XDG_STATE_HOME", "acknowledged.toml")
    assert "Before you start" in _plays(here, "q")
    assert not noticed.exists()
    assert "Before you start" in _plays(here, "\r", "q", "\r")
    assert "notice = true" in noticed.read_text()
    assert "Before you start" not in _plays(here, "q", "\r")


def _plays(here: Machine, *keys: str) -> str:
    """Play an exercise on a terminal of its own, pressing these keys; all that was shown."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "routines", "play", "far_focus", "--terminal"],
        env=here.env | {"TERM": "xterm"}, stdin=theirs, stdout=theirs, stderr=theirs,
        start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    os.set_blocking(ours, False)
    shown = b""

    def grows() -> bool:
        nonlocal shown
        with suppress(OSError):
            more = os.read(ours, 65536)
            shown += more
            return bool(more)
        return process.poll() is not None

    for key in keys:
        until(grows, what="something is shown")
        with suppress(OSError):
            os.write(ours, key.encode())
    until(lambda: grows() and process.poll() is not None, what="it ends")
    os.close(ours)
    return shown.decode(errors="replace")
