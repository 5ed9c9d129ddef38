"""An event of a calendar as an entry: its date, rule, kind and words.

Called by ics.py. Not here: which lines an event has (ics_event.py), what repeats
(ics_recurrence.py), whose birthday it is (ics_lives.py).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from onthisday.importers.found import Found, Note
from onthisday.importers.ics_components import Component
from onthisday.importers.ics_event import Day, Event, NoEntry, event_of
from onthisday.importers.ics_lives import MARKS, lacks_year, life_of
from onthisday.importers.ics_own import NAMES, own_id, own_tree
from onthisday.importers.ics_recurrence import rule_of, rule_of_days
from onthisday.importers.names import document_id, id_of, is_address, one_line, tag_of
from onthisday.importers.plain_words import plain

_NAMES = MARKS | NAMES | {
    "UID", "SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "URL", "STATUS", "CLASS", "DTSTART",
    "DTEND", "RRULE", "RDATE", "EXRULE", "EXDATE", "RECURRENCE-ID"
}  # fmt: skip
"""The properties of an event that are read."""

_HOLIDAYS = frozenset(
    {
        "holiday", "holidays", "public holiday", "public holidays", "bank holiday", "feiertag",
        "feiertage", "jour férié", "jours fériés", "festività", "festivo", "festivos", "feriado",
        "feriados", "feestdag", "feestdagen", "праздник", "праздники"
    }
)  # fmt: skip
"""Categories that programs give to holidays."""


def entry_of(part: Component, zone: ZoneInfo | None) -> Iterator[Found | Note]:
    """Yield the entry of an event, after what its curator must hear of it.

    ``zone``: that in which times in UTC are shown. Raises NoEntry.
    """
    event = event_of(part.text, _NAMES)
    _must_stand(event)
    own, uid = own_tree(event), event.text("UID")
    tree = _told(event) | (own or _other_tree(event, zone))
    doubts = () if own else _year_in_doubt(event, zone, tree)
    for message in (*doubts, *_left_out(event)):
        yield Note(part.place, f'"{tree["title"][:60]}": {message}')
    documents = _documents(event, tree)
    if documents:
        tree["sources"] = [{"document": documents[0]["id"]}]
    name = (own and own_id(event)) or (id_of(uid) if uid else None)
    yield Found(part.place, part.text, tree, name, documents)


def _other_tree(event: Event, zone: ZoneInfo | None) -> dict[str, Any]:
    """Return the keys of an entry, out of an event of another program. Raises as `entry_of`."""
    first = event.day("DTSTART", zone)
    if first is None:
        raise NoEntry("has no DTSTART, and an entry needs a date")
    rule = _rule(event, first, zone)
    summary = plain(event.text("DESCRIPTION"))
    kind = {"kind": "holiday"} if _HOLIDAYS & _categories(event) else {}
    tree = kind | _dated(event, first, rule, zone)
    return tree | ({"rule": rule} if rule else {}) | ({"summary": summary} if summary else {})


def _must_stand(event: Event) -> None:
    """Raise NoEntry if an event is none that readers may see every year."""
    if event.text("STATUS").upper() == "CANCELLED":
        raise NoEntry("is cancelled (STATUS:CANCELLED)")
    if event.text("CLASS").upper() in {"PRIVATE", "CONFIDENTIAL"}:
        raise NoEntry("is private (CLASS); take that line out if it may be published")
    if event.all("RECURRENCE-ID"):
        raise NoEntry("changes one day of an event that repeats (RECURRENCE-ID)")
    if event.all("EXRULE") or len(event.all("RRULE")) > 1:
        raise NoEntry("repeats by several rules, and an entry has one")
    if event.all("RRULE") and event.all("RDATE"):
        raise NoEntry("repeats by a rule and by a list of days, and an entry has one rule")
    if not event.text("SUMMARY"):
        raise NoEntry("has no SUMMARY, and an entry needs a title")


def _rule(event: Event, first: Day, zone: ZoneInfo | None) -> str | None:
    if rules := event.all("RRULE"):
        return rule_of(rules[0].raw.strip(), first)
    listed = [day for each in event.all("RDATE") for day in each.days(zone)]
    if set(listed) <= {first}:
        return None
    return rule_of_days(sorted({first, *listed}))


def _dated(event: Event, first: Day, rule: str | None, zone: ZoneInfo | None) -> dict[str, Any]:
    """Return the date of an entry with its kind and title: a birthday may know its year better."""
    title = one_line(event.text("SUMMARY"))
    if event.all("RRULE") and not rule and (life := life_of(event, first)):
        kind = {} if life.kind == "event" else {"kind": life.kind}
        died = {"died": life.died} if life.died else {}
        return {"date": _of_year(first, life.year), "title": one_line(life.title)} | kind | died
    if lacks_year(event, first):
        return {"date": _of_year(first, None)[: 7 if rule else 10], "title": title}
    last = _last(event, first, zone)
    if last and not rule:
        observed = f"{first.month:02}-{first.day:02}"
        return {"date": f"{first.edtf}/{last.edtf}", "title": title, "observe": observed}
    return {"date": first.edtf, "title": title}


def _of_year(day: Day, year: int | None) -> str:
    return f"{'XXXX' if year is None else f'{year:04}'}{day.edtf[4:]}"


def _last(event: Event, first: Day, zone: ZoneInfo | None) -> Day | None:
    """Return the last day of an event that lasts several whole days; None if it is one day.

    The day of DTEND does not belong to the event (section 3.6.1).
    """
    end = event.day("DTEND", zone)
    if end is None or end.timed or first.timed or 0 in {end.year, first.year}:
        return None
    begin, after = date(*first[:3]), date(*end[:3])
    last = after - timedelta(days=1) if after > begin else begin
    return Day(last.year, last.month, last.day) if last > begin else None


def _told(event: Event) -> dict[str, Any]:
    """Return what all events say: title, place and tags."""
    told: dict[str, Any] = {"title": one_line(event.text("SUMMARY"))}
    if place := one_line(plain(event.text("LOCATION"))):
        told["place"] = place
    listed = (text for each in event.all("CATEGORIES") for text in each.texts)
    if tags := tuple(dict.fromkeys(filter(None, map(tag_of, listed)))):
        told["tags"] = list(tags)
    return told


def _categories(event: Event) -> set[str]:
    return {text.casefold() for each in event.all("CATEGORIES") for text in each.texts}


def _documents(event: Event, tree: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """Return the page that an event names, as a document: it says the same as the event."""
    address = event.text("URL")
    if not is_address(address):
        return ()
    return ({"id": document_id(address), "title": tree["title"], "url": address},)


def _year_in_doubt(event: Event, zone: ZoneInfo | None, tree: dict[str, Any]) -> Iterator[str]:
    first = event.day("DTSTART", zone)
    if first is None or first.year == 1604 or lacks_year(event, first):
        return
    if tree["date"].startswith("XXXX"):
        why = f"{first.year} may be the year in which the event was made, and is not taken"
        yield f"{why}; if it is the year of birth, write ({first.year}) at the end of its SUMMARY"


def _left_out(event: Event) -> Iterator[str]:
    """Yield what an event says and its entry does not."""
    if event.all("EXDATE"):
        yield "it leaves out some years (EXDATE); the entry falls in them too"
    for each in event.all("CATEGORIES"):
        for text in each.texts:
            if tag_of(text) is None:
                yield f'"{text[:40]}" cannot be a tag, and is left out'
    address = event.text("URL")
    if address and not is_address(address):
        yield f'"{address[:80]}" is no web address, and is left out'
