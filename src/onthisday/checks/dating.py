"""Dates of one entry: one that is yet to come, and words that name other days than its own."""

from collections.abc import Callable, Iterable, Iterator

from onthisday.almanac.entry import Answer, Entry
from onthisday.checks.faults import Fault
from onthisday.dates.edtf import HistoricalDate, parse
from onthisday.dates.ranges import may_overlap, order_of, range_of
from onthisday.errors import TreePath
from onthisday.views.date_words import spoken

DaysNamed = Callable[[str], Iterable[str]]
"""Gives the days that a text names in full, as EDTF."""


def future_faults(entry: Entry, today: int) -> Iterator[Fault]:
    """Yield that an entry's date is yet to come; ``today`` is a Julian day number.

    A date fits its entry where all of it may have been: the year that has begun does.
    """
    if entry.date.year is not None and range_of(entry.date).first > today:
        message = (
            f'entry "{entry.id}" is dated {spoken(entry.date)}, which is yet to come; '
            "correct the date"
        )
        yield Fault(("date",), "future", message)


def words_faults(entry: Entry, days_named: DaysNamed) -> Iterator[Fault]:
    """Yield that an entry's own words name other days, and not its own.

    A summary may tell what came before and after: of it only days of the same year count, or the
    same day of another year, which are what a slip looks like.
    """
    dates = _dates(entry)
    for key, text in (("title", entry.title), ("summary", entry.summary)):
        others = _other_days(text, dates, days_named) if text else ()
        if others and (key == "title" or any(_is_like(day, entry.date) for day in others)):
            message = (
                f'the {key} of entry "{entry.id}" names {_listed(others)}, and not the date of '
                f"the entry, {spoken(entry.date)}; correct one of them"
            )
            yield Fault((key,), "other-day", message)


def passage_faults(
    entry: Entry, document: str, text: str, days_named: DaysNamed
) -> Iterator[Fault]:
    """Yield which sources and answers of an entry cite, of a document, passages that name other
    days, and not the entry's or the answer's own.

    A source may be cited for what its document answers, so an answer's date counts for it too.
    """
    answered = _answers(entry, document)
    dates = _dates(entry) + tuple(answer.date for _, answer in answered if answer.date)
    places: list[tuple[TreePath, str, tuple[HistoricalDate, ...]]] = []
    for index, source in enumerate(entry.sources):
        if source.document == document:
            places.append((("sources", index), _cited(source.locator, text), dates))
    for path, answer in answered:
        own = (answer.date,) if answer.date else ()
        places.append((path, _cited(answer.citation.locator, text), _dates(entry) + own))
    for path, passage, allowed in places:
        others = _other_days(passage, allowed, days_named)
        if others:
            message = (
                f'entry "{entry.id}", {spoken(entry.date)}, cites a passage of {document} that '
                f"names {_listed(others)} and not that date; correct the date or the locator"
            )
            yield Fault((*path, "locator"), "other-day", message)


def _answers(entry: Entry, document: str) -> list[tuple[TreePath, Answer]]:
    return [
        (("accounts", index, "answers", place), answer)
        for index, account in enumerate(entry.accounts)
        for place, answer in enumerate(account.answers)
        if answer.citation.document == document
    ]


def _cited(spans: Iterable[tuple[int, int]], text: str) -> str:
    """Return an entry's passages as one text, in which no day spans two."""
    return "\n".join(text[start:end] for start, end in spans)


def _dates(entry: Entry) -> tuple[HistoricalDate, ...]:
    """Return an entry's date; a Julian one also as who names no calendar would read it."""
    if entry.date.calendar == "gregorian":
        return (entry.date,)
    try:
        return (entry.date, parse(entry.date.edtf))
    except ValueError:  # 29 February 1900 is a day in the Julian calendar alone
        return (entry.date,)


def _other_days(
    text: str, dates: tuple[HistoricalDate, ...], days_named: DaysNamed
) -> tuple[HistoricalDate, ...]:
    """Return the days that a text names, where none of them may be one of some dates."""
    named = tuple(sorted(map(parse, days_named(text)), key=order_of))
    same = any(may_overlap(day, date) for day in named for date in dates)
    return () if same else named


def _is_like(day: HistoricalDate, date: HistoricalDate) -> bool:
    return day.year == date.civil_year or day.month_day == date.month_day


def _listed(days: tuple[HistoricalDate, ...]) -> str:
    return " and ".join(map(spoken, days))
