"""The JSON Schema of what is told: `today --format json`, the pages' JSON, the signed webhook.

It is derived from views/view.py's values, so that the two cannot differ.
"""

import types
import typing
from typing import Any

from onthisday.views.view import DayView


def _schema(kind: Any) -> dict[str, Any]:
    """Return the JSON Schema of a type of views/view.py."""
    if hasattr(kind, "_fields"):
        return _record(kind)
    if typing.get_origin(kind) is tuple:
        return {"type": "array", "items": _schema(typing.get_args(kind)[0])}
    if typing.get_origin(kind) in {types.UnionType, typing.Union}:
        return {"anyOf": [_schema(each) for each in typing.get_args(kind)]}
    simple = {str: "string", int: "integer", bool: "boolean", types.NoneType: "null"}
    return {"type": simple[kind]}


def _record(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    keys = {field.rstrip("_"): _schema(hints[field]) for field in kind._fields}
    return {
        "type": "object",
        "properties": keys,
        "required": list(keys),
        "additionalProperties": False,
    }


_DAY = _schema(DayView)

OCCASIONS: dict[str, Any] = {
    "oneOf": [
        _DAY,
        {
            "type": "object",
            "properties": {"days": {"type": "array", "items": _DAY}},
            "required": ["days"],
            "additionalProperties": False,
        },
    ]
}
"""One day, or several under ``days``."""
