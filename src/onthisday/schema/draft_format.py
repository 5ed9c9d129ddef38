"""How drafts and mentions are written: as YAML to put into an almanac, and as JSON for programs.

A draft has the keys of an entry (entry_schema.py). The YAML also shows each passage, in comments
that begin with ``#>``. They are for the curator to read, and are removed from an accepted draft.

Used by cli/draft.py and cli/draft_accepting.py. Not here: making drafts (drafts/).
"""

import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from onthisday.characters import escaped, escaped_line, spaced
from onthisday.drafts.mentions import Mention
from onthisday.drafts.proposal import Counted, Draft, Passage, Proposal
from onthisday.drafts.titles import slug

SHOWN = "#>"
"""The beginning of a line that shows a passage. These lines do not go into an almanac."""

_ASK = "julian or gregorian?"
"""Stands for the calendar until a person has said which one it is. No entry may have it."""

_DOUBTS = {
    "bound": "the text does not say that it happened on this day.",
    "approximate": "the text says that the day is about right.",
    "ambiguous": "the date can be read in two ways.",
}

Ids = Mapping[str, str]
"""The id of each document, by its file's name."""


def mention_tree(document: str, mention: Mention) -> dict[str, Any]:
    """Return a mention as a tree for JSON (docs/drafts.md)."""
    return {
        "document": document,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "value": mention.value,
        "year_from": mention.year_from,
        "proposed": mention.proposed,
        "calendar": mention.calendar,
        "doubt": mention.doubt,
    }


def draft_tree(draft: Draft, ids: Ids) -> dict[str, Any]:
    """Return a draft as a tree for JSON: the keys of an entry, and hints for the curator."""
    lead = draft.lead
    return {
        "id": draft.id,
        "date": lead.date,
        "calendar": lead.calendar,
        "as_written": None if lead.calendar == "gregorian" else lead.as_written,
        "kind": lead.kind,
        "title": lead.title,
        "died": draft.died,
        "may_be_living": draft.may_live,
        "summary": None,
        "place": draft.place,
        "people": list(draft.people),
        "tags": tags_of(draft),
        "sources": [
            _source_tree(proposal.document, passage, ids)
            for proposal in draft.proposals
            for passage in proposal.passages
        ],
        "accounts": [
            {
                "question": question.question,
                "answers": [_answer_tree(name, given, ids) for name, given in question.answers],
            }
            for question in draft.questions
        ],
        "suggested": draft.suggested,
        "doubt": lead.doubt,
        "entry": draft.entry,
    }


def tags_of(draft: Draft) -> list[str]:
    """Return the names of a draft's people as tags."""
    return list(filter(None, map(slug, draft.people)))


def _source_tree(file: str, passage: Passage, ids: Ids) -> dict[str, Any]:
    return {
        "document": ids[file],
        "file": file,
        "as": "stated",
        "locator": {"start": passage.start, "end": passage.end},
        "page": passage.page,
        "exact": passage.exact,
        "year_from": passage.year_from,
    }


def _answer_tree(file: str, given: Counted, ids: Ids) -> dict[str, Any]:
    return {"says": given.figure.words, **_source_tree(file, given.passage, ids)}


def draft_yaml(draft: Draft, ids: Ids) -> str:
    """Return a draft as an entry in YAML, with its passages as comments."""
    return "\n".join(_lines(draft, ids)) + "\n"


def without_passages(text: str) -> str:
    """Return the YAML of a draft without the comments that show passages."""
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not line.lstrip().startswith(SHOWN))


def _lines(draft: Draft, ids: Ids) -> Iterator[str]:
    lead = draft.lead
    yield from _remarks(draft)
    yield f"- id: {draft.id}"
    yield f'  date: "{lead.date}"'
    yield from _more_of_the_day(draft)
    yield f"  title: {_quoted(lead.title)}"
    if draft.place:
        yield f"  place: {_quoted(draft.place)}"
    if tags := tags_of(draft):
        yield f"  tags: [{', '.join(map(_quoted, tags))}]"
    yield "  sources:"
    for proposal in draft.proposals:
        yield from _source(proposal, ids)
    if draft.questions:
        yield "  accounts:"
    for question in draft.questions:
        yield f"    - question: {_quoted(question.question)}"
        yield "      answers:"
        for name, given in question.answers:
            yield from _shown(given.passage.exact, 8)
            place = _place(ids[name], (given.passage,))
            yield f"        - {{says: {_quoted(given.figure.words)}, {place}}}"


def _more_of_the_day(draft: Draft) -> Iterator[str]:
    """Yield the calendar and the kind; of a birth, also when the person died."""
    lead = draft.lead
    if lead.calendar != "gregorian":
        yield f"  calendar: {lead.calendar or _ASK}"
        yield f"  as_written: {_quoted(lead.as_written)}"
    yield f"  kind: {lead.kind}"
    if lead.kind == "birth" and draft.died:
        yield f'  died: "{draft.died}"'


def _remarks(draft: Draft) -> Iterator[str]:
    if draft.entry:
        yield f"{SHOWN} The entry {draft.entry} says this already."
    yield from _warnings(draft.lead)
    if draft.may_live:
        yield f"{SHOWN} The person may be living. Published nowhere without living: or died:"
    if draft.suggested:
        count = len(draft.proposals)
        yield f"{SHOWN} Suggested: {count} proposals of this day seem to speak of one thing."
    for proposal in draft.proposals:
        if any(passage.year_from != "written" for passage in proposal.passages):
            name = escaped_line(proposal.document)
            yield f"{SHOWN} Inferred: {name} does not write the year beside the day."


def _warnings(lead: Proposal) -> Iterator[str]:
    if lead.calendar is None:
        yield f"{SHOWN} Asked: the text does not say its calendar. Write julian or gregorian."
    if lead.doubt in _DOUBTS:
        yield f"{SHOWN} Doubtful: {_DOUBTS[lead.doubt]}"


def _source(proposal: Proposal, ids: Ids) -> Iterator[str]:
    for passage in proposal.passages:
        yield from _shown(passage.exact, 4)
    yield f"    - {{{_place(ids[proposal.document], proposal.passages)}}}"


def _place(document: str, passages: tuple[Passage, ...]) -> str:
    spans = [f"{{start: {passage.start}, end: {passage.end}}}" for passage in passages]
    locator = spans[0] if len(spans) == 1 else f"[{', '.join(spans)}]"
    page = f', page: "{passages[0].page}"' if passages[0].page else ""
    return f"document: {document}{page}, locator: {locator}"


def _shown(exact: str, indent: int) -> Iterator[str]:
    mark = " " * indent + SHOWN + " "
    words = " ".join(spaced(exact).split())
    yield from textwrap.wrap(f"“{words}”", 98, initial_indent=mark, subsequent_indent=mark)


def _quoted(text: str) -> str:
    """Return a text in JSON's quotes. YAML reads them too."""
    return escaped(json.dumps(text, ensure_ascii=False))
