"""The example scenarios of the docs, played with one made-up routine."""

import json
from pathlib import Path

from deskbreak.simulate.replay import Replay, replay
from deskbreak.simulate.scenario import read_scenario
from tests.desk import PlainAdviser

ROOT = Path(__file__).parent.parent.parent
SCENARIOS = ROOT / "docs" / "scenarios"
EXPECTED = Path(__file__).parent / "expected"

NAMES = tuple(sorted(path.stem for path in SCENARIOS.glob("*.toml")))


def played(name: str) -> Replay:
    """An example, watched."""
    return replay(read_scenario(SCENARIOS / f"{name}.toml"), PlainAdviser(), watch=True)


def lines(of: Replay) -> list[str]:
    """What `--json` prints of it."""
    return [json.dumps(event, ensure_ascii=False) for event in of.happened]


def expected(name: str) -> list[str]:
    """What it is expected to print; nothing if nobody has said yet."""
    path = EXPECTED / f"{name}.jsonl"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
