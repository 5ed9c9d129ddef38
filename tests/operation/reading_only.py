"""Run the program as a person who may read all files of a service and write none of them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.operation.confined import UID


@contextmanager
def readable_only(folder: Path) -> Iterator[None]:
    """While the block runs, nobody may write the files and folders in a folder.

    For root this does not hold. So `look` runs as another user then.
    """
    paths = [folder, *folder.rglob("*")]
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield
    finally:
        for path, mode in modes.items():
            if path.exists():
                path.chmod(mode)


def look(folder: Path, own: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run a command as that person. ``own`` is the folder where this person may write."""
    own.mkdir(exist_ok=True)
    return subprocess.run(
        [*_another_user(own), sys.executable, "-m", "onthisday", *words],
        cwd=folder,
        env=os.environ | {"XDG_CACHE_HOME": str(own), "TMPDIR": str(own)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _another_user(own: Path) -> list[str]:
    """Return the words that run a command as a user without rights, if this process is root.

    The user may read all files, because Python itself may be in root's home folder.
    """
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.skip("root may write everything, and setpriv of util-linux is missing")
    os.chown(own, UID, UID)
    rights = "-all,+dac_read_search"
    user = (f"--reuid={UID}", f"--regid={UID}", "--clear-groups")
    return ["setpriv", *user, f"--inh-caps={rights}", f"--ambient-caps={rights}", "--"]
