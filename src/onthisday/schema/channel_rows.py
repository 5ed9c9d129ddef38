"""How channels are written as the rows of a CSV: the keys of a channel are its columns."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from onthisday.config import Channel, Site
from onthisday.schema.channel_schema import CHANNEL, completed, repeated
from onthisday.schema.shapes import Flag, Hidden, Key, Listing, Problem, Shape, Whole


def read_rows(
    rows: Iterable[tuple[int, dict[str, str]]], site: Site, names: Iterable[str]
) -> tuple[tuple[Channel, ...], list[Problem]]:
    """Return the channels of a table and its problems, whose paths begin with a line.

    ``names`` are those that other channels have.
    """
    problems: list[Problem] = []
    seen, channels = set(names), []
    for line, row in rows:
        found: list[Problem] = []
        channel = CHANNEL.read(tree_of_row(row, CHANNEL.keys), (), found)
        problems += [problem._replace(path=(line, *problem.path)) for problem in found]
        if channel is None:
            continue
        if channel.name in seen:
            problems.append(Problem((line, "name"), repeated(channel), "duplicate"))
            continue
        seen.add(channel.name)
        channels.append(completed(channel, site))
    return tuple(channels), problems


def tree_of_row(row: dict[str, str], keys: Mapping[str, Key]) -> dict[str, Any]:
    """Return a row as the tree that it would be in config.yaml."""
    return {
        name: _tree_of_cell(text, keys[name].shape) if name in keys else text
        for name, text in row.items()
    }


_FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
"""As YAML 1.2's core schema writes them; spreadsheets write TRUE."""


def _tree_of_cell(text: str, shape: Shape) -> Any:
    """Return what a cell is for a key of that shape: a flag, a number, a list by spaces, a text.

    What is none of its shape stays a text, which the shape refuses.
    """
    match shape:
        case Flag():
            return _FLAGS.get(text, text)
        case Whole():
            return int(text) if re.fullmatch(r"-?\d{1,18}", text, re.ASCII) else text
        case Listing():
            return [_tree_of_cell(word, shape.of) for word in text.split()]
        case Hidden():
            return _tree_of_cell(text, shape.of)
    return text
