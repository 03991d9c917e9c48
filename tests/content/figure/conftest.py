"""Where the poses are, and a way to build figures from a few lines of TOML."""

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from deskbreak.content.figure.build import build_figure
from deskbreak.content.figure.figure import Figure
from deskbreak.content.figure.shapes import Ellipse, Point, Shape

Bases = dict[str, dict[str, object]]
Build = Callable[[str], Figure]

POSES = Path(__file__).parents[3] / "microroutines" / "poses"
EXERCISES = Path(__file__).parents[3] / "microroutines" / "exercises"
EXERCISE_IDS = sorted(p.stem for p in POSES.glob("*.toml") if p.name != "bases.toml")


@pytest.fixture(scope="session")
def bases() -> Bases:
    found: Bases = tomllib.loads((POSES / "bases.toml").read_text())["pose"]
    return found


@pytest.fixture
def build(bases: Bases) -> Build:
    def from_text(text: str) -> Figure:
        return build_figure("test", tomllib.loads(text), bases)

    return from_text


def points(shape: Shape) -> Sequence[Point]:
    """The corners of a shape, or the middle of a round one."""
    return [shape.centre] if isinstance(shape, Ellipse) else shape.points
