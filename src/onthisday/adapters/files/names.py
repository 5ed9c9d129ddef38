"""What names of files tell: whether a path leads out of its folder, and whether two may be one.

Only names are looked at, no files. Used by folders.py and writing.py.
"""

import os
import unicodedata
from typing import Any


def leads_out(name: str, paths: Any = os.path) -> bool:
    r"""Return True if a path leads out of the folder that it is meant for.

    ``paths`` is the module that knows the system's rules: on Windows ``\`` separates folders too,
    and ``C:x`` is on another drive.
    """
    parts = name.replace(paths.altsep or paths.sep, paths.sep).split(paths.sep)
    return ".." in parts or not parts[0] or bool(paths.splitdrive(name)[0])


def likeness(name: str) -> str:
    """Return a text for a path. Paths that may be the same file on some system have the same text.

    Windows and macOS do not tell ``A`` from ``a``. Unicode has two ways to write a letter with an
    accent, and macOS does not tell them apart. Windows drops a dot at the end of a name.
    """
    if not name.isascii():
        name = unicodedata.normalize("NFC", name)
    return name.casefold().replace("./", "/").rstrip(".")
