"""The documents that a row of a table names: its source in words, and its web addresses.

Called by sheet_rows.py.
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from onthisday.drafts.titles import slug

Tree = dict[str, Any]

_WEB = re.compile(r"https?://[^\s<>\"\\|;]+", re.IGNORECASE)


def documents_of(cells: Mapping[str, str]) -> tuple[Tree, ...]:
    """Return the documents, as curators write them. The source in words has the first address.

    ``cells``: by their fields. An address that is none is the reference of its document.
    """
    named, linked = cells.get("source", ""), cells.get("url", "")
    addresses = list(dict.fromkeys(_WEB.findall(f"{linked} {named}")))
    title = " ".join(_WEB.sub(" ", named).split()).strip(" ,;|")
    if not addresses:
        reference = {"reference": linked} if linked else {}
        return (_document(title or linked, **reference),) if title or linked else ()
    first, *others = addresses
    return (_document(title or first, url=first), *(_document(each, url=each) for each in others))


def _document(title: str, **keys: str) -> Tree:
    """Return a document. Its id is the same for each row that names it."""
    said = "\n".join([title, *keys.values()]).encode("utf-8", "surrogatepass")
    name = slug(title.rpartition("://")[2]) or "source"
    return {"id": f"{name}-{sha256(said).hexdigest()[:8]}", "title": title} | keys
