"""What a run leaves behind is found, named and ended, and the run has failed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_FORGETS = """
import subprocess, tempfile
from tests import leftovers
from tests.servers import private_environment

leftovers._PATIENCE_S = 0.5

def test_forgets(tmp_path):
    {what}
"""


@pytest.mark.parametrize(
    ("workers", "what", "named"),
    [
        (0, "pass", ""),
        (0, "subprocess.Popen(['sleep', '600'])", "test_it.py::test_forgets (call): sleep 600"),
        (
            0,
            "subprocess.Popen(['sleep', '600'], env=private_environment(tmp_path))",
            "test_it.py::test_forgets (call): sleep 600",
        ),
        (1, "tempfile.mkdtemp(prefix='deskbreak-bus-')", "/deskbreak-bus-"),
    ],
    ids=["nothing", "a program", "a program of a desktop", "a folder"],
)
def test_a_run_that_leaves_something_behind_has_failed(
    tmp_path: Path, workers: int, what: str, named: str
) -> None:
    (tmp_path / "test_it.py").write_text(_FORGETS.format(what=what))
    words = ["-q", "-p", "tests.conftest", "-n", str(workers), f"--rootdir={tmp_path}", "."]
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words], env=env, cwd=tmp_path,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == (1 if named else 0), done.stdout
    assert ("left behind, and ended now" in done.stdout) is bool(named)
    assert named in done.stdout
