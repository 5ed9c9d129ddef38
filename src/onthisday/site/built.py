"""What a build remembers of the pages that it made, and of the files that it wrote.

service/building.py decides with these values. adapters/files/ and adapters/sqlite/ keep them.
"""

from datetime import date
from typing import NamedTuple

from onthisday.site.traces import Trace


class Frame(NamedTuple):
    """What no trace has. The pages of a site may be kept only if its frame goes on.

    - ``digest``: of what every page is made from: the settings, the logo, and which entries are
      left out.
    - ``day``: the day of the site.
    """

    digest: str
    day: date


class Written(NamedTuple):
    """A file that a build wrote.

    - ``digest``: of its bytes.
    - ``signature``: its size and times, in one word. If they are the same, it is the same file.
    """

    name: str
    digest: str
    signature: str


class Listed(NamedTuple):
    """The paths of all pages of a site, and what this list was made from."""

    paths: tuple[str, ...]
    trace: Trace


class Kept(NamedTuple):
    """What is remembered of a page: what it was made from, and a digest of its bytes."""

    trace: Trace
    digest: str


class Built(NamedTuple):
    """What a build did: how many files the site has, how many it wrote, how many it removed.

    ``made``: how many pages it made anew, to see whether they changed.
    """

    files: int
    written: int
    removed: int
    made: int
