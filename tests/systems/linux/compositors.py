"""Real Wayland compositors without a screen, and a person at their keyboard."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from tests.servers import MISSING, private_environment, require, running
from tests.waiting import Condition, until

_NOBODY = 65534
_SWAY = """\
xwayland disable
default_border none
"""


def optional(*programs: str) -> None:
    """Skip this test where a program is missing, also where missing ones are a failure elsewhere.

    For compositors that are too big, or too rare, for every machine that runs the tests.
    """
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        pytest.skip(f"{MISSING}{', '.join(missing)} (apt install {' '.join(missing)})")


@dataclass(slots=True)
class RealCompositor:
    """A compositor that runs: `path` is its socket, `env` the environment for clients."""

    path: str
    env: dict[str, str] = field(default_factory=dict)

    def key(self) -> None:
        """Press a key, as a virtual keyboard does."""
        subprocess.run(["wtype", "a"], env=self.env, check=True, timeout=60)

    def keys_until(self, key: str, condition: Condition, what: str) -> None:
        """Press a key until `condition` holds, on a keyboard that is plugged in and out again.

        A window hears nothing before it has seen the keyboard, which takes a busy machine a while:
        each time it stays longer.
        """
        waits = count(300, 300)

        def pressed() -> object:
            words = ["wtype", "-s", str(next(waits)), "-k", key, "-s", "100"]
            subprocess.run(words, env=self.env, check=False, stderr=subprocess.DEVNULL)
            return condition()

        until(pressed, what=what)


@contextmanager
def sway() -> Iterator[RealCompositor]:
    """sway without outputs to see; the older ones have org_kde_kwin_idle alone."""
    require("sway", "wtype")
    with _home() as env:
        config = Path(env["HOME"]) / "sway.conf"
        config.write_text(_SWAY)
        env |= {
            "WLR_BACKENDS": "headless",
            "WLR_RENDERER": "pixman",
            "WLR_LIBINPUT_NO_DEVICES": "1",
        }
        with compositor(["sway", "--config", str(config)], env) as here:
            yield here


@contextmanager
def compositor(argv: Sequence[str], env: Mapping[str, str]) -> Iterator[RealCompositor]:
    """A compositor that makes its socket in XDG_RUNTIME_DIR of `env`; never as root."""
    runtime = Path(env["XDG_RUNTIME_DIR"])
    if os.getuid() == 0:
        argv = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups", *argv]
        for path in (runtime.parent, *runtime.parent.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY)
    with running(argv, env) as process:

        def socket() -> Path | None:
            assert process.poll() is None, f"{argv[-1]} ended with {process.returncode}"
            return next(iter(runtime.glob("wayland-*[0-9]")), None)

        found = str(until(socket, what="the compositor has made its socket"))
        yield RealCompositor(found, {**env, "WAYLAND_DISPLAY": found})


@contextmanager
def _home() -> Iterator[dict[str, str]]:
    with ExitStack() as stack:
        folder = tempfile.TemporaryDirectory(prefix="deskbreak-wl-")
        home = Path(stack.enter_context(folder))
        yield private_environment(home)
