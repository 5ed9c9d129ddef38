"""The births, deaths and marriages of a GEDCOM file as entries.

Left out and listed is what belongs to people who may be living, what the file keeps private, what
has no date or no name, and a second date of the same event. Of the first two, the list shows the
line ``1 BIRT`` alone, so that no private date gets into a message.

Called by gedcom.py.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from onthisday.almanac.living import old_from
from onthisday.importers.found import Found, Note, Read, Refused
from onthisday.importers.gedcom_dates import Dated, dated
from onthisday.importers.gedcom_day import NoDay
from onthisday.importers.gedcom_known import TOLD, Known
from onthisday.importers.gedcom_people import Person, is_private, tag_of, uid_of
from onthisday.importers.gedcom_records import Record, Structure
from onthisday.importers.gedcom_sources import citations, cited_by, summary_of
from onthisday.locales.locale import Locale

_KINDS = {"BIRT": "birth", "DEAT": "death", "MARR": "marriage"}
_RECORDS = {"BIRT": "INDI", "DEAT": "INDI", "MARR": "FAM"}

_MAY_LIVE = {
    "BIRT": "is of a person who may be living; to publish it, write it by hand with the key living",
    "DEAT": "does not say that the person died; add a date, or write 1 DEAT Y",
    "MARR": "is of people of whom one may be living; to publish it, write it by hand",
}
_PRIVATE = "is private: a line RESN says so; take that line out if this may be published"
_NO_NAME = "is of a person without a name; add the line 1 NAME"
_ELSEWHERE = (
    "stands where GEDCOM has no such event: births and deaths are of INDI, marriages of FAM"
)


class About(NamedTuple):
    """Whose events a record has. ``uid``: the record's name for ever."""

    people: tuple[Person, ...]
    uid: str | None
    is_private: bool


class Telling(NamedTuple):
    """What entries are made with: what is known of the file, and the language of the titles."""

    known: Known
    locale: Locale


def facts_of(record: Record, telling: Telling) -> Iterator[Read]:
    """Yield each birth, death and marriage of a record, or why it is not imported."""
    about = _about(record, telling.known)
    lines: dict[str, int] = {}
    for event in record.top.all(*TOLD):
        fact = _fact(record, event, about, telling)
        if isinstance(fact, Found):
            fact = _first(record, event, fact, lines)
            yield from _lost_sources(record, event, telling.known)
        yield fact


def _first(record: Record, event: Structure, fact: Found, lines: dict[str, int]) -> Found | Refused:
    """Return a fact, or why not: a person has one birth and one death, and the first is preferred.

    People may marry again, and in a church after the registry office.
    """
    key = fact.tree["date"] if event.tag == "MARR" else event.tag
    if key in lines:
        return _refused(record, event, _second(lines[key]))
    is_second_wedding = event.tag == "MARR" and bool(lines)
    lines[key] = fact.place.line
    return fact._replace(id=None) if is_second_wedding else fact


def _about(record: Record, known: Known) -> About:
    top = record.top
    if top.tag == "INDI":
        person = known.people.get(record.name, Person())
        return About((person,), person.uid, person.is_private)
    named = dict.fromkeys(each.pointer for each in top.all("HUSB", "WIFE"))
    people = tuple(known.people[name] for name in named if name in known.people)
    private = is_private(top) or any(person.is_private for person in people)
    return About(people, uid_of(top), private)


def _fact(record: Record, event: Structure, about: About, telling: Telling) -> Found | Refused:
    if record.top.tag != _RECORDS[event.tag]:
        return _hidden(record, event, _ELSEWHERE)
    if about.is_private or is_private(event):
        return _hidden(record, event, _PRIVATE)
    written = event.first("DATE")
    phrase = next((each.first("PHRASE") for each in event.all("DATE")), "")
    try:
        when = dated(written, phrase) if written or phrase else None
    except NoDay as error:
        when, wrong = None, f'has the date "{written or phrase}": {error}'
    else:
        wrong = "has no date"
    if _may_live(event, about, when, telling.known):
        return _hidden(record, event, _MAY_LIVE[event.tag])
    if when is None:
        return _refused(record, event, wrong)
    if not (title := _title(event, about, telling.locale)):
        return _refused(record, event, _NO_NAME)
    return _found(record, event, about, telling, _entry(title, event, when, about, telling))


def _may_live(event: Structure, about: About, when: Dated | None, known: Known) -> bool:
    """Return True if the event may be of somebody who is living. A birth may be old itself."""
    if event.tag == "BIRT" and when and old_from(when.date) <= known.today:
        return False
    return any(person.may_live for person in about.people)


def _title(event: Structure, about: About, locale: Locale) -> str:
    """Return the title; empty if nobody has a name."""
    names = [person.name for person in about.people if person.name]
    if not names:
        return ""
    if event.tag == "BIRT":
        return locale.gettext("{name} is born", name=names[0])
    if event.tag == "DEAT":
        return locale.gettext("{name} dies", name=names[0])
    if len(names) == 1:
        return locale.gettext("{name} marries", name=names[0])
    return locale.gettext("{one} and {other} marry", one=names[0], other=names[1])


def _entry(
    title: str, event: Structure, when: Dated, about: About, telling: Telling
) -> dict[str, Any]:
    tree = {
        "date": when.date.edtf,
        "calendar": when.date.calendar if when.date.calendar == "julian" else None,
        "as_written": when.as_written,
        "kind": _KINDS[event.tag],
        "title": title,
        "summary": summary_of(event, telling.known.notes),
        "place": _place(event),
        "tags": list(filter(None, dict.fromkeys(tag_of(each.surname) for each in about.people))),
        "language": telling.locale.words_tag,
        "died": about.people[0].died if event.tag == "BIRT" else None,
    }
    return {key: value for key, value in tree.items() if value}


def _place(event: Structure) -> str:
    """Return the place. GEDCOM leaves a part between commas empty if it is not known."""
    parts = (part.strip() for part in event.first("PLAC").split(","))
    return ", ".join(filter(None, parts))


def _found(
    record: Record, event: Structure, about: About, telling: Telling, tree: dict[str, Any]
) -> Found:
    place, text = record.passage(event)
    sources, documents = citations(event, telling.known.documents)
    if sources:
        tree["sources"] = sources
    named = f"{about.uid}-{_KINDS[event.tag]}" if about.uid else None
    return Found(place, text, tree, named, documents)


def _lost_sources(record: Record, event: Structure, known: Known) -> Iterator[Note]:
    for name, _ in cited_by(event):
        if name not in known.documents:
            place, _ = record.first_line(event)
            yield Note(place, f"cites {name}, and the file has no such source")


def _refused(record: Record, event: Structure, reason: str) -> Refused:
    return Refused(*record.passage(event), reason)


def _hidden(record: Record, event: Structure, reason: str) -> Refused:
    return Refused(*record.first_line(event), reason)


def _second(line: int) -> str:
    return (
        f"is another date of the event in line {line}, which is imported, because the first is the "
        "preferred one; add an account to its entry if both shall be told"
    )
