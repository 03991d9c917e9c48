"""What the daemon costs while it does nothing: memory, wake-ups, CPU; and how soon it is ready."""

import argparse
import dataclasses
import json
import shlex
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from benchmarks.daemon import DAEMON, NeverReadyError, Running, daemon
from benchmarks.proc import Memory, Sample, family, memory, sample
from tests.servers import Desktop, desktop, require, running

_BUDGET = {"pss_mib": 28.0, "wakeups_per_minute": 4.0, "ready_s": 0.3}
_SAMPLE_EVERY_S = 5.0


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 0 measured, 1 the daemon was never ready or ended early."""
    options = _options(argv)
    command = shlex.split(options.command) if options.command else list(DAEMON)
    try:
        with desktop(
            panel=not options.no_panel,
            notifications=options.notifications,
            window_manager=True,  # every desktop has one; the probe of windows waits for it
        ) as here:
            found = measure(here, command, options)
    except NeverReadyError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    print(json.dumps(found, indent=2) if options.json else report(found))
    return 0 if found["processes"] else 1


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.idle_daemon", description=__doc__)
    parser.add_argument("--window", type=float, default=120, help="seconds to watch [120]")
    parser.add_argument("--settle", type=float, default=15, help="seconds to wait before [15]")
    parser.add_argument("--starts", type=int, default=5, help="starts to time [5]")
    parser.add_argument("--notifications", choices=["dunst", "xfce"], help="also run this server")
    parser.add_argument("--no-panel", action="store_true", help="without a panel to show the icon")
    parser.add_argument("--typing", action="store_true", help="a person types all the while")
    parser.add_argument("--command", help="measure this instead of `deskbreak run`")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser.parse_args(argv)


def measure(here: Desktop, command: list[str], options: argparse.Namespace) -> dict[str, object]:
    """Time some starts, then watch one daemon for the window."""
    ready = list(_starts(here.env, command, options.starts))
    with daemon(here.env, command) as run, _person(here, typing=options.typing):
        time.sleep(options.settle)
        found = watch(run, options.window)
    found["ready_s"] = round(statistics.median([*ready, run.ready_s]), 3)
    found["ready_s_each"] = [round(seconds, 3) for seconds in (*ready, run.ready_s)]
    return found


def _starts(env: Mapping[str, str], command: list[str], times: int) -> Iterator[float]:
    # The first one compiles what was edited, which no person sees twice.
    for number in range(times):
        with daemon(env, command) as run:
            if number:
                yield run.ready_s


@contextmanager
def _person(here: Desktop, *, typing: bool) -> Iterator[None]:
    if not typing:
        yield
        return
    require("xdotool")
    endless = ["sh", "-c", "while :; do xdotool type --delay 120 'the quick brown fox '; done"]
    with running(endless, here.env):
        yield


def watch(run: Running, window_s: float) -> dict[str, object]:
    """Sum the counters of the daemon and its children over the window."""
    first = sample(family(run.process.pid))
    last = Sample(first.at, dict(first.cpu_s), dict(first.switches), dict(first.names))
    late_s = 0.0
    while (left := first.at + window_s - time.monotonic()) > 0:
        nap = min(left, _SAMPLE_EVERY_S)
        before = time.monotonic()
        time.sleep(nap)
        late_s = max(late_s, time.monotonic() - before - nap)
        _merge(last, sample(family(run.process.pid)))
    minutes = (last.at - first.at) / 60
    pids = family(run.process.pid)
    total = sum((memory(pid) for pid in pids), Memory())
    return {
        "pss_mib": round(total.pss / 1024, 2),
        "memory_kb": dataclasses.asdict(total),
        **_switches(first, last, minutes),
        "cpu_s_per_minute": round(_cpu_s(first, last) / minutes, 5),
        "window_s": round(minutes * 60, 1),
        "processes": len(pids),
        "stalled": late_s > 1,
    }


def _merge(last: Sample, new: Sample) -> None:
    """Keep the last known counters of threads and processes that have ended since."""
    last.at = new.at
    last.cpu_s.update(new.cpu_s)
    last.switches.update(new.switches)
    last.names.update(new.names)


def _switches(first: Sample, last: Sample, minutes: float) -> dict[str, object]:
    """Context switches a minute: of their own will (somebody woke them) and in all."""
    own, lost, threads = 0, 0, {}
    for thread, end in last.switches.items():
        start = first.switches.get(thread)
        voluntary = end.voluntary - (start.voluntary if start else 0)
        involuntary = end.involuntary - (start.involuntary if start else 0)
        own, lost = own + voluntary, lost + involuntary
        threads[f"{last.names[thread]} {thread[1]}"] = round((voluntary + involuntary) / minutes, 2)
    return {
        "wakeups_per_minute": round(own / minutes, 2),
        "switches_per_minute": round((own + lost) / minutes, 2),
        "switches_per_minute_by_thread": threads,
    }


def _cpu_s(first: Sample, last: Sample) -> float:
    return sum(end - first.cpu_s.get(pid, 0.0) for pid, end in last.cpu_s.items())


def report(found: Mapping[str, object]) -> str:
    """The figures as a table, the budget beside them."""
    names = ("pss_mib", "wakeups_per_minute", "switches_per_minute", "cpu_s_per_minute", "ready_s")
    lines = [f"{'':22}{'measured':>10}{'budget':>10}"]
    lines += [f"{name:22}{found[name]!s:>10}{_BUDGET.get(name, '')!s:>10}" for name in names]
    lines.append(f"memory {found['memory_kb']}, {found['processes']} process(es)")
    lines.append(f"switches a minute by thread: {found['switches_per_minute_by_thread']}")
    lines.append(f"seconds to ready, each start: {found['ready_s_each']}")
    if found["stalled"]:
        lines.append("The machine itself stood still for a while: measure again.")
    return "\n".join(lines)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (KeyboardInterrupt, subprocess.SubprocessError) as ended:
        sys.exit(str(ended) or "interrupted")
