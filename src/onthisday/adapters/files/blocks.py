"""Read a file of the almanac in blocks of whole items, and the items of a block.

Blocks let several processes read one file (app/reading_ahead.py), and none holds a large file
whole. A block knows its first line, so what is wrong in it is told with its line in the file. Used
by folders.py, and by the processes that read (app/reading_process.py).
"""

from collections.abc import Iterator

from onthisday.adapters.files.json_lines import json_lines, line_blocks
from onthisday.adapters.files.opening import opened
from onthisday.adapters.files.trees import (
    MOST_WRONG,
    Malformed,
    read_bytes,
    text_of,
    why_unread,
)
from onthisday.adapters.files.yaml_items import yaml_list
from onthisday.almanac.source import Block, Piece
from onthisday.errors import Unreadable


def blocks_of(name: str, path: str, folder: str | None = None) -> Iterator[Block]:
    """Yield a file in blocks. Raises Unreadable, and Malformed if it is too large.

    - ``name``: the file's name in the almanac.
    - ``path``: where it is.
    - ``folder``: as in `read_bytes`.
    """
    if not name.endswith(".jsonl"):
        yield Block(name, 1, read_bytes(path, folder=folder))
        return
    line = 1
    try:
        with opened(path, folder) as file:
            for content in line_blocks(file):
                yield Block(name, line, content)
                line += content.count(b"\n")
    except OSError as error:
        raise Unreadable(path, why_unread(error)) from error


def pieces_of(block: Block, wrong: list[Malformed], most: int = MOST_WRONG) -> Iterator[Piece]:
    """Yield the items of a block that can be read. Raises Malformed if it is no list of items.

    - ``wrong``: gets an error for each item that cannot be read.
    - ``most``: after so many errors, the rest of JSON Lines is not read.
    """
    if block.name.endswith(".jsonl"):
        return json_lines(block.content, block.line, wrong, most)
    return yaml_list(text_of(block.content), wrong)
