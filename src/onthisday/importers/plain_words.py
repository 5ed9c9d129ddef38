"""The words of a text that has some HTML in it, as calendars and Wikipedia write it.

Not here: whole pages (texts/html.py). Called by the importers.
"""

import re
from html import unescape

from onthisday.characters import clean

_NAMES = "a|b|bdi|big|code|div|em|font|h[1-6]|html|i|li|ol|p|pre|q|s|small|span|strong|su[bp]|u|ul"
_TAG = re.compile(rf"</?(?:{_NAMES})(?:\s[^<>]{{0,2000}})?>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s{0,9}/?>|</(?:p|div|li|h[1-6])>", re.IGNORECASE)


def plain(text: str) -> str:
    """Return a text without its tags. What is no tag stays: "a < b" is the same."""
    if "<" not in text and "\n" not in text:  # nearly all
        return " ".join(clean(text).split())
    if "<" in text and (_TAG.search(text) or _BREAK.search(text)):
        text = unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    lines = (" ".join(line.split()) for line in clean(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
