"""The keys of an entry and of a document: `almanac/*.yaml`, `*.jsonl`, `documents.yaml`.

``ENTRY`` and ``DOCUMENT`` turn a plain tree into a value of almanac/, and find every problem. They
also give the JSON Schema (`onthisday schema entry`).

Called by service/reading/compiling.py. Not here: reading files (adapters/files/), rules about more
than one entry (checks/).
"""

import re
from datetime import date
from typing import Any

from onthisday.almanac.document import Document
from onthisday.almanac.entry import (
    KINDS,
    PLACES,
    Account,
    Answer,
    Citation,
    Correction,
    Entry,
    Hedge,
    Image,
    Silence,
    Span,
)
from onthisday.dates import feasts, human_dates
from onthisday.dates.calendars import LEAP_DAY, Calendar, MonthDay, days_in_month
from onthisday.dates.historical_date import HistoricalDate
from onthisday.dates.ranges import range_of
from onthisday.schema.folder_names import parse_id, parse_tag
from onthisday.schema.nearest_forms import day_like, month_day_like
from onthisday.schema.passage_digests import parse_digest
from onthisday.schema.rules import BY_WORDS, silenceable
from onthisday.schema.shapes import (
    Choice,
    Flag,
    FlagOr,
    Key,
    Listing,
    Misfit,
    Parsed,
    Record,
    Table,
    Text,
    Together,
    Whole,
    nearest,
)
from onthisday.schema.translation_schema import TRANSLATION, fitting
from onthisday.schema.web_addresses import parse_web_address

LEAP_DAYS = ("feb-28", "mar-1", "omit")


def _parse_month_day(text: str) -> MonthDay:
    match = re.fullmatch(r"(\d\d)-(\d\d)", text, re.ASCII)
    found = MonthDay(int(match[1]), int(match[2])) if match else None
    if found is None or not 1 <= found.month <= 12:
        like = month_day_like(text)
        mend = f'write "{like}"' if like else "write month and day with two digits each: MM-DD"
        raise ValueError(f'"{text}" is no day of the year; {mend}')
    if not 1 <= found.day <= days_in_month(None, found.month):
        raise ValueError(f'"{text}" is impossible: the calendar does not have it')
    return found


def _parse_day(text: str) -> date:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) is None:
        like = day_like(text)
        mend = f"write {like}" if like else "write year, month and day: YYYY-MM-DD"
        raise ValueError(f'"{text}" is no day; {mend}')
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f'"{text}" is no day; the calendar does not have it') from error


def _parse_sha256(text: str) -> str:
    if re.fullmatch(r"[0-9a-fA-F]{64}", text) is None:
        raise ValueError("a SHA-256 has 64 hexadecimal digits; `sha256sum FILE` prints it")
    return text.lower()


def _silence(what: str) -> Key:
    """Return how the key ``silence`` is written. ``what`` says of what: an entry or a document."""
    names = silenceable(what)

    def parse_rule_name(text: str) -> str:
        if text not in names:
            raise ValueError(f'"{text}" cannot be silenced here{nearest(text, names)}')
        return text

    keys = {
        "rule": Key(Parsed(parse_rule_name, ", ".join(names)), "the rule's name", required=True),
        "reason": Key(Text(), "why it has nothing to say here", required=True),
    }
    if what == "entry":
        keys["words"] = Key(Text(), "of not-in-passage: the words that no passage needs to say")
    meaning = "rules of `check` that have nothing to say here, each with the reason"
    words = Together(("words", "rule"), _silenced_words, if_given=True)
    record = Record(keys, Silence, together=(words,) if what == "entry" else ())
    return Key(Listing(record, or_one=True), meaning, default=())


def _silenced_words(words: str, rule: str) -> str:
    if rule not in BY_WORDS:
        raise Misfit(f"words are for {' and '.join(BY_WORDS)} alone; take them out", "words")
    return words


_Passage = tuple[Span, str | None]
"""The place of a passage, and its digest."""


def _end(end: int, start: int) -> int:
    if end <= start:
        raise Misfit(f"locator {start}–{end} is empty; end must come after start", rule="locator")
    return end


def _quote(quote: str, locator: tuple[_Passage, ...] | None) -> str:
    if locator is not None:
        raise Misfit("has both a locator and a quote; keep one", "quote", rule="locator")
    return quote


def _passage(start: int, end: int, sha256: str | None) -> _Passage:
    return Span(start, end), sha256


def _citation(
    document: str,
    as_: Hedge,
    locator: tuple[_Passage, ...] | None,
    quote: str | None,
    page: str | None,
    sha256: str | None,
) -> Citation:
    if not locator:
        return Citation(document, as_, (), quote, page, (), sha256)
    spans, digests = zip(*locator, strict=True)
    return Citation(document, as_, spans, quote, page, digests if any(digests) else (), sha256)


def _answer(says: str, date: HistoricalDate | None, **citation: Any) -> Answer:
    return Answer(says, _citation(**citation), date)


