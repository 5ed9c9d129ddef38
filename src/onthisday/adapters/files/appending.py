"""Add items to the end of an almanac's YAML file. What is in the file stays as it is.

Used by folders.py. editing.py changes what is in a file.
"""

import os
import re
import textwrap
from contextlib import suppress
from pathlib import Path

from onthisday.adapters.files import trees
from onthisday.adapters.files.opening import open_inside
from onthisday.adapters.files.writing import rewrite
from onthisday.errors import Unreadable, Unwritable, system_words

_ITEM = re.compile(r"^( *)- ", re.MULTILINE)
_NO_ITEMS = re.compile(r"^\[[ \t]*\][ \t]*(?=\r?$)", re.MULTILINE)


def append_items(path: str, items: str) -> None:
    """Add items, such as "- id: …", to a file. If the file is missing, make it. Raise Unwritable.

    If the new text is not right (`with_items`), the file stays as it was.
    """
    file = Path(path)
    try:
        before = ""
        if os.path.lexists(path):
            with open_inside(os.path.dirname(path), os.path.basename(path)) as there:
                before = there.read().decode("utf-8")
        rewrite(file, with_items(path, before, items))
    except UnicodeDecodeError as error:
        raise Unwritable(path, "is not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise Unwritable(path, f"cannot be written: {system_words(error)}") from error


def with_items(path: str, before: str, items: str) -> str:
    """Return the text of a file with items at its end. Raises Unwritable, which names the ``path``.

    The new text is read as YAML. It must have all that the file had, and the new items.
    """
    whole = _joined(before, items)
    _prove(path, before, items, whole)
    return whole


def _joined(before: str, items: str) -> str:
    """Put items at the end of a text. They are indented and end like the lines in the text."""
    first = _ITEM.search(before)
    items = textwrap.indent(items, first[1]) if first else items
    kept = (before if first else _NO_ITEMS.sub("", before)).rstrip("\r\n")
    whole = f"{kept}\n\n{items}" if kept else items
    return _LINE_END.sub("\r\n", whole) if "\r\n" in before else whole


_LINE_END = re.compile(r"(?<!\r)\n")


def _prove(path: str, before: str, items: str, whole: str) -> None:
    try:
        held = trees.yaml_tree(before) or []
    except (trees.Malformed, Unreadable) as error:
        raise Unwritable(path, f"cannot be added to ({error}); put it in order") from error
    with suppress(trees.Malformed, TypeError, Unreadable):
        if trees.yaml_tree(whole) == [*held, *trees.yaml_tree(items)]:
            return
    why = "cannot be added to; write it as a list in which each item begins with a dash on its line"
    raise Unwritable(path, why)
