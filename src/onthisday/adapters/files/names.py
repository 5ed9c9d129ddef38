"""Say whether a path leads out of its folder, and whether two paths may be the same file.

Only the names are looked at, not the files. Used by folders.py and output_folder.py.
"""

import os
import unicodedata
from typing import Any


def leads_out(name: str, paths: Any = os.path) -> bool:
    r"""Return True if a path leads out of the folder that it must stay in.

    ``paths`` is the module with the rules of the system. For example, on Windows ``\`` separates
    folders too, and ``C:x`` is on another drive.
    """
    parts = name.replace(paths.altsep or paths.sep, paths.sep).split(paths.sep)
    return ".." in parts or not parts[0] or bool(paths.splitdrive(name)[0])


def likeness(name: str) -> str:
    """Return a text for a path. Paths that may be the same file on some system have the same text.

    For Windows and macOS, ``A`` and ``a`` are the same. Unicode has two ways to write a letter with
    an accent, which are the same for macOS. Windows drops a dot at the end of a name.
    """
    if not name.isascii():
        name = unicodedata.normalize("NFC", name)
    return name.casefold().replace("./", "/").rstrip(".")
