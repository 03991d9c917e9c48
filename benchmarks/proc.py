"""What /proc tells of a process and all that it has started: memory, CPU time, context switches."""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path

_PROC = Path("/proc")
_MEMORY = {"Pss": "pss", "Rss": "rss", "Private_Clean": "uss", "Private_Dirty": "uss"}


@dataclass(frozen=True, slots=True)
class Memory:
    """Kilobytes: `uss` is nobody else's, `rss` has all that is shared, `pss` a fair part of it."""

    pss: int = 0
    uss: int = 0
    rss: int = 0

    def __add__(self, other: "Memory") -> "Memory":
        return Memory(self.pss + other.pss, self.uss + other.uss, self.rss + other.rss)


@dataclass(frozen=True, slots=True)
class Switches:
    """How often a thread gave up the processor (voluntary: it waited) or lost it."""

    voluntary: int
    involuntary: int


@dataclass(slots=True)
class Sample:
    """Counters of a family of processes at one moment."""

    at: float
    cpu_s: dict[int, float] = field(default_factory=dict)
    switches: dict[tuple[int, int], Switches] = field(default_factory=dict)
    names: dict[tuple[int, int], str] = field(default_factory=dict)


def memory(pid: int | str = "self") -> Memory:
    """The memory of one process now."""
    sums = {"pss": 0, "uss": 0, "rss": 0}
    for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()[1:]:
        key, _, value = line.partition(":")
        if key in _MEMORY:
            sums[_MEMORY[key]] += int(value.split()[0])
    return Memory(**sums)


def family(root: int) -> list[int]:
    """A process and its live descendants; empty when it has ended."""
    children: dict[int, list[int]] = {}
    alive: set[int] = set()
    for entry in _PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if fields[0] not in "ZX":
            alive.add(int(entry.name))
        children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        todo += children.get(pid, [])
        if pid in alive:
            found.append(pid)
    return sorted(found)


def sample(pids: list[int]) -> Sample:
    """The counters of these processes now; those that end meanwhile are left out."""
    taken = Sample(time.monotonic())
    for pid in pids:
        try:
            taken.cpu_s[pid] = _cpu_s(pid)
            tasks = list((_PROC / str(pid) / "task").iterdir())
        except OSError:
            continue
        for task in tasks:
            _add_thread(taken, pid, task)
    return taken


def _add_thread(taken: Sample, pid: int, task: Path) -> None:
    try:
        status = dict(
            line.split(":", 1) for line in (task / "status").read_text().splitlines() if ":" in line
        )
    except OSError:
        return
    thread = (pid, int(task.name))
    taken.names[thread] = status["Name"].strip()
    taken.switches[thread] = Switches(
        int(status["voluntary_ctxt_switches"]), int(status["nonvoluntary_ctxt_switches"])
    )


def _cpu_s(pid: int) -> float:
    """CPU seconds of all threads, ended ones included, and of children already collected."""
    fields = (_PROC / str(pid) / "stat").read_text().rpartition(") ")[2].split()
    collected = (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(_cpu_clock(pid)) + collected


def _cpu_clock(pid: int) -> int:
    """The number of a process's CPU clock, as clock_getcpuclockid(3) makes it."""
    return ((~pid) << 3) | 2
