"""What every export is: the pieces of a file, and what is left out of it.

Called by cli/export.py. The other modules of this room make it, each for some formats.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from onthisday.config import Site

if TYPE_CHECKING:
    from onthisday.almanac.library import Library
    from onthisday.almanac.source import Source


class Export(NamedTuple):
    """A file to write.

    - ``content``: the bytes in pieces. They are made while they are read, once, so that a million
      entries need little memory.
    - ``left_out``: a sentence for each kind of thing that is not in the file. Read it after the
      content: it may be counted meanwhile.
    """

    content: Iterable[bytes]
    left_out: Iterable[str] = ()


Exporter = Callable[[Site, "Library", date], Export]
"""Makes an export of a library, which has the curator's whole almanac. The date is today."""

Rewriter = Callable[["Source"], Export]
"""Makes an export of an almanac's files, as the curator wrote them."""
