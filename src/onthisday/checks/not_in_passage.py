"""Check that an entry says only what the passages say that it cites.

Each figure, date and name of the title, the summary, the place, ``as_written``, each answer, and of
what a correction says now is looked for. A claim that no passage says is a fault. What the entry's
own dates and the descriptions of its documents say counts as said (saying/described.py).

The documents are read one after another, so an entry's claims are looked for in steps: `opened`
returns what must be found, `heard` what one document leaves of it, and `unsaid_faults` a fault for
each claim that is left.

Why names are not looked for in a text of another language: "Vienna" is "Wien" there.

Called by service/checking/. Not here: whether a passage is where the entry says (passages.py).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import NamedTuple

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Answer, Citation, Entry
from onthisday.checks.faults import Fault
from onthisday.checks.saying.claims import Claim, claims_in
from onthisday.checks.saying.described import described, described_by_all
from onthisday.checks.saying.named import folded
from onthisday.checks.saying.read_text import ReadText
from onthisday.checks.saying.said import Said
from onthisday.checks.saying.statements import language_of
from onthisday.checks.saying.times import NO_TIME, Times, times_between
from onthisday.errors import TreePath


class KnownAlmanac(NamedTuple):
    """What is known of the whole almanac.

    - ``documents``: by their ids.
    - ``is_name``: says whether a word, folded, is a name somewhere in the entries. It is asked only
      if a word is doubtful.
    - ``language``: counts if an entry's words do not tell their language.
    """

    documents: Mapping[str, Document]
    is_name: Callable[[str], bool]
    language: str

    def has_file(self, document: str) -> bool:
        """Return True if a document has a text, though it may not be held here."""
        return document in self.documents and self.documents[document].file is not None


class Open(NamedTuple):
    """A claim that was not found yet.

    - ``path``: the place of the words in the entry.
    - ``answer``: the answer that claims it. Only its own document can say it. None if the entry's
      own words claim it: each document of the entry can say it.
    - ``near``: a document and a passage of it, to show if the claim is not found. ``is_like``: the
      passage says something of that kind.
    """

    path: TreePath
    claim: Claim
    answer: Answer | None = None
    near: tuple[str, str] | None = None
    is_like: bool = False


class Hearing(NamedTuple):
    """How far an entry's claims were looked for.

    - ``language``: of the entry's words.
    - ``open``: the claims that no passage said yet.
    - ``heard``: the documents that were looked at. ``foreign``: those in another language.
    - ``times``: the lengths of time between dates that were named, for "seven years later".
    """

    language: str
    open: tuple[Open, ...] = ()
    heard: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()
    times: Times = NO_TIME


def opened(entry: Entry, almanac: KnownAlmanac) -> Hearing:
    """Return what an entry claims and its documents' descriptions do not say."""
    cited = dict.fromkeys(citation.document for citation in entry.citations)
    theirs = (almanac.documents[name].language for name in cited if name in almanac.documents)
    words = f"{entry.title} {entry.summary or ''}"
    language = language_of(words, almanac.language, *theirs)
    known = described_by_all(entry, almanac.documents, language)
    left = [each for each in _told(entry, language) if not known.has(each.claim)]
    for path, answer in _answers(entry):
        own = described(entry, answer, almanac.documents, language)
        claims = claims_in(answer.says, language)
        left.extend(Open((*path, "says"), one, answer) for one in claims if not own.has(one))
    return Hearing(language, tuple(left))


def _told(entry: Entry, language: str) -> Iterator[Open]:
    """Yield the claims of an entry's own words. The number of its documents is none."""
    documents = len({citation.document for citation in entry.citations})
    for path, text in _texts(entry):
        key = path[0]
        for claim in claims_in(text, language, is_title=key == "title", is_name=key == "place"):
            if key == "as_written" and claim.kind == "name":
                continue  # "Old Style" is no name
            if not _is_count_of(documents, claim):
                yield Open(path, claim)


def _texts(entry: Entry) -> Iterator[tuple[TreePath, str]]:
    """Yield the texts in which an entry tells something in its own words, each with its place.

    What a correction says now is one, unless a later correction says that this was wrong too. What
    it was is none: it was wrong, so no passage needs to say it.
    """
    for key in ("title", "brief", "summary", "place", "as_written"):
        if text := getattr(entry, key):
            yield (key,), text
    was = {" ".join(each.was.split()) for each in entry.corrections}
    for index, each in enumerate(entry.corrections):
        if each.now and " ".join(each.now.split()) not in was:
            yield ("corrections", index, "now"), each.now


def _is_count_of(documents: int, claim: Claim) -> bool:
    """Return True for a number in words that may count the documents: "two documents"."""
    if claim.number is None or claim.length or claim.words.isupper():
        return False
    return claim.words.isalpha() and claim.number.values == {documents}


def _answers(entry: Entry) -> Iterator[tuple[TreePath, Answer]]:
    for index, account in enumerate(entry.accounts):
        for place, answer in enumerate(account.answers):
            yield ("accounts", index, "answers", place), answer


Passages = Callable[[Citation], Said | None]
"""Returns what the passages of a citation say. None if they are not there."""


