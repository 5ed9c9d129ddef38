"""Turn entries and documents into texts for the rows of the compiled almanac, and back.

Each text is JSON: a list of the value's fields, in their order. Only the cache uses this form;
people write YAML or JSON Lines (schema/). Used by compiled_writer.py and compiled_library.py.
"""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from onthisday.almanac.document import Document
from onthisday.almanac.entry import (
    Account,
    Answer,
    Citation,
    Correction,
    Entry,
    Image,
    Silence,
    Span,
    TranslatedAccount,
    Translation,
)
from onthisday.dates.calendars import MonthDay
from onthisday.dates.historical_date import HistoricalDate

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), default=date.isoformat
)
"""No value of an almanac holds itself, so no circle is looked for."""

DATES = "year, ifnull(day, ifnull(month, 0) * 100), id"
"""Sorts rows by date, in SQL. The indexes and the questions must have the same text."""

DATES_BESIDE = "year, date, entry"
"""The same order in the rows that name entries: those of tags and citations."""

LAST_YEAR = 2**62
"""An entry without a year has this year in its row, so that it is sorted last."""


def text_of(value: Entry | Document) -> str:
    """Return an entry or a document as JSON."""
    return _ENCODER.encode(value)


def entry_of(text: str) -> Entry:
    """Return the entry from a text that ``text_of`` made.

    Most fields are texts, and stay as they are. Of the others, most are empty in most entries.
    """
    fields = json.loads(text)
    for place, made in _MADE:
        if fields[place]:
            fields[place] = made(fields[place])
        elif fields[place] == []:
            fields[place] = ()
    return Entry(*fields)


def document_of(text: str) -> Document:
    """Return the document from a text that ``text_of`` made."""
    found = Document(*json.loads(text))
    return found._replace(
        published=found.published and _date(found.published),
        proved=found.proved and date.fromisoformat(found.proved),  # type: ignore[arg-type]
        silence=tuple(Silence(*item) for item in found.silence),
    )


def _image(fields: Any) -> Image:
    image = Image(*fields)
    return image._replace(places=tuple(image.places))


def _date(fields: Any) -> HistoricalDate:
    *simple, parts = fields
    said = tuple(part and _date(part) for part in parts) if parts else ()
    return HistoricalDate._make((*simple, said))


def _citation(fields: Any) -> Citation:
    document, hedge, locator, quote, page, digests, row = fields
    spans = tuple(Span(*span) for span in locator) if locator else ()
    return Citation(document, hedge, spans, quote, page, tuple(digests), row)


def _correction(fields: Any) -> Correction:
    on, *said = fields
    return Correction(date.fromisoformat(on), *said)


def _translation(fields: Any) -> Translation:
    *texts, accounts = fields
    told = (each and TranslatedAccount(each[0], tuple(each[1])) for each in accounts)
    title, summary, brief, place = texts
    return Translation(title, summary, brief, place, tuple(told))


def _account(fields: Any) -> Account:
    question, answers = fields
    return Account(question, tuple(map(_answer, answers)))


def _answer(fields: Any) -> Answer:
    says, citation, own = fields
    return Answer(says, _citation(citation), own and _date(own))


def _died(fields: Any) -> HistoricalDate | bool:
    return fields if isinstance(fields, bool) else _date(fields)


_FIELDS: dict[str, Callable[[Any], Any]] = {
    "date": _date,
    "tags": tuple,
    "sources": lambda fields: tuple(map(_citation, fields)),
    "accounts": lambda fields: tuple(map(_account, fields)),
    "observe": lambda fields: MonthDay(*fields),
    "updated": date.fromisoformat,
    "image": _image,
    "languages": lambda fields: tuple((name, _translation(item)) for name, item in fields),
    "silence": lambda fields: tuple(Silence(*item) for item in fields),
    "died": _died,
    "corrections": lambda fields: tuple(map(_correction, fields)),
}
"""How the fields of an entry that are no texts are made."""

_MADE = tuple((Entry._fields.index(name), made) for name, made in _FIELDS.items())

TOLD = ", ".join(
    f"json_extract(body, '$[{place}]')"
    for place in map(Entry._fields.index, ("title", "summary", "place"))
)
"""What an entry tells, in SQL: SQLite takes it out of the text, and the rest is not read."""

PICTURE = f"json_extract(body, '$[{Entry._fields.index('image')}][{Image._fields.index('file')}]')"
"""The file of an entry's picture, in SQL; NULL if it has none."""
