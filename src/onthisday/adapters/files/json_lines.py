"""Read JSON Lines into trees: one value a line. Used by folders.py.

A line that cannot be read does not hide the others.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import IO, Any

from onthisday.adapters.files.opening import opened
from onthisday.adapters.files.trees import (
    MOST_WRONG,
    Decimal,
    Malformed,
    text_of,
    why_unread,
)
from onthisday.almanac.source import Piece
from onthisday.errors import Unreadable

MOST_LINE = 1024 * 1024
"""The most bytes of one line of JSON Lines."""


def json_lines(path: str, wrong: list[Malformed], folder: str | None = None) -> Iterator[Piece]:
    """Yield the JSON value of each line that is not blank. The place of each is its line number.

    - ``wrong``: gets an error for each line that is not JSON. After 100 of them, the rest of the
      file is not read.
    - ``folder``: as in `read_bytes`.

    Raises Unreadable.
    """
    number = 0
    try:
        with opened(path, folder) as file:
            while len(wrong) < MOST_WRONG and (line := file.readline(MOST_LINE + 1)):
                number += 1
                try:
                    text = _text_of_line(file, line)
                    if text:
                        yield Piece(number, _json_tree(text, _DECODER))
                except Malformed as error:
                    wrong.append(Malformed(str(error), number, error.rule))
                    if error.rule == "duplicate":
                        yield Piece(number, _json_tree(text, _FIRST_COUNTS), whole=False)
    except OSError as error:
        raise Unreadable(path, why_unread(error)) from error


def _text_of_line(file: IO[bytes], line: bytes) -> str:
    """Return a line's text. Skip the rest of a line that is too long, and raise Malformed."""
    if len(line) <= MOST_LINE:
        return text_of(line).strip()
    while line and not line.endswith(b"\n"):
        line = file.readline(MOST_LINE)
    raise Malformed("is longer than 1 MB; one entry is on a line", rule="size")


def _json_tree(text: str, decoder: json.JSONDecoder) -> Any:
    try:
        return decoder.decode(text)
    except Malformed:
        raise
    except (ValueError, RecursionError) as error:  # Python raises ValueError for 4,301 digits too
        raise Malformed(_no_json(error)) from error


def _no_json(error: Exception) -> str:
    where = f" from character {error.colno} on" if isinstance(error, json.JSONDecodeError) else ""
    why = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
    return f"is not JSON{where} ({why}); write one entry a line, its words in double quotes"


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    items = dict(pairs)
    if len(items) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key, count in counts.items() if count > 1)
        raise Malformed(f'the key "{twice}" is there twice; keep one', rule="duplicate")
    return items


_DECODER = json.JSONDecoder(object_pairs_hook=_unrepeated, parse_float=Decimal)
_FIRST_COUNTS = json.JSONDecoder(
    object_pairs_hook=lambda pairs: dict(reversed(pairs)), parse_float=Decimal
)
