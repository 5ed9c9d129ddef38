"""Find values that a `#` cuts off. For example, `title: The #1 hit` is read as "The".

In YAML, a `#` after a space begins a comment. So this is not an error, only a warning of `check`.
If a space follows the `#`, the person surely meant a comment, and nothing is found. Called by
cli/check.py.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.events import ScalarEvent, StreamEndEvent

from onthisday.adapters.files import trees
from onthisday.adapters.files.yaml_items import items_of
from onthisday.errors import Finding, OnThisDayError

_MAY_CUT = re.compile(r"#(?<=\s#)[^\s#!]")
_COMMENT = re.compile(r"[ \t]+#[^\s#!]")

_WORDS = (
    "a # after a space begins a comment, so that the value ends before it; if it is meant as text, "
    "put the value in quotes; if it is a comment, write a space after the #"
)


def cut_values(path: str, folder: str | None = None) -> tuple[Finding, ...]:
    """Return a finding for each value in a YAML file that a `#` cuts off.

    If the file cannot be read, return nothing; if it is a list, look at the items that can be read.
    ``folder``: the file must be in there; None for a file that may be anywhere.
    """
    try:
        text = trees.text_of(trees.read_bytes(path, folder=folder))
    except (OnThisDayError, trees.Malformed):  # another part reports it
        return ()
    lines = _lines(text) if _MAY_CUT.search(text) else ()
    return tuple(Finding("warning", "cut-value", path, line, _WORDS) for line in lines)


def _lines(text: str) -> list[int]:
    try:
        return list(_cut_in(text))
    except yaml.YAMLError:  # another part reports it
        items = items_of(text)
    if len(items) < 2:
        return []
    return [item.line - 1 + line for item in items for line in _lines(item.text)]


def _cut_in(text: str) -> Iterator[int]:
    """Yield the number of each line where a value ends at a `#` that has no space after it."""
    parser: Any = yaml.CBaseLoader(text)
    while not isinstance(event := parser.get_event(), StreamEndEvent):
        plain = isinstance(event, ScalarEvent) and event.implicit[0]
        if plain and _COMMENT.match(text, event.end_mark.index):
            yield event.end_mark.line + 1
