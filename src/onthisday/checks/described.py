"""What counts as said without a passage: an entry's own dates, and what is known of its documents.

Called by not_in_passage.py.
"""

from collections.abc import Iterable, Iterator, Mapping

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Answer, Entry
from onthisday.checks.said import Said
from onthisday.dates.edtf import HistoricalDate


def described_by_all(entry: Entry, documents: Mapping[str, Document], language: str) -> Said:
    """Return what counts as said for an entry's own words. ``documents``: by their ids."""
    cited = dict.fromkeys(citation.document for citation in entry.citations)
    known = [documents[name] for name in cited if name in documents]
    answers = (answer for account in entry.accounts for answer in account.answers)
    dates = [entry.date, *(answer.date for answer in answers if answer.date)]
    if isinstance(entry.died, HistoricalDate):
        dates.append(entry.died)
    return _said(known, dates, documents, language)


def described(
    entry: Entry, answer: Answer, documents: Mapping[str, Document], language: str
) -> Said:
    """Return what counts as said for one answer of an entry."""
    known = documents.get(answer.citation.document)
    dates = [entry.date, *([answer.date] if answer.date else [])]
    return _said([known] if known else [], dates, documents, language)


def _said(
    known: list[Document],
    dates: list[HistoricalDate],
    documents: Mapping[str, Document],
    language: str,
) -> Said:
    published = [each.published for each in known if each.published]
    text = "\n".join(_words(known, documents))
    return Said(text, language, (*dates, *published))


def _words(known: Iterable[Document], documents: Mapping[str, Document]) -> Iterator[str]:
    for each in known:
        followed = documents.get(each.based_on) if each.based_on else None
        for document in (each, *([followed] if followed else [])):
            words = (document.title, document.author, document.publisher, document.reference)
            yield from filter(None, words)
