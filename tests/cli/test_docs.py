"""Every command that the documents show is typed here, or at least understood."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbreak.cli.main import COMMANDS
from tests.cli.typed import COMMAND, ROOT, SHORT, Machine, at_home, machine, typed
from tests.content.builtin import EXERCISE, ROUTINE

DAY = """\
start = 2026-03-02T09:00:00
end = "1h"
[[event]]
at = "40m"
do = "input_stops"
"""
PAGE = ROOT / "docs" / "commands.md"
_UNTIL_STOPPED = {
    "status --follow",
    "status --follow --json",
    "routines play desk-hips --terminal",
    "routines play after-lunch-stroll --long --terminal",
    "demo",
    "demo --terminal",
}


def shown(document: Path) -> list[str]:
    """The commands in the shaded blocks of a document, without the word deskbreak."""
    blocks = re.findall(r"^```sh\n(.*?)^```", document.read_text(), re.M | re.S)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line.removeprefix("deskbreak ") for line in lines if line.startswith("deskbreak ")]


def mentioned() -> Iterator[str]:
    """Every command that stands between backticks or in a block of any document."""
    documents = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    for document in documents:
        yield from shown(document)
        yield from re.findall(r"(?<!`)`deskbreak ([^`…]+)`", document.read_text())


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with machine(tmp_path_factory.mktemp("d"), SHORT) as made:
        (made.home / "mine.toml").write_text('[breaks]\nsit_limit = "45m"\n')
        (made.home / "mine-routines.toml").write_text(f"schema = 1\n{EXERCISE}{ROUTINE}")
        (made.home / "day.toml").write_text(DAY)
        made.starts()
        made.waits_for("the prompt", due=True)
        yield made


@pytest.mark.parametrize("line", shown(PAGE))
def test_every_line_of_the_page_of_commands_works(
    running: Machine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    line: str,
) -> None:
    words = shlex.split(line)
    at_home(monkeypatch, running.home)
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.chdir(running.home)
    if words[0] == "run":
        ran = running.types(*words)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith("deskbreak: it is running already as process ")
    elif words[0] == "settings":
        monkeypatch.setenv("QT_QPA_PLATFORM", "")  # no display at all
        ran = typed(capsys, *words)
        assert (ran.code, ran.out) == (1, "")
        assert "`deskbreak config edit` opens the file in an editor" in ran.err
    elif line in _UNTIL_STOPPED:
        _read_a_line_and_stop(running, words)
    else:
        ran = typed(capsys, *words)
        assert ran.code == 0, ran.err
        assert ran.out or words[1] == "edit"
        assert "error" not in ran.err


def _read_a_line_and_stop(running: Machine, words: list[str]) -> None:
    process = subprocess.Popen(
        [*COMMAND, *words], env=running.env, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline()
    process.terminate()
    _, errors = process.communicate(timeout=20)
    assert errors == ""


def test_the_page_of_commands_has_every_command() -> None:
    there = {line.split()[0] for line in shown(PAGE)}
    others = {"stats", "export", "import", "history"}  # statistics have a page of their own
    assert there >= set(COMMANDS) - others


@pytest.mark.parametrize("line", sorted(set(mentioned())))
@pytest.mark.usefixtures("here")
def test_every_command_that_is_mentioned_anywhere_is_understood(
    capsys: pytest.CaptureFixture[str], line: str
) -> None:
    words = shlex.split(line)
    if words[0] == "COMMAND":
        words = ["status", *words[1:]]
    ran = typed(capsys, *words, "--help")
    assert ran.code == 0, ran.err


def test_the_tests_would_notice_a_document_without_commands() -> None:
    assert len(shown(PAGE)) > 40
    assert Path(ROOT, "README.md").exists()
