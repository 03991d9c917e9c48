"""How soon the player's window shows its first picture, and what it costs while it is open."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.proc import memory, sample
from tests.servers import desktop, stop

ROOT = Path(__file__).resolve().parent.parent
_BUDGET_S = 1.0


class NeverPaintedError(Exception):
    """The player ended, or showed nothing; the message has its last words."""


@dataclass(frozen=True, slots=True)
class Open:
    """A player whose first picture has been on the screen since `painted_s` after its launch."""

    process: subprocess.Popen[bytes]
    painted_s: float


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 0 measured, 1 the player did not show anything."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.player_start", description=__doc__)
    parser.add_argument(
        "routine", nargs="?", default="floor-hips", help="what to play [floor-hips]"
    )
    parser.add_argument("--runs", type=int, default=7, help="warm starts to time [7]")
    parser.add_argument("--cold", type=int, default=3, help="cold starts to time [3]")
    parser.add_argument("--watch", type=float, default=20.0, help="seconds to watch it play [20]")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(argv)
    try:
        with desktop(width=1280, height=900, window_manager=True) as here:
            found = measure(here.env, options)
    except NeverPaintedError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    print(json.dumps(found, indent=2) if options.json else report(found))
    return 0


def measure(env: Mapping[str, str], options: argparse.Namespace) -> dict[str, float]:
    """All figures, by name."""
    cold, warm = [], []
    for _ in range(options.cold):
        forget_files()
        with player(env, options.routine) as shown:
            cold.append(shown.painted_s)
    for number in range(options.runs + 1):
        with player(env, options.routine) as shown:
            if number:
                warm.append(shown.painted_s)
    found = {"cold_s": statistics.median(cold)} if cold else {}
    found |= {"warm_s": statistics.median(warm), "worst_warm_s": max(warm)}
    with player(env, options.routine) as shown:
        found |= _watched(shown.process.pid, options.watch)
    return {name: round(value, 3) for name, value in found.items()}


def _watched(pid: int, seconds: float) -> dict[str, float]:
    first = memory(pid)
    before = sample([pid])
    time.sleep(seconds)
    after, last = sample([pid]), memory(pid)
    busy = (after.cpu_s[pid] - before.cpu_s[pid]) / (after.at - before.at)
    return {
        "first_pss_mib": first.pss / 1024,
        "pss_mib": last.pss / 1024,
        "uss_mib": last.uss / 1024,
        "cpu_percent": busy * 100,
    }


@contextmanager
def player(env: Mapping[str, str], routine: str) -> Iterator[Open]:
    """The player's window with its first picture; gone with the block. Raises NeverPaintedError."""
    reader, writer = os.pipe()
    words = [sys.executable, "-m", "deskbreak.windows.player", routine, "--report", str(writer)]
    start = time.monotonic()
    process = subprocess.Popen(
        words,
        cwd=ROOT,
        env={**env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        pass_fds=[writer],
        start_new_session=True,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as reports:
            if "painted" not in reports.readline():
                assert process.stderr is not None
                raise NeverPaintedError(process.stderr.read().decode(errors="replace"))
            yield Open(process, time.monotonic() - start)
    finally:
        stop(process)


def forget_files() -> None:
    """Drop this Python, its packages and deskbreak from the page cache, as after a long pause."""
    folders = {sysconfig.get_path("stdlib"), sysconfig.get_path("platlib"), str(ROOT / "deskbreak")}
    for folder in folders:
        for path in Path(folder).rglob("*"):
            if (
                path.is_file() and path.suffix in (".py", ".pyc", ".so", ".toml")
            ) or ".so." in path.name:
                _forget(path)


def _forget(path: Path) -> None:
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(file)


def report(found: Mapping[str, float]) -> str:
    """The figures as a table."""
    lines = [f"{name:16}{value:9.3f}" for name, value in found.items()]
    return "\n".join([*lines, f"budget: {_BUDGET_S} s to the first picture, cold"])


if __name__ == "__main__":
    sys.exit(main())