def _file(file: str | None, url: str | None) -> str | None:
    if (file is None) == (url is None):
        mend = "keep one" if file else "add one"
        raise Misfit(f"an image has a file or a url, and not both; {mend}", rule="image")
    return file


def _date_text(text: str) -> str:
    """Return the text of a date, or raise ValueError if it is a date in no calendar.

    `_date` reads it in the calendar of the entry, but only if the calendar is right. So a wrong
    date is looked for here too, to be told beside a wrong calendar.
    """
    try:
        human_dates.read(text, "gregorian")
    except ValueError as error:
        if not _is_julian(text):
            raise error from None
    return text


def _is_julian(text: str) -> bool:
    try:
        human_dates.read(text, "julian")
    except ValueError:
        return False
    return True


def _date(date: str, calendar: Calendar | None) -> HistoricalDate:
    try:
        return human_dates.read(date, calendar or "gregorian")
    except ValueError as error:
        raise Misfit(f"date: {error}", "date", rule="date") from error


def _leap_day(leap_day: str, date: HistoricalDate, observe: MonthDay | None) -> str:
    if LEAP_DAY not in {date.month_day, observe}:
        raise Misfit(
            "leap_day is for 29 February, and this entry is of another day; take it out", "leap_day"
        )
    return leap_day


def _of_a_birth(key: str) -> Together:
    """Return how ``living`` or ``died`` is judged: it says nothing of an entry of another kind."""

    def judge(value: Any, kind: str) -> Any:
        if value and kind != "birth":
            message = f"{key} is for a birth, and this entry is of another kind"
            raise Misfit(f'{message}; write "kind: birth", or take {key} out', key)
        return value

    return Together((key, "kind"), judge, if_given=True)


def _died(died: Any, date: HistoricalDate) -> Any:
    if isinstance(died, HistoricalDate) and _is_before(died, date):
        raise Misfit("died is before the birth; correct one of the two dates", "died")
    return died


def _corrections(corrections: tuple[Correction, ...]) -> tuple[Correction, ...]:
    """Return the corrections. Raise Misfit if one withdraws the entry and another one follows."""
    last = max(reversed(corrections), key=lambda each: each.on, default=None)
    for index, each in enumerate(corrections):
        if each.now is None and each is not last:
            message = f"corrections[{index}] has no now, so it withdraws the entry"
            mend = "add now:, or take out the corrections after it"
            raise Misfit(f"{message}, but another one follows; {mend}", "corrections", index)
    return corrections


def _is_before(one: HistoricalDate, other: HistoricalDate) -> bool:
    return range_of(one).last < range_of(other).first


_CITATION = {
    "document": Key(Parsed(parse_id, "the document's id"), "the document's id", required=True),
    "as": Key(
        Choice(("stated", "reported", "rumoured")), "the source's own hedge", default="stated"
    ),
    "locator": Key(
        Listing(
            Record(
                {
                    "start": Key(Whole(), "the first code point", required=True),
                    "end": Key(Whole(), "the code point after the last", required=True),
                    "sha256": Key(
                        Parsed(parse_digest, "16 hexadecimal digits", "sha256", or_number=True),
                        "the first 16 digits of the SHA-256 of the passage's UTF-8",
                    ),
                },
                _passage,
                together=(Together(("end", "start"), _end),),
            ),
            or_one=True,
        ),
        "the passages, as code points of the text",
    ),
    "quote": Key(Text(), "the passage in its own words, to be turned into a locator"),
    "page": Key(Text(lenient=True), "the page, as the document numbers it"),
    "sha256": Key(
        Parsed(parse_digest, "16 hexadecimal digits", "sha256", or_number=True),
        "of a spreadsheet's row: the first 16 digits of its SHA-256, which `import` writes",
    ),
}

_ONE_PLACE = (Together(("quote", "locator"), _quote, if_given=True),)

_ANSWER = {
    "says": Key(Text(), "the answer, in our words", required=True),
    **_CITATION,
    "date": Key(Parsed(human_dates.read, "EDTF", rule="date"), "the date that this answer gives"),
}

_ACCOUNT = {
    "question": Key(Text(), "what the documents answer differently", required=True),
    "answers": Key(
        Listing(
            Record(_ANSWER, _answer, together=_ONE_PLACE),
            least=2,
            lack="has fewer than two answers; add one, or take the account out",
            rule="account",
        ),
        "each document's answer",
        required=True,
    ),
}

_IMAGE = {
    "file": Key(Text(), "the picture's name, beside the almanac"),
    "url": Key(Parsed(parse_web_address, "a URL"), "the picture's address"),
    "alt": Key(Text(), "the picture in words"),
    "credit": Key(Text(), "who made it"),
    "license": Key(Text(), "under which licence"),
    "places": Key(
        Listing(Choice(PLACES), least=1), "where it may be shown: site, posts", default=PLACES
    ),
}

