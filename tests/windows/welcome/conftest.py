"""A home in which nobody was asked anything yet."""

from collections.abc import Callable
from pathlib import Path

import pytest

from deskbreak.app.environment import Places
from deskbreak.app.installed import Installed
from deskbreak.systems import here
from deskbreak.windows.welcome.questions import Welcome
from tests.cli.typed import Machine, at_home

Asks = Callable[[], Welcome]


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return at_home(monkeypatch, tmp_path_factory.mktemp("h"))


@pytest.fixture
def config(home: Machine) -> Path:
    home.config.parent.mkdir(parents=True, exist_ok=True)
    return home.config


@pytest.fixture
def entry(home: Machine) -> Path:
    """What starts deskbreak at login."""
    return Path(home.env["XDG_CONFIG_HOME"], "autostart", "deskbreak.desktop")


@pytest.fixture
def asks(config: Path) -> Asks:
    """Asks that person, as everything is by then."""
    return lambda: Welcome(Installed(here(), Places.of_user()), config)
