"""What differs between file systems, and between Linux, macOS and Windows, in one place.

- Windows does not replace or remove a file that is open.
- Some disks cannot give a file a second name.
- Some systems cannot wait until data is on the disk, as Linux does.

No other code needs to know these differences. Used by the rooms `files` and `sqlite`.
"""

import os
import shutil
import stat
import time
from pathlib import Path

WAITS = (0.01, 0.05, 0.1, 0.3, 0.5)
"""Seconds to wait between attempts to replace a file that another program has open.

Together they are about one second.
"""


def replace(new: str | Path, old: str | Path) -> None:
    """Put a file in the place of another file, in one step. Raise OSError.

    Windows refuses this while any program has the old file open. A virus scanner or an indexer has
    it open only for a moment, so we try again for about a second. Linux and macOS never refuse for
    this reason. So an error there is raised at once.
    """
    for seconds in () if has_modes() else WAITS:
        try:
            os.replace(new, old)
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    os.replace(new, old)


def remove_unless_open(path: str | Path) -> bool:
    """Remove a file, if it is there. If a program has it open on Windows, the file stays.

    Return True if it does not stay.
    """
    try:
        os.unlink(path)
    except FileNotFoundError:
        return True
    except PermissionError:
        return False
    return True


def give_second_name(file: Path, name: Path) -> None:
    """Give a file a second name. Raise FileExistsError if the name is taken, and other OSErrors.

    Disks in the format exFAT or FAT, such as most USB sticks, have no second names. There the file
    is copied.
    """
    try:
        os.link(file, name)
    except FileExistsError:
        raise
    except OSError:
        _copy(file, name)


def give_first_name(new: Path, name: Path) -> None:
    """Move a whole file to its name, in one step. Raise FileExistsError if the name is taken.

    Disks in the format exFAT or FAT have no second names. There, if another process takes the name
    at the same moment, its file is replaced.
    """
    try:
        os.link(new, name)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(name):
            raise FileExistsError(name) from None
        os.rename(new, name)
    else:
        os.unlink(new)


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
    """Wait until a file's content is on the disk.

    The file is opened for writing, because Windows demands this.
    """
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Wait until the names of the files in a folder are on the disk. Windows cannot do this."""
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


def make_private(path: str | Path) -> None:
    """Make an empty file that only this user may use. Raise FileExistsError, and other OSErrors.

    In a folder that hands its group on (setgid), as that of a pod, the group may use it too.
    """
    folder = os.stat(os.path.dirname(path) or ".")
    mode = 0o660 if folder.st_mode & stat.S_ISGID else 0o600
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        if has_modes():
            os.chmod(path, mode)  # the umask may have taken the group's rights away
    finally:
        os.close(number)


def runs(process: int) -> bool:
    """Return True if a process with this number runs, or if nobody can know it.

    On Windows nobody asks, because the question would end the process.
    """
    if not has_modes():
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # another user's
    return True


def has_modes() -> bool:
    """Return True if a file's mode says who may read the file.

    On Windows the mode does not say it. An access list does, and users have no numbers.
    """
    return hasattr(os, "getuid")


def is_open_to_others(path: str) -> bool:
    """Return True if other people than its owner may read or write a file.

    On Windows, return False: there the modes of a file do not say this.
    """
    return has_modes() and bool(os.stat(path).st_mode & (stat.S_IRWXG | stat.S_IRWXO))
