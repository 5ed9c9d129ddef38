"""How an entry cites the file that it was imported from.

The file is the first source of a new entry, with the passage or the row. Later its citation follows
the fact: where it stands now, and its digest. Called by importing.py. Nothing here does I/O.
"""

from collections.abc import Mapping
from typing import Any

from onthisday.service.importing.round_trip import without_mark
from onthisday.service.importing.taking import Fact


def new_tree(fact: Fact, named: str, document: str | None) -> dict[str, Any]:
    """Return the tree of a new entry: the fact's, with its id, and the file as its first source."""
    if fact.whole:
        return without_mark(fact.tree, named)
    own = {"document": document, **_cited_place(fact)}
    sources = fact.tree.get("sources")
    return {"id": named, **fact.tree, "sources": [own, *(sources or [])]}


def _cited_place(fact: Fact) -> dict[str, Any]:
    if fact.span is None:
        return {"page": fact.page, "sha256": fact.digest}
    return {"locator": {"start": fact.span.start, "end": fact.span.end, "sha256": fact.digest}}


def renewed(fact: Fact, old: dict[str, Any], document: str) -> dict[str, Any]:
    """Return what the fact says of its entry now. Sources that a curator has added stay."""
    listed = old["sources"]
    place = next(at for at, each in enumerate(listed) if each["document"] == document)
    own = listed[place] | _cited_place(fact)
    cited = {each["document"] for each in listed}
    more = [each for each in fact.tree.get("sources") or [] if each["document"] not in cited]
    sources = [*listed[:place], own, *listed[place + 1 :], *more]
    if _digest_in(listed[place]) == fact.digest:
        return {"sources": sources}
    return {**fact.tree, "sources": sources}


def _digest_in(citation: Mapping[str, Any]) -> Any:
    locator = citation.get("locator")
    first = locator[0] if isinstance(locator, list) and locator else locator
    return first.get("sha256") if isinstance(first, Mapping) else citation.get("sha256")
