"""Make a title for a draft from a heading or a sentence, without its date.

The title has the words of the document. It is only a proposal: the curator should write a title in
their own words. Called by proposing.py.

``slug`` makes ids. It is called wherever an id is made from words.
"""

import re

from onthisday.characters import spaced

MOST = 90
"""Characters of a title at most. A longer one is cut at a comma or dash, or after a word."""

_BEFORE = re.compile(
    r"(?:\b(?:on|in|until|since|by|from|at|le|am|il|el|em|op|den)\s{1,3}(?:the\s)?|[(\[]|[-–—:,]\s?)\s*$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(\[]\s*$"), re.compile(r"^\s*[)\]]")
_AFTER = re.compile(r"^\s*[)\],:;.–—-]+\s*")
_EDGES = " \t\n\r\f\u00a0,;:–—-#*|=_>"
_CLAUSE = re.compile(r"[,;:](?=\s)|\s[–—-]\s")
_LEFT_OVER = re.compile(r"(?:\s?,)*\s?([,.;])(?=\s|$)")
_DANGLING = re.compile(
    r"(?:\s(?:in|on|at|of|to|by|for|with|from|and|or|the|a|an|was|were|is|that))+$"
)
_MARKUP = re.compile(r"[*_`]{1,3}|\[([^\[\]]{0,300})\]\([^()]{0,900}\)")


def title_of(passage: str, start: int, end: int) -> str:
    """Return a title made of a passage, without the date at ``passage[start:end]``."""
    opening, closing = _BRACKETS
    if opening.search(passage[:start]):
        passage = passage[:end] + closing.sub("", passage[end:])
    before = _BEFORE.sub(" ", passage[:start])
    after = _AFTER.sub(" ", passage[end:]) if not before.strip() else passage[end:]
    shown = spaced(before + after)
    text = " ".join(_MARKUP.sub(r"\1", shown).split())
    text = _LEFT_OVER.sub(r"\1", text)
    text = re.sub(r"\s-\s{0,2}\d{0,3}$", "", text.strip(_EDGES))
    first = re.split(r"(?<=[^\W\d_]{3})[.!?…][\"'”’»)]*\s", text, maxsplit=1)[0].strip(_EDGES)
    return _cut(first.rstrip(".!?…").strip(_EDGES))


def whole_title(words: str) -> str:
    """Return a title made of all words of a clause, also of its date."""
    return _cut(" ".join(spaced(words).split()).strip(_EDGES).rstrip(".!?…"))


def _cut(text: str) -> str:
    if len(text) > MOST:
        clauses = [match.start() for match in _CLAUSE.finditer(text, 25, MOST)]
        text = (
            text[: clauses[-1]]
            if clauses
            else _DANGLING.sub("", text[:MOST].rpartition(" ")[0]) + "…"
        )
    return text[:1].upper() + text[1:]


def slug(text: str, most: int = 50) -> str:
    """Return a text as an id of small letters, digits and hyphens. It may be empty.

    ``most`` is how many characters it may have.
    """
    import unicodedata

    plain = unicodedata.normalize("NFKD", text.casefold())
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    joined = ""
    for word in words:
        if joined and len(joined) + 1 + len(word) > most:
            break
        joined = f"{joined}-{word}" if joined else word[:most]
    return joined
