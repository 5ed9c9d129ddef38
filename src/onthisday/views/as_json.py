"""Turn views into dicts and lists for JSON. Only here do dates become strings for programs.

The keys are those of docs/reference.md, "JSON", in a fixed order. schema/view_schema.py makes the
JSON Schema from the same keys.

Called by the commands, by the pages that are JSON, and by the signed webhook. Not here: words for
people (words.py).
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from onthisday.almanac.document import Document
from onthisday.dates.calendars import MonthDay
from onthisday.dates.historical_date import HistoricalDate
from onthisday.locales.locale import ENGLISH
from onthisday.views.historical_words import observed_words
from onthisday.views.view import AccountView, AnswerView, ImageView, NextView, OccasionView
from onthisday.views.yearless import NextYearlessView

_OCCASION = (
    "id", "occasion", "date", "calendar", "as_written", "uncertain", "observed", "years",
    "milestone", "kind", "title", "summary", "place", "tags", "tone", "image", "url",
    "sources", "accounts", "brief", "corrections", "language",
)  # fmt: skip

_DOCUMENT = tuple(name for name in Document._fields if name != "silence")
"""What is for curators and `check` is not for readers."""

_KEYS: dict[type, tuple[str, ...]] = {
    OccasionView: _OCCASION,
    Document: _DOCUMENT,
    ImageView: ("url", "alt", "credit", "license"),
    AccountView: ("question", "answers"),
    NextView: ("id", "day", "title"),
    NextYearlessView: ("id", "day", "title"),
    AnswerView: ("says", "as_", "date", "document", "name", "page", "locator"),
}
"""The fields that JSON has, of those kinds of view of which it does not have all."""


def keys_of(kind: type[Any]) -> tuple[str, ...]:
    """Return the fields of a kind of view that JSON has.

    The key in JSON is the field's name without ``_`` at the end.
    """
    names: tuple[str, ...] = _KEYS.get(kind) or kind._fields
    return names


def tree_of(value: Any) -> Any:
    """Return a view, or a value in one, as a tree that JSON can hold."""
    text_of = _TEXTS.get(type(value))
    if text_of is not None:
        return text_of(value)
    if isinstance(value, OccasionView):
        return _tree(value) | {
            "observed": value.observed and observed_words(ENGLISH, value.observed)
        }
    if hasattr(value, "_fields"):
        return _tree(value)
    if isinstance(value, tuple):
        return [tree_of(item) for item in value]
    return value


def _tree(view: Any) -> dict[str, Any]:
    return {name.rstrip("_"): tree_of(getattr(view, name)) for name in keys_of(type(view))}


_TEXTS: dict[type, Callable[[Any], str]] = {
    HistoricalDate: lambda found: found.edtf,
    MonthDay: str,
    date: date.isoformat,
}
"""How to write the values that JSON cannot hold."""
