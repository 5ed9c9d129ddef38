"""A file that is imported, as an importer asks for it.

adapters/files/incoming_files.py reads the disk. Nothing here does I/O.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

MOST = 256 * 1024 * 1024
"""Bytes. A file that an importer must have whole (`Incoming.content`) may not be larger."""


class Line(NamedTuple):
    """One line of a text.

    - ``number``: counted from 1.
    - ``start``: where it begins in the file's text, in code points.
    - ``text``: without its line end. A carriage return before the line end is left out too.
    """

    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """Where the line ends in the file's text, without its line end."""
        return self.start + len(self.text)


class Incoming(NamedTuple):
    """A file that is imported.

    - ``name``: the file's name, without its folder.
    - ``lines``: yields the lines of its text, from the beginning, each time it is called. Places
      are code points of the file as it is decoded. It raises Unreadable.
    - ``content``: returns all bytes. It raises Unreadable, also if they are more than `MOST`.
    - ``beside``: returns another file that this one names, or None if there is none: for
      ``#include``. It looks only where the format's own program looks.
    - ``today``: the day of the import, for who may still be living.
    """

    name: str
    lines: Callable[[], Iterator[Line]]
    content: Callable[[], bytes]
    beside: Callable[[str], "Incoming | None"]
    today: date
