"""Every command that the documents show is typed here, or at least understood."""

import json
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from deskbreak.cli.main import COMMANDS, cli
from deskbreak.settings.files import shipped
from deskbreak.settings.load import check_text
from tests.cli.typed import COMMAND, ROOT, SHORT, Machine, at_home, machine, typed
from tests.content.builtin import EXERCISE, ROUTINE
from tests.servers import require
from tools.man_page import page

DAY = """\
start = 2026-03-02T09:00:00
end = "1h"
[[event]]
at = "40m"
do = "input_stops"
"""
PAGE = ROOT / "docs" / "commands.md"
README = ROOT / "README.md"
DOCUMENTS = [README, *sorted((ROOT / "docs").glob("*.md"))]
_UNTIL_STOPPED = {
    "status --follow",
    "status --follow --json",
    "routines play desk-hips --terminal",
    "routines play after-lunch-stroll --long --terminal",
    "demo",
    "demo --terminal",
    "demo --speed 4",
}


def shown(document: Path) -> list[str]:
    """The commands in the shaded blocks of a document, without the word deskbreak."""
    blocks = re.findall(r"^```sh\n(.*?)^```", document.read_text(), re.M | re.S)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line.removeprefix("deskbreak ") for line in lines if line.startswith("deskbreak ")]


def mentioned() -> Iterator[str]:
    """Every command that stands between backticks or in a block of any document."""
    for document in DOCUMENTS:
        yield from shown(document)
        yield from re.findall(r"(?<!`)`deskbreak ([^`…]+)`", document.read_text())


def test_the_page_of_the_manual_tells_of_the_commands_as_they_are() -> None:
    made = page()
    again = "python -m tools.man_page > config/deskbreak.1"
    assert (shipped("config") / "deskbreak.1").read_text() == made, again
    assert [name for name in COMMANDS if f"\n.B {name}" not in made] == []


def test_a_page_of_the_manual_can_be_set() -> None:
    require("groff")
    command = ["groff", "-man", "-Tutf8", "-ww", str(shipped("config") / "deskbreak.1")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "`" not in done.stdout


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with machine(tmp_path_factory.mktemp("d"), SHORT) as made:
        (made.home / "mine.toml").write_text('[breaks]\nsit_limit = "45m"\n')
        (made.home / "mine-routines.toml").write_text(f"schema = 1\n{EXERCISE}{ROUTINE}")
        (made.home / "day.toml").write_text(DAY)
        made.starts()
        made.waits_for("the prompt", due=True)
        yield made


@pytest.mark.in_order
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
    monkeypatch.setenv("QT_QPA_PLATFORM", "")  # no display at all
    monkeypatch.chdir(running.home)
    if words[0] == "run":
        ran = running.types(*words)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith("deskbreak: it is running already as process ")
    elif words[0] == "settings":
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
    _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors  # a slow machine may come as far as the first prompt
    assert "error" not in errors


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


# ------------------------------------------------------------------- nothing is left out


def options(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every option that people see, with the command it belongs to."""
    for param in command.params:
        if isinstance(param, click.Option) and not param.hidden:
            yield " ".join(path), max(param.opts, key=len)
    if isinstance(command, click.Group):
        with click.Context(command) as context:
            for name in command.list_commands(context):
                below = command.get_command(context, name)
                assert below is not None
                yield from options(below, (*path, name))


def paragraphs() -> list[str]:
    pages = [document.read_text() for document in DOCUMENTS]
    return [part for page in pages for part in re.split(r"\n\n|\n(?=\|)", page)]


@pytest.mark.parametrize(("command", "option"), sorted(set(options(cli))))
def test_every_option_is_in_the_documents(command: str, option: str) -> None:
    words = command.split()[-1:]
    assert [
        part
        for part in paragraphs()
        if option in part and all(re.search(rf"\b{word}\b", part) for word in words)
    ]


# ------------------------------------------------------------------- what the front page says


def front_page() -> Iterator[str]:
    """The commands of the table "Every day": `a` · `b` share the first word they begin with."""
    for row in re.findall(r"^\| (`deskbreak .*?) \|", README.read_text(), re.M):
        for words in re.findall(r"`([^`]+)`", row):
            yield words.removeprefix("deskbreak ")


@pytest.mark.parametrize("words", list(front_page()))
@pytest.mark.usefixtures("here")
def test_the_front_page_names_commands_there_are(
    capsys: pytest.CaptureFixture[str], words: str
) -> None:
    ran = typed(capsys, *shlex.split(words), "--help")
    assert ran.code == 0, ran.err
    assert words.split(maxsplit=1)[0] in ran.out


def test_the_front_page_starts_with_what_the_makefile_has() -> None:
    (block,) = re.findall(r"^```sh\n(.*?)^```", README.read_text(), re.M | re.S)
    made = re.findall(r"^make (\w+)", block, re.M)
    assert made == ["run", "test"]
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.M))
    assert set(made) <= targets


def snippets() -> Iterator[str]:
    """Every piece of a settings file that a document shows."""
    others = {"figure.md", "development.md"}  # pose files, and a tool's own settings
    for document in DOCUMENTS:
        if document.name not in others:
            yield from re.findall(r"^```toml\n(.*?)^```", document.read_text(), re.M | re.S)


@pytest.mark.parametrize("text", list(snippets()))
def test_every_piece_of_settings_can_be_used_as_it_stands(text: str) -> None:
    assert [
        str(problem)
        for problem in check_text(text, "config.toml", shipped("config") / "presets").problems
    ] == []


# ------------------------------------------------------------------- JSON


def promised() -> dict[str, set[str]]:
    """The commands of the table "The other commands", and the keys named beside each."""
    page = (ROOT / "docs" / "json.md").read_text()
    rows = re.findall(r"^\| `deskbreak ([^`]+ --json)` \| (.+?) \|$", page, re.M)
    return {command: set(re.findall(r"`(\w+)`", keys)) for command, keys in rows}


def keys_of(document: dict[str, Any]) -> set[str]:
    """The keys of a document but its version, and those of what lies one level below."""
    found = set(document) - {"version"}
    for value in document.values():
        if isinstance(value, list) and value:
            found |= set(value[0])
        if isinstance(value, dict):
            inner = next(iter(value.values()))
            found |= set(inner) if isinstance(inner, dict) else set(value)
    return found


@pytest.mark.parametrize("command", list(promised()))
@pytest.mark.usefixtures("here")
def test_a_document_has_the_keys_that_are_promised(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    idents = ["desk-hips", "chin_tuck"] if "ID" in command else [""]
    found: set[str] = set()
    for ident in idents:
        ran = typed(capsys, *shlex.split(command.replace("ID", ident)))
        assert ran.code == 0, ran.err
        found |= keys_of(json.loads(ran.out))
    listed = promised()["routines list --json"] if "ID" in command else set()
    defaults = {"default"} if command.startswith("config show") else set()  # a value, not a key
    assert found == (promised()[command] | listed) - defaults - {"routines"}.intersection(listed)


def test_the_tests_would_notice_a_document_without_commands() -> None:
    assert len(shown(PAGE)) > 40
    assert len(list(front_page())) > 7
    assert len(list(snippets())) > 5
    assert len(promised()) > 4
