"""No rule of the behaviour page is without a test that carries its number."""

import re
from pathlib import Path

import pytest

TESTS = "".join(
    path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")
)


@pytest.mark.parametrize("rule", range(1, 41))
def test_every_rule_has_a_test_of_its_own(rule: int) -> None:
    assert re.search(rf"def test_b{rule}_", TESTS)
