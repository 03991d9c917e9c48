"""The example scenarios of the docs, played with one made-up routine."""

import json
from pathlib import Path

from deskbreak.core.enums import Activity
from deskbreak.simulate.replay import Replay, replay
from deskbreak.simulate.scenario import read_scenario
from tests.desk import PlainAdviser

ROOT = Path(__file__).parent.parent.parent
SCENARIOS = ROOT / "docs" / "scenarios"
EXPECTED = Path(__file__).parent / "expected"

AROUND = 2
"""Seconds by which a picture may be off: the ledger is told in whole ones."""

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


def drawn_and_told(of: Replay) -> tuple[dict[Activity, float], dict[Activity, float]]:
    """What the time was spent on by the picture, and by the ledgers of its days.

    What came before the start is in the first ledger and in no picture.
    """
    assert of.watch is not None
    drawn, told = dict.fromkeys(Activity, 0.0), dict.fromkeys(Activity, 0.0)
    ends = [*(stretch.begin for stretch in of.watch.stretches[1:]), of.scenario.end]
    for stretch, end in zip(of.watch.stretches, ends, strict=True):
        drawn[stretch.activity] += end - stretch.begin
    for event in of.happened:
        for part, seconds in event.get("ledger", {}).items():
            told[Activity(part)] += seconds
    return drawn, told
