"""Documents: the texts that an almanac is built from.

Not here: the text itself (texts/), and how people write a document down (schema/).
"""

from typing import NamedTuple

from onthisday.almanac.entry import Silence
from onthisday.dates.edtf import HistoricalDate


class Document(NamedTuple):
    """A text that the almanac is built from: who wrote it, where it was published, where it is.

    ``reference`` is a shelfmark. ``based_on`` is the id of the document that this one follows.
    ``file`` is the name of the file with its text, ``sha256`` the digest of that file.
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
    silence: tuple[Silence, ...] = ()
