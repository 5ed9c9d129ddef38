"""Say which version of our code made a compiled almanac. Used by compiled_file.py.

The version is made from the source files that decide what a row means. If these files change, the
compiled almanac is made anew.

Why not a number that is raised by hand: somebody may forget to raise it. Then new code would read
old rows wrongly.

At each start we ask whether the source files are still the same. First we compare what the file
system says about them (`signature`). Only if this differs is their content read (`digest`).

A process finds each of the two only once, and then keeps it. If the files change while the process
runs, the process still runs the older code, so the older answer is right.
"""

import os
from functools import cache

from onthisday.version import __version__

_PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))

_ROOMS = ("", "adapters/files", "adapters/sqlite", "almanac", "dates", "schema", "service/reading")
"""The folders whose code decides what an entry, a document and a row mean.

"" is the package's own folder. It has config.py, and the site's settings are kept in the file too.
"""


@cache
def signature() -> str:
    """Return a text that changes if a source file in _ROOMS may have changed.

    It is made from the files' sizes and times, so this is fast.
    """
    statuses = ((file.name, file.stat()) for file in _files())
    files = (
        f"{name} {s.st_size} {s.st_mtime_ns} {s.st_ctime_ns} {s.st_ino}" for name, s in statuses
    )
    return "\n".join((__version__, *files))


@cache
def digest() -> str:
    """Return a text that changes if the content of a source file in _ROOMS changes.

    It is made from the content itself, so this is sure but slow.
    """
    return digest_of(_ROOMS)


@cache
def digest_of(rooms: tuple[str, ...]) -> str:
    """Return a text that changes if the content of a source file in some folders changes."""
    import hashlib  # needed only if a file may have changed; most runs of `today` do without

    whole = hashlib.sha256(__version__.encode())
    for file in _files(rooms):
        with open(file, "rb") as code:
            whole.update(code.read())
    return whole.hexdigest()


def written() -> int:
    """Return when the newest of these files was written: when this program was installed.

    In nanoseconds since 1970.
    """
    return max(file.stat().st_mtime_ns for file in _files())


def _files(rooms: tuple[str, ...] = _ROOMS) -> list["os.DirEntry[str]"]:
    found: list[os.DirEntry[str]] = []
    for room in rooms:
        with os.scandir(f"{_PACKAGE}/{room}") as listing:
            found += (file for file in listing if file.name.endswith(".py"))
    return sorted(found, key=lambda file: file.path)
