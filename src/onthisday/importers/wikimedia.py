"""Read the answers of Wikimedia's on-this-day API, saved as JSON (api.wikimedia.org, Feed API).

An answer has lists: ``selected``, ``births``, ``deaths``, ``events``, ``holidays``. A file may have
one list or all, several answers in a list, or answers by their days: ``{"02-25": {…}}``. Called by
formats.py.
"""

import json
from collections.abc import Iterator
from typing import NamedTuple

from onthisday.dates.calendars import MonthDay
from onthisday.importers.found import Broken, Found, Note, Read, Refused
from onthisday.importers.incoming import Incoming
from onthisday.importers.wikimedia_answers import Item, items_of
from onthisday.importers.wikimedia_days import LinkedDays, day_of_file
from onthisday.importers.wikimedia_facts import (
    Happening,
    NoEvent,
    documents_of,
    happening_of,
    id_of_entry,
    tree_of,
)
from onthisday.importers.wikimedia_selected import Selected

MOST = 64 * 1024 * 1024
"""Bytes. An answer has some 5 MB. The file is in memory as a whole."""


class _Told(NamedTuple):
    """A value of a list, and the event that it tells."""

    item: Item
    happening: Happening


def read(file: Incoming) -> Iterator[Read]:
    """Yield the events of an answer; those that are selected and in no other list at the end.

    The file is gone through twice: first for its day and for what is selected, because each event
    needs both. Raises Broken.
    """
    text = _text(file.content())
    selected, linked, dated = _learned(text)
    day = MonthDay(1, 1) if dated else day_of_file(file.name, linked)
    held: list[_Told] = []
    for told in _told(text):
        if not isinstance(told, _Told):
            yield told
        elif told.item.kind == "selected":
            held.append(told)
        else:
            featured = selected.take(told.item.day, told.happening)
            yield _found(told, day, featured=featured)
    for number, told in enumerate(held):
        yield from _selected(told, selected.twin(number), day)


def _told(text: str) -> Iterator[_Told | Note | Refused]:
    for item in items_of(text):
        if isinstance(item, Note):
            yield item
            continue
        try:
            yield _Told(item._replace(value=None), happening_of(item.value))
        except NoEvent as error:
            yield Refused(item.place, item.text, str(error))


def _learned(text: str) -> tuple[Selected, LinkedDays, bool]:
    """Return what is selected, which days are linked, and whether each answer says its own day."""
    selected, linked, dated = Selected(), LinkedDays(), True
    for told in _told(text):
        if isinstance(told, _Told):
            day, happening = told.item.day, told.happening
            dated = dated and day is not None
            if told.item.kind == "selected":
                selected.add(day, happening)
            elif day is None:
                linked.add(tuple(page.title for page in happening.pages))
    return selected, linked, dated


def _selected(told: _Told, twin: str | None, day: MonthDay) -> Iterator[Read]:
    """Yield a selected event, if it is in no other list. ``twin``: its words there."""
    said = told.happening.text
    if twin is None:
        yield _found(told, day, featured=True)
    elif twin != said:
        message = f'"{said[:80]}" is the same event as "{twin[:80]}", which is featured'
        yield Note(told.item.place, message)


def _found(told: _Told, day: MonthDay, *, featured: bool) -> Found:
    item, happening = told
    tree = tree_of(happening, item.kind, item.day or day, featured=featured)
    documents = documents_of(happening)
    if documents:
        tree["sources"] = [{"document": each["id"]} for each in documents]
    return Found(item.place, item.text, tree, id_of_entry(happening), documents)


def _text(content: bytes) -> str:
    """Return the text of a JSON file. Raises Broken."""
    if len(content) > MOST:
        raise Broken(f"the file has more than {MOST:,} bytes; save one day a file")
    encoding = json.detect_encoding(content).replace("-sig", "")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Broken(f"this is no JSON: it is not in {encoding.upper()}", line) from error
