"""Documents: the sources of an almanac, such as books and newspapers.

Not here: the words of a document (texts/), and how a curator describes a document (schema/).
"""

import datetime
from typing import NamedTuple

from onthisday.almanac.entry import Silence
from onthisday.dates.historical_date import HistoricalDate


class Document(NamedTuple):
    """A source of the almanac: who wrote it, who published it, and where to find it.

    - ``reference``: the number under which a library or an archive keeps the document.
    - ``based_on``: the id of an older document from which this one took its facts.
    - ``file``: the name of the file with the document's text.
    - ``sha256``: the digest of that file.
    - ``proved``: the day on which its passages were proved, all of them.
    - ``archived``: an address where a copy of the document is kept.
    - ``silence``: the rules of `check` that are switched off for this document.
    """

    id: str
    title: str
    author: str | None
    publisher: str | None
    published: HistoricalDate | None
    language: str | None
    url: str | None
    reference: str | None
    rights: str | None
    based_on: str | None
    file: str | None
    sha256: str | None
    proved: datetime.date | None = None
    archived: str | None = None
    silence: tuple[Silence, ...] = ()
