"""Write files so that nobody ever reads half a file. A file that has not changed is not touched.

Used by output_folder.py for the site, by the other modules here, and by cli/init.py.
"""

import os
import shutil
from pathlib import Path

from onthisday.adapters.file_system import replace
from onthisday.errors import Unwritable, system_words


def write_if_changed(path: Path, content: bytes, modified: float, staged: Path) -> bool:
    """Write a file if its bytes have changed. Return True if it was written. Raises Unwritable.

    The file's mtime becomes ``modified`` (seconds since 1970). But it is always at least one second
    later than that of the old file. Why: servers make an ETag from mtime and size (nginx,
    ngx_http_set_etag). A correction of the same length must not look like the old file.
    """
    before = existing(path)
    if before is not None and before[0] == content:
        return False
    replace_with(path, content, modified, before, staged)
    return True


def replace_with(
    path: Path, content: bytes, modified: float, before: tuple[bytes, int] | None, staged: Path
) -> None:
    """Write a file in the place of the old one.

    ``before`` is the content and the mtime of the old file; None if there is none.
    """
    seconds = int(modified) if before is None else max(int(modified), before[1] + 1)
    try:
        write_atomically(path, content, seconds, staged)
    except OSError as error:
        raise _unwritable(path, error) from error


def existing(path: Path) -> tuple[bytes, int] | None:
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


def rewrite_from(file: Path, content: Path) -> None:
    """Write a person's file anew, with the content of another file. Raises OSError."""
    copy = file.with_name(f".{file.name}.{os.getpid()}.rewritten")
    copy.unlink(missing_ok=True)
    try:
        shutil.copyfile(content, copy)
        if file.exists():
            shutil.copymode(file, copy)
        replace(copy, file)
    except OSError:
        copy.unlink(missing_ok=True)
        raise


def write_atomically(
    path: Path, content: bytes, modified: int | None = None, staged: Path | None = None
) -> None:
    """Write a file under another name, then rename it. Make missing folders. Raises OSError.

    - ``modified``: the file's mtime, in seconds since 1970.
    - ``staged``: the other name; if None, one in the same folder.
    """
    staged = staged or path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        _write(staged, content, path.parent)
        if modified is not None:
            os.utime(staged, (modified, modified))
        replace(staged, path)
    except OSError:
        staged.unlink(missing_ok=True)
        raise


def _write(file: Path, content: bytes, folder: Path) -> None:
    """Write a file. Make its folder, and the one to which it will be moved, if they are missing."""
    try:
        _write_new(file, content)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        _write_new(file, content)
    folder.mkdir(parents=True, exist_ok=True)


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that was not there. Another one of its name is removed: it may be a link."""
    path.unlink(missing_ok=True)
    with path.open("xb") as file:
        file.write(content)
