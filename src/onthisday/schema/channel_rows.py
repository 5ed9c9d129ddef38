"""How channels are written in a CSV file: one channel a row, one key a column.

Called by service/reading/configuring.py. Not here: channels in config.yaml (config_schema.py).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from onthisday.config import Channel, FaultyChannel, Site
from onthisday.schema.channel_faults import faulty_channels, repeated_names
from onthisday.schema.channel_schema import CHANNEL, completed
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

SURPLUS = "\0surplus"
"""The name of the cells of a row for which the first line of the file has no name."""


class ChannelTable(NamedTuple):
    """The channels of a CSV file. Every path begins with the line, from 1.

    - ``faulty``: the channels that are wrong; ``problems`` says why.
    - ``unset``: the variables that are not set and only switch their channels off.
    - ``idle``: keys that the channel's service does not use.
    """

    channels: tuple[Channel, ...]
    faulty: tuple[FaultyChannel, ...]
    problems: list[Problem]
    unset: list[Unset]
    idle: list[Problem]


def read_rows(
    rows: Iterable[tuple[int, dict[str, str]]],
    site: Site,
    names: Iterable[str],
    environ: Mapping[str, str],
) -> ChannelTable:
    """Return the channels of rows. Each row comes with its line.

    ``names`` are the names that other channels have already.
    """
    wrong: list[tuple[int, Problem]] = []
    missing: list[Unset] = []
    idle: list[Problem] = []
    channels, trees = {}, {}
    for line, row in rows:
        channel, found, unset = _read_row(row, environ)
        wrong += [(line, problem) for problem in found]
        idle += keys_without_use(row, (line,))
        missing += [each._replace(path=(line, *each.path)) for each in unset]
        trees[line] = row
        if channel is not None:
            channels[line] = completed(channel, site)
    known = [(0, name) for name in names]
    repeated = repeated_names([*known, *((line, each.name) for line, each in channels.items())])
    for line, _ in repeated:
        channels.pop(line, None)
    wrong = sorted([*wrong, *repeated], key=lambda each: each[0])
    problems = [problem._replace(path=(line, *problem.path)) for line, problem in wrong]
    faulty = faulty_channels(wrong, trees)
    return ChannelTable(tuple(channels.values()), faulty, problems, missing, idle)


def _read_row(
    row: dict[str, str], environ: Mapping[str, str]
) -> tuple[Channel | None, list[Problem], list[Unset]]:
    """Return a row's channel, its problems, and the unset variables that switch it off.

    The channel is None if there is a problem.
    """
    if SURPLUS in row:
        words = "has more cells than the first line has names; quote a cell that has a comma"
        return None, [Problem((), words)], []
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
    """Return a row as the same tree that the channel would have in config.yaml."""
    return {
        name: _tree_of_cell(text, keys[name].shape) if name in keys else text
        for name, text in row.items()
    }


_FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
"""The spellings of true and false in YAML 1.2's core schema. Spreadsheets write TRUE."""


def _tree_of_cell(text: str, shape: Shape) -> Any:
    """Return the value of a cell: true or false, a number, a list (split at spaces) or a text.

    The shape of the key decides. If the cell does not fit, it stays a text, and the shape refuses
    it later.
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
