"""What the Tab key offers, in every shell that has one."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.typed import COMMAND, Machine, typed

Capsys = pytest.CaptureFixture[str]


def offered(capsys: Capsys, monkeypatch: pytest.MonkeyPatch, line: str, shell: str) -> list[str]:
    """What that shell is told for a line with the cursor at its end; the words alone."""
    monkeypatch.setenv("_DESKBREAK_COMPLETE", f"{shell}_complete")
    words = line.split(" ")
    fish = line if line.endswith(" ") else " ".join(words[:-1])
    monkeypatch.setenv("COMP_WORDS", fish if shell == "fish" else line)
    monkeypatch.setenv("COMP_CWORD", words[-1] if shell == "fish" else str(len(words) - 1))
    said = typed(capsys).out.splitlines()
    if shell == "zsh":  # kind, word, help by turns
        return said[1::3]
    return [one.partition(",")[2].partition("\t")[0] for one in said if one]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("line", "some"),
    [
        ("deskbreak config set breaks.s", ["breaks.sit_limit", "breaks.snooze", "breaks.settle"]),
        ("deskbreak config get hooks.pro", ["hooks.prompt", "hooks.prompt_withdrawn"]),
        ("deskbreak config set breaks.escalate ", ["never", "urgent", "overlay"]),
        ("deskbreak config set hold.calls ", ["true", "false"]),
        ("deskbreak config set routines.sore low", ["low_back"]),
        ("deskbreak config set breaks.sit_limit ", ["30m"]),
        ("deskbreak config set preset wal", ["walker"]),
        ("deskbreak config use hourly+", ["hourly+gentle-start"]),
        ("deskbreak routines show desk-h", ["desk-hips"]),
        ("deskbreak routines play desk-h", ["desk-hips"]),
        ("deskbreak routines list --area sh", ["shoulders"]),
        ("deskbreak break desk-h", ["desk-hips"]),
        ("deskbreak break stretch desk-h", ["desk-hips"]),
        ("deskbreak break w", ["walk"]),
        ("deskbreak snooze ", ["5m", "10m", "15m"]),
        ("deskbreak pause ", ["5m", "10m", "15m", "1h", "until", "today"]),
        ("deskbreak sore hips n", ["neck"]),
        ("deskbreak level ", ["1", "2", "3"]),
        ("deskbreak conf", ["config"]),
    ],
)
def test_the_tab_key_offers_values(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch, shell: str, line: str, some: list[str]
) -> None:
    assert set(some) <= set(offered(capsys, monkeypatch, line, shell))


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "line",
    ["deskbreak config set no.such ", "deskbreak sore hips hip",
     "deskbreak snooze 5m "],
)  # fmt: skip
def test_where_nothing_fits_nothing_is_said(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    assert offered(capsys, monkeypatch, line, "bash") == []


@pytest.mark.usefixtures("here")
def test_behind_a_command_that_there_is_not_it_offers_those_that_there_are(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "status" in offered(capsys, monkeypatch, "deskbreak xyzzy ", "bash")


def test_bash_itself_completes_a_key(here: Machine, tmp_path: Path) -> None:
    program = tmp_path / "deskbreak"
    program.write_text(f'#!/bin/sh\nexec {" ".join(COMMAND)} "$@"\n')
    program.chmod(0o755)
    script = (
        'eval "$(_DESKBREAK_COMPLETE=bash_source deskbreak)"\n'
        "COMP_WORDS=(deskbreak config get breaks.sit_l); COMP_CWORD=3\n"
        '_deskbreak_completion deskbreak; echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", script],
        env=here.env | {"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "breaks.sit_limit\n"
