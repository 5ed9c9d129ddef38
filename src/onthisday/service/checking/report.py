"""Use case: find everything that is wrong with an almanac. For the command `check`.

What is wrong in the reading of its files was found before (service/reading/). An entry or a
document with a mistake is left out, and the rules look at all others. Entries are read from the
library: first for one document after another (proving.py), then for one day after another
(comparing.py). The rules are in checks/. fixing.py corrects what it can.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Citation, Entry, Selection
from onthisday.almanac.library import Library, Told
from onthisday.almanac.source import Source
from onthisday.checks.anachronism import anachronism_faults
from onthisday.checks.answers import answer_faults
from onthisday.checks.citing import citing_faults
from onthisday.checks.corrections import correction_faults
from onthisday.checks.dating import future_faults, living_faults, words_faults
from onthisday.checks.days_named import days_in, days_named
from onthisday.checks.documents import (
    document_faults,
    following,
    maybe_meant,
    translation_faults,
    unproved,
)
from onthisday.checks.faults import Fault
from onthisday.checks.links import Links
from onthisday.checks.near_ids import near_id_faults
from onthisday.checks.no_day import no_day_faults
from onthisday.checks.not_in_passage import KnownAlmanac
from onthisday.checks.passage_memory import PassageMemory
from onthisday.checks.passages import passages_of, proved_earlier
from onthisday.checks.pictures import picture_faults
from onthisday.checks.saying.known_names import KnownNames
from onthisday.checks.tags import near_tag_fault, near_tags
from onthisday.checks.untranslated import Untranslated
from onthisday.dates.calendars import CivilDay, day_number
from onthisday.errors import Finding, by_place
from onthisday.service.checking.comparing import compare_days, sample_of
from onthisday.service.checking.findings import Findings, first_of_each
from onthisday.service.checking.hearing import Hearings
from onthisday.service.checking.passage_reading import ReadAll, read_all
from onthisday.service.checking.proving import Proofs, Prover, Texts
from onthisday.service.reading.problems import READ, Unread


class Understood(NamedTuple):
    """The part of an almanac that can be understood, and what else there is in its files.

    - ``language``: of the almanac, as BCP 47.
    - ``wanted``: the other languages of the site and of channels.
    """

    library: Library
    unread: Unread = READ
    language: str = "en"
    wanted: tuple[str, ...] = ()


class Report(NamedTuple):
    """What a check found, and how much it looked at.

    - ``findings``: if a rule has too many findings, only its first ones.
    - ``errors``, ``warnings``: how many there are, with those that are not in ``findings``.
    - ``silenced``: how many faults the curator has silenced.
    - ``proved``: how many cited passages were found in their documents.
    - ``unproved``: how many were not: they are wrong, or the text is missing or has changed.
    - ``earlier``: how many of the missing texts' passages were proved before, by the day of that.
      They are not among ``unproved``.
    - ``left_out``: how many entries have a mistake, so that the rules did not look at them.
    - ``links``: what became of each address that was asked; None if none was to be asked.
    """

    findings: tuple[Finding, ...]
    errors: int = 0
    warnings: int = 0
    silenced: int = 0
    entries: int = 0
    documents: int = 0
    proved: int = 0
    unproved: int = 0
    earlier: Mapping[date, int] = MappingProxyType({})
    left_out: int = 0
    links: Links | None = None


def check(
    almanac: Understood,
    source: Source,
    texts: Texts,
    memory: PassageMemory,
    today: date,
    read_texts: ReadAll = read_all,
) -> Report:
    """Apply every rule to an almanac, and return what is found with what was found in reading.

    ``read_texts`` reads what the documents' texts say, in this process or in several.
    """
    library, unread = almanac.library, almanac.unread
    documents, notes = tuple(library.documents()), Findings(source, unread)
    for document in documents:
        notes.declare("document", document.id, document.silence)
    sample = sample_of(library)
    known = _known(almanac, documents, sample)
    hearings = Hearings(known, notes)
    prover = Prover(library, memory, notes, hearings)
    proofs = prover.prove(documents, texts, partial(read_texts, known))
    untranslated = Untranslated(almanac.language, almanac.wanted)
    reading = EntryReader(source, notes, documents, today, proofs.lacking, untranslated)
    _note_about_entries(notes, prover.guessed.faults())
    _read_entries(library, sample, notes, reading, lambda entry: hearings.close(entry, proofs.held))
    _note_documents(almanac, documents, reading, proofs, notes)
    _note_tags(library, notes)
    _note_near_ids(library, documents, notes)
    _note_about_entries(notes, untranslated.faults())
    notes.close(texts_held={each.id for each in documents if each.file} <= proofs.held)
    return Report(
        findings=_in_order(unread, notes, library),
        errors=len(unread.findings) + notes.graded("error"),
        warnings=notes.graded("warning"),
        silenced=notes.silenced,
        entries=reading.entries,
        documents=len(documents),
        proved=proofs.proved,
        unproved=reading.unproved.total() - proofs.proved,
        earlier=reading.earlier,
        left_out=unread.entries,
    )


def _known(
    almanac: Understood, documents: Iterable[Document], sample: tuple[Told, ...]
) -> KnownAlmanac:
    """Return what is known of the whole almanac. Its names are looked for when they are needed."""
    names, language = KnownNames(sample, almanac.language), almanac.language
    return KnownAlmanac({document.id: document for document in documents}, names.have, language)


def _read_entries(
    library: Library,
    sample: tuple[Told, ...],
    notes: Findings,
    reading: "EntryReader",
    close: Callable[[Entry], None],
) -> None:
    """Read each entry once: those of a day, compared with others, then those without one."""

    def read(entry: Entry) -> None:
        reading.read(entry)
        close(entry)

    compare_days(library, sample, notes.add_to_entry, read)
    for entry in chain(library.movable(), library.undated()):
        read(entry)


def _in_order(unread: Unread, notes: Findings, library: Library) -> tuple[Finding, ...]:
    """Return the findings, with those of reading, in the order of the files."""
    return tuple(sorted((*first_of_each(unread.findings), *notes.findings(library)), key=by_place))


class EntryReader:
    """Applies the rules that need only one entry. It also counts the entries and their passages.

    `import` applies them to the entries that it is about to write.
    """

    def __init__(
        self,
        source: Source,
        notes: Findings,
        documents: Sequence[Document],
        today: date,
        lacking: frozenset[str],
        untranslated: Untranslated,
    ) -> None:
        self._source, self._notes = source, notes
        self._day = today
        self._today = day_number(CivilDay(today.year, today.month, today.day))
        self.followed = following(documents)
        self.published = {each.id: each.published for each in documents if each.published}
        self._lacking = {each.id: each for each in documents if each.id in lacking}
        self.untranslated = untranslated
        self.entries = 0
        self.unproved: Counter[str] = Counter()
        self.earlier: Counter[date] = Counter()

    def read(self, entry: Entry) -> None:
        """Note what is wrong with an entry, without comparing it with other entries."""
        self.entries += 1
        for citation in entry.citations:
            if passages := passages_of(citation):  # a page of a book is none
                self._count(citation, passages)
        self._notes.declare("entry", entry.id, entry.silence)
        self._notes.add("entry", entry.id, self._faults(entry))

    def _count(self, citation: Citation, passages: int) -> None:
        document = self._lacking.get(citation.document)
        if document is not None and document.proved:
            earlier = proved_earlier(citation, document)
            self.earlier += earlier
            passages -= earlier.total()
        self.unproved[citation.document] += passages

    def _faults(self, entry: Entry) -> Iterator[Fault]:
        yield from future_faults(entry, self._today)
        yield from living_faults(entry, self._today)
        yield from correction_faults(entry, self._day)
        yield from words_faults(entry, days_named)
        yield from no_day_faults(entry, days_in)
        yield from anachronism_faults(entry, self.published)
        yield from citing_faults(entry, self.followed)
        yield from answer_faults(entry, self.followed)
        yield from translation_faults(entry)
        yield from self.untranslated.read(entry)
        yield from picture_faults(entry, is_there=self._has_picture(entry))

    def _has_picture(self, entry: Entry) -> bool:
        file = entry.image.file if entry.image else None
        return file is not None and self._source.picture(file) is not None


def _note_about_entries(notes: Findings, faults: Iterable[tuple[str, Fault]]) -> None:
    for name, fault in faults:
        notes.add_to_entry(name, fault)


def _note_documents(
    almanac: Understood,
    documents: Sequence[Document],
    reading: EntryReader,
    proofs: Proofs,
    notes: Findings,
) -> None:
    """Note what is wrong with documents, and how many passages of missing texts are not proved."""
    cited = almanac.library.cited()
    used = almanac.unread.words.union(cited, maybe_meant(documents, cited))
    for name, fault in document_faults(documents, used, reading.followed, reading.published):
        notes.add("document", name, (fault,))
    for document in documents:
        passages = reading.unproved[document.id]
        if document.id in proofs.lacking and passages:
            notes.add("document", document.id, (unproved(document, passages),))


def _note_near_ids(library: Library, documents: Iterable[Document], notes: Findings) -> None:
    _note_about_entries(notes, near_id_faults("entry", library.ids()))
    for name, fault in near_id_faults("document", (document.id for document in documents)):
        notes.add("document", name, (fault,))


def _note_tags(library: Library, notes: Findings) -> None:
    """Find tags that are nearly the same. Note each at the first entry that has it."""
    for near in near_tags(library.tags()):
        entry = next(library.selected(Selection(tags=(near.tag,))))
        notes.add("entry", entry.id, (near_tag_fault(entry.id, near),))
