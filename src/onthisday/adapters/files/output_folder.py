"""The folder that a site is written to. See service/building.py.

Nobody ever reads half a file: a file is written in a folder of its own, then moved to its name. A
file that has not changed is not touched. Used by app/publishing.py.
"""

import gzip
import os
import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from onthisday.adapters.file_system import runs, sync_all
from onthisday.adapters.files.names import leads_out, likeness
from onthisday.adapters.files.writing import existing, replace_with, write_if_changed
from onthisday.errors import Unwritable

MANIFEST = ".onthisday"
"""The file that lists what a build wrote. So the next build can remove what is no longer needed.

A build lists its files before it writes them, so that the next one knows them if it is killed.
"""

STAGING = ".onthisday.new"
"""The folder in which files are written before they are moved to their names."""

_LONG_AGO = 3600
"""Seconds. A file in STAGING that was written so long ago belongs to no build any more."""

PACKED = ".gz"
"""The ending of a compressed file. The web server nginx looks for such files (``gzip_static``)."""

_TEXTS = (".html", ".css", ".js", ".json", ".atom", ".rss", ".ics", ".opml")
"""The kinds of files that become smaller if they are compressed. Pictures do not."""

_LEVEL = 9
"""The strongest compression. It is slow, but a page is compressed once and read often."""

_SMALLEST_PACKED = 400
"""Bytes. A smaller file is not compressed: the extra header would be as long as what is saved.

`serve` has the same limit.
"""


class OutputFolder:
    """Implements `Output` on a folder. If the folder is missing, it is made.

    Each text has a compressed file beside it. The compressed file is written first, then the text.
    If a build is stopped between the two, the old text is still there. The next build then sees
    that the text differs, and writes both again.
    """

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        self._staged = self._folder / STAGING / f"{socket.gethostname()}.{os.getpid()}"
        self._written: set[str] = set()
        self._known: set[str] = set()
        self._alike: dict[str, str] = {}
        self._changed = False

    def begin(self, names: Iterable[str]) -> None:
        for each in _files_in(self._staged.parent):
            if _is_left_behind(each, self._staged.name):
                each.unlink(missing_ok=True)
        self._known = self._listed()
        new = [name for name in names if name not in self._known]
        if new:
            self._know(*new, *(f"{name}{PACKED}" for name in new))

    def write(self, name: str, content: bytes, modified: datetime) -> bool:
        path, seconds = self._folder / name, min(modified.timestamp(), time.time())
        self._claim(name)
        before = existing(path)
        changed = before is None or before[0] != content
        if name.endswith(_TEXTS) and len(content) >= _SMALLEST_PACKED:
            self._pack(f"{name}{PACKED}", content, seconds, changed=changed)
        if changed:
            self._changed = True
            replace_with(path, content, seconds, before, self._staged)
        return changed

    def _claim(self, name: str) -> None:
        """Note a name.

        Raise Unwritable if another name of this build is the same file on this disk. For some
        disks, `A` and `a` are the same.
        """
        self._written.add(name)
        self._alike.setdefault(likeness(name), name)
        if other := self._same_file(name):
            why = f"is the same file as {other} on this disk; give one of the two another id or tag"
            raise Unwritable(str(self._folder / name), why)

    def _same_file(self, name: str) -> str | None:
        """Return another name of this build that is the same file on this disk; None if none is."""
        other, path = self._alike.get(likeness(name), name), self._folder / name
        is_same = other != name and path.exists() and path.samefile(self._folder / other)
        return other if is_same else None

    def _pack(self, name: str, content: bytes, seconds: float, *, changed: bool) -> None:
        """Write the compressed file of a text, if the text has changed or the file is missing."""
        path = self._folder / name
        self._claim(name)
        if changed or not path.exists():
            if name not in self._known:  # its text was too small before
                self._know(name)
            packed = gzip.compress(content, _LEVEL, mtime=0)
            self._changed |= write_if_changed(path, packed, seconds, self._staged)

    def finish(self) -> int:
        gone = (name for name in self._listed() - self._written if not leads_out(name))
        stale = {name for name in gone if not self._same_file(name) and self._remove(name)}
        if self._list(self._written) or self._changed:
            sync_all()
        with suppress(OSError):  # another build may be writing there
            self._staged.parent.rmdir()
        return sum(not name.endswith(PACKED) for name in stale)

    def _know(self, *names: str) -> None:
        """Write names into the manifest before their files are, in case the build is killed."""
        self._known.update(names)
        self._list(self._known)

    def _listed(self) -> set[str]:
        """Return the names in the manifest."""
        manifest = self._folder / MANIFEST
        return set(manifest.read_text("utf-8").split("\n")) if manifest.exists() else set()

    def _list(self, names: Iterable[str]) -> bool:
        """Write the manifest. Return True if it has changed."""
        listing = "\n".join(sorted(names)).encode()
        return write_if_changed(self._folder / MANIFEST, listing, 0, self._staged)

    def _remove(self, name: str) -> bool:
        """Remove a file, and folders that are empty then. Return False if it is not there."""
        path = self._folder / name
        if not path.is_file():
            return False
        path.unlink(missing_ok=True)
        folder = path.parent
        while folder != self._folder and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
        return True


def _files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _is_left_behind(file: Path, ours: str) -> bool:
    """Return True if a file of STAGING belongs to no build that runs. ``ours``: our file's name."""
    host, _, process = file.name.rpartition(".")
    is_of_this_host = process.isdecimal() and host == ours.rpartition(".")[0]
    if file.name == ours or (is_of_this_host and not runs(int(process))):
        return True
    try:
        # Not mtime: a file gets that of its page before it is moved.
        return file.stat().st_ctime < time.time() - _LONG_AGO
    except FileNotFoundError:
        return False
