"""The sensor that docs/standing.md shows works as it stands there."""

import asyncio
import re
from pathlib import Path

import pytest

from deskbreak.adapters.desk import CommandSensor
from deskbreak.core.enums import Posture
from deskbreak.core.events import Fact, PostureSensed
from tests.waiting import spin

PAGE = Path(__file__).parent.parent.parent.parent / "docs" / "standing.md"


@pytest.mark.parametrize(
    ("height", "posture"), [("719", Posture.SITTING), ("1090", Posture.STANDING)]
)
def test_the_example(
    loop: asyncio.AbstractEventLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    height: str, posture: Posture,
) -> None:  # fmt: skip
    script = re.search(r"^```sh\n(#!/bin/sh\n.*?)^```", PAGE.read_text(), re.M | re.S)
    assert script is not None
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".desk-height").write_text(f"{height}\n")
    (tmp_path / "my-desk").write_text(script[1])
    (tmp_path / "my-desk").chmod(0o755)
    facts: list[Fact] = []
    sensor = CommandSensor(loop, facts.append, lambda: ["~/my-desk"])
    sensor.start()
    spin(loop, lambda: facts)
    assert facts == [PostureSensed(posture)]
    assert sensor.capabilities()[0].why == f"{posture}, {height} mm"
    sensor.close()
