"""`deskbreak doctor`, with and without a daemon, with and without a desktop."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deskbreak.adapters.programs import adding_qt
from deskbreak.cli import doctor
from tests.cli.typed import Machine, Ran, machine, typed
from tests.fakes.notification_server import FakeNotificationServer
from tests.fakes.tray_host import TrayHost
from tests.servers import private_bus


@pytest.fixture
def bus() -> Iterator[str]:
    with private_bus() as address:
        yield address


def rows(ran: Ran) -> dict[str, list[dict[str, Any]]]:
    assert ran.code == 0, ran.err
    found: dict[str, list[dict[str, Any]]] = {}
    for row in json.loads(ran.out)["capabilities"]:
        found.setdefault(row["name"], []).append(row)
    return found


def in_other_thread(loop: asyncio.AbstractEventLoop, made: Machine, *words: str) -> Ran:
    """Type a command while the fakes in this loop go on answering."""
    return loop.run_until_complete(asyncio.to_thread(made.types, *words))


def test_without_a_desktop_every_gap_has_something_to_do(
    here: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = typed(capsys, "doctor", "--json")
    assert json.loads(ran.out)["running"] is False
    found = rows(ran)
    assert {"idle", "terminal", "tray", "sleep", "lock", "player", "settings"} <= set(found)
    for name, all_of_it in found.items():
        last = all_of_it[-1]
        if not any(row["works"] for row in all_of_it):
            assert last["why"], name
            assert last["advice"], name


def test_windows_that_are_missing_are_named_with_what_to_type(
    here: Machine, tmp_path: Path
) -> None:
    # As good as not installed: neither found nor to be imported.
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['PySide6'] = None\n")
    path = f"{tmp_path}:{here.env['PYTHONPATH']}"
    (row,) = rows(here.types("doctor", "--json", PYTHONPATH=path))["windows"]
    assert (row["works"], row["why"]) == (False, "not installed")
    assert adding_qt() in row["advice"]


def test_trying_out_makes_no_file(here: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(here.home.rglob("*"))
    typed(capsys, "doctor")
    assert sorted(here.home.rglob("*")) == before


def test_a_long_name_does_not_run_into_what_is_said_of_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    why = "there is no program"
    row = {"backend": None, "works": False, "why": why, "advice": ""}
    for name in ("plain notifications", "x" * 15, "x" * 16, "x" * 17):
        doctor._print(name, [{"name": name, **row}])
        assert capsys.readouterr().out.split()[1:] == [*name.split(), *why.split()]


def test_the_table_is_for_people(here: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    out = typed(capsys, "doctor").out
    assert out.startswith("deskbreak is not running; this is what it would find.\n\n✗ idle ")
    assert "→ Start deskbreak from a desktop." in out
    assert max(map(len, out.splitlines())) <= 100


def test_a_mistake_in_the_settings_is_one_of_the_rows(
    here: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    here.sets("[breaks\n")
    (settings,) = rows(typed(capsys, "doctor", "--json"))["settings"]
    assert not settings["works"]
    assert f"{here.config}:1: not TOML here" in settings["why"]
    assert settings["advice"] == "`deskbreak config check` names the place."


@pytest.mark.parametrize("runs", [False, True], ids=["tried out", "running"])
def test_on_a_bus_it_names_server_and_tray(
    loop: asyncio.AbstractEventLoop, tmp_path: Path, bus: str, runs: bool
) -> None:
    server = FakeNotificationServer(loop, bus, name="notifier")
    host = TrayHost(loop, bus)
    with machine(tmp_path, bus=bus) as made:
        if runs:
            loop.run_until_complete(asyncio.to_thread(made.starts))
        found = rows(in_other_thread(loop, made, "doctor", "--json"))
        while runs and not found["notifications"][0]["works"]:  # it says what is known so far
            found = rows(in_other_thread(loop, made, "doctor", "--json"))
        assert found["tray"][-1]["works"]
        (notifications,) = found["notifications"]
        assert notifications["works"]
        if not runs:  # a running one asks the server when it first has something to say
            assert notifications["backend"] == "notifier 1.0"
            assert found["actions"][0]["works"]
        assert not server.showed
        made.stops()
    host.close()
    server.stop()


def test_a_server_that_never_answers_does_not_hold_it_up(
    loop: asyncio.AbstractEventLoop, tmp_path: Path, bus: str
) -> None:
    server = FakeNotificationServer(loop, bus)
    server.silent = True
    with machine(tmp_path, bus=bus) as made:
        began = loop.time()
        found = rows(in_other_thread(loop, made, "doctor", "--json"))
        assert loop.time() - began < 20
        assert not found["notifications"][0]["works"]
        assert "does not answer" in found["notifications"][0]["why"]
        assert found["notifications"][0]["advice"]
    server.stop()
