"""The daemon runs without docstrings, from byte code of its own; nothing else does."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbreak.app.environment import Options
from tests.cli.typed import Machine

PREFIX = "PYTHONPYCACHEPREFIX"


@pytest.fixture
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    machine = Machine(tmp_path_factory.mktemp("m"))
    del machine.env[PREFIX]
    yield machine
    machine.stops()


def words_of(made: Machine) -> list[str]:
    assert made.daemon is not None
    return Path(f"/proc/{made.daemon.pid}/cmdline").read_text().split("\0")


def compiled(made: Machine) -> Path:
    return Path(made.env["XDG_CACHE_HOME"], "deskbreak", "compiled")


def test_the_daemon_is_lean_in_the_same_process(made: Machine) -> None:
    made.starts("--no-tray")
    words = words_of(made)
    assert words[1:4] == ["-OO", "-X", f"pycache_prefix={compiled(made)}"]
    assert words[4:8] == ["-P", "-E", "-m", "deskbreak.app"]
    assert Options.of(words[8]) == Options(made.config, tray=False)
    assert list(compiled(made).rglob("application.*.opt-2.pyc"))
    assert not list(compiled(made).rglob("click/*"))
    assert made.daemon is not None
    assert Path(f"/proc/{made.daemon.pid}/comm").read_text() == "deskbreak\n"


def test_the_daemon_has_no_library_for_secrets_in_its_memory(made: Machine) -> None:
    made.starts("--no-tray")
    assert made.daemon is not None
    mapped = Path(f"/proc/{made.daemon.pid}/maps").read_text()
    assert [
        name for name in ("/_ssl.", "/_hashlib.", "libcrypto", "libssl") if name in mapped
    ] == []


def test_a_folder_for_byte_code_that_the_person_chose_is_kept(made: Machine) -> None:
    chosen = made.home / "chosen"
    chosen.mkdir(mode=0o700)
    made.env[PREFIX] = str(chosen)
    made.starts("--no-tray")
    assert words_of(made)[3] == f"pycache_prefix={chosen}"
    assert not compiled(made).exists()


def test_a_chosen_folder_that_others_can_write_to_is_not_trusted(made: Machine) -> None:
    chosen = made.home / "chosen"
    chosen.mkdir()
    chosen.chmod(0o777)
    made.env[PREFIX] = str(chosen)
    made.starts("--no-tray")
    assert words_of(made)[3] == f"pycache_prefix={compiled(made)}"


def test_our_own_folder_is_shut_when_it_is_found_open(made: Machine) -> None:
    compiled(made).mkdir(parents=True)
    compiled(made).chmod(0o777)
    made.starts("--no-tray")
    assert stat.S_IMODE(compiled(made).stat().st_mode) == 0o700
    assert words_of(made)[3] == f"pycache_prefix={compiled(made)}"


def test_a_folder_that_somebody_else_could_exchange_is_done_without(made: Machine) -> None:
    compiled(made).mkdir(parents=True)
    compiled(made).parent.chmod(0o777)
    made.starts("--no-tray")
    assert "-OO" not in words_of(made)


def test_where_nothing_may_be_compiled_it_starts_as_it_is(made: Machine) -> None:
    made.env["PYTHONDONTWRITEBYTECODE"] = "1"
    made.starts("--no-tray")
    assert "-OO" not in words_of(made)


def test_where_the_cache_cannot_be_written_it_starts_as_it_is(made: Machine) -> None:
    Path(made.env["XDG_CACHE_HOME"], "deskbreak").write_text("a file where a folder should be")
    made.starts("--no-tray")
    assert "-OO" not in words_of(made)


def test_the_help_of_run_is_all_there(made: Machine) -> None:
    ran = made.types("run", "--help")
    assert "Count sitting" in ran.out
    assert not compiled(made).exists()
