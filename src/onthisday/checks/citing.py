"""Check the sources of one entry: cited twice, without a place in the text, not independent.

Called by service/checking/. Not here: what the cited passages say (passages.py, dating.py).
"""

from collections.abc import Callable, Iterator

from onthisday.almanac.entry import Citation, Entry
from onthisday.checks.faults import Fault

Followed = Callable[[str], frozenset[str]]
"""A function: it takes a document's id and returns the ids of all documents that it follows.

A document follows another one if it took its facts from there, directly or through others.
"""


def citing_faults(entry: Entry, followed: Followed) -> Iterator[Fault]:
    """Yield the faults of an entry's sources, as far as we see them without the texts."""
    yield from _cited_twice(entry)
    names = tuple(dict.fromkeys(source.document for source in entry.sources))
    for one, other in dependent(names, followed):
        message = (
            f'entry "{entry.id}" rests on {one} and on {other}, and these are not independent: '
            f"{_why(one, other, followed)}; cite one of them, or silence this with a reason"
        )
        place = next(i for i, source in enumerate(entry.sources) if source.document == other)
        yield Fault(("sources", place), "not-independent", message)


def locator_faults(entry: Entry, document: str) -> Iterator[Fault]:
    """Yield a fault for each source that cites this document as a whole, without a passage.

    Call this only if we have the document's text: then the curator can name the passage.
    """
    for index, source in enumerate(entry.sources):
        if source.document == document and not (source.locator or source.quote or source.page):
            message = (
                f'entry "{entry.id}" cites {document} as a whole, though its text is there; '
                "add quote: with the words of the passage, and `check --fix` makes a locator of it"
            )
            yield Fault(("sources", index), "no-locator", message)


def dependent(documents: tuple[str, ...], followed: Followed) -> Iterator[tuple[str, str]]:
    """Yield the pairs of documents that are not independent.

    One document follows the other, or both follow a third one (`Followed`).
    """
    if len(documents) < 2 or not any(map(followed, documents)):
        return
    for place, other in enumerate(documents):
        for one in documents[:place]:
            if (followed(one) | {one}) & (followed(other) | {other}):
                yield one, other


def _why(one: str, other: str, followed: Followed) -> str:
    if one in followed(other):
        return f"{other} is based on {one}"
    if other in followed(one):
        return f"{one} is based on {other}"
    return f"both are based on {min(followed(one) & followed(other))}"


def _cited_twice(entry: Entry) -> Iterator[Fault]:
    documents = {source.document for source in entry.sources}
    if len(documents) == len(entry.sources) and all(len(s.locator) < 2 for s in entry.sources):
        return  # nearly always
    seen: set[Citation] = set()
    for index, source in enumerate(entry.sources):
        place = source._replace(as_="stated", digests=())
        if place in seen or len(set(source.locator)) < len(source.locator):
            message = (
                f'entry "{entry.id}" cites {source.document} twice at the same place; keep one'
            )
            yield Fault(("sources", index), "cited-twice", message)
        seen.add(place)
