"""Draws the table of break states as the Mermaid diagram in docs/engine.md.

`python -m tests.core.diagram` writes it there; test_phases.py holds the two equal.
"""

from collections import defaultdict
from pathlib import Path

from deskbreak.core.phases import TABLE, Phase

PAGE = Path(__file__).parents[2] / "docs" / "engine.md"
BEGIN, END = "```mermaid\n", "```\n"


def diagram() -> str:
    """Every row of the table that leads to another state; the same way shares a line."""
    ways: dict[tuple[Phase, Phase], list[str]] = defaultdict(list)
    for (phase, cue), to in TABLE.items():
        if to is not phase:
            ways[phase, to].append(cue.value)
    lines = ["stateDiagram-v2", f"    [*] --> {Phase.COUNTING}"]
    lines += [f"    {phase} --> {to}: {' / '.join(cues)}" for (phase, to), cues in ways.items()]
    return "\n".join(lines) + "\n"


def drawn(page: str) -> str:
    """The diagram that stands on a page."""
    return page.split(BEGIN, 1)[1].split(END, 1)[0]


def main() -> None:
    """Put the diagram of the table in place of the one on the page."""
    page = PAGE.read_text(encoding="utf-8")
    old, new = (BEGIN + picture + END for picture in (drawn(page), diagram()))
    PAGE.write_text(page.replace(old, new), encoding="utf-8")


if __name__ == "__main__":
    main()
