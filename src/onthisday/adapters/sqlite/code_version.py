"""Say which version of our code made a compiled almanac. Used by compiled_file.py.

The version is made from the source files that decide what a row means. If they change, the compiled
almanac is made anew.

Why not a number: somebody must remember to raise it. If they forget, new code reads old rows in a
wrong way.

Each start asks whether the source files are the same. First it compares what the file system says
of them (`signature`). Only if that differs is their content read (`digest`).

Both answers are found once in a process and then kept. The files may change while the process runs,
but the process still runs the code from before.
"""

import os
from functools import cache

from onthisday.version import __version__

_PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))

_ROOMS = ("", "adapters/files", "adapters/sqlite", "almanac", "dates", "schema", "service/reading")
"""The folders whose code decides what an entry, a document and a row mean. "" is the package's own
folder: config.py is there, and the site's values from the config are kept in the file too."""


@cache
def signature() -> str:
    """Return a text that changes if a file of that code may have changed."""
    statuses = ((file.name, file.stat()) for file in _files())
    files = (
        f"{name} {s.st_size} {s.st_mtime_ns} {s.st_ctime_ns} {s.st_ino}" for name, s in statuses
    )
    return "\n".join((__version__, *files))


@cache
def digest() -> str:
    """Return a text that changes if the content of that code changes."""
    import hashlib  # needed only if a file may have changed; most runs of `today` do without

    whole = hashlib.sha256(__version__.encode())
    for file in _files():
        with open(file, "rb") as code:
            whole.update(code.read())
    return whole.hexdigest()


def _files() -> list["os.DirEntry[str]"]:
    found: list[os.DirEntry[str]] = []
    for room in _ROOMS:
        with os.scandir(f"{_PACKAGE}/{room}") as listing:
            found += (file for file in listing if file.name.endswith(".py"))
    return sorted(found, key=lambda file: file.path)
