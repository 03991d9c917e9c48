"""The camera in use: some program has its device open, or takes its pictures from PipeWire.

The kernel tells whenever somebody opens or closes a camera; only then is looked who has it open.
"""

import asyncio
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from deskbreak.adapters.holds.probes import Probe
from deskbreak.adapters.holds.reason import Reason
from deskbreak.ports import Capability
from deskbreak.systems.linux.filewatch import UseWatch
from deskbreak.systems.linux.holds.pipewire import TELLER, Node, PictureEar, camera_taken, taker

NAME = "camera"
_DEVICES = "devices"
_PREFIX = "video"
_INSTEAD = "Before you are on camera: `deskbreak pause`, or Pause in the tray."
_UDEV = Path("/run/udev/data")
_ABLE = "E:ID_V4L_CAPABILITIES="
_ON_BEHALF = frozenset({"pipewire", "wireplumber"})
"""They may keep every camera open; what they do with it PipeWire tells."""


class CameraProbe(Probe):
    """Watches the camera devices, and listens to PipeWire; `dev` and `proc` are where they are."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        reason: Reason,
        environ: Mapping[str, str],
        dev: Path = Path("/dev"),
        proc: Path = Path("/proc"),
        not_calls: Callable[[], Collection[str]] = tuple,
    ) -> None:
        self._loop = loop
        self._reason = reason
        self._dev, self._proc = dev, proc
        self._watch: UseWatch | None = None
        self._why = ""
        self._not_calls = not_calls
        self._nodes: list[Node] = []
        self.ear = PictureEar(loop, environ, self._heard)

    def start(self) -> None:
        """Begin to watch."""
        try:
            self._watch = UseWatch(self._loop, self._dev, _PREFIX, self._used)
        except (OSError, ImportError) as error:
            self._why = f"the system does not say who opens a camera ({error})"
        else:
            self._used()
        self.ear.start()

    def capabilities(self) -> list[Capability]:
        """Which of the two tell."""
        tellers = [_DEVICES] if self._watch is not None else []
        if not self.ear.why:
            tellers.append(TELLER)
        why = "; ".join(filter(None, (self._why, self.ear.why)))
        backend, advice = " and ".join(tellers) or None, "" if tellers else _INSTEAD
        return [Capability(NAME, backend, bool(tellers), why, advice)]

    def refresh(self) -> None:
        """Other programs may be no call from now on."""
        if self._watch is not None:
            self._used()
        self._heard(self._nodes)

    def close(self) -> None:
        """Stop watching."""
        self.ear.close()
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        self._reason.close()

    def _used(self) -> None:
        cameras = [device for device in self._dev.glob(f"{_PREFIX}*") if is_camera(device)]
        users = [u for u in camera_users(self._proc, cameras) if self._may_be_call(u)]
        self._reason.says(_DEVICES, users[0] if users else None)

    def _heard(self, nodes: list[Node]) -> None:
        self._nodes = nodes
        left = [node for node in nodes if not node.takes or self._may_be_call(node.program)]
        self._reason.says(TELLER, taker(left) if camera_taken(left) else None)

    def _may_be_call(self, program: str) -> bool:
        return program.casefold() not in {name.casefold() for name in self._not_calls()}


def is_camera(device: Path, udev: Path = _UDEV) -> bool:
    """Whether it takes pictures, as far as udev knows; decoders have such names too."""
    try:
        number = device.stat().st_rdev
        about = (udev / f"c{os.major(number)}:{os.minor(number)}").read_text(errors="replace")
    except OSError:
        return True
    said = [line for line in about.splitlines() if line.startswith(_ABLE)]
    return not said or ":capture:" in said[0]


def camera_users(proc: Path, devices: Iterable[Path]) -> list[str]:
    """The names of our own programs that have one of these files open."""
    paths = frozenset(str(device) for device in devices)
    if not paths:
        return []
    ours, found = os.getuid(), []
    for process in proc.iterdir():
        if process.name.isdigit() and _has_open(process, paths, ours):
            name = _name(process)
            if name not in _ON_BEHALF:
                found.append(name)
    return found


def _has_open(process: Path, paths: frozenset[str], user: int) -> bool:
    try:
        if process.stat().st_uid != user:
            return False
        with os.scandir(process / "fd") as descriptors:
            return any(_target(entry.path) in paths for entry in descriptors)
    except OSError:  # gone, or none of our business
        return False


def _target(link: str) -> str:
    try:
        return os.readlink(link)  # noqa: PTH115 - thousands of them
    except OSError:
        return ""


def _name(process: Path) -> str:
    try:
        return (process / "comm").read_text(errors="replace").strip()
    except OSError:
        return ""
