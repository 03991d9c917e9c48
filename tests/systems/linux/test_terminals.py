"""Which terminal shows the player, on which desktop; and one of them in earnest."""

import asyncio
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from deskbreak.adapters.player.process_player import ProcessPlayer, in_terminal
from deskbreak.core.events import Fact, PlayerEnded, PlayerPainted
from deskbreak.systems.linux.terminals import find_terminal
from tests.adapters.doors import doors
from tests.servers import require, xvfb
from tests.waiting import spin

X11 = {"DISPLAY": ":0"}
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0"}


def having(*programs: str) -> Callable[[str], str | None]:
    return lambda name: f"/usr/bin/{name}" if name in programs else None


def opened(environ: Mapping[str, str], *programs: str) -> list[str] | None:
    terminal = find_terminal(having(*programs), environ)
    return None if terminal is None else terminal.around(["play", "hips"])


EVERYTHING = (
    "xdg-terminal-exec", "x-terminal-emulator", "gnome-terminal", "ptyxis", "kgx", "konsole",
    "xfce4-terminal", "mate-terminal", "qterminal", "lxterminal", "foot", "footclient",
    "alacritty", "kitty", "xterm",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("xdg-terminal-exec", []),
        ("x-terminal-emulator", ["-e"]),
        (
            "gnome-terminal",
            ["--wait", "--hide-menubar", "--title=deskbreak", "--"],
        ),
        ("konsole", ["--separate", "--hide-menubar", "-e"]),
        ("alacritty", ["--title", "deskbreak", "-e"]),
        ("kitty", ["--title=deskbreak"]),
        ("xterm", ["-title", "deskbreak", "-e"]),
    ],
)
def test_each_is_given_the_words_in_its_own_way(name: str, before: list[str]) -> None:
    assert opened(X11, name) == [f"/usr/bin/{name}", *before, "play", "hips"]


@pytest.mark.parametrize(
    ("desktop", "name"),
    [
        ("GNOME", "ptyxis"),
        ("ubuntu:GNOME", "ptyxis"),
        ("KDE", "konsole"),
        ("XFCE", "xfce4-terminal"),
        ("MATE", "mate-terminal"),
        ("LXQt", "qterminal"),
        ("sway", "xdg-terminal-exec"),
        ("", "xdg-terminal-exec"),
    ],
)
def test_a_desktop_shows_its_own(desktop: str, name: str) -> None:
    terminal = find_terminal(having(*EVERYTHING), {**X11, "XDG_CURRENT_DESKTOP": desktop})
    assert terminal is not None
    assert terminal.name == name


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("kitty", ["/usr/bin/kitty", "--title=deskbreak"]),
        ("kitty --single-instance", ["/usr/bin/kitty", "--single-instance", "--title=deskbreak"]),
        ("rio", ["/usr/bin/rio", "-e"]),
    ],
)
def test_the_persons_own_choice_comes_first(wanted: str, words: list[str]) -> None:
    environ = {**X11, "XDG_CURRENT_DESKTOP": "GNOME", "TERMINAL": wanted}
    assert opened(environ, *EVERYTHING, "rio") == [*words, "play", "hips"]


@pytest.mark.parametrize("wanted", ["not-installed", "", "'half a quote"])
def test_a_choice_that_is_not_there_is_passed_over(wanted: str) -> None:
    assert opened({**X11, "TERMINAL": wanted}, "xterm", "kitty")[0] == "/usr/bin/kitty"  # type: ignore[index]


def test_without_a_display_there_is_none() -> None:
    assert opened({}, *EVERYTHING) is None
    assert opened({"DISPLAY": ""}, *EVERYTHING) is None


def test_without_any_program_there_is_none() -> None:
    assert opened(X11) is None


def test_each_kind_of_display_gets_one_that_can_show_there() -> None:
    assert opened(WAYLAND, "xterm") is None
    assert opened(X11, "foot") is None
    assert opened(WAYLAND, "xterm", "foot") == [
        "/usr/bin/foot", "--title=deskbreak", "play", "hips",
    ]  # fmt: skip


def test_one_that_needs_a_server_is_taken_only_when_asked_for() -> None:
    assert opened(WAYLAND, "footclient") is None
    assert opened({**WAYLAND, "TERMINAL": "footclient"}, "footclient") is not None


def test_the_real_player_runs_in_a_real_terminal(
    loop: asyncio.AbstractEventLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require("Xvfb", "xterm")
    facts: list[Fact] = []
    with xvfb() as display:
        monkeypatch.setenv("DISPLAY", display)
        monkeypatch.setenv("TERMINAL", "xterm")
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
        player = ProcessPlayer(
            loop,
            facts.append,
            [
                in_terminal(
                    lambda routine: [sys.executable, "-m", "deskbreak.windows.terminal", routine],
                    partial(find_terminal, shutil.which, os.environ),
                )
            ],
            doors(loop, tmp_path / "run"),
        )
        assert [c.backend for c in player.capabilities()] == ["terminal (xterm)"]
        player.start(1, "stand-hips")
        spin(loop, lambda: PlayerPainted(1) in facts, timeout=60)
        player.stop(1)
        spin(loop, lambda: not player._all, timeout=60)
    assert isinstance(facts[1], PlayerEnded)
