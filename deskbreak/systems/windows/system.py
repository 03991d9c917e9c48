"""Windows as the rest of deskbreak sees it."""

import ctypes
from collections.abc import Callable

from deskbreak.systems.unfinished import Unfinished
from deskbreak.systems.windows.tray import windows_tray


def windows() -> Unfinished:
    """Its counters are asked of the kernel: Python's own are not said to stop in sleep or go on."""
    awake, elapsed = _counters()
    return Unfinished("Windows", awake, elapsed, windows_tray)


def _counters() -> tuple[Callable[[], float], Callable[[], float]]:
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]  # on Windows alone
    unbiased = ctypes.c_ulonglong()
    kernel.GetTickCount64.restype = ctypes.c_ulonglong

    def awake() -> float:
        kernel.QueryUnbiasedInterruptTime(ctypes.byref(unbiased))
        return float(unbiased.value) / 1e7

    return awake, lambda: kernel.GetTickCount64() / 1e3
