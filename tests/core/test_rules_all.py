"""The rules of docs/behaviour.md: each has a test, and whoever names one finds it there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "behaviour.md").read_text(encoding="utf-8")
RULES = [int(number) for number in re.findall(r"^- \*\*B([0-9]+)\b", PAGE, re.MULTILINE)]
TESTS = "".join(
    path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")
)
PLACES = ("deskbreak", "docs", "tests", "benchmarks", "tools", "config")


def _texts() -> dict[str, str]:
    files = [file for place in PLACES for file in (ROOT / place).rglob("*")]
    files += ROOT.glob("*.md")
    kinds = {".py", ".md", ".toml"}
    found = [file for file in files if file.suffix in kinds]
    return {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in found}


def test_the_rules_are_numbered_one_after_the_other() -> None:
    assert list(range(1, len(RULES) + 1)) == RULES


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_test_of_its_own(rule: int) -> None:
    assert re.search(rf"def test_b{rule}_", TESTS)


def test_every_rule_that_is_named_is_on_the_page() -> None:
    named = {
        (name, word)
        for name, text in _texts().items()
        for word in re.findall(r"\bB[1-9][0-9]?\b|\btest_b[0-9]+_", text)
    }
    assert len(named) > len(RULES)
    number = re.compile(r"[0-9]+")
    lost = [f"{name}: {word}" for name, word in named if int(number.findall(word)[0]) not in RULES]
    assert not lost, "\n".join(sorted(lost))


def test_every_invariant_of_the_choice_that_is_named_is_on_the_page() -> None:
    named = {word for text in _texts().values() for word in re.findall(r"\bI[1-9][0-9]?\b", text)}
    listed = re.findall(r"^  \| (I[0-9]+) \|", PAGE, re.MULTILINE)
    assert listed
    assert named == set(listed)
