"""A home for commands that run in this process."""

import pytest

from tests.cli.typed import Machine, at_home


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A machine without a daemon whose home is the one of this process."""
    return at_home(monkeypatch, tmp_path_factory.mktemp("m"))
