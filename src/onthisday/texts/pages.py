"""Put the pages of a printed document together to one text. Called by pdf.py.

Page numbers, running titles and what a browser prints at the edges of a page are left out: they
would stand in the middle of a sentence that goes on over the page. A line is such a line if half of
the pages have it, or have it with the number of the page. A page number grows by one from page to
page; a date at the top of a diary's page does not.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

_EDGE = 2
"""How many lines at the top and at the bottom of a page may belong to its edge."""

_PAGE_NUMBER = re.compile(
    r"\A\W{0,5}(?P<alone>\d{1,4})\W{0,5}\Z|\A(?P<first>\d{1,3})\s+(?=\S+\s+\S+\s+\S)"
    r"|(?<![\d.,/-])(?P<last>\d{1,3})(?:\s?/\s?\d{1,3}|\s(?:of|von|de|sur|di|van|из)\s\d{1,3})?\Z"
)
_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]{0,3}\s*\Z")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
"""Letters that a font joins (Unicode, Alphabetic Presentation Forms)."""

Page = list[str]
"""The lines of a page."""

Mark = tuple[str, int | None]
"""What pages have in common: a line, or a line without its number, and how far that number is from
the place of the page."""


def joined(pages: Sequence[str]) -> str:
    """Return the text of some pages, with a form feed between two of them.

    If a page ends like a sentence, there is also a blank line. Otherwise the sentence may go on.
    """
    lines = [page.translate(_LIGATURES).strip().splitlines() for page in pages]
    for _ in range(_EDGE):
        lines = list(_without(list(_without(lines, -1)), 0))
    text = "\n".join(lines[0])
    for before, page in pairwise(lines):
        goes_on = before and page and not _ENDS.search(before[-1])
        text += ("\n\f" if goes_on else "\n\n\f") + "\n".join(page)
    return f"{text}\n"


def _without(pages: list[Page], place: int) -> Iterator[Page]:
    """Yield the pages without their first or last line, where it is on half of the pages.

    ``place`` is 0 or -1. A title without a number stays on the first page that has it.
    """
    marks = [
        _marks(page[place], number) if len(page) > 2 * _EDGE else ()
        for number, page in enumerate(pages)
    ]
    count = Counter(mark for each in marks for mark in each)
    running = {mark for mark, times in count.items() if times >= max(2, len(pages) / 2)}
    titles = set()
    for page, each in zip(pages, marks, strict=True):
        found = next((mark for mark in each if mark in running), None)
        if found is None or (place == 0 and _is_title(found) and found not in titles):
            titles.add(found)
            yield page
        else:
            yield page[1:] if place == 0 else page[:-1]


def _is_title(mark: Mark) -> bool:
    return mark[1] is None and not any(map(str.isdecimal, mark[0]))


def _marks(line: str, number: int) -> tuple[Mark, ...]:
    found = _PAGE_NUMBER.search(line.strip())
    if found is None:
        return ((line.strip(), None),)
    name = found.lastgroup or ""
    rest = line.strip()[: found.start(name)] + "#" + line.strip()[found.end(name) :]
    return (line.strip(), None), (rest, int(found[name]) - number)
