"""Find documents that were published before the event that they are cited for.

A document cannot tell of what came after it. So one of the two dates is wrong, or the document
tells of a plan. Called by service/checking/report.py and documents.py.
"""

from collections.abc import Iterator, Mapping

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Entry
from onthisday.checks.faults import Fault
from onthisday.checks.said import spoken
from onthisday.dates.historical_date import HistoricalDate
from onthisday.dates.ranges import range_of
from onthisday.errors import TreePath

Published = Mapping[str, HistoricalDate]
"""When the documents were published, by their ids. A document that does not say it is missing."""

_ELSEWHERE = 1
"""Days. While an event happens, it may still be the day before where it is told."""


def anachronism_faults(entry: Entry, published: Published) -> Iterator[Fault]:
    """Yield a fault for each document that was surely published before what it is cited for.

    A source may be cited for the entry's date, and for the date of an answer that it gives. An
    answer is cited for its own date; if it has none, for the entry's.
    """
    if published.keys().isdisjoint(each.document for each in entry.citations):
        return
    for path, document, dates in _cited_for(entry):
        day = published.get(document)
        if day is not None and all(_is_before(day, date) for date in dates):
            message = (
                f'entry "{entry.id}" cites {document} for {spoken(dates[0])}, but {document} was '
                f"published before that: {spoken(day)}; correct one of the dates, or cite another "
                "document; if it tells of a plan, silence this"
            )
            yield Fault(path, "anachronism", message)


def followed_later(document: Document, published: Published) -> Iterator[Fault]:
    """Yield a fault if a document is based on one that was surely published after it."""
    day, base = document.published, published.get(document.based_on or "")
    if day is not None and base is not None and _is_before(day, base):
        message = (
            f'document "{document.id}" was published {spoken(day)}, and the document that it is '
            f"based on later, {spoken(base)}; correct based_on, or one of the dates"
        )
        yield Fault(("based_on",), "anachronism", message)


def _cited_for(entry: Entry) -> Iterator[tuple[TreePath, str, tuple[HistoricalDate, ...]]]:
    """Yield the place of each citation, its document, and the dates that it may be cited for."""
    answers = [
        (("accounts", index, "answers", place), answer)
        for index, account in enumerate(entry.accounts)
        for place, answer in enumerate(account.answers)
    ]
    for index, source in enumerate(entry.sources):
        own = (each.date for _, each in answers if each.citation.document == source.document)
        dates = (entry.date, *(date for date in own if date))
        yield ("sources", index), source.document, dates
    for path, answer in answers:
        yield path, answer.citation.document, (answer.date or entry.date,)


def _is_before(one: HistoricalDate, other: HistoricalDate) -> bool:
    """Return True if a date is surely before another one: also at its latest, without ``?``."""
    if one.uncertain or other.uncertain:
        return False
    days = one.precision == other.precision == "day"
    return range_of(one).last + (_ELSEWHERE if days else 0) < range_of(other).first
