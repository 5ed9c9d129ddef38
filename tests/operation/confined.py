"""Run a program with few rights, as a container or a hardened systemd unit does.

It runs as a user without rights. All files can only be read, except for one folder.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

UID = 10001

_SCRIPT = f"""
mount --bind "$1" "$1"; shift
mount -o remount,bind,ro /
exec setpriv --reuid={UID} --regid={UID} --clear-groups \
    --inh-caps=-all,+dac_read_search --ambient-caps=-all,+dac_read_search -- "$@"
"""
"""The program may read all files, because Python itself may be in somebody's home folder."""


@contextmanager
def open_folder() -> Iterator[Path]:
    """Make a folder that every user may enter. pytest's own folders do not allow this."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def confined(*command: str, writable: Path) -> list[str]:
    """Return a command line that runs confined. If this machine cannot do that, skip the test."""
    if os.geteuid() != 0 or not (shutil.which("unshare") and shutil.which("setpriv")):
        pytest.skip("only root may remount, with unshare and setpriv of util-linux")
    os.chown(writable, UID, UID)
    line = ["unshare", "--mount", "--propagation", "private", "sh", "-euc", _SCRIPT, "sh"]
    line.append(str(writable))
    if not _succeeds(*line, "true"):
        pytest.skip("no mounts may be changed here")
    if _succeeds(*line, "touch", str(writable.parent / "probe")):
        pytest.skip("the folder of tests is on a mount of its own, which stays writable")
    return [*line, *command]


def _succeeds(*command: str) -> bool:
    return not subprocess.run(command, check=False, capture_output=True, timeout=30).returncode
