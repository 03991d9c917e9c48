"""What `deskbreak run` was asked for, also as a word that another process can be given."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for.

    `overrides` are settings in words, by key; `speed` is how fast routines play (for the demo).
    """

    config: Path
    tray: bool = True
    console: bool = False
    speed: float = 1.0
    overrides: dict[str, str] = field(default_factory=dict)

    def word(self) -> str:
        """All of them in one word."""
        return json.dumps(asdict(self) | {"config": str(self.config)})

    @classmethod
    def of(cls, word: str) -> Self:
        """The options of such a word, as `word` made it."""
        given = json.loads(word)
        return cls(**given | {"config": Path(given["config"])})
