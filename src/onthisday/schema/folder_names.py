"""Ids and tags. Each has a folder in the site, so it must be a name that disks and addresses allow.

Used by entry_schema.py. Not here: two ids that would be one folder (checks/near_ids.py).
"""

import re
from functools import lru_cache

from onthisday.characters import nfc
from onthisday.schema.nearest_forms import id_like, tag_like

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
"""Nearly all ids are such: short, and without a full stop. Nothing else can be wrong in them."""

_MOST_BYTES = 200
"""The longest id or tag, in bytes of UTF-8. Disks allow 255 in a name."""

_OUR_FILES = frozenset({"index.html", "index.html.gz"})
"""Files that stand beside the folders of ids and tags."""


def parse_id(text: str) -> str:
    """Return an id. Raises ValueError if it cannot be a part of an address."""
    if _PLAIN_ID.fullmatch(text):
        return text
    if _ID.fullmatch(text) is None:
        like = id_like(text)
        mend = f"write {like}" if like else "make another one"
        words = f'"{text}" cannot stand in an address; use letters a-z, digits, "-", "_" and "."'
        raise ValueError(f"{words}: {mend}")
    return _as_folder(text)


_NOT_IN_A_TAG = re.compile(r"[\s/\\?#&%<>\"']")


@lru_cache(10_000)  # many entries have the same tags
def parse_tag(text: str) -> str:
    """Return a tag, each letter written in one way. Raises ValueError."""
    if _NOT_IN_A_TAG.search(text) or text.startswith("."):
        like = tag_like(text)
        mend = f"write {like}" if like else "write a word"
        raise ValueError(f'"{text}" cannot be a tag: no spaces, no / ? # & %; {mend}')
    return _as_folder(nfc(text))


def _as_folder(text: str) -> str:
    """Return an id or a tag. Raises ValueError if it cannot be the name of its folder.

    Windows drops a full stop at the end of a name. It also refuses a few names (`con`) and signs
    (`: * |`), which are allowed here, because most sites are built elsewhere.
    """
    length = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    if length > _MOST_BYTES:
        words = f'"{text[:20]}…" has {length} bytes in UTF-8'
        raise ValueError(f"{words}; make it shorter: at most {_MOST_BYTES} bytes")
    if text.casefold() in _OUR_FILES:
        raise ValueError(f'"{text}" is the name of a file of the site; write another one')
    if text.endswith("."):
        raise ValueError(f'"{text}" ends with a full stop, which some disks drop; take it out')
    return text
