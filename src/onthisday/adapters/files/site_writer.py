"""Write the files of a site, each with its compressed copy. See service/building.py, `Writer`.

Nobody ever reads half a file: a file is written in a folder of its own, then moved to its name. A
file that has not changed is not touched. Used by app/publishing.py, in several processes at once.
Not here: the list of what was written (output_folder.py).
"""

import hashlib
import os
import time
from contextlib import suppress
from datetime import datetime

from onthisday.adapters.file_system import replace
from onthisday.errors import Unwritable, system_words
from onthisday.site.built import Written

STAGING = ".onthisday.new"
"""The folder in which files are written before they are moved to their names."""

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


class SiteWriter:
    """Writes files into a folder. If the folder is missing, it is made.

    Each text has a compressed file beside it. The compressed file is written first, then the text.
    If a build is stopped between the two, the old text is still there. The next build then sees
    that the text differs, and writes both again.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._staged = os.path.join(folder, STAGING, staged_name())

    def write(
        self, name: str, content: bytes, modified: datetime
    ) -> tuple[bool, tuple[Written, ...]]:
        """Write a file and its compressed copy. Return whether the file changed, and both."""
        path, seconds = f"{self._folder}/{name}", int(min(modified.timestamp(), time.time()))
        try:
            before = _existing(path)
            changed = before is None or before[0] != content
            packed = self._pack(name, content, seconds, changed=changed)
            if changed:
                self._replace(path, content, _later(seconds, before))
            return changed, (_written(self._folder, name, content), *packed)
        except OSError as error:
            raise Unwritable(path, f"cannot be written: {system_words(error)}") from error

    def _pack(
        self, name: str, content: bytes, seconds: int, *, changed: bool
    ) -> tuple[Written, ...]:
        """Write the compressed file of a text, if the text has changed or the file is another."""
        copy, path = f"{name}{PACKED}", f"{self._folder}/{name}{PACKED}"
        if not has_copy(name):
            return ()
        if len(content) < _SMALLEST_PACKED:
            _remove(path)  # it may have been larger
            return ()
        before = _existing(path)
        import gzip  # only now: if nothing changed, nothing is compressed

        packed = gzip.compress(content, _LEVEL, mtime=0)
        if changed or before is None or before[0] != packed:
            self._replace(path, packed, _later(seconds, before))
        return (_written(self._folder, copy, packed),)

    def _replace(self, path: str, content: bytes, seconds: int) -> None:
        """Write a file with the time ``seconds`` (since 1970), and move it to its name."""
        try:
            self._stage(content, seconds)
            try:
                replace(self._staged, path)
            except FileNotFoundError:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                replace(self._staged, path)
        except OSError:
            self._forget()
            raise

    def _forget(self) -> None:
        """Remove a file that was staged and not moved."""
        _remove(self._staged)

    def _stage(self, content: bytes, seconds: int) -> None:
        try:
            _write_new(self._staged, content)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(self._staged), exist_ok=True)
            _write_new(self._staged, content)
        os.utime(self._staged, (seconds, seconds))


def has_copy(name: str) -> bool:
    """Return True if a compressed copy is written beside this file, unless the file is small."""
    return name.endswith(_TEXTS)


def staged_name() -> str:
    """Return the name of this process's file in STAGING."""
    import socket  # only now: if nothing changed, nothing is written

    return f"{socket.gethostname()}.{os.getpid()}"


def signature_of(path: str) -> str:
    """Return the size and times of a file, in one word. Raises OSError."""
    status = os.stat(path)
    return f"{status.st_size}.{status.st_mtime_ns}.{status.st_ctime_ns}"


def digest_of(content: bytes) -> str:
    """Return the digest of a file's bytes."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _written(folder: str, name: str, content: bytes) -> Written:
    return Written(name, digest_of(content), signature_of(f"{folder}/{name}"))


def _existing(path: str) -> tuple[bytes, int] | None:
    """Return a file's content and mtime; None if there is no file."""
    try:
        with open(path, "rb") as file:
            return file.read(), int(os.fstat(file.fileno()).st_mtime)
    except FileNotFoundError:
        return None


def _later(seconds: int, before: tuple[bytes, int] | None) -> int:
    """Return the mtime of a file: at least one second later than that of the old file.

    Why: servers make an ETag from mtime and size (nginx, ngx_http_set_etag). A correction of the
    same length must not look like the old file.
    """
    return seconds if before is None else max(seconds, before[1] + 1)


def _remove(path: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(path)


def _write_new(path: str, content: bytes) -> None:
    with open(path, "xb") as file:
        file.write(content)
