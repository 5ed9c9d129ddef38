"""Open files of unknown origin: inside their folder, and only regular files.

A folder with an almanac or with documents may come from somebody else. A link in it may lead to a
secret of this machine (`/proc/self/environ`), or to a device that never ends. Links that stay in
the folder are followed, because Kubernetes makes such links for each file that it mounts.

First the links are resolved, then each part of the path is opened without following links. So
nobody can put a link there between the two. Windows cannot open parts of a path one by one; there
only the first of the two is done. Used by the other modules here.
"""

import errno
import os
import stat
from io import BufferedReader


class Refused(OSError):
    """A file is not opened. The error's own words say why, for `system_words`."""

    def __init__(self, words: str) -> None:
        super().__init__(0, words)


LEADS_OUT = "it is a link that leads out of its folder; put the file itself there"
NO_FILE = "it is no regular file; put a file there, or leave it out"

MOST_TABLE = 64 * 1024 * 1024
"""Bytes. A larger table, such as the CSV of channels, is refused before it is read."""


def open_inside(folder: str, name: str) -> BufferedReader:
    """Open a file of a folder for reading. Raise OSError.

    ``name`` is its path in the folder. The folder itself may be reached by a link.
    """
    root = os.path.realpath(folder)
    return _regular(_below(root, _parts(root, os.path.realpath(os.path.join(root, name)))))


def open_named(path: str) -> BufferedReader:
    """Open a file that a person named, wherever links lead to. Raise OSError."""
    return _regular(os.open(path, _READ))


def opened(path: str, folder: str | None) -> BufferedReader:
    """Open a file that must be in a folder, or one that may be anywhere (None). Raise OSError."""
    if folder is None:
        return open_named(path)
    return open_inside(folder, os.path.relpath(path, folder))


def refuse_large(file: BufferedReader, most: int = MOST_TABLE) -> BufferedReader:
    """Return the file. Close it and raise Refused if it has more than ``most`` bytes."""
    if os.fstat(file.fileno()).st_size > most:
        file.close()
        raise Refused(f"it is larger than {most // 1024 // 1024} MB; split it")
    return file


def leads_out_of(folder: str, path: str) -> bool:
    """Return True if a path leads out of a folder by a link."""
    try:
        _parts(os.path.realpath(folder), os.path.realpath(path))
    except Refused:
        return True
    return False


def _parts(root: str, path: str) -> list[str]:
    """Return the parts of a path below a folder. Both are without links. Raise Refused."""
    try:
        parts = os.path.relpath(path, root).split(os.sep)
    except ValueError:  # it is on another drive of Windows
        parts = [os.pardir]
    if parts[0] == os.pardir:
        raise Refused(LEADS_OUT)
    return parts


def _regular(number: int) -> BufferedReader:
    """Return an open file. Close it and raise OSError if it is a device, a pipe or a folder."""
    mode = os.fstat(number).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(number, "rb")
    os.close(number)
    raise IsADirectoryError(errno.EISDIR, "") if stat.S_ISDIR(mode) else Refused(NO_FILE)


_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""For a file. A pipe is not waited for."""

_NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
_WAY: int = _NO_LINK | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_PATH", os.O_RDONLY)
"""For a folder on the way to a file."""


def _below(root: str, parts: list[str]) -> int:
    """Open a file below a folder, part by part. A link that was just put there is refused."""
    if not _NO_LINK or os.open not in os.supports_dir_fd:  # Windows
        return os.open(os.path.join(root, *parts), _READ)
    folder = os.open(root, _WAY)
    try:
        for part in parts[:-1]:
            inner = os.open(part, _WAY, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(parts[-1], _READ | _NO_LINK, dir_fd=folder)
    finally:
        os.close(folder)
