"""What people are told if the temporary folder cannot be written, as on a full disk.

Used by those who write there: spool.py and staged_folder.py, and app/workspace.py for SQLite.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from onthisday.errors import Unwritable, system_words


@contextmanager
def in_temporary_folder() -> Iterator[None]:
    """Raise Unwritable if the system lets nothing be written in the block."""
    try:
        yield
    except OSError as error:
        raise no_room(system_words(error)) from error


def no_room(why: str) -> Unwritable:
    """Return the error that names the temporary folder. ``why``: what the system says."""
    return Unwritable(_folder(), f"cannot be written: {why}; make room there, or set TMPDIR")


def _folder() -> str:
    try:
        return tempfile.gettempdir()
    except FileNotFoundError:  # there is none that can be written
        return "the temporary folder"
