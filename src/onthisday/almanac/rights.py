"""May a sentence of a document be shown to readers? Only if its ``rights`` say so.

Without ``rights``, a text counts as somebody else's. docs/almanac.md, "What may be shown", tells
curators which words to write.
"""

import re

from onthisday.almanac.document import Document

_SHOWN = re.compile(
    r"may be shown\b|public domain\b|cc0\b|cc[ -]by(?:-(?:sa|nd))?(?![\w-])"
    r"|https?://creativecommons\.org/(?:publicdomain/|licenses/by(?:-(?:sa|nd))?/)",
    re.IGNORECASE,
)
"""The beginnings of ``rights`` that let others show a text, also in parts.

Not here: Creative Commons licences with NC. They allow it only to sites that earn nothing, and only
the curator knows that.
"""


def may_be_shown(document: Document) -> bool:
    """Return True if pages may show sentences of a document's text."""
    return bool(document.rights and _SHOWN.match(document.rights))
