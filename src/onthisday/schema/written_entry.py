"""Entries and documents as YAML, as a curator would write them. Called by service/importing/.

What fits on a line is on a line; a longer list or mapping has a line for each of its items. Nothing
depends on it: trees.py reads both.

Not here: drafts, whose YAML shows the passages (draft_format.py).
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from onthisday.characters import escaped
from onthisday.schema.entry_schema import ENTRY

_WIDTH = 100
_PLAIN = re.compile(r"[^\W\d_][\w .'()/+!-]*(?<! )|\d[\d-]*-[a-z][\w.-]*")
_SPECIAL = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""Words that a program may not read as texts: those of YAML 1.2, and of 1.1."""

_ORDER = {name: place for place, name in enumerate(ENTRY.keys)}


def in_order(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of an entry in the order in which docs/almanac.md shows them."""
    return dict(sorted(tree.items(), key=lambda item: _ORDER.get(item[0], len(_ORDER))))


def item_yaml(tree: Mapping[str, Any]) -> str:
    """Return an entry or a document as an item of a list in YAML. It ends with a line end."""
    lines = [line for name, value in tree.items() for line in _lines(name, value)]
    return "\n".join([f"- {lines[0]}", *(f"  {line}" for line in lines[1:]), ""])


def line_json(tree: Mapping[str, Any]) -> str:
    """Return an entry as a line of JSON Lines, with its line end."""
    return f"{escaped(json.dumps(tree, ensure_ascii=False))}\n"


def key_yaml(name: str, value: Any) -> str:
    """Return a key and its value on one line: what replaces one in a file."""
    return f"{name}: {flow(value)}"


def flow(value: Any) -> str:
    """Return a value as YAML on one line."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{name}: {flow(item)}' for name, item in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(flow, value))}]"
    return json.dumps(value)


def _text(text: str) -> str:
    """Return a text as it is if all programs read it as that text, otherwise in JSON's quotes."""
    if len(text) < _WIDTH and _PLAIN.fullmatch(text) and text.lower() not in _SPECIAL:
        return text
    return escaped(json.dumps(text, ensure_ascii=False))


def _lines(name: str, value: Any) -> Iterator[str]:
    line = key_yaml(name, value)
    if len(line) < _WIDTH or isinstance(value, str | int | float | None):
        yield line
    elif isinstance(value, Mapping):
        yield f"{name}:"
        for key, item in value.items():
            yield from (f"  {each}" for each in _lines(key, item))
    else:
        yield f"{name}:"
        for item in value:
            yield from (f"  {each}" for each in _item(item))


def _item(value: Any) -> Iterator[str]:
    line = flow(value)
    if len(line) < _WIDTH or not isinstance(value, Mapping):
        yield f"- {line}"
        return
    inner = [line for name, item in value.items() for line in _lines(name, item)]
    yield f"- {inner[0]}"
    yield from (f"  {line}" for line in inner[1:])
