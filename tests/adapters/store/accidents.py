"""Real accidents for files: a disk that is full, a disk that may only be read."""

import contextlib
import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process grows beyond what a full disk would take (nothing at all)."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def small_disk(folder: Path, kib: int) -> Iterator[None]:
    """The folder is a file system of that size; skips where nobody may mount one."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", folder],
        check=False,
        capture_output=True,
    )
    if mounted.returncode != 0:
        pytest.skip("nobody may mount a small disk here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing in the folder can be written; skips where root can write and nobody may mount."""
    if os.geteuid() != 0:
        mode = folder.stat().st_mode
        folder.chmod(0o500)
        try:
            yield
        finally:
            folder.chmod(mode)
        return
    with contextlib.ExitStack() as undo:
        for words in (["--bind"], ["-o", "remount,ro,bind"]):
            done = subprocess.run(
                ["mount", *words, folder, folder], check=False, capture_output=True
            )
            if done.returncode != 0:
                pytest.skip("root writes everywhere, and nobody may mount here")
            if words == ["--bind"]:
                undo.callback(lambda: subprocess.run(["umount", "-l", folder], check=True))
        yield
