"""Programs that pretend to play or to speak, and note what they were asked for."""

import shlex
from pathlib import Path


class Bench:
    """A folder of small programs; `asked` is what they were started with, in order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._log = folder / "log"

    def program(self, name: str, then: str = "exit 0") -> str:
        """Make a program that notes its words and then does this."""
        path = self.folder / name
        log = shlex.quote(str(self._log))
        path.write_text(f'#!/bin/sh\necho "{name} $*" >> {log}\n{then}\n')
        path.chmod(0o755)
        return str(path)

    @property
    def asked(self) -> list[str]:
        """A line for each program that was started."""
        return self._log.read_text().splitlines() if self._log.exists() else []
