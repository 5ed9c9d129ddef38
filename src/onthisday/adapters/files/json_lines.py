"""Read JSON Lines into trees: one value a line. Used by blocks.py.

A line that cannot be read does not hide the others.
"""

import json
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any

from onthisday.adapters.files.trees import MOST_WRONG, Decimal, Malformed, text_of
from onthisday.almanac.source import Piece

MOST_LINE = 1024 * 1024
"""The most bytes of one line of JSON Lines."""


def line_blocks(file: IO[bytes]) -> Iterator[bytes]:
    """Yield a file in blocks of whole lines, each of about 1 MB.

    Of a line that is too long, only the first megabytes are in its block.
    """
    while block := file.read(MOST_LINE):
        block += file.readline(MOST_LINE + 1)
        if not block.endswith(b"\n"):
            _skip_line(file)
            block += b"\n"
        yield block


def _skip_line(file: IO[bytes]) -> None:
    while (rest := file.readline(MOST_LINE)) and not rest.endswith(b"\n"):
        pass


def json_lines(
    block: bytes, first: int, wrong: list[Malformed], most: int = MOST_WRONG
) -> Iterator[Piece]:
    """Yield the JSON value of each line that is not blank. The place of each is its line number.

    - ``first``: the number of the first line.
    - ``wrong``: gets an error for each line that is not JSON. After ``most`` of them, the rest of
      the lines is not read.
    """
    for number, line in enumerate(BytesIO(block), first):
        if len(wrong) >= most:
            return
        try:
            text = _text_of_line(line)
            if text:
                yield Piece(number, _json_tree(text, _DECODER))
        except Malformed as error:
            wrong.append(Malformed(str(error), number, error.rule))
            if error.rule == "duplicate":
                yield Piece(number, _json_tree(text, _FIRST_COUNTS), whole=False)


def _text_of_line(line: bytes) -> str:
    if len(line) > MOST_LINE:
        raise Malformed("is longer than 1 MB; one entry is on a line", rule="size")
    return text_of(line).strip()


def _json_tree(text: str, decoder: json.JSONDecoder) -> Any:
    try:
        tree, end = decoder.raw_decode(text)
    except Malformed:
        raise
    except (ValueError, RecursionError) as error:  # Python raises ValueError for 4,301 digits too
        raise Malformed(_no_json(error)) from error
    if end < len(text):
        raise Malformed(_no_json(json.JSONDecodeError("Extra data", text, end)))
    return tree


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
