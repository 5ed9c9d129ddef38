"""Names of files as systems read them: whether one leads out of its folder, whether two are one.

Only names are looked at, no files.
"""

import os
from typing import Any


def leads_out(name: str, paths: Any = os.path) -> bool:
    r"""Say whether a path leads out of the folder that it is written for.

    ``paths`` is the module of the system's rules: on Windows ``\`` separates too, and ``C:x`` lies
    on another drive.
    """
    parts = name.replace(paths.altsep or paths.sep, paths.sep).split(paths.sep)
    return ".." in parts or not parts[0] or bool(paths.splitdrive(name)[0])


def likeness(name: str) -> str:
    """Return a text that is the same for two paths that may be one file on some system.

    Windows and macOS do not tell ``A`` from ``a``. macOS does not tell an accent that is a sign of
    its own from one that belongs to its letter. Windows drops a dot at the end of a name.
    """
    if not name.isascii():
        import unicodedata  # not loaded by `today`, which needs this module for the other function

        name = unicodedata.normalize("NFC", name)
    return name.casefold().replace("./", "/").rstrip(".")
