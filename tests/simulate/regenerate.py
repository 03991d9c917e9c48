"""Writes what the example scenarios are expected to give anew, and prints what is different."""

import sys
from difflib import unified_diff

from tests.simulate.examples import EXPECTED, NAMES, expected, lines, played


def main() -> None:
    """Every file of `expected/`, and none besides."""
    EXPECTED.mkdir(exist_ok=True)
    for name in NAMES:
        before, now = expected(name), lines(played(name))
        for line in unified_diff(before, now, f"{name} before", f"{name} now", lineterm="", n=0):
            sys.stdout.write(f"{line}\n")
        (EXPECTED / f"{name}.jsonl").write_text("\n".join(now) + "\n", encoding="utf-8")
    for path in EXPECTED.glob("*.jsonl"):
        if path.stem not in NAMES:
            path.unlink()


if __name__ == "__main__":
    main()
