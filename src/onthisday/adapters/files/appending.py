"""Add items to the end of an almanac's YAML file. What is in the file stays as it is.

Used by folders.py. editing.py changes what is in a file.
"""

import os
import re
import textwrap
from pathlib import Path

from onthisday.adapters.files import trees
from onthisday.adapters.files.opening import open_inside
from onthisday.adapters.files.writing import rewrite
from onthisday.errors import Unreadable, Unwritable, system_words

_ITEM = re.compile(r"^( *)- ", re.MULTILINE)


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
    """Put items at the end of a text. They are indented like the items in the text."""
    first = _ITEM.search(before)
    items = textwrap.indent(items, first[1]) if first else items
    kept = before.rstrip("\n")
    return f"{kept}\n\n{items}" if kept else items


def _prove(path: str, before: str, items: str, whole: str) -> None:
    try:
        held = trees.yaml_tree(before) or []
        if trees.yaml_tree(whole) == [*held, *trees.yaml_tree(items)]:
            return
    except (trees.Malformed, TypeError, Unreadable) as error:
        why = f"cannot be added to ({error}); put it in order, or write it as a list of dashes"
        raise Unwritable(path, why) from error
    raise Unwritable(path, "cannot be added to; write it as a list whose items begin with a dash")
