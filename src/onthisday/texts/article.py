"""Find the article of a saved page: without menus, cookie notices, comments and lists of links.

Why trafilatura: pyproject.toml has the measurements. Its guesses of dates and authors are not used,
because it takes the day of the last change for the day of publication; page_about.py reads what the
page says. Called by html.py.
"""

import logging

from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import Document

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its warnings help nobody

_MARKS = [
    "//sup[contains(@class, 'reference')]",
    "//*[contains(@class, 'mw-editsection')]",
    "//*[contains(@class, 'noprint')]",
]
"""What an encyclopedia puts into its sentences: numbers of notes, and "edit"."""


def article_of(page: str) -> etree._Element | None:
    """Return the article of a page as a tree of trafilatura's own tags; None if it finds none.

    The tags that matter are ``hi``, ``ref`` and ``del`` inside a line; all others are blocks.
    """
    found = bare_extraction(
        page, favor_precision=True, include_comments=False, prune_xpath=_MARKS, with_metadata=False
    )
    return found.body if isinstance(found, Document) else None
