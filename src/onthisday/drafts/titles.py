"""Make a title for a draft from a heading or a sentence, without its date.

The title has the words of the document. It is only a proposal: the curator should write a title in
their own words. Called by proposing.py.

``slug`` makes ids. It is called wherever an id is made from words.
"""

import re

from onthisday.characters import spaced
from onthisday.drafts.date_phrases import without_date
from onthisday.drafts.languages.language import words

MOST = 90
"""Characters of a title at most. A longer one is cut at a semicolon or dash, or after a word."""

_AFTER = re.compile(r"^\s*[)\],:;.–—-]+\s*")
_ASIDE = re.compile(r"^\s*\([^()]{0,80}\)[,:]?\s*(?:\d{4},\s*)?")
"""Brackets at the beginning of what is left after a date: "On 6 June 1944 (D-Day), …"."""
_EDGES = " \t\n\r\f\u00a0,;:–—-#*|=_>"
_CLAUSE = re.compile(r"[;:](?=\s)|\s[–—-]\s")
_LEFT_OVER = re.compile(r"(?:\s?,)*\s?([,.;])(?=\s|$)")
_DANGLING = re.compile(
    r"(?:\s(?:in|on|at|of|to|by|for|with|from|and|or|the|a|an|was|were|is|that))+$"
)
_MARKUP = re.compile(r"[*_`]{1,3}|\[([^\[\]]{0,300})\]\([^()]{0,900}\)")


_DATELINE = re.compile(
    r"[#*\s]*[^\W\d_a-zß-öø-ÿа-яё][\w'’.-]*(?:[ ,]{1,2}[^\W\d_][\w'’.-]*){0,4},?\s+"
)
"""A place before a date, as at the beginning of a letter or of a report."""
_REPORT = re.compile(r"\.?\s*(?:\([^()]{1,20}\)\s*)?(?:--|[–—:\n]|-\s|\.\s)\s*")
"""What stands between such a date and the words of the report."""
_LABELS = words(
    "date dates datum fecha data дата day tag jour giorno día dia dag день when wann signed"
)
"""Words that head a column of dates."""
_CELLS = re.compile(r"\s*[|\t]\s*")
_HELD: dict[str, str] = {" ": "\ue000", ",": "\ue001", ".": "\ue002", ";": "\ue003", ":": "\ue004"}
_HOLD = {ord(mark): held for mark, held in _HELD.items()}
_LET_GO = {ord(held): mark for mark, held in _HELD.items()}
"""What stands for the marks of a date that stays in a title, so that the title is not cut there."""


def title_of(passage: str, start: int, end: int, language: str = "en") -> str:
    """Return a title made of a passage, without the date at ``passage[start:end]``.

    The date stays if the sentence needs it (date_phrases.py). The title is empty if the passage is
    only a date: a dateline, a cell of a table, or a label.
    """
    line = passage[passage.rfind("\n", 0, start) + 1 :].partition("\n")[0]
    if "|" in line or "\t" in line.strip():
        return _cell(line, passage[start:end])
    report = _REPORT.match(passage, end)
    if report and passage[:start].strip() and _DATELINE.fullmatch(passage, 0, start):
        return _ended(passage[report.end() :])
    parts = without_date(passage, start, end, language)
    if parts is None:
        kept = passage[start:end].translate(_HOLD)
        return _ended(passage[:start] + kept + passage[end:]).translate(_LET_GO)
    before, after = parts
    if not before.strip(_EDGES + "#"):
        return _ended(_ASIDE.sub("", _AFTER.sub("", after)))
    if before.rstrip().endswith(":") and not after.strip(" .\n"):
        return ""
    return _ended(f"{before} {after}")


def _cell(line: str, date: str) -> str:
    """Return the longest cell of a table's row that is not the date."""
    cells = [cell for cell in _CELLS.split(line) if date not in cell]
    return _ended(max(cells, key=len, default=""))


def _ended(words: str) -> str:
    """Return the first sentence of some words, as a title."""
    text = " ".join(_MARKUP.sub(r"\1", spaced(words)).split())
    text = _LEFT_OVER.sub(r"\1", text)
    text = re.sub(r"\s-\s{0,2}\d{0,3}$", "", text.strip(_EDGES))
    first = re.split(r"(?<=[^\W\d_]{3})[.!?…][\"'”’»)]*\s", text, maxsplit=1)[0].strip(_EDGES)
    return _cut(first.rstrip(".!?…").strip(_EDGES))


def says_something(title: str) -> bool:
    """Return True if a title of one word may be one: it is no other date, and no label."""
    return title.isalpha() and title.casefold() not in _LABELS


def whole_title(words: str) -> str:
    """Return a title made of all words of a clause, also of its date."""
    return _cut(" ".join(spaced(words).split()).strip(_EDGES).rstrip(".!?…"))


def _cut(text: str) -> str:
    """Return a title of at most MOST characters: all of it, a whole clause, or with … at the end.

    A comma ends no clause here, because it may stand between a subject and its verb.
    """
    if len(text) > MOST:
        clauses = [match.start() for match in _CLAUSE.finditer(text, MOST // 2, MOST)]
        words = text[:MOST].rpartition(" ")[0] or text[: MOST - 1]
        shorter = _DANGLING.sub("", words).rstrip(" ,;:–—-(")
        text = text[: clauses[-1]] if clauses else f"{shorter}…"
    return text[:1].upper() + text[1:]


def slug(text: str, most: int = 50) -> str:
    """Return a text as an id of small letters, digits and hyphens. It may be empty.

    ``most`` is how many characters it may have.
    """
    words = re.findall(r"[a-z0-9]+", _without_accents(text.casefold()))
    joined = ""
    for word in words:
        if joined and len(joined) + 1 + len(word) > most:
            break
        joined = f"{joined}-{word}" if joined else word[:most]
    return joined


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    import unicodedata

    plain = unicodedata.normalize("NFKD", text)
    return "".join(each for each in plain if not unicodedata.combining(each))
