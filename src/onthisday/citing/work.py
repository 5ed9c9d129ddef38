"""A work that can be cited: an entry of this site, or a document.

bibtex.py and csl.py write it. Called by site/entry_citations.py and service/exporting/.
"""

from typing import TYPE_CHECKING, NamedTuple

from onthisday.almanac.document import Document
from onthisday.config import Site
from onthisday.dates.historical_date import HistoricalDate

if TYPE_CHECKING:
    from onthisday.views.view import OccasionView


class Work(NamedTuple):
    """What is known of a work.

    - ``key``: names the work in a file. It is ASCII, and it stays the same for ever.
    - ``publisher``: of an entry, the title of the site.
    - ``page``: the cited pages, as the document numbers them.
    - ``reference``: the shelfmark.
    - ``note``: what a reader must know before they cite it.
    - ``is_page``: True for an entry: it is a page of a site.
    """

    key: str
    title: str
    author: str | None = None
    publisher: str | None = None
    published: HistoricalDate | None = None
    url: str | None = None
    reference: str | None = None
    language: str | None = None
    page: str | None = None
    note: str | None = None
    is_page: bool = False


def work_of(document: Document, page: str | None = None) -> Work:
    """Return a document as a work. Its key is its id."""
    return Work(
        key=document.id,
        title=document.title,
        author=document.author,
        publisher=document.publisher,
        published=document.published,
        url=document.url or document.archived,
        reference=document.reference,
        language=document.language,
        page=page,
    )


def entry_work(
    site: Site, view: "OccasionView", updated: HistoricalDate | None, note: str | None
) -> Work:
    """Return an entry as a work: a page of this site.

    Its key is ``entry:`` and its id. No id has a colon, so a document never has the same key.
    """
    return Work(
        key=f"entry:{view.id}",
        title=view.title,
        author=site.author,
        publisher=site.title,
        published=updated,
        url=view.url,
        language=view.language,
        note=note,
        is_page=True,
    )
