"""A digest of the program and of the libraries that it uses.

With another program, pages may have other bytes. Used by publishing.py.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache

import onthisday

_NO_PART = (".po", ".pot")
"""Endings of files from which others are made."""

_COMPILED = "__pycache__"
"""The folders in which Python keeps what it compiled. It may write there at any time."""


@cache
def program_digest() -> str:
    """Return the digest. A process finds it once: if files change, it still runs the older ones.

    Of the libraries, only the names of their versions count, and not their files.
    """
    whole = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for path in sorted(_files(os.path.dirname(onthisday.__file__))):
        whole.update(path.encode())
        with open(path, "rb") as file:  # there are many, and a Path takes as long as a small file
            whole.update(file.read())
    whole.update("\n".join(sorted(_libraries())).encode())
    return whole.hexdigest()


def _files(folder: str) -> Iterator[str]:
    for where, folders, names in os.walk(folder):
        if _COMPILED in folders:
            folders.remove(_COMPILED)
        yield from (os.path.join(where, name) for name in names if not name.endswith(_NO_PART))


def _libraries() -> Iterator[str]:
    """Yield the name and version of each library that is installed: ``jinja2-3.1.6.dist-info``."""
    for folder in sys.path:
        if os.path.isdir(folder):
            yield from (name for name in os.listdir(folder) if name.endswith(".dist-info"))
