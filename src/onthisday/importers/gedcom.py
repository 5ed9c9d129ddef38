"""Import a family's GEDCOM file, version 5.5.1 or 7: births, deaths and marriages.

Why no library reads it: none yields places in the text, line by line, of both versions. ged4py ends
at the first wrong line and knows no version 7; gedcom7 knows no other; fastgedcom and gedcom-lite
hold the whole file, and fastgedcom drops wrong lines; gedcomkit too holds all of it. A line is one
pattern, and the rest is what events mean. The old encoding ANSEL is read by the library ansel.

- gedcom_encodings.py, gedcom_lines.py, gedcom_records.py: lines, and records made of them.
- gedcom_dates.py and gedcom_day.py: dates.
- gedcom_people.py, gedcom_sources.py: what records say; gedcom_known.py keeps it.
- gedcom_facts.py: entries.
"""

from collections import Counter
from collections.abc import Iterator

from onthisday.importers.found import Note, Place, Read
from onthisday.importers.gedcom_encodings import Head
from onthisday.importers.gedcom_facts import Telling, facts_of
from onthisday.importers.gedcom_known import known_of
from onthisday.importers.gedcom_lines import text_of
from onthisday.importers.gedcom_records import Record, records
from onthisday.importers.incoming import Incoming
from onthisday.locales.locale import Locale, is_spoken, locale_of

_OTHER_EVENTS = frozenset(
    {
        "ADOP", "ANUL", "BAPM", "BARM", "BASM", "BLES", "BURI", "CENS", "CHR", "CHRA", "CONF",
        "CREM", "DIV", "DIVF", "EMIG", "ENGA", "EVEN", "FCOM", "GRAD", "IMMI", "MARB", "MARC",
        "MARL", "MARS", "NATU", "ORDN", "PROB", "RETI", "WILL"
    }
)  # fmt: skip

_LANGUAGES = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "italian": "it",
    "spanish": "es", "portuguese": "pt", "dutch": "nl", "russian": "ru", "arabic": "ar",
}  # fmt: skip
"""The names of languages in GEDCOM 5.5.1. Version 7 writes BCP 47."""


def read(file: Incoming) -> Iterator[Read]:
    """Yield the births, deaths and marriages of a file. Raises Broken and Unreadable.

    The titles are in the file's language if it names one that is spoken here, else in English.
    """
    text = text_of(file)
    if text.note:
        yield Note(Place(1), text.note)
    telling = Telling(known_of(text.lines(), file.today), _locale(text.head))
    others = Counter[str]()
    for record in records(text.lines()):
        if not isinstance(record, Record):
            yield record
        elif record.top.tag in {"INDI", "FAM"}:
            yield from facts_of(record, telling)
            others.update(each.tag for each in record.top.below if each.tag in _OTHER_EVENTS)
    if others:
        yield Note(Place(1), _not_imported(others))


def _locale(head: Head) -> Locale:
    language = _LANGUAGES.get(head.language.lower(), head.language)
    return locale_of(language if is_spoken(language) else "en")


def _not_imported(others: Counter[str]) -> str:
    listed = ", ".join(f"{count} {tag}" for tag, count in others.most_common())
    return f"other events are not imported: {listed}"
