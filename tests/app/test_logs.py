"""The log shows what others named something as text, one record a line."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbreak.app.logs import start_logging
from tests.text.test_display import EVIL, harmless


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What standard error is."""
    terminal = io.StringIO()
    monkeypatch.setattr("sys.stderr", terminal)
    return terminal


@pytest.fixture
def log(tmp_path: Path, terminal: io.StringIO) -> Iterator[Path]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    start_logging(tmp_path / "deskbreak.log")
    yield tmp_path / "deskbreak.log"
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_a_record_is_one_line_whatever_it_names(log: Path, terminal: io.StringIO) -> None:
    logging.getLogger("deskbreak").warning("the server %s does not answer", EVIL)
    written, said = log.read_text(), terminal.getvalue()
    for text in (written, said):
        assert text.count("\n") == 1
        assert harmless(text)
    assert " WARNING deskbreak: the server " in written
    assert said.startswith("deskbreak: the server ")


def test_a_trace_keeps_its_lines(log: Path) -> None:
    broke = ValueError(EVIL)
    logging.getLogger("deskbreak").error("this broke", exc_info=broke)
    written = log.read_text()
    assert harmless(written)
    assert written.splitlines()[1].startswith("ValueError: ")
