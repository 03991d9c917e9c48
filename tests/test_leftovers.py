"""What a run leaves alive is found, named and ended."""

import os
import signal
import subprocess

from tests import leftovers
from tests.waiting import until


def test_a_program_that_nobody_ended_is_named_and_ended() -> None:
    run = f"{os.getpid()}-of-this-test"
    here = os.environ | {"DESKBREAK_TEST_RUN": run}
    with subprocess.Popen(["sleep", "600"], env=here) as forgotten:
        until(lambda: leftovers.alive(run))
        (said,) = leftovers.end(run, patience_s=0)
        assert forgotten.wait() == -signal.SIGKILL
    assert "test_a_program_that_nobody_ended" in said
    assert said.endswith(": sleep 600")
    assert leftovers.end(run) == []
