"""A loop whose clock the test owns: a wait of 25 s costs nothing, and a slow machine none of it.

The clock stands still while anything runs. Where nothing is left to run it goes on in one of two
ways, and the loop finds out by itself which one is right:

- Everyone the loop talks to is in this process, or on a D-Bus daemon whose every client is. What
  one of them has written is then readable at once, or after the daemon has passed it on; so the
  daemon is asked until it has nothing left, and when still nothing is readable nobody can act
  before the next timer: the clock jumps there.
- Somebody else may still act (another process, a thread, a file that is watched). They are waited
  for in real time, a hundredth of a second at a time, and the clock counts no more than that
  however long the machine took.
"""

import asyncio
import fcntl
import os
import selectors
import socket
import stat
import struct
import termios
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from jeepney import DBusErrorResponse, message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

START_S = 1_000_000.0
"""What the clock shows at first: a machine that has been up for long, wherever the tests run."""

_SLICE_S = 0.01
_CREDENTIALS = struct.Struct("3i")


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """The loop the adapters are tried on; `time` is its own and no other clock's."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)
        self._clock_resolution = 1e-7  # coarser than a float: what is due then is due now

    def time(self) -> float:
        """Seconds since some moment, as the contract of a loop has it."""
        return self._jumping.now

    @property
    def waits(self) -> int:
        """How often it came to wait, which is how often something woke it up, and once more."""
        return self._jumping.waits

    def expect_others(self) -> None:
        """From now on somebody may act that no descriptor tells of, such as a program started."""
        self._jumping.outside.unseen = True

    def close(self) -> None:
        """Leave the buses as well."""
        self._jumping.outside.close()
        super().close()

    def run_until(self, condition: Callable[[], Any]) -> Any:
        """Run until the condition is true, looked at whenever the loop comes round."""
        answer: Any = None

        def look() -> bool:
            nonlocal answer
            answer = condition()
            if answer:
                self.stop()
            return bool(answer)

        self._jumping.look = look
        try:
            self.run_forever()
        finally:
            self._jumping.look = bool
        return answer


class _Jumping(selectors.DefaultSelector):
    """Waits for descriptors, and moves the clock `now`; no wait begins once `look` says true."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START_S
        self.waits = 0
        self.look: Callable[[], bool] = bool
        self.outside = _Outside()

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if self.look():
            return []  # nothing more happens before the test goes on
        self.waits += timeout is None or timeout > 0
        ready = super().select(0)
        if ready or (timeout is not None and timeout <= 0):
            return ready
        if timeout is not None and self.outside.can_do_nothing(self._descriptors()):
            ready = super().select(0)
            self.now += 0 if ready else timeout
            return ready
        return self._wait(_SLICE_S if timeout is None else min(timeout, _SLICE_S))

    def _wait(self, seconds: float) -> list[tuple[selectors.SelectorKey, int]]:
        began = time.monotonic()
        ready = super().select(seconds)
        self.now += min(time.monotonic() - began, seconds)
        return ready

    def _descriptors(self) -> list[int]:
        return [key.fd for key in self.get_map().values()]


class _Outside:
    """Who else can act: known by the descriptors that the loop listens to."""

    def __init__(self) -> None:
        self.unseen = False
        self._threads = set(threading.enumerate())
        self._buses: dict[str, _Daemon] = {}

    def can_do_nothing(self, descriptors: Iterable[int]) -> bool:
        """Whether all that is left to happen is in the loop's own hands."""
        if self.unseen or set(threading.enumerate()) - self._threads:
            return False
        on_a_bus: dict[str, list[int]] = {}
        for descriptor in descriptors:
            peer = _peer(descriptor)
            if peer is None:
                return False
            if peer:
                on_a_bus.setdefault(peer, []).append(descriptor)
        return all(self._daemon(path).is_done(fds) for path, fds in on_a_bus.items())

    def close(self) -> None:
        """Leave the buses."""
        for daemon in self._buses.values():
            daemon.close()

    def _daemon(self, path: str) -> "_Daemon":
        known = self._buses.get(path)
        if known is None or known.gone:
            known = self._buses[path] = _Daemon(path)
        return known


class _Daemon:
    """A message bus that is asked whether it has passed on all that it was given."""

    def __init__(self, path: str) -> None:
        self.gone = False
        self._shared = False
        self._ours: set[str] = set()
        try:
            self._connection = open_dbus_connection(f"unix:path={path}")
        except (OSError, EOFError):
            self.gone = True
        else:
            self._proxy = Proxy(message_bus, self._connection, timeout=60)

    def is_done(self, descriptors: Iterable[int]) -> bool:
        """Whether nothing is under way, and nobody on it is, or was, another process.

        It works through all its clients in turn, one turn after the other. What it had not read
        when it answered for the first time it has read at the second and sent at the third.
        """
        if self.gone or self._shared:
            return not self._shared
        try:
            if not self._has_read(descriptors):
                return False
            names = [self._clients() for _ in range(3)]
            self._shared = not all(map(self._is_ours, names[-1] - self._ours))
            self._ours = names[-1]
        except (OSError, EOFError):
            self.close()
            return False
        return not self._shared

    def close(self) -> None:
        """Leave; one that comes at the same place later is another."""
        if not self.gone:
            self.gone = True
            self._connection.close()

    def _has_read(self, descriptors: Iterable[int]) -> bool:
        for _ in range(100):  # it does not read while the other side of a client is full
            if not any(map(_unread_by_peer, descriptors)):
                return True
            self._clients()
        return False

    def _clients(self) -> set[str]:
        return {name for name in self._proxy.ListNames()[0] if name.startswith(":")}

    def _is_ours(self, name: str) -> bool:
        try:
            return bool(self._proxy.GetConnectionUnixProcessID(name)[0] == os.getpid())
        except DBusErrorResponse:
            return True  # it has left meanwhile


def _peer(descriptor: int) -> str | None:
    """Who is at the other end: "" for ourselves, the path of a bus, None for anybody else."""
    if not stat.S_ISSOCK(os.fstat(descriptor).st_mode):
        return None
    try:
        with socket.socket(fileno=os.dup(descriptor)) as end:
            if end.family != socket.AF_UNIX:
                return None
            raw = end.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
            pid = _CREDENTIALS.unpack(raw)[0]
            if pid in (os.getpid(), 0):  # 0: not connected with anybody yet
                return ""
            path = end.getpeername()
    except OSError:
        return None  # its peer is just going
    return path if path and _is_bus(pid) else None


def _is_bus(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == "dbus-daemon"
    except OSError:
        return False


def _unread_by_peer(descriptor: int) -> int:
    """How many bytes the other end of a unix socket has not taken yet."""
    return int(struct.unpack("i", fcntl.ioctl(descriptor, termios.TIOCOUTQ, bytes(4)))[0])
