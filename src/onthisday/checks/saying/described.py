"""What counts as said without a passage: an entry's own dates, and what is known of its documents.

Called by not_in_passage.py.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Answer, Entry
from onthisday.checks.saying.read_text import ReadText
from onthisday.checks.saying.said import Said
from onthisday.dates.historical_date import HistoricalDate


def described_by_all(entry: Entry, documents: Mapping[str, Document], language: str) -> Said:
    """Return what counts as said for an entry's own words. ``documents``: by their ids."""
    cited = dict.fromkeys(citation.document for citation in entry.citations)
    known = [documents[name] for name in cited if name in documents]
    dates = [entry.date]
    if isinstance(entry.died, HistoricalDate):
        dates.append(entry.died)
    return _said(known, dates, documents, language)


def described(
    entry: Entry, answer: Answer, documents: Mapping[str, Document], language: str
) -> Said:
    """Return what counts as said for one answer of an entry: its own date, or else the entry's."""
    known = documents.get(answer.citation.document)
    return _said([known] if known else [], [answer.date or entry.date], documents, language)


def _said(
    known: list[Document],
    dates: list[HistoricalDate],
    documents: Mapping[str, Document],
    language: str,
) -> Said:
    published = [each.published for each in known if each.published]
    text = "\n".join(_words(known, documents))
    return Said(_read(text, language), tuple(dates), tuple(published))


@lru_cache(maxsize=1024)  # many entries cite the same documents
def _read(text: str, language: str) -> ReadText:
    return ReadText(text, language)


def _words(known: Iterable[Document], documents: Mapping[str, Document]) -> Iterator[str]:
    for each in known:
        followed = documents.get(each.based_on) if each.based_on else None
        for document in (each, *([followed] if followed else [])):
            words = (document.title, document.author, document.publisher, document.reference)
            yield from filter(None, words)
