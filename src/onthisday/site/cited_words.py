"""The sentences that an entry cites, as its page shows them: with the passage marked.

They are shown if the text is held and may be shown (almanac/rights.py), and if the passage is
proved. Used by entry_pages.py.
"""

from typing import NamedTuple

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Citation, Span
from onthisday.almanac.rights import may_be_shown
from onthisday.checks.passages import proved_spans
from onthisday.site.text_fragments import link_to_passage

_AROUND = 600
"""Code points. So far from a passage the rest of its sentence is looked for."""

_MOST = 1_000
"""Code points. Of a longer passage the beginning and the end are shown."""


class CitedWords(NamedTuple):
    """A passage with the rest of its sentence.

    - ``before``, ``after``: the words of the sentence around the passage.
    - ``marked``: the passage.
    - ``link``: the address of the passage in its source, or None.
    - ``language``, ``rights``: those of the document.
    """

    before: str
    marked: str
    after: str
    link: str | None
    language: str | None
    rights: str | None


def cited_words(citation: Citation, document: Document, text: str | None) -> tuple[CitedWords, ...]:
    """Return the words of each passage of a citation. ``text``: the document's; None if not held.

    Return nothing if the words may not be shown.
    """
    if text is None or not may_be_shown(document):
        return ()
    return tuple(_shown(text, span, document) for span in proved_spans(citation, text))


def _shown(text: str, span: Span, document: Document) -> CitedWords:
    url = document.url or document.archived
    window = _window(text, span)
    start, end = _sentences_around(text, span, window)
    cut_before, cut_after = 0 < start == window.start, end == window.end < len(text)
    return CitedWords(
        before=f"{'… ' if cut_before else ''}{text[start : span.start]}",
        marked=_shortened(text[span.start : span.end]),
        after=f"{text[span.end : end]}{' …' if cut_after else ''}",
        link=url and link_to_passage(url, text, span),
        language=document.language,
        rights=document.rights,
    )


def _window(text: str, span: Span) -> Span:
    """Return a passage with the words around it, as far as its sentences may go."""
    start, end = max(0, span.start - _AROUND), min(len(text), span.end + _AROUND)
    if start > 0:
        start = text.find(" ", start, span.start) + 1 or span.start
    if end < len(text):
        end = max(text.rfind(" ", span.end, end), span.end)
    return Span(start, end)


def _sentences_around(text: str, span: Span, window: Span) -> Span:
    """Return the place of the sentences that a passage touches."""
    from onthisday.drafts.sentences import sentences  # loaded here: few texts may be shown

    found = sentences(text[window.start : window.end])
    own = (Span(window.start + each.start, window.start + each.end) for each in found)
    touched = [each for each in own if each.start < span.end and span.start < each.end] or [span]
    return Span(min(span.start, touched[0].start), max(span.end, touched[-1].end))


def _shortened(passage: str) -> str:
    if len(passage) <= _MOST:
        return passage
    half = _MOST // 2
    return f"{passage[:half].rpartition(' ')[0]} … {passage[-half:].partition(' ')[2]}"
