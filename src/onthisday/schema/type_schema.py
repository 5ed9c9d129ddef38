"""JSON Schema from the types of Python: of views, and of what is written as JSON (TypedDict).

So a schema cannot differ from the JSON: mypy compares the type with the code that writes it, and
views/as_json.py writes the keys that are read here. Not here: how people write an almanac
(shapes.py).
"""

import types
import typing
from datetime import date
from typing import Any

from onthisday.dates.calendars import MonthDay
from onthisday.dates.historical_date import HistoricalDate
from onthisday.views.as_json import keys_of

_SIMPLE = {
    str: "string", int: "integer", bool: "boolean", types.NoneType: "null",
    HistoricalDate: "string", MonthDay: "string", date: "string",
}  # fmt: skip


def schema_of(kind: Any) -> dict[str, Any]:
    """Return the JSON Schema of a type (2020-12)."""
    if kind in _SIMPLE:
        return {"type": _SIMPLE[kind]}
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        return {"type": "string", "enum": list(args)}
    if origin in {tuple, list}:
        return {"type": "array", "items": schema_of(args[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": schema_of(args[1])}
    if origin in {types.UnionType, typing.Union}:
        return {"anyOf": [schema_of(each) for each in args]}
    return _typed_dict(kind) if typing.is_typeddict(kind) else _view(kind)


def lists(**kinds: Any) -> dict[str, Any]:
    """Return the schema of an object that has these lists."""
    return _object(
        {name: {"type": "array", "items": schema_of(kind)} for name, kind in kinds.items()}
    )


def _typed_dict(kind: Any) -> dict[str, Any]:
    keys = {name: schema_of(each) for name, each in typing.get_type_hints(kind).items()}
    required = [name for name in keys if name in kind.__required_keys__]
    return _described(kind, _object(keys) | {"required": required})


def _view(kind: Any) -> dict[str, Any]:
    keys = {name.rstrip("_"): schema_of(_type_of(kind, name)) for name in keys_of(kind)}
    return _described(kind, _object(keys))


def _object(keys: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object that has these keys, all of them, and no others."""
    return {
        "type": "object",
        "properties": keys,
        "required": list(keys),
        "additionalProperties": False,
    }


def _described(kind: Any, schema: dict[str, Any]) -> dict[str, Any]:
    about = (kind.__doc__ or "").partition("\n")[0]
    return {"description": about, **schema} if about else schema


def _type_of(kind: Any, name: str) -> Any:
    """Return the type of a field or of a property."""
    hints = typing.get_type_hints(kind)
    return (
        hints[name] if name in hints else typing.get_type_hints(getattr(kind, name).fget)["return"]
    )


def with_keys(schema: dict[str, Any], **kinds: Any) -> dict[str, Any]:
    """Return the schema of an object that also has these keys."""
    more = {name: schema_of(kind) for name, kind in kinds.items()}
    return {
        **schema,
        "properties": schema["properties"] | more,
        "required": [*schema["required"], *more],
    }
