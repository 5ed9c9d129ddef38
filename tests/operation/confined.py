"""Running a program as a container or a hardened unit does: as nobody in particular, on files that
may only be read, with one folder that it may write."""

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
"""It may read everything, because the interpreter of these tests may lie in somebody's home."""


@contextmanager
def open_folder() -> Iterator[Path]:
    """Make a folder that everybody may go through, as pytest's own are not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def confined(*command: str, writable: Path) -> list[str]:
    """Return a command line that is confined; skip where this machine cannot do so."""
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
