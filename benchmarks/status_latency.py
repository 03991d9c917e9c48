"""How long `deskbreak status` takes, from the shell's point of view."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from benchmarks.daemon import ROOT, NeverReadyError, daemon
from tests.servers import desktop

_BUDGET_S = 0.15
STATUS = (sys.executable, "-m", "deskbreak", "status")
NOTHING = (sys.executable, "-c", "pass")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 0 measured, 1 the daemon or the command did not work."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.status_latency", description=__doc__
    )
    parser.add_argument("--runs", type=int, default=30, help="runs to time [30]")
    parser.add_argument("--mine", action="store_true", help="ask the daemon that runs already")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(argv)
    try:
        found = _mine(options.runs) if options.mine else _private(options.runs)
    except (NeverReadyError, subprocess.SubprocessError) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    print(json.dumps(found, indent=2) if options.json else report(found))
    return 0


def _mine(runs: int) -> dict[str, dict[str, float]]:
    return measure(os.environ, runs)


def _private(runs: int) -> dict[str, dict[str, float]]:
    with desktop() as here, daemon(here.env):
        return measure(here.env, runs)


def measure(env: Mapping[str, str], runs: int) -> dict[str, dict[str, float]]:
    """Time the command, and a Python that does nothing, in turn."""
    commands = {"status": STATUS, "status --json": (*STATUS, "--json"), "python -c pass": NOTHING}
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            seconds = _seconds(command, env)
            if number:  # the first one compiles and fills the caches
                times[name].append(seconds)
    return {name: _summary(each) for name, each in times.items()}


def _seconds(command: Sequence[str], env: Mapping[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env={**env}, check=True, capture_output=True, timeout=30)
    return time.perf_counter() - start


def _summary(seconds: list[float]) -> dict[str, float]:
    return {
        "median_s": round(statistics.median(seconds), 4),
        "best_s": round(min(seconds), 4),
        "worst_s": round(max(seconds), 4),
    }


def report(found: Mapping[str, Mapping[str, float]]) -> str:
    """The figures as a table."""
    lines = [f"{'':18}{'median':>9}{'best':>9}{'worst':>9}   budget {_BUDGET_S} s"]
    for name, figures in found.items():
        lines.append(f"{name:18}" + "".join(f"{value:9.4f}" for value in figures.values()))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
