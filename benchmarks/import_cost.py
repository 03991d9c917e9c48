"""What importing a module costs: memory and time, in a fresh Python each."""

import argparse
import ast
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHILD = ROOT / "benchmarks" / "import_child.py"

DEFAULT = (
    "asyncio",
    "apscheduler.schedulers.asyncio",
    "tzlocal",
    "jeepney",
    "sqlite3",
    "tomllib",
    "tomlkit",
    "tomli_w",
    "click",
    "platformdirs",
    "plyer",
    "deskbreak.settings.model",
    "deskbreak.core.engine",
    "deskbreak.adapters.clock",
    "deskbreak.adapters.waker:new_loop()",
    "deskbreak.adapters.waker:AlarmWaker(waker.new_loop(), print)",
    "deskbreak.systems.linux.idle.x11",
    "deskbreak.systems.linux.dbus.bus",
)
"""A module, or a module and an expression to evaluate in it once it is imported."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 0 whatever could be imported."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.import_cost", description=__doc__)
    parser.add_argument("modules", nargs="*", default=list(DEFAULT), help="MODULE or MODULE:EXPR")
    parser.add_argument("--runs", type=int, default=5, help="fresh processes for each [5]")
    parser.add_argument(
        "--together", action="store_true", help="one after another in one process: what each adds"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(argv)
    groups = [options.modules] if options.together else [[module] for module in options.modules]
    found = [row for group in groups for row in _median(group, options.runs)]
    print(json.dumps(found, indent=2) if options.json else report(found, options.together))
    return 0


def _median(modules: Sequence[str], runs: int) -> list[dict[str, object]]:
    """The middle one of several fresh processes for every figure; the first warms the caches."""
    taken = [_fresh(modules) for _ in range(runs + 1)][1:]
    rows: list[dict[str, object]] = []
    for same in zip(*taken, strict=True):
        row = dict(same[0])
        for key in ("ms", "pss_kb", "uss_kb", "total_pss_kb"):
            if key in row:
                row[key] = statistics.median(float(one[key]) for one in same)
        rows.append(row)
    return rows


def _fresh(modules: Sequence[str]) -> list[dict[str, object]]:
    # Compiling while measuring would count twice over, so let Python keep what it compiles.
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPATH"] = str(ROOT)
    argv = [sys.executable, "-P", str(CHILD), *modules]
    done = subprocess.run(argv, env=env, check=True, capture_output=True, text=True, timeout=120)
    rows: list[dict[str, object]] = ast.literal_eval(done.stdout.splitlines()[-1])
    return rows


def report(rows: Sequence[Mapping[str, object]], together: bool) -> str:
    """The figures as a table."""
    kind = "each adds, in this order" if together else "each alone"
    lines = [f"{'PSS kB':>9}{'USS kB':>9}{'total':>9}{'ms':>9}   {kind}"]
    for row in rows:
        if "error" in row:
            lines.append(f"{'':36}   {row['module']}: {row['error']}")
        else:
            figures = (row["pss_kb"], row["uss_kb"], row["total_pss_kb"])
            numbers = "".join(f"{figure:9.0f}" for figure in figures)
            lines.append(f"{numbers}{row['ms']:9.1f}   {row['module']}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
