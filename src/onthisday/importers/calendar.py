"""Read files of `calendar(1)`, as BSD and Debian have them.

A line is a date, a tab and words. Lines that begin with a tab go on with the words. ``LANG=`` says
the language of the names of months (calendar_words.py knows all of them anyway), ``Easter=`` and
``Paskha=`` what Easter is called, ``CALENDAR=`` whether dates are Julian.

What is kept of the way in which `calendar` reads: a month without a day is shown on its first day
(``observe``), and 29 February on 1 March in other years (``leap_day``). A ``*`` behind a date says
that the day is another one each year, so the date is uncertain.

No library reads this format. Not here: comments and included files (calendar_lines.py), dates
(calendar_dates.py), years (calendar_years.py).
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from onthisday.almanac.entry import Kind, Span
from onthisday.characters import clean
from onthisday.importers.calendar_dates import NAMES, Day, Easters, Month, Moving, NoEntry, date_of
from onthisday.importers.calendar_lines import Begins, Source, lines_of
from onthisday.importers.calendar_years import Year, year_in
from onthisday.importers.found import Found, Note, Place, Read, Refused
from onthisday.importers.incoming import Incoming
from onthisday.importers.life_titles import tells_birth, tells_death

_SETTING = re.compile(
    r"(?P<key>LANG|CALENDAR|BODUN|SEQUENCE|Easter|Paskha)[ \t]*=[ \t]*(?P<value>[^\t]*)",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\t+[ ]*//.*$")
"""A remark at the end of a line, as C++ writes it. `calendar` prints it with the words."""


class _Record(NamedTuple):
    """A date with its words, and the lines from which they are."""

    field: str
    words: tuple[str, ...]
    first: Source
    last: Source
    texts: tuple[str, ...]

    def joined(self, source: Source) -> "_Record":
        words, texts = (*self.words, source.bare), (*self.texts, source.line.text)
        return self._replace(words=words, last=source, texts=texts)


class _Settings(NamedTuple):
    easters: Easters = NAMES
    is_julian: bool = False


_MOST_LINES = 200
"""Lines. More of them are no words of one day."""


def read(file: Incoming) -> Iterator[Read]:
    """Yield the facts of a file of `calendar(1)`, and of those that it includes."""
    settings = _Settings()
    for each in _records(lines_of(file)):
        if isinstance(each, _Record):
            yield _fact(each, settings)
        elif isinstance(each, Begins):
            settings = _Settings()
        elif not isinstance(each, Source):
            yield each
        elif found := _SETTING.fullmatch(each.bare.strip()):
            settings = _set(settings, found["key"].lower(), found["value"].strip().lower())
        else:
            yield _without_tab(each)


_Other = Source | Begins | Refused | Note


def _records(lines: Iterable[_Other]) -> Iterator[_Record | _Other]:
    """Yield records, and what is none. Blank lines are left out."""
    record = None
    for each in lines:
        if record and isinstance(each, Source) and _goes_on(each, record):
            record = record.joined(each)
            continue
        if record:
            yield record
        record = _begun(each) if isinstance(each, Source) else None
        if record is None and not (isinstance(each, Source) and not each.bare.strip()):
            yield each
    if record:
        yield record


def _goes_on(source: Source, record: _Record) -> bool:
    """Return True if a line goes on with the words of a record."""
    return (
        source.bare.startswith("\t")
        and bool(source.bare.strip())
        and source.file == record.first.file
        and len(record.texts) < _MOST_LINES
    )


def _begun(source: Source) -> _Record | None:
    field, tab, words = source.bare.partition("\t")
    if not tab or not field.strip() or _SETTING.fullmatch(source.bare.strip()):
        return None
    return _Record(field, (words,), source, source, (source.line.text,))


def _set(settings: _Settings, key: str, value: str) -> _Settings:
    western, orthodox = settings.easters
    if key == "easter" and value:
        return settings._replace(easters=Easters((*western, value), orthodox))
    if key == "paskha" and value:
        # Some files of orthodox churches say both: their Easter is Orthodox Easter.
        plain = tuple(name for name in western if name != value)
        return settings._replace(easters=Easters(plain, (*orthodox, value)))
    if key == "calendar":
        return settings._replace(is_julian=value == "julian")
    return settings


def _without_tab(source: Source) -> Refused:
    place = Place(source.line.number, Span(source.line.start, source.line.end), file=source.file)
    reason = "has no date with a tab behind it, so `calendar` does not show it; put a tab there"
    return Refused(place, source.line.text, reason)


def _fact(record: _Record, settings: _Settings) -> Read:
    start, end = record.first.line.start, record.last.line.end
    place = Place(record.first.line.number, Span(start, end), file=record.first.file)
    text = "\n".join(record.texts)
    words = _words(record)
    try:
        found = date_of(record.field, settings.easters)
    except NoEntry as error:
        return Refused(place, text, str(error))
    if not words:
        return Refused(place, text, "has a date and no words")
    if settings.is_julian and isinstance(found, Moving):
        return Refused(place, text, "is a day that moves, by the Julian calendar")
    year = year_in(words)
    if settings.is_julian and (year.number is None or isinstance(found, Month)):
        return Refused(place, text, "has a Julian day without a year, which moves over the ages")
    tree = _tree(found, year, words, record.field)
    if settings.is_julian:
        tree["calendar"] = "julian"
    return Found(place, text, tree)


def _words(record: _Record) -> str:
    lines = (_REMARK.sub("", line).strip() for line in record.words)
    return " ".join(clean(" ".join(filter(None, lines))).split())


def _tree(found: Day | Month | Moving, year: Year, words: str, field: str) -> dict[str, Any]:
    own = found.year if isinstance(found, Day) and found.year is not None else None
    number = year.number if own is None else own
    title = year.words if own is None else words
    tree: dict[str, Any] = {"date": _edtf(found, number, uncertain=year.uncertain and own is None)}
    tree["title"] = title[:1].upper() + title[1:]
    kind = _kind(words, found, has_year=number is not None)
    if kind != "event":
        tree["kind"] = kind
    if isinstance(found, Moving):
        tree["rule"] = found.rule
    if isinstance(found, Month):
        tree["observe"] = f"{found.month:02}-01"
    if isinstance(found, Day) and found.moves:
        tree["as_written"] = field.strip()
    if isinstance(found, Day) and found[:2] == (2, 29):
        tree["leap_day"] = "mar-1"
    return tree


def _edtf(found: Day | Month | Moving, year: int | None, *, uncertain: bool) -> str:
    written = "XXXX" if year is None else _year(year)
    if isinstance(found, Moving) and year is not None:
        return f"{written}{'?' if uncertain else ''}"
    doubt = "?" if uncertain and year is not None else ""
    if not isinstance(found, Day):
        return f"{written}{doubt}-{found.month:02}"
    day = f"{written}{doubt}-{found.month:02}-{found.day:02}"
    return f"{day}?" if found.moves and not doubt else day


def _year(year: int) -> str:
    return f"{'-' if year < 0 else ''}{abs(year):04}"


def _kind(words: str, found: Day | Month | Moving, *, has_year: bool) -> Kind:
    """Return what kind of fact a line tells. A birth that is told beside a death is a birth."""
    if isinstance(found, Moving):
        return "holiday"
    if tells_birth(words, has_year=has_year):
        return "birth"
    return "death" if tells_death(words) else "event"
