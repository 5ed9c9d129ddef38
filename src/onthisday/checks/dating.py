"""Check the date of one entry: is it in the future, and do words or passages name other days?

Called by service/checking/. Not here: one event in two entries on different days (duplicates.py).
"""

from collections.abc import Callable, Iterable, Iterator

from onthisday.almanac.entry import Answer, Entry
from onthisday.almanac.living import public_from
from onthisday.checks.faults import Fault
from onthisday.checks.said import spoken
from onthisday.dates.edtf import parse
from onthisday.dates.historical_date import HistoricalDate
from onthisday.dates.ranges import may_overlap, order_of, range_of
from onthisday.errors import TreePath

DaysNamed = Callable[[str], Iterable[str]]
"""A function: it takes a text and returns the days in it, such as `1969-07-20` (days_named.py)."""


def future_faults(entry: Entry, today: int) -> Iterator[Fault]:
    """Yield a fault if an entry's date is in the future. ``today`` is a Julian day number.

    Only the first possible day of the date counts. So the date "this year" is not in the future.
    """
    if _is_to_come(entry.date, today):
        message = (
            f'entry "{entry.id}" is dated {spoken(entry.date)}, which is in the future; '
            "correct the date"
        )
        yield Fault(("date",), "future", message)
    if isinstance(entry.died, HistoricalDate) and _is_to_come(entry.died, today):
        message = (
            f'entry "{entry.id}" says that a person died in {spoken(entry.died)}, which is in the '
            "future; correct died"
        )
        yield Fault(("died",), "future", message)


def _is_to_come(date: HistoricalDate, today: int) -> bool:
    return range_of(date).first > today


def living_faults(entry: Entry, today: int) -> Iterator[Fault]:
    """Yield a fault if an entry is not published, because it is of a person who may be living.

    ``today`` is a Julian day number. The rule for what is published is in almanac/living.py.
    """
    since = public_from(entry)
    if since is not None and since > today:
        message = (
            f'entry "{entry.id}" is a birth of {spoken(entry.date)}, and the person may be living, '
            'so it is published nowhere; add died: "1968-04-04" or died: true if the person has '
            'died, or living: with why it may be published, such as "public figure"'
        )
        yield Fault(("date",), "living", message)


def words_faults(entry: Entry, days_named: DaysNamed) -> Iterator[Fault]:
    """Yield a fault for a title or a summary that names other days but not the entry's date.

    A summary may also tell what came before and after. So for a summary, one of the other days must
    look like a mistake: it is in the same year, or on the same month and day of another year.
    """
    dates = _dates(entry)
    for key, text in (("title", entry.title), ("summary", entry.summary)):
        others = _other_days(text, dates, days_named) if text else ()
        if others and (key == "title" or any(_is_like(day, entry.date) for day in others)):
            message = (
                f'the {key} of entry "{entry.id}" names {_listed(others)}, but the entry is dated '
                f"{spoken(entry.date)}; correct one of them"
            )
            yield Fault((key,), "other-day", message)


def passage_faults(
    entry: Entry, document: str, text: str, days_named: DaysNamed
) -> Iterator[Fault]:
    """Yield a fault for each citation of ``document`` whose passages name only wrong days.

    ``text`` is the document's text. Which days are right:

    - For an answer: the entry's date, and the answer's own date.
    - For a source: the entry's date, and the dates of all answers from the same document. Why: the
      source may be cited because of these answers.
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
                f'entry "{entry.id}" is dated {spoken(entry.date)}, but it cites a passage of '
                f"{document} that names {_listed(others)}; correct the date or the locator"
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
    """Return passages as one text, with a line break between two passages.

    The line break prevents that the end of one passage and the start of the next make a date.
    """
    return "\n".join(text[start:end] for start, end in spans)


def _dates(entry: Entry) -> tuple[HistoricalDate, ...]:
    """Return the dates that a text may give for an entry.

    If the entry's date is Julian, the Gregorian date with the same day, month and year is right
    too. Why: a text often does not say which calendar it uses.
    """
    if entry.date.calendar == "gregorian":
        return (entry.date,)
    try:
        return (entry.date, parse(entry.date.edtf))
    except ValueError:  # 29 February 1900 exists only in the Julian calendar
        return (entry.date,)


def _other_days(
    text: str, dates: tuple[HistoricalDate, ...], days_named: DaysNamed
) -> tuple[HistoricalDate, ...]:
    """Return the days that a text names. Return nothing if one of these days fits ``dates``."""
    days = days_named(text)
    if not days:
        return ()
    named = tuple(sorted(map(parse, days), key=order_of))
    same = any(may_overlap(day, date) for day in named for date in dates)
    return () if same else named


def _is_like(day: HistoricalDate, date: HistoricalDate) -> bool:
    return day.year == date.civil_year or day.month_day == date.month_day


def _listed(days: tuple[HistoricalDate, ...]) -> str:
    return " and ".join(map(spoken, days))
