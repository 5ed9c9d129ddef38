"""Where a date stands in its paragraph: at a beginning, or only beside the story.

A reader keeps the year of the story in mind from sentence to sentence. A year at the beginning of a
sentence ("In 1942, …") or in a heading moves the story to that year. A year in brackets or later in
a sentence ("declassified in 2005") often does not.

Called by story_date.py, which says what follows.
"""

import re

from onthisday.drafts.reading import Reading

_LONGEST_HEADING = 90
_LOOKED_AT = 60
_LEADS = re.compile(r"(?:\A|[.!?;:][\"”’)]?)\s*(?:[\w’']+,?\s){0,4}\Z")
"""The beginning of a sentence, with four words at most."""


def is_heading(paragraph: str) -> bool:
    """Return True if a paragraph is a heading: one short line that does not end like a sentence."""
    line = paragraph[: 2 * _LONGEST_HEADING].strip()
    is_sentence = line.rstrip("\"'”’»)]").endswith((".", "!", "?", "…"))
    return len(line) <= _LONGEST_HEADING and "\n" not in line and not is_sentence


def leads(paragraph: str, reading: Reading) -> bool:
    """Return True if a date stands at the beginning of a sentence, or in a heading."""
    before = paragraph[max(0, reading.start - _LOOKED_AT) : reading.start]
    return is_heading(paragraph) or (
        not is_aside(paragraph, reading) and _LEADS.search(before) is not None
    )


def is_aside(paragraph: str, reading: Reading) -> bool:
    """Return True if a date stands in round brackets."""
    opened = paragraph.rfind("(", max(0, reading.start - 200), reading.start)
    return opened > paragraph.rfind(")", max(0, reading.start - 200), reading.start)
