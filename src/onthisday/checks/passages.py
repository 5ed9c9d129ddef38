"""Compare cited passages with the document's text.

A passage is "proved" if its place is inside the text and is not blank, and if its words have the
digest that stands beside the locator, where one does. A quote is proved if its words are in the
text exactly once. If the text changed, the faults say where the passage is now.

The caller gives the texts. Called by service/checking/ and the site.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Citation, Entry, Span
from onthisday.checks.digests import digest_of
from onthisday.checks.faults import Fault
from onthisday.checks.moved import Found, loosened
from onthisday.checks.near_passage import nearest_passage
from onthisday.checks.unlike_digest import why_unlike
from onthisday.errors import TreePath


class Proof(NamedTuple):
    """The result of comparing an entry's passages with texts.

    - ``proved``: how many passages are proved.
    - ``unproved``: for each passage whose text we do not have, the id of the document.
    - ``faults``: one for each passage that is wrong.
    """

    proved: int
    unproved: tuple[str, ...]
    faults: tuple[Fault, ...]


def prove(entry: Entry, texts: Mapping[str, str]) -> Proof:
    """Compare an entry's passages with the texts. ``texts``: the texts we have, by document id."""
    proved = 0
    unproved: list[str] = []
    faults: list[Fault] = []
    for path, citation in cited_at(entry):
        passages = passages_of(citation)
        if citation.document not in texts:
            unproved.extend([citation.document] * passages)
            continue
        found = tuple(_faults(entry, path, citation, texts[citation.document]))
        faults.extend(found)
        proved += passages - len(found)
    return Proof(proved, tuple(unproved), tuple(faults))


def proved_spans(citation: Citation, text: str) -> Iterator[Span]:
    """Yield the place of each proved passage of a citation, also if it is a quote."""
    for span, digest in citation.passages:
        passage = text[span.start : span.end]
        if span.end <= len(text) and passage.strip() and digest in {None, digest_of(passage)}:
            yield span
    if citation.quote is not None and text.count(citation.quote) == 1:
        start = text.index(citation.quote)
        yield Span(start, start + len(citation.quote))


def passages_of(citation: Citation) -> int:
    """Return how many passages a citation names. A quote counts as one."""
    return len(citation.locator) + (citation.quote is not None)


def proved_earlier(citation: Citation, document: Document) -> Counter[date]:
    """Return how many passages of a citation were proved on an earlier day, by this day.

    The almanac's files say it. Ask this only if the document's text is not there to prove them now.
    """
    proved = sum(digest is not None for digest in citation.digests)
    return Counter({document.proved: proved} if document.proved and proved else {})


def cited_at(entry: Entry) -> Iterator[tuple[TreePath, Citation]]:
    """Yield each citation of an entry, and its place in the entry."""
    for index, source in enumerate(entry.sources):
        yield ("sources", index), source
    for index, account in enumerate(entry.accounts):
        for place, answer in enumerate(account.answers):
            yield ("accounts", index, "answers", place), answer.citation


def moved_faults(
    entry: Entry, document: str, text: str, places: Mapping[Span, Found]
) -> Iterator[Fault]:
    """Yield a fault for each passage that moved, because the document's text changed.

    ``places``: where the remembered passages are in the new text. A passage that was not remembered
    is missing here and gets no fault. Quotes are looked up in ``text``, the new text.
    """
    for path, citation in cited_at(entry):
        if citation.document != document:
            continue
        cites = f'entry "{entry.id}" cites {document}'
        for index, span in enumerate(citation.locator):
            found = places.get(span)
            if found is not None and found.at(span) != span:
                rule, said = _whereabouts(found)
                message = f"{cites} at {_shown(span)}, and its text changed: the passage {said}"
                yield Fault((*path, "locator", index), rule, message)
        if citation.quote is not None:
            yield from _quote_faults((*path, "quote"), cites, citation.quote, text)


