"""Write files so that nobody ever reads half a file. A file that has not changed is not touched.

Used by app/publishing.py for the site, and by the other modules here.
"""

import gzip
import os
import shutil
import time
from datetime import datetime
from pathlib import Path

from onthisday.adapters.file_system import replace, sync_all
from onthisday.adapters.files.names import leads_out, likeness
from onthisday.errors import Unwritable, system_words

MANIFEST = ".onthisday"
"""The file that lists what a build wrote. So the next build can remove what is no longer needed."""


PACKED = ".gz"
"""The ending of a compressed file. The web server nginx looks for such files (``gzip_static``)."""

_TEXTS = (".html", ".css", ".json", ".atom", ".rss", ".ics", ".opml")
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
        self._written: set[str] = set()
        self._alike: dict[str, str] = {}
        self._changed = False

    def write(self, name: str, content: bytes, modified: datetime) -> bool:
        path, seconds = self._folder / name, min(modified.timestamp(), time.time())
        self._claim(name)
        before = _existing(path)
        changed = before is None or before[0] != content
        if name.endswith(_TEXTS) and len(content) >= _SMALLEST_PACKED:
            self._pack(f"{name}{PACKED}", content, seconds, changed=changed)
        if changed:
            self._changed = True
            _replace(path, content, seconds, before)
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
            packed = gzip.compress(content, _LEVEL, mtime=0)
            self._changed |= write_if_changed(path, packed, seconds)

    def finish(self) -> int:
        manifest = self._folder / MANIFEST
        before = set(manifest.read_text("utf-8").split("\n")) if manifest.exists() else set()
        gone = (name for name in before - self._written if not leads_out(name))
        stale = {name for name in gone if not self._same_file(name)}
        for name in stale:
            self._remove(self._folder / name)
        listing = "\n".join(sorted(self._written)).encode()
        if write_if_changed(manifest, listing, 0) or self._changed:
            sync_all()
        return sum(not name.endswith(PACKED) for name in stale)

    def _remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        folder = path.parent
        while folder != self._folder and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def write_if_changed(path: Path, content: bytes, modified: float) -> bool:
    """Write a file if its bytes have changed. Return True if it was written. Raises Unwritable.

    The file's mtime becomes ``modified`` (seconds since 1970). But it is always at least one second
    later than that of the old file. Why: servers make an ETag from mtime and size (nginx,
    ngx_http_set_etag). A correction of the same length must not look like the old file.
    """
    before = _existing(path)
    if before is not None and before[0] == content:
        return False
    _replace(path, content, modified, before)
    return True


def _replace(path: Path, content: bytes, modified: float, before: tuple[bytes, int] | None) -> None:
    """Write a file in the place of the old one.

    ``before`` is the content and the mtime of the old file; None if there is none.
    """
    seconds = int(modified) if before is None else max(int(modified), before[1] + 1)
    try:
        write_atomically(path, content, seconds)
    except OSError as error:
        raise _unwritable(path, error) from error


def _existing(path: Path) -> tuple[bytes, int] | None:
    """Return a file's content and mtime; None if there is no file."""
    try:
        with path.open("rb") as file:
            return file.read(), int(os.fstat(file.fileno()).st_mtime)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> Unwritable:
    return Unwritable(str(path), f"cannot be written: {system_words(error)}")


def rewrite(file: Path, text: str) -> None:
    """Write a person's file anew. It keeps its mode, which says who may read it. Raises OSError."""
    copy = file.with_name(f".{file.name}.rewritten")
    write_atomically(copy, text.encode())
    if file.exists():
        shutil.copymode(file, copy)
    replace(copy, file)


def write_atomically(path: Path, content: bytes, modified: int | None = None) -> None:
    """Write a file under another name in the same folder, then rename it. Make missing folders.

    ``modified`` is the file's mtime, in seconds since 1970. Raises OSError.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        _write_new(beside, content)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_new(beside, content)
    try:
        if modified is not None:
            os.utime(beside, (modified, modified))
        replace(beside, path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that was not there. Another one of its name is removed: it may be a link."""
    path.unlink(missing_ok=True)
    with path.open("xb") as file:
        file.write(content)