def heard(hearing: Hearing, entry: Entry, document: str, passages: Passages) -> Hearing:
    """Return what is left of an entry's claims when one document was looked at."""
    citations = [each for each in entry.citations if each.document == document]
    said = [found for each in citations if (found := passages(each)) is not None]
    if not said:
        return hearing
    left = tuple(open_ for each in hearing.open if (open_ := _left(each, document, said, passages)))
    is_foreign = any(one.read.language != hearing.language for one in said)
    hearing = hearing._replace(
        open=left,
        heard=hearing.heard | {document},
        foreign=hearing.foreign | {document} if is_foreign else hearing.foreign,
    )
    return _with_times(hearing, entry, said)


def _with_times(hearing: Hearing, entry: Entry, said: Iterable[Said]) -> Hearing:
    if not any(each.claim.length for each in hearing.open):
        return hearing
    own = [entry.date, *(answer.date for _, answer in _answers(entry) if answer.date)]
    return hearing._replace(times=hearing.times.joined(times_between(own, said)))


def _left(open_: Open, document: str, said: list[Said], passages: Passages) -> Open | None:
    """Return a claim if one document does not say it, with a passage to show."""
    if open_.answer is not None:
        if open_.answer.citation.document != document:
            return open_
        said = [one for one in (passages(open_.answer.citation),) if one is not None]
    if any(one.has(open_.claim) for one in said):
        return None
    like = next((one for one in said if one.has_kind(open_.claim.kind)), None)
    if said and (like is not None or open_.near is None):
        near = document, (like or said[0]).read.text
        return open_._replace(near=near, is_like=like is not None)
    return open_


def joined(before: Hearing, then: Hearing) -> Hearing:
    """Return what is left of an entry's claims after documents, and after one more.

    ``then`` is of this one alone. The result is the same as if `heard` had gone on from ``before``.
    """
    left = {(each.path, each.claim): each for each in then.open}
    pairs = ((each, left.get((each.path, each.claim))) for each in before.open)
    return Hearing(
        before.language,
        tuple(_nearest(one, other) for one, other in pairs if other),
        before.heard | then.heard,
        before.foreign | then.foreign,
        before.times.joined(then.times),
    )


def _nearest(one: Open, other: Open) -> Open:
    """Return the claim with the passage to show: the later one, if it is like the claim."""
    return other if other.near and (other.is_like or one.near is None) else one


def unsaid_faults(hearing: Hearing, entry: Entry, almanac: KnownAlmanac) -> Iterator[Fault]:
    """Yield a fault for each claim that no passage says. Call it when all documents were heard."""
    unheard = [one for _, one in _answers(entry) if one.citation.document not in hearing.heard]
    answers = [Said(ReadText(one.says, hearing.language)) for one in unheard]
    for each in hearing.open:
        if not _is_judged(each, hearing, entry, almanac) or hearing.times.have(each.claim):
            continue
        if each.answer is None and any(answer.has(each.claim) for answer in answers):
            continue
        if _is_surely_claimed(each.claim, almanac):  # last, because it may read many entries
            yield _fault(each, entry)


def _is_surely_claimed(claim: Claim, almanac: KnownAlmanac) -> bool:
    """Return False for a doubtful name that no other entry has as a name: it is none."""
    return not claim.doubtful or almanac.is_name(folded(claim.words))


def _is_judged(open_: Open, hearing: Hearing, entry: Entry, almanac: KnownAlmanac) -> bool:
    """Return True if all documents that could say a claim were looked at.

    A document without a file has no text to look at. Its answers stand for it. If it has none, what
    it says is nowhere to be seen, and the entry's own words are not judged.
    """
    is_name = open_.claim.kind == "name"
    if open_.answer is not None:
        document = open_.answer.citation.document
        return document in hearing.heard and not (is_name and document in hearing.foreign)
    if is_name and hearing.foreign:
        return False
    return _are_own_words_judged(entry, hearing.heard, almanac)


def can_be_judged(entry: Entry, heard: Set[str], almanac: KnownAlmanac) -> bool:
    """Return True if a claim of an entry can be judged when these documents were looked at.

    Without texts this is so for few entries. For all others nothing needs to be read.
    """
    if not heard and not entry.accounts:
        return not entry.sources
    answering = {one.citation.document for _, one in _answers(entry)}
    return not answering.isdisjoint(heard) or _are_own_words_judged(entry, heard, almanac)


def _are_own_words_judged(entry: Entry, heard: Set[str], almanac: KnownAlmanac) -> bool:
    silent = {each.document for each in entry.sources} - heard
    answering = {one.citation.document for _, one in _answers(entry)}
    return all(name in answering and not almanac.has_file(name) for name in silent)


def _fault(open_: Open, entry: Entry) -> Fault:
    what = "answer" if open_.answer else str(open_.path[0]).replace("corrections", "correction")
    shown = f"; {open_.near[0]} has “{_beginning(open_.near[1])}”" if open_.near else ""
    message = (
        f'entry "{entry.id}": the {what} says "{open_.claim.words}", and no cited passage says '
        f"so{shown}; correct it, cite the passage that says it, or silence these words with a "
        "reason"
    )
    return Fault(open_.path, "not-in-passage", message, words=open_.claim.words)


_SHOWN = 160
"""How many characters of a passage are shown."""


def _beginning(passage: str) -> str:
    words = " ".join(passage.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rpartition(' ')[0]} …"
