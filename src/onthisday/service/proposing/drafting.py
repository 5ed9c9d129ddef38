"""Use case: propose entries from documents, and say which of them the almanac has already.

drafts/ has the rules for finding dates and making drafts. No file is read here: the caller gives a
function that reads a document. Called by app/parallel_reading.py and cli/draft.py.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Citation, Entry
from onthisday.almanac.library import Library
from onthisday.almanac.living import old_from
from onthisday.dates.calendars import CivilDay, MonthDay, day_number
from onthisday.drafts.mentions import Mention, mentions_of
from onthisday.drafts.merging import drafts_of
from onthisday.drafts.paragraphs import lines_of, paragraphs
from onthisday.drafts.proposal import Draft, Passage, Proposal
from onthisday.drafts.proposing import by_default, doubtful_too, proposals_of
from onthisday.drafts.titles import slug
from onthisday.errors import Unreadable
from onthisday.texts.about import About
from onthisday.texts.extract import DocumentText, NoText, NotInstalled

Wish = Literal["drafts", "all", "mentions"]
"""What a person wants from a document.

- ``drafts``: the drafts that are proposed by default.
- ``all``: the doubtful drafts too.
- ``mentions``: every date that the document names.
"""


_HEAD = 2000
"""Only this many code points at the beginning of a document are searched for its title."""


class ReadDocument(NamedTuple):
    """What was found in a document.

    - ``about``: what the document says of itself.
    - ``note``: a remark for the person.
    - ``trouble``: why the document could not be read; None if it was read.
    - ``lacks``: the extra of this package that must be installed to read it.
    """

    name: str
    sha256: str = ""
    title: str = ""
    language: str | None = None
    about: About = About()
    proposals: tuple[Proposal, ...] = ()
    mentions: tuple[Mention, ...] = ()
    note: str | None = None
    trouble: str | None = None
    lacks: str | None = None


def read_for(
    wish: Wish, name: str, read: Callable[[], DocumentText], language: str | None = None
) -> ReadDocument:
    """Read one document, and find what a person wants from it.

    ``language``: a code of ``languages.LANGUAGES``; None to guess it. If the document cannot be
    read, ``trouble`` says why.
    """
    try:
        return _read(wish, read(), language)
    except (NoText, Unreadable) as error:
        lacks = error.extra if isinstance(error, NotInstalled) else None
        return ReadDocument(name, trouble=str(error).removeprefix(f"{name}: "), lacks=lacks)


def _read(wish: Wish, text: DocumentText, language: str | None) -> ReadDocument:
    proposals: list[Proposal] = []
    mentions: list[Mention] = []
    about = text.about or About()
    title, heard = about.title, Counter[str]()
    for start, part in text.parts:
        whole = tuple(paragraphs(lines_of(part)))
        found = tuple(mentions_of(whole, language, about.language))
        title = title or _heading(part, found)
        heard.update(mention.language for mention in found)
        if wish == "mentions":
            mentions += (m._replace(start=m.start + start, end=m.end + start) for m in found)
        else:
            wanted = doubtful_too if wish == "all" else by_default
            proposals += proposals_of(text.name, part, found, wanted, start, whole)
    return ReadDocument(
        text.name,
        text.sha256,
        title or text.name,
        language or max(heard, key=heard.__getitem__, default=about.language),
        about,
        tuple(proposals),
        tuple(mentions),
        text.note,
    )


def _heading(part: str, mentions: tuple[Mention, ...]) -> str | None:
    """Return the first line of a document that is more than a date, to use it as a title.

    Return None if there is none.
    """
    dates = {mention.text for mention in mentions if mention.start < _HEAD}
    lines = (line.strip(" \t#*=_-\ufeff") for line in part[:_HEAD].splitlines())
    return next((line[:120] for line in lines if line not in dates and _has_words(line)), None)


def _has_words(line: str) -> bool:
    return any(letter.isalpha() for letter in line)


def without_copies(read: Iterable[ReadDocument]) -> tuple[ReadDocument, ...]:
    """Keep each text only once: a copy of a document proves nothing new.

    For a copy, only ``trouble`` is kept. It names the first document with that text.
    """
    first: dict[str, str] = {}
    return tuple(_without_copy(each, first.setdefault(each.sha256, each.name)) for each in read)


def _without_copy(read: ReadDocument, first: str) -> ReadDocument:
    if read.trouble or read.name == first:
        return read
    return ReadDocument(read.name, trouble=f"has the same text as {first}, and is left out")


def drafts_from(
    read: Iterable[ReadDocument],
    library: Library | None,
    rejected: frozenset[tuple[str, str]],
    today: date,
) -> tuple[Draft, ...]:
    """Return the drafts from the documents, without those that a person rejected.

    Those of people who may be living ``today`` are marked (`Draft.may_live`).
    If the almanac has an entry for a draft already, the draft's ``entry`` is the id of that entry.
    ``rejected`` has dates and digests, as `rejections_of` makes them.
    """
    documents = {each.name: each.sha256 for each in read}
    proposals = (proposal for each in read for proposal in each.proposals)
    left = (_without(proposal, rejected) for proposal in proposals) if rejected else proposals
    number = day_number(CivilDay(today.year, today.month, today.day))
    found = drafts_of(proposal for proposal in left if proposal.passages)
    drafts = tuple(draft._replace(may_live=_may_live(draft, number)) for draft in found)
    if library is None:
        return drafts
    known = {document.sha256: document for document in library.documents() if document.sha256}
    of_file = {name: known[sha256].id for name, sha256 in documents.items() if sha256 in known}
    return tuple(draft._replace(entry=_entry_of(draft, library, of_file)) for draft in drafts)


def _may_live(draft: Draft, today: int) -> bool:
    if draft.died or all(each.kind != "birth" for each in draft.proposals):
        return False
    return old_from(draft.lead.historical) > today


def _without(proposal: Proposal, rejected: frozenset[tuple[str, str]]) -> Proposal:
    passages = (p for p in proposal.passages if (proposal.date, _digest(p)) not in rejected)
    return proposal._replace(passages=tuple(passages))


def _digest(passage: Passage) -> str:
    words = " ".join(passage.exact.split())
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:32]


def rejections_of(draft: Draft) -> tuple[tuple[str, str, str], ...]:
    """Return what to remember when a draft is rejected, so that it is not proposed again.

    For each passage: the date, a digest of its words, and the document. Why the words: the passage
    is then recognised in another file too.
    """
    return tuple(
        (proposal.date, _digest(passage), proposal.document)
        for proposal in draft.proposals
        for passage in proposal.passages
    )


def parted(draft: Draft) -> tuple[Draft, ...]:
    """Split a draft of several documents into one draft for each document."""
    return tuple(drafts_of([proposal])[0] for proposal in draft.proposals)


def _entry_of(draft: Draft, library: Library, of_file: Mapping[str, str]) -> str | None:
    """Return the id of an entry with the draft's date that cites one of the draft's passages.

    Return None if there is none.
    """
    lead = draft.lead
    for day in lead.civil_days:
        for entry in library.on(MonthDay(day.month, day.day)):
            if entry.date.civil == day and _cites(entry, draft, of_file):
                return entry.id
    return None


def _cites(entry: Entry, draft: Draft, of_file: Mapping[str, str]) -> bool:
    return any(
        _holds(citation, passage)
        for proposal in draft.proposals
        for citation in entry.citations
        if citation.document == of_file.get(proposal.document)
        for passage in proposal.passages
    )


def _holds(citation: Citation, passage: Passage) -> bool:
    """Return True if a citation may cite a passage.

    A locator must overlap with the passage. A quote must be a part of the passage. A citation
    without a locator or a quote cites the whole document.
    """
    if not citation.locator:
        return citation.quote is None or citation.quote in passage.exact
    return any(span.start < passage.end and passage.start < span.end for span in citation.locator)


def ids_of(read: Iterable[ReadDocument], registered: Iterable[Document]) -> dict[str, str]:
    """Return the id of each document, by its file's name.

    A document that the almanac has (with the same SHA-256) keeps its id. For the others, an id is
    made from the file's name.
    """
    there = list(registered)
    by_sha256 = {document.sha256: document.id for document in there if document.sha256}
    taken = {document.id for document in there}
    ids: dict[str, str] = {}
    for each in read:
        known = by_sha256.get(each.sha256)
        if known is None:
            stem = each.name.removesuffix(".extract.txt").rpartition("/")[2]
            wish = slug(stem.partition(".")[0] or stem) or "document"
            known = next(i for i in _numbered(wish) if i not in taken)
            taken.add(known)
        ids[each.name] = known
    return ids


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1
