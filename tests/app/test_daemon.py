"""The daemon brings the world up to date after every fact."""

from pathlib import Path

from deskbreak.app.daemon import SAVE_SOON
from deskbreak.core.enums import Posture
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


def test_whatever_comes_of_a_fact_is_saved_once_and_last(tmp_path: Path) -> None:
    here = Indoors(tmp_path / "config.toml")
    here.says("stand")
    before = here.state.saves
    seen: list[int] = []
    here.daemon.watch(lambda _status: seen.append(here.state.saves))
    here.daemon.note("banner", None)
    here.daemon.note("banner", [":1.7", 3])
    here.says("sit")  # a bout ends, a posture begins
    assert seen == [before]
    assert here.state.saves == before + 1
    assert here.state.kept is not None
    assert here.state.kept["notes"] == {"banner": [":1.7", 3]}


def test_a_note_alone_is_saved_within_a_second(tmp_path: Path) -> None:
    here = Indoors(tmp_path / "config.toml")
    here.daemon.note("weekly", "2026-W10")
    here.clock.advance(SAVE_SOON)
    assert here.state.kept is not None
    assert here.state.kept["notes"] == {"weekly": "2026-W10"}
