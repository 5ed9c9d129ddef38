"""Which program made a compiled almanac: known by the code that says what its rows mean.

A number that somebody must remember to raise is forgotten: then a new program reads old rows as if
they were its own. The code itself cannot be forgotten. Whether its files are the same is asked at
each start, so it is answered by what the file system says of them; their content is read only where
that differs. Used by compiled_file.py.

Both answers are kept from the first time on: the files may change while this process runs, and what
it has loaded is the code from before.
"""

import os
from functools import cache

from onthisday.version import __version__

_PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))

_ROOMS = ("", "adapters/files", "adapters/sqlite", "almanac", "dates", "schema", "service/reading")
"""Where it is decided what an entry, a document and a row of them are; and the package's own files,
because the site's values, which config.py names, are noted too."""


@cache
def signature() -> str:
    """Return a text that differs where a file of that code may have changed."""
    statuses = ((file.name, file.stat()) for file in _files())
    files = (
        f"{name} {s.st_size} {s.st_mtime_ns} {s.st_ctime_ns} {s.st_ino}" for name, s in statuses
    )
    return "\n".join((__version__, *files))


@cache
def digest() -> str:
    """Return a text that differs where the content of that code does."""
    import hashlib  # only where a file may have changed: not on the path of `today`

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
