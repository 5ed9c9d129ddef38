"""Views as the trees that JSON is written from: the one place where their dates become texts.

The keys are INTERFACE.md's, "Occasions as JSON", in its order. schema/view_schema.py derives the
JSON Schema from the same keys.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from onthisday.dates.calendars import MonthDay
from onthisday.dates.edtf import HistoricalDate
from onthisday.views.date_words import observed_words
from onthisday.views.view import OccasionView

_OCCASION = (
    "id", "occasion", "date", "calendar", "as_written", "uncertain", "observed", "years",
    "milestone", "kind", "title", "summary", "place", "tags", "tone", "image", "url", "sources",
    "accounts",
)  # fmt: skip


def keys_of(kind: type[Any]) -> tuple[str, ...]:
    """Return the names of what JSON has of a kind of view; a key is its name without ``_``."""
    names: tuple[str, ...] = _OCCASION if kind is OccasionView else kind._fields
    return names


def tree_of(value: Any) -> Any:
    """Return a view, or any value in one, as the tree that JSON is written from."""
    text_of = _TEXTS.get(type(value))
    if text_of is not None:
        return text_of(value)
    if isinstance(value, OccasionView):
        return _tree(value) | {"observed": value.observed and observed_words(value.observed)}
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
"""How a value is written that JSON has no kind for."""
