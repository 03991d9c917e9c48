"""A sound server, PipeWire and a window of our own, each private to the tests."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.servers import Desktop, private_environment, require, running
from tests.waiting import until

MICROPHONE, MONITOR = "mic", "out.monitor"


@contextmanager
def sound_server(home: Path | None = None) -> Iterator[dict[str, str]]:
    """PulseAudio with a microphone and a loudspeaker that are not there; yields an environment.

    With `home` a later one is found at the same place: that is a restarted server.
    """
    require("pulseaudio", "parec")
    with tempfile.TemporaryDirectory(prefix="deskbreak-pulse-") as folder:
        env = private_environment(home or Path(folder))
        argv = [
            "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes",
            "-L", "module-native-protocol-unix",
            "-L", f"module-null-sink sink_name={MONITOR.partition('.')[0]}",
            "-L", f"module-null-source source_name={MICROPHONE}",
        ]  # fmt: skip
        with running(argv, env) as process:
            path = Path(env["XDG_RUNTIME_DIR"]) / "pulse" / "native"
            until(lambda: path.exists() or process.poll() is not None, what="the socket is there")
            assert process.poll() is None
            yield env


def record(env: Mapping[str, str], *, source: str = MICROPHONE, name: str = "Zoom"):  # type: ignore[no-untyped-def]
    """A program that records; a context manager."""
    return running(["parec", f"--device={source}", f"--client-name={name}"], env)


@contextmanager
def pipewire() -> Iterator[dict[str, str]]:
    """PipeWire without a session manager; yields an environment."""
    require("pipewire", "pw-cli")
    with tempfile.TemporaryDirectory(prefix="deskbreak-pw-") as folder:
        env = private_environment(Path(folder))
        with running(["pipewire"], env) as process:
            path = Path(env["XDG_RUNTIME_DIR"]) / "pipewire-0"
            until(lambda: path.exists() or process.poll() is not None, what="the socket is there")
            assert process.poll() is None
            yield env


_TEST_PICTURE = """\
create-node spa-node-factory {{ factory.name=videotestsrc \
library.name=videotestsrc/libspa-videotestsrc node.name={name} media.class={kind} }}
"""


@contextmanager
def pictures(env: Mapping[str, str], kind: str, name: str = "screen") -> Iterator[None]:
    """A node of pictures that is there as long as its maker."""
    process = subprocess.Popen(
        ["pw-cli"],
        env=dict(env),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    process.stdin.write(_TEST_PICTURE.format(kind=kind, name=name).encode())
    process.stdin.flush()
    try:
        yield
    finally:
        process.kill()
        process.stdin.close()
        process.wait()


def until_managed(here: Desktop) -> None:
    """Wait until a window manager is at work: what opens before it is not brought to the front."""
    require("xprop")
    check = "_NET_SUPPORTING_WM_CHECK"
    until(
        lambda: "window id" in here.run("xprop", "-root", check), what="there is a window manager"
    )


_WINDOW = """
import sys
from Xlib import X, Xatom, display
here = display.Display()
screen = here.screen()
window = screen.root.create_window(50, 50, 200, 100, 0, screen.root_depth, X.CopyFromParent)
window.set_wm_class(sys.argv[1].lower(), sys.argv[1])
window.set_wm_name(sys.argv[1])
if "full" in sys.argv:
    state, full = here.intern_atom("_NET_WM_STATE"), here.intern_atom("_NET_WM_STATE_FULLSCREEN")
    window.change_property(state, Xatom.ATOM, 32, [full])
window.map()
here.flush()
while True:
    here.next_event()
"""


def window(env: Mapping[str, str], program: str, *, fills_screen: bool = False):  # type: ignore[no-untyped-def]
    """A window of a program of that name; a context manager."""
    words = [sys.executable, "-c", _WINDOW, program, *(["full"] if fills_screen else [])]
    return running(words, env)
