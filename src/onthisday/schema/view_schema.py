"""The JSON Schema of an occasion: `today --format json`, the pages' JSON, the signed webhook.

It is made from the values of views/view.py and from the keys that views/as_json.py writes. So the
schema and the JSON cannot differ.
"""

import types
import typing
from datetime import date
from typing import Any

from onthisday.dates.calendars import MonthDay
from onthisday.dates.historical_date import HistoricalDate
from onthisday.views.as_json import keys_of
from onthisday.views.view import DayView, UndatedView
from onthisday.views.yearless import YearlessView

_SIMPLE = {
    str: "string", int: "integer", bool: "boolean", types.NoneType: "null",
    HistoricalDate: "string", MonthDay: "string", date: "string",
}  # fmt: skip


def _schema(kind: Any) -> dict[str, Any]:
    """Return the JSON Schema of a type that views/view.py uses."""
    if kind in _SIMPLE:
        return {"type": _SIMPLE[kind]}
    origin = typing.get_origin(kind)
    if origin is typing.Literal:
        return {"type": "string", "enum": list(typing.get_args(kind))}
    if origin is tuple:
        return {"type": "array", "items": _schema(typing.get_args(kind)[0])}
    if origin in {types.UnionType, typing.Union}:
        return {"anyOf": [_schema(each) for each in typing.get_args(kind)]}
    return _record(kind)


def _record(kind: Any) -> dict[str, Any]:
    keys = {name.rstrip("_"): _schema(_type_of(kind, name)) for name in keys_of(kind)}
    return {
        "type": "object",
        "properties": keys,
        "required": list(keys),
        "additionalProperties": False,
    }


def _type_of(kind: Any, name: str) -> Any:
    """Return the type of a field or of a property."""
    hints = typing.get_type_hints(kind)
    return (
        hints[name] if name in hints else typing.get_type_hints(getattr(kind, name).fget)["return"]
    )


_DAY = _schema(DayView | YearlessView)


def _lists(**kinds: Any) -> dict[str, Any]:
    """Return the schema of an object that has these lists."""
    return {
        "type": "object",
        "properties": {
            name: {"type": "array", "items": _schema(kind)} for name, kind in kinds.items()
        },
        "required": list(kinds),
        "additionalProperties": False,
    }


OCCASIONS: dict[str, Any] = {
    "oneOf": [_DAY, _lists(days=DayView), _lists(days=DayView, undated=UndatedView)]
}
"""The schema of one day, or of several under ``days``, also with what is dated to no day."""