_CORRECTION = {
    "on": Key(Parsed(_parse_day, "YYYY-MM-DD"), "the day on which it was corrected", required=True),
    "was": Key(Text(), "what the entry said", required=True),
    "now": Key(Text(), "what it says instead; left out, the entry is withdrawn"),
    "why": Key(Text(), "in one sentence, how you know that it was wrong", required=True),
}

ENTRY = Record(
    {
        "id": Key(
            Parsed(parse_id, "letters a-z, digits, - _ ."),
            "its name, stable for ever",
            required=True,
        ),
        "date": Key(
            Parsed(_date_text, "EDTF", rule="date"),
            'when, as EDTF in quotes: "1956-02-25"',
            required=True,
        ),
        "calendar": Key(Choice(("gregorian", "julian")), "the calendar of `date`", kept=False),
        "as_written": Key(Text(), "the date as the document writes it"),
        "kind": Key(Choice(KINDS), "what kind of fact", default="event"),
        "title": Key(Text(), "what happened, in one line", required=True),
        "summary": Key(Text(), "what happened, in a few sentences of our own"),
        "brief": Key(Text(), "one sentence for small places, such as a chat message"),
        "place": Key(Text(), "where"),
        "tags": Key(Listing(Parsed(parse_tag, "a word")), "words to find it by", default=()),
        "tone": Key(Choice(("solemn", "neutral", "festive")), "how to say it", default="neutral"),
        "sources": Key(
            Listing(Record(_CITATION, _citation, together=_ONE_PLACE), least=1),
            "the documents it rests on",
            required=True,
            absent="has no source; add one under sources:",
        ),
        "accounts": Key(
            Listing(Record(_ACCOUNT, Account)), "where the documents differ", default=()
        ),
        "observe": Key(
            Parsed(_parse_month_day, "MM-DD"), 'the day on which to remember it: "03-01"'
        ),
        "leap_day": Key(Choice(LEAP_DAYS), "where 29 February goes in common years"),
        "rule": Key(
            Parsed(feasts.parse_rule, "easter-2, paskha+39, 5/mon+3, 11/sun-last"),
            "a day that moves",
        ),
        "featured": Key(
            Flag(), "chosen before others where there is no room for all", default=False
        ),
        "updated": Key(Parsed(_parse_day, "YYYY-MM-DD"), "the day of its last correction"),
        "corrections": Key(
            Listing(Record(_CORRECTION, Correction)),
            "what was wrong in it, and when it was put right",
            default=(),
        ),
        "image": Key(
            Record(_IMAGE, Image, together=(Together(("file", "url"), _file),)), "a picture"
        ),
        "language": Key(Text(), "what it is written in, as BCP 47; default: that of the site"),
        "languages": Key(
            Table(TRANSLATION),
            "its texts in other languages",
            default=(),
        ),
        "living": Key(
            Text(), 'of a birth: why it may be published in the person\'s life: "public figure"'
        ),
        "died": Key(
            FlagOr(Parsed(human_dates.read, "EDTF", rule="date")),
            "of a birth: when the person died, or true",
            default=False,
        ),
        "silence": _silence("entry"),
    },
    Entry,
    together=(
        Together(("date", "calendar"), _date),
        Together(("leap_day", "date", "observe"), _leap_day, if_given=True),
        Together(("corrections",), _corrections, if_given=True),
        Together(("languages", "accounts"), fitting, if_given=True),
        _of_a_birth("living"),
        _of_a_birth("died"),
        Together(("died", "date"), _died, if_given=True),
    ),
)
"""An entry of `almanac/*.yaml` or `*.jsonl`."""

DOCUMENT = Record(
    {
        "id": Key(
            Parsed(parse_id, "letters a-z, digits, - _ ."),
            "its name, stable for ever",
            required=True,
        ),
        "title": Key(Text(), "its title", required=True),
        "author": Key(Text(), "who wrote it"),
        "publisher": Key(Text(), "who published it"),
        "published": Key(Parsed(human_dates.read, "EDTF", rule="date"), "when, as EDTF in quotes"),
        "language": Key(Text(), "its language, as BCP 47: en"),
        "url": Key(Parsed(parse_web_address, "a URL"), "where to read it"),
        "reference": Key(Text(), "its shelfmark"),
        "rights": Key(Text(), "what one may do with it"),
        "based_on": Key(Parsed(parse_id, "a document's id"), "the document that it follows"),
        "file": Key(Text(), "its text's file name, where the texts are kept"),
        "sha256": Key(
            Parsed(_parse_sha256, "64 hexadecimal digits", rule="sha256"), "that file's SHA-256"
        ),
        "proved": Key(
            Parsed(_parse_day, "YYYY-MM-DD"), "the day on which all its passages were proved"
        ),
        "archived": Key(Parsed(parse_web_address, "a URL"), "where a copy is kept"),
        "silence": _silence("document"),
    },
    Document,
)
"""A document of `almanac/documents.yaml`."""
