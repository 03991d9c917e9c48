"""Sentences that people see are plain English: "is not a number", and doctor "says"."""

import ast
import re
from collections.abc import Iterator

from tests.test_architecture import PACKAGE, ROOT

ODD = re.compile(r"(?<![Tt]here )\b(is|are) no (?!longer\b|such\b)|\btells\b")


def sentences() -> Iterator[tuple[str, str]]:
    """Every text in the code that is no docstring, with its place."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text())
        loose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            match node:
                case ast.Constant(value=str(text)) if id(node) not in loose:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", text


def test_nothing_shown_is_odd_english() -> None:
    assert [f"{place} {text}" for place, text in sentences() if ODD.search(text)] == []
