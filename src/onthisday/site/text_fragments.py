"""Links that lead to a passage of a page, and mark it: ``https://example.org/a#:~:text=It%20rained``.

The rules are those of URL Fragment Text Directives (WICG, "Scroll to Text Fragment"): the words
begin and end where words do; a long passage is told by its first and last words; `-`, `,` and `&`
are encoded, because they part the words. A browser that does not know this opens the page.
"""

import re
from functools import lru_cache
from urllib.parse import quote

from onthisday.almanac.entry import Span

_WHOLE = 12
"""A passage of at most so many words is told whole."""

_EDGE = 5
"""So many words are told of the beginning and of the end of a longer one, and 3 before it."""

_LONGEST = 120
"""Code points. Words that are longer together are cut: their script has no spaces."""


def link_to_passage(url: str, text: str, span: Span) -> str:
    """Return the address of a passage ``text[span.start:span.end]`` of the page at ``url``."""
    directive = _directive(text, span)
    if not directive or ":~:" in url:
        return url
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"


def _directive(text: str, span: Span) -> str:
    """Return what stands after ``text=``, or an empty text if the passage has no words.

    Words on two lines of a text may be in two blocks of the page, where a browser does not find
    them together. So each part is of one line.
    """
    start, end = _whole_words(text, span)
    lines = [line for line in map(_words, text[start:end].splitlines()) if line]
    if not lines:
        return ""
    first, whole = lines[0], " ".join(lines[0])
    if len(lines) == 1 and len(first) <= _WHOLE and len(whole) <= _LONGEST:
        return f"{_before(text, start, whole)}{_encoded(whole)}"
    begins = " ".join(first[:_EDGE])[:_LONGEST]
    ends = " ".join(lines[-1][-_EDGE:])[-_LONGEST:]
    return f"{_before(text, start, begins)}{_encoded(begins)},{_encoded(ends)}"


def _whole_words(text: str, span: Span) -> tuple[int, int]:
    """Return the place of a passage without the parts of words at its edges.

    If nothing is left, return the place as it is.
    """
    start, end = span
    while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
        start += 1
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end -= 1
    return (start, end) if start < end else (span.start, span.end)


def _words(line: str) -> list[str]:
    """Return the words of a line, without the marks around the first and the last."""
    return _MARKS.sub("", line).split()


_MARKS = re.compile(r"^\W+|\W+$")


def _before(text: str, start: int, begins: str) -> str:
    """Return the words before a passage as a prefix, if its own are in the text before, too.

    Otherwise a browser would mark the first place that has them.
    """
    if not 0 <= _lower(text).find(begins.lower()) < start:
        return ""
    words = _words(text[text.rfind("\n", 0, start) + 1 : start])[-3:]
    return f"{_encoded(' '.join(words))}-," if words else ""


@lru_cache(4)
def _lower(text: str) -> str:
    """Return a text in small letters, as browsers compare it. Many entries cite one text."""
    return text.lower()


def _encoded(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")
