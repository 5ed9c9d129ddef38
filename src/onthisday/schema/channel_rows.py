"""How channels are written as the rows of a CSV: the keys of a channel are its columns."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from onthisday.config import Channel, Site
from onthisday.schema.channel_schema import CHANNEL, completed, repeated
from onthisday.schema.shapes import Flag, Hidden, Key, Listing, Problem, Shape, Whole
from onthisday.schema.unused_keys import keys_without_use
from onthisday.schema.variables import (
    Unset,
    filled_in,
    is_off,
    is_optional,
    switch_channel_off,
    waited_for,
)


class ChannelTable(NamedTuple):
    """The channels of a table, what is wrong with it, the variables that are not set, whose
    channels are off, and the keys that do nothing. Paths begin with a line."""

    channels: tuple[Channel, ...]
    problems: list[Problem]
    unset: list[Unset]
    idle: list[Problem]


def read_rows(
    rows: Iterable[tuple[int, dict[str, str]]],
    site: Site,
    names: Iterable[str],
    environ: Mapping[str, str],
) -> ChannelTable:
    """Return what rows say, each with its line; ``names`` are those that other channels have."""
    problems: list[Problem] = []
    missing: list[Unset] = []
    idle: list[Problem] = []
    seen, channels = set(names), []
    for line, row in rows:
        channel, found, unset = _read_row(row, environ)
        problems += [problem._replace(path=(line, *problem.path)) for problem in found]
        idle += keys_without_use(row, (line,))
        missing += [each._replace(path=(line, *each.path)) for each in unset]
        if channel is None:
            continue
        if channel.name in seen:
            problems.append(Problem((line, "name"), repeated(channel), "duplicate"))
            continue
        seen.add(channel.name)
        channels.append(completed(channel, site))
    return ChannelTable(tuple(channels), problems, missing, idle)


def _read_row(
    row: dict[str, str], environ: Mapping[str, str]
) -> tuple[Channel | None, list[Problem], list[Unset]]:
    """Return a row's channel, what is wrong with it, and the variables that it can do without."""
    missing: list[Unset] = []
    tree = tree_of_row(filled_in(row, environ, (), missing), CHANNEL.keys)
    optional = [unset for unset in missing if is_optional(unset.path)]
    awaited = [] if is_off(tree) else optional
    unset = waited_for(tree, optional)
    for each in optional:
        switch_channel_off(tree, each.path)
    found: list[Problem] = []
    channel = CHANNEL.read(tree, (), found)
    required = [each for each in missing if each not in optional]
    places = {each.path for each in required}
    problems = [each.problem for each in required]
    problems += [problem for problem in found if problem.path not in places]
    return (None if problems else channel._replace(unset=unset)), problems, awaited


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
