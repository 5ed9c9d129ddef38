"""Documents: the texts that an almanac is built from."""

from typing import NamedTuple

from onthisday.almanac.entry import Silence
from onthisday.dates.edtf import HistoricalDate


class Document(NamedTuple):
    """A text that the almanac is built from."""

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
