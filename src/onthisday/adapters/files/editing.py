"""Edit a curator's file: replace a key together with its value, or add a key.

In YAML, all other bytes stay. The parser says at which character a key begins and its value ends,
and only these characters are replaced. So comments, order and style stay. In JSON Lines, the line
is written anew. Used by folders.py. appending.py adds whole items.
"""

import json
import os
import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from onthisday.adapters.files.opening import open_inside
from onthisday.adapters.files.writing import rewrite
from onthisday.almanac.source import Edit
from onthisday.errors import Unwritable, system_words


def edit_file(path: str, edits: Sequence[Edit]) -> None:
    """Make edits in one of the almanac's files. The file keeps its mode. Raises Unwritable."""
    file = Path(path)
    try:
        with open_inside(os.path.dirname(path), os.path.basename(path)) as opened:
            text = opened.read().decode("utf-8")
        edited = edited_lines(text, edits) if path.endswith(".jsonl") else edited_yaml(text, edits)
        rewrite(file, edited)
    except OSError as error:
        raise Unwritable(path, f"cannot be edited: {system_words(error)}") from error


def edited_yaml(text: str, edits: Iterable[Edit]) -> str:
    """Return a YAML text after the edits. Each edit names a key that is in the text.

    The parser does not count a byte order mark, so it is set aside.
    """
    if text.startswith(_MARK):
        return _MARK + edited_yaml(text[1:], edits)
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    changes = [_change(text, root, edit) for edit in edits]
    pieces, place = [], 0
    for start, end, new in sorted(changes, key=_position):
        pieces += [text[place:start], new]
        place = max(place, end)  # two keys that are taken out may share what is between them
    return "".join([*pieces, text[place:]])


def _position(change: tuple[int, int, str]) -> tuple[int, int]:
    """Return where a change is. What is added at one place keeps the order of the edits."""
    return change[:2]


def _change(text: str, root: Any, edit: Edit) -> tuple[int, int, str]:
    """Return what an edit replaces: where that begins, where it ends, and the new text."""
    *above, name = edit.path
    parent = root
    for part in above:
        parent = _child(parent, part)[1]
    if not edit.text:
        return _taken_out(text, parent, name)
    added = edit.text.partition(":")[0]
    is_there = added in {key.value for key, _ in parent.value}
    key, value = _child(parent, added if edit.after and is_there else name)
    start = key.start_mark.index
    end = start + len(text[start : _end(value)].rstrip())
    if is_there or not edit.after:
        return start, end, edit.text
    return _added(text, end, edit.text, None if parent.flow_style else key.start_mark.column)


def _taken_out(text: str, parent: Any, name: str | int) -> tuple[int, int, str]:
    """Return the change that takes a key and its value out. A comment on a line of its own stays.

    The key is not the only one of its mapping. If it stands behind the dash of an item, the dash
    stays alone on its line.
    """
    keys = [key.value for key, _ in parent.value]
    place = keys.index(name)
    key, value = parent.value[place]
    start = key.start_mark.index
    end = start + len(text[start : _end(value)].rstrip())
    line = text.rfind("\n", 0, start) + 1
    if not parent.flow_style and not text[line:start].strip():
        rest = _REST_OF_LINE.match(text, end)
        return line, rest.end() if rest else end, ""
    if not parent.flow_style:
        return start, end, ""
    if place + 1 < len(keys):
        return start, parent.value[place + 1][0].start_mark.index, ""
    return parent.value[place - 1][1].end_mark.index, end, ""


def _end(node: Any) -> int:
    """Return where a value ends. What has a line for each part ends with its last part.

    The parser lets it end where the next value begins, behind the comments in between.
    """
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _added(text: str, place: int, new: str, column: int | None) -> tuple[int, int, str]:
    """Return the change that adds a key behind a value. ``column`` is None between braces.

    A comment behind the value stays in its line.
    """
    if column is None:
        return place, place, f", {new}"
    comment = _COMMENT.match(text, place)
    end = comment.end() if comment else place
    before = text.rfind("\n", 0, place)  # the line end before: to search them all takes too long
    line_end = "\r\n" if text[max(0, before - 1) : before] == "\r" else "\n"
    return end, end, f"{line_end}{' ' * column}{new}"


_MARK = "\ufeff"
_COMMENT = re.compile(r"[ \t]+#[^\r\n]*")
_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:\r?\n|\Z)")


def _child(node: Any, part: str | int) -> tuple[Any, Any]:
    if isinstance(part, int):
        # a person may write one value where a list is expected (schema/shapes.py, Listing)
        return None, node.value[part] if isinstance(node, yaml.SequenceNode) else node
    return next((key, value) for key, value in node.value if key.value == part)


def edited_lines(text: str, edits: Sequence[Edit]) -> str:
    """Return the text of a JSON Lines file after the edits.

    Each edit says where it goes: its ``path`` is the line number, then the keys in that line.
    """
    lines = text.split("\n")
    for number, some in groupby(sorted(edits, key=_line), key=_line):
        lines[number - 1] = edited_line(lines[number - 1], some)
    return "\n".join(lines)


def _line(edit: Edit) -> int:
    return int(edit.path[0])


def edited_line(line: str, edits: Iterable[Edit]) -> str:
    """Return a line of JSON Lines after edits that are all of this line."""
    tree = json.loads(line)
    for edit in edits:
        *above, name = edit.path[1:]
        parent = tree
        for part in above:
            # one value may stand where a list is expected, as in _child
            parent = parent if part == 0 and isinstance(parent, dict) else parent[part]
        if not edit.text:
            del parent[name]
            continue
        key, value = edit.text.split(": ", 1)
        if not edit.after and key != name:
            del parent[name]
        parent[key] = yaml.load(value, Loader=yaml.CSafeLoader)
    return json.dumps(tree, ensure_ascii=False)
