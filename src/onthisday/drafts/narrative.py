"""How a date stands in its paragraph: whether the text has come to it, or only looks aside at it.

A reader carries the year of what is being told from sentence to sentence. A year that begins a
sentence ("In 1942, …") or heads a section moves what is told; one in brackets, or deep in a
sentence ("declassified in 2005"), often does not.
"""

import re

from onthisday.drafts.reading import Reading

_LONGEST_HEADING = 90
_LOOKED_AT = 60
_LEADS = re.compile(r"(?:\A|[.!?;:][\"”’)]?)\s*(?:[\w’']+,?\s){0,4}\Z")
"""A sentence's beginning, and at most four words."""


def is_heading(paragraph: str) -> bool:
    """Say whether a paragraph is a line that heads others: short, and no sentence."""
    line = paragraph[: 2 * _LONGEST_HEADING].strip()
    is_sentence = line.rstrip("\"'”’»)]").endswith((".", "!", "?", "…"))
    return len(line) <= _LONGEST_HEADING and "\n" not in line and not is_sentence


def leads(paragraph: str, reading: Reading) -> bool:
    """Say whether a date stands at the beginning of a sentence, or in a heading."""
    before = paragraph[max(0, reading.start - _LOOKED_AT) : reading.start]
    return is_heading(paragraph) or (
        not is_aside(paragraph, reading) and _LEADS.search(before) is not None
    )


def is_aside(paragraph: str, reading: Reading) -> bool:
    """Say whether a date stands in brackets."""
    opened = paragraph.rfind("(", max(0, reading.start - 200), reading.start)
    return opened > paragraph.rfind(")", max(0, reading.start - 200), reading.start)
