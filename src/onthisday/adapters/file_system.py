"""What differs between file systems, and between Linux, macOS and Windows, in one place.

Windows does not replace or remove a file that is open. Some disks cannot give a file a second name.
Some systems cannot wait for the disk as Linux does. No other code needs to know these differences.
Used by the rooms `files` and `sqlite`.
"""

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

WAITS = (0.01, 0.05, 0.1, 0.3, 0.5)
"""Seconds between the tries to replace a file that another program has open: together about one."""


def replace(new: str | Path, old: str | Path) -> None:
    """Put a file in the place of another one, all at once; raise OSError.

    Windows refuses while any program has the old file open. A reader, a virus scanner or an indexer
    has a file open for a moment only, so it is tried again for a second. Linux and macOS never
    refuse for this reason: there a refusal is told at once.
    """
    for seconds in () if has_modes() else WAITS:
        try:
            os.replace(new, old)
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    os.replace(new, old)


def remove_unless_open(path: str | Path) -> None:
    """Remove a file, if it is there. Windows keeps a file that a program has open: so do we."""
    with suppress(FileNotFoundError, PermissionError):
        os.unlink(path)


def give_second_name(file: Path, name: Path) -> None:
    """Give a file a second name that is not taken; raise FileExistsError and other OSErrors.

    A disk in the format exFAT or FAT, such as most USB sticks, knows no second names. There the
    second name gets a copy.
    """
    try:
        os.link(file, name)
    except FileExistsError:
        raise
    except OSError:
        _copy(file, name)


def _copy(file: Path, name: Path) -> None:
    with file.open("rb") as source, name.open("xb") as target:
        try:
            shutil.copymode(file, name)
            shutil.copyfileobj(source, target)
        except OSError:
            target.close()
            name.unlink()
            raise
        target.flush()
        os.fsync(target.fileno())


def sync_file(path: Path) -> None:
    """Wait until a file's content is on the disk. Windows demands that it is opened for writing."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Wait until the names in a folder are on the disk. Windows cannot wait for a folder."""
    try:
        folder = os.open(path, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def sync_all() -> None:
    """Ask the system to put everything that was written on the disk. Windows cannot do this."""
    sync = getattr(os, "sync", None)
    if sync is not None:
        sync()


def has_modes() -> bool:
    """Say whether a file's mode tells who may read it.

    On Windows it does not: there an access list decides, and users have no numbers.
    """
    return hasattr(os, "getuid")
