"""Write works as CSL-JSON, which Zotero, Mendeley, pandoc and citeproc read.

The format is the schema csl-data.json of CSL 1.0.2. Why no library: it is JSON, and its few fields
are named here.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NotRequired, TypedDict

from onthisday.citing.csl_dates import CslDate, csl_date
from onthisday.citing.work import Work
from onthisday.locales.locale import Locale

MEDIA_TYPE = "application/json"
"""Why not application/vnd.citationstyles.csl+json: web servers know a file by its ending."""


class CslName(TypedDict):
    """A name as it is written."""

    literal: str


CslItem = TypedDict(
    "CslItem",
    {
        "id": str,
        "type": Literal["webpage", "document"],
        "title": str,
        "author": NotRequired[list[CslName]],
        "container-title": NotRequired[str],
        "publisher": NotRequired[str],
        "issued": NotRequired[CslDate],
        "URL": NotRequired[str],
        "call-number": NotRequired[str],
        "language": NotRequired[str],
        "locator": NotRequired[str],
        "note": NotRequired[str],
    },
)
"""A work as CSL-JSON has it, as far as `_item` writes it."""


def pieces(locale: Locale, works: Iterable[Work]) -> Iterator[bytes]:
    """Yield a list of works as JSON, a work on each line."""
    start = "[\n"
    for work in works:
        yield f"{start}{json.dumps(_item(locale, work), ensure_ascii=False)}".encode()
        start = ",\n"
    yield b"\n]\n" if start == ",\n" else b"[]\n"


def _item(locale: Locale, work: Work) -> dict[str, Any]:
    """Return a work as CSL has it.

    Why the author is ``literal``: nobody knows here whether "London Gazette" or "Ann Smith" is a
    person, and a family name that is guessed may be wrong. Why ``document``: the almanac does not
    say whether it is a book or a letter. A shelfmark is a ``call-number``.
    """
    item = {
        "id": work.key,
        "type": "webpage" if work.is_page else "document",
        "title": work.title,
        "author": work.author and [{"literal": work.author}],
        "container-title" if work.is_page else "publisher": work.publisher,
        "issued": work.published and csl_date(locale, work.published),
        "URL": work.url,
        "call-number": work.reference,
        "language": work.language,
        "locator": work.page,
        "note": work.note,
    }
    return {name: value for name, value in item.items() if value}
