"""The daemon brings the world up to date after every fact."""

from pathlib import Path

from deskbreak.core.words import Posture
from tests.app.indoors import Indoors


def test_a_state_that_cannot_be_saved_is_said_once_until_it_can_be_again(tmp_path: Path) -> None:
    here = Indoors(tmp_path / "config.toml")
    here.says("stand")
    here.state.full = True
    here.says("sit")
    here.says("pause", **{"for": "1h"})
    (said,) = here.complaints
    assert said.startswith("The running state cannot be saved now (No space left on device).")

    here.state.full = False
    here.says("resume")
    here.state.full = True
    here.says("stand")
    assert len(here.complaints) == 2
    assert here.daemon.engine.status().posture is Posture.STANDING