def _whereabouts(found: Found) -> tuple[str, str]:
    if found.only is not None:
        return (
            "moved",
            f"moved to {_shown(found.only)}; `check --fix` corrects it, if all passages are found",
        )
    if found.exact:
        return "moved", f"is there {len(found.exact)} times; correct the locator"
    if len(found.loose) == 1:
        where = _shown(found.loose[0])
        return "changed", f"is at {where} with other spaces or quotation marks; correct the locator"
    return (
        "changed",
        "changed or is gone; read the text again, and correct the entry and the locator",
    )


def _shown(span: Span) -> str:
    return f"{span.start}–{span.end}"


def _faults(entry: Entry, path: TreePath, citation: Citation, text: str) -> Iterator[Fault]:
    cites = f'entry "{entry.id}" cites {citation.document}'
    for index, (span, digest) in enumerate(citation.passages):
        passage = text[span.start : span.end]
        if span.end > len(text):
            message = f"{cites} at {_shown(span)}, but its text ends at {len(text)}"
            yield Fault((*path, "locator"), "locator", f"{message}; correct the locator")
        elif not passage.strip():
            message = f"{cites} at {_shown(span)}, where there is only blank space"
            yield Fault((*path, "locator"), "locator", f"{message}; correct the locator")
        elif digest is not None and digest_of(passage) != digest:
            message = f"{cites} at {_shown(span)} with the sha256 {digest}"
            place = (*path, "locator", index, "sha256")
            yield Fault(place, "proof", f"{message}, {why_unlike(text, span, digest)}")
    if citation.quote is not None:
        yield from _quote_faults((*path, "quote"), cites, citation.quote, text)


def _quote_faults(path: TreePath, cites: str, quote: str, text: str) -> Iterator[Fault]:
    times = text.count(quote)
    if times == 1:
        return
    if times:
        where = f"is there {times} times; quote more of the passage, so that one place has it"
    else:
        where = f"is not in its text; {_nearest(quote, text)}"
    yield Fault(path, "quote", f"{cites} with a quote that {where}")


def _nearest(quote: str, text: str) -> str:
    """Return the last words of a message: which passage the quote may mean, and what to write."""
    if parts := _parts(quote, text):
        written = ", ".join(f"{{start: {part.start}, end: {part.end}}}" for part in parts)
        return f"it leaves words out, but its parts are there; write locator: [{written}]"
    span = nearest_passage(quote, text)
    if span is None:
        return "nothing in it is much like the quote; copy the passage out of the text"
    passage = text[span.start : span.end]
    write = f"write locator: {{start: {span.start}, end: {span.end}}} in its place"
    if loosened(quote)[0] == loosened(passage)[0]:
        return f"at {_shown(span)} it is, with other spaces or quotation marks; {write}"
    line = text.count("\n", 0, span.start) + 1
    words = _shortened(" ".join(passage.split()))
    return f"the nearest is in line {line}, “{words}”; if that is meant, {write}"


def _parts(quote: str, text: str) -> tuple[Span, ...]:
    """Return where the parts of a quote with "…" are in a text.

    If a part is missing or is there more than once, return nothing.
    """
    parts = [part for part in _LEFT_OUT.split(quote) if part]
    if len(parts) < 2 or any(text.count(part) != 1 for part in parts):
        return ()
    return tuple(Span(text.index(part), text.index(part) + len(part)) for part in parts)


_LEFT_OUT = re.compile(r"\s*[\[(]?(?:…|\.{3})[\])]?\s*")
"""How people write that they leave words out: ``…``, ``...``, ``[…]``."""


def _shortened(words: str) -> str:
    """Return a text. If it is long, return only its first and last words, with "…" between."""
    if len(words) <= 2 * _END_SHOWN:
        return words
    return f"{words[:_END_SHOWN].rpartition(' ')[0]} … {words[-_END_SHOWN:].partition(' ')[2]}"


_END_SHOWN = 60
"""How many characters of a long passage are shown from its beginning, and from its end."""
