"""All corrections of what is published, the newest first. Used by page.py.

Not here: the pages that list them (correction_pages.py).
"""

from typing import TYPE_CHECKING, NamedTuple

from onthisday.almanac.entry import Correction, Entry

if TYPE_CHECKING:
    from onthisday.almanac.library import Published


class Corrected(NamedTuple):
    """A correction, with the entry that it is of."""

    entry: Entry
    correction: Correction


def newest_first(library: "Published") -> tuple[Corrected, ...]:
    """Return all corrections that are known. Those of one day: by entry, its last one first."""
    found = [
        Corrected(entry, each)
        for entry in library.corrected()
        for each in reversed(entry.corrections)
    ]
    return tuple(sorted(found, key=lambda each: each.correction.on, reverse=True))
