"""Read JSON Lines: one entry a line, in the shape of an almanac's own files.

A line with an ``id`` and ``sources`` is a whole entry, as `export jsonl` writes it. Any other line
is a fact of this file. A line of the kind ``document`` is a document of the almanac.

The standard library's reader loses nothing here. Not here: an almanac's own files, which
adapters/files/json_lines.py reads.
"""

import json
from collections.abc import Iterator
from typing import Any

from onthisday.almanac.entry import Span
from onthisday.importers.found import Broken, Found, Place, Read, Refused
from onthisday.importers.incoming import Incoming, Line
from onthisday.importers.life_titles import tells_birth

_MOST_DEEP = 40


def read(file: Incoming) -> Iterator[Read]:
    """Yield the entries and documents of a file. Raises Broken if it is no JSON Lines."""
    is_begun = False
    for line in file.lines():
        if not line.text.strip():
            continue
        read = _read(line)
        if isinstance(read, Refused) and not is_begun:
            raise Broken(f"is no JSON Lines: its first line {read.reason}", line.number)
        is_begun = True
        yield read
    if not is_begun:
        raise Broken("has no lines")


def _read(line: Line) -> Found | Refused:
    place = Place(line.number, Span(line.start, line.end))
    try:
        tree = _DECODER.decode(line.text.strip())
    except (ValueError, RecursionError) as error:
        why = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        return Refused(place, line.text, f"is no JSON ({why}); write one entry a line")
    if not isinstance(tree, dict):
        return Refused(place, line.text, 'is no entry; write one as {"date": "…", "title": "…"}')
    if _depth(tree) > _MOST_DEEP:
        return Refused(place, line.text, f"is nested more than {_MOST_DEEP} deep")
    named = tree.pop("id", None)
    if named is not None and not isinstance(named, str):
        return Refused(place, line.text, "has an id that is no text; put it in quotes")
    whole = named is not None and ("sources" in tree or tree.get("kind") == "document")
    if not whole and "kind" not in tree and tells_birth(str(tree.get("title"))):
        tree["kind"] = "birth"
    return Found(place, line.text, tree, named, whole=whole)


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    items = dict(pairs)
    if len(items) < len(pairs):
        raise ValueError("a key is there twice")
    return items


_DECODER = json.JSONDecoder(object_pairs_hook=_unrepeated)


def _depth(value: Any) -> int:
    """Return how deep a value is nested, without recursion."""
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        item, depth = waiting.pop()
        deepest = max(deepest, depth)
        inner = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
        waiting.extend((each, depth + 1) for each in inner)
    return deepest
