"""Use case: bring what people already have into the almanac, and bring it up to date later.

Each fact of a file becomes an entry, or is told with the reason why not. A second import of a file
adds nothing: a fact that changed updates its entry, one that is gone is told. What is written is
checked first, as the almanac would be with it. Nothing is written here: the changes are staged, and
the caller makes them.

Called by cli/import_files.py. taking.py reads the file, matching.py finds the entries of earlier
imports, differences.py says what is to change, judging.py checks.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from onthisday.almanac.entry import Entry
from onthisday.almanac.library import Library
from onthisday.almanac.source import Edit, Staging
from onthisday.errors import Finding, NotSure
from onthisday.importers.found import Note, Read, Refused
from onthisday.importers.sheet_cells import EXPORTED
from onthisday.schema.entry_schema import ENTRY
from onthisday.schema.shapes import Problem
from onthisday.schema.written_entry import in_order
from onthisday.service.importing.citing_file import new_tree, renewed
from onthisday.service.importing.differences import changes, edits
from onthisday.service.importing.judging import Judge, Progress
from onthisday.service.importing.known import Known, known_entries
from onthisday.service.importing.matching import NOBODY, Facts, key, matched, unchanged
from onthisday.service.importing.naming import almanac_file_of, stem_of
from onthisday.service.importing.registering import (
    TextFile,
    documents_after,
    ids_of,
    register,
    with_free_ids,
)
from onthisday.service.importing.round_trip import (
    CONFLICT,
    is_conflict,
    is_untouched,
    with_unsaid,
    without_mark,
)
from onthisday.service.importing.taking import Fact, Spool, Taken, id_of, take
from onthisday.service.importing.taking import Told as DocumentTold
from onthisday.service.importing.telling import Changed, Result, Told, Vanished

MOST_YAML = 5_000
"""Entries. More of them are written as JSON Lines, which is read faster."""


_ANOTHER_FILE = (
    "{}: a file of this name was imported before, and none of its {} entries is in this one. If it "
    "is another file, give it another name; if all of it changed, take the old entries out first. "
    "Nothing was imported"
)


class Files(NamedTuple):
    """What is imported: the file's name, and all files that were opened, by their names."""

    name: str
    opened: Callable[[], Mapping[str, TextFile]]


class _Pending(NamedTuple):
    """A fact that is an entry already: where the entry is, and where the fact lies in the spool."""

    file: str
    place: int
    spooled: int
    id: str
    document: str | None


class Import:
    """The import of one file.

    - ``library``: the almanac as it is; ``would_be``: returns it as it would be.
    - ``tell``: is told what is not imported, what changed and what vanished.
    - ``progress``: shows how far a part of the work is.
    """

    def __init__(
        self,
        library: Library,
        staging: Staging,
        spool: Spool,
        would_be: Callable[[], Library],
        tell: Callable[[Told], None],
        progress: Progress,
    ) -> None:
        self._library, self._staging, self._spool = library, staging, spool
        self._progress = progress
        self._would_be, self._tell_person = would_be, tell
        self._named: Mapping[str, DocumentTold] = {}
        self._taken = Taken(Facts(), {}, {}, set(), {})
        self._counts = dict.fromkeys(("new", "changed", "same", "moved", "vanished", "refused"), 0)

    def run(self, files: Files, reads: Iterable[Read], today: date, language: str) -> Result:
        """Stage what an import changes. Raises Broken, InvalidInput and Unwritable.

        - ``today``: the day of the import, in the site's zone.
        - ``language``: of the site, as BCP 47.
        """
        reads = self._progress(reads, "reading")
        taken = take(
            reads,
            self._spool,
            stem_of(files.name),
            lambda name: self._is_elsewhere(name, files),
            self._tell,
        )
        self._taken = taken
        opened = files.opened()
        cited = {key: opened[files.name if key is None else key] for key in taken.files}
        ids = ids_of(self._library, cited)
        texts = {ids[key]: file for key, file in cited.items()}
        self._named = with_free_ids(self._library, taken.documents)
        named = {told.tree["id"]: told for told in self._named.values()}
        documents = register(self._staging, texts, named, today, self._tell)
        known = known_entries(self._library, {document: key for key, document in ids.items()})
        judge = Judge(
            self._staging.source,
            documents_after(self._library, named),
            today,
            language,
        )
        target, elsewhere = self._stage(files, taken, ids, known, judge)
        findings: tuple[Finding, ...] = ()
        if self._staging.has_changes:
            findings = judge.findings(self._would_be(), self._progress)
        return Result(target, **self._counts, elsewhere=elsewhere, documents=documents,
                      findings=findings)  # fmt: skip

    def _stage(
        self,
        files: Files,
        taken: Taken,
        ids: Mapping[str | None, str],
        known: Known,
        judge: Judge,
    ) -> tuple[str, int]:
        """Stage the new entries, then the changes. Return the almanac's file, and `elsewhere`."""
        found = matched(taken.facts, known.facts)
        before = sum(each != NOBODY for each in found)
        if not before and len(known.ids) > 1:
            raise NotSure(_ANOTHER_FILE.format(files.name, f"{len(known.ids):,}"))
        target = self._target(files.name, len(found) - before)
        pending: list[_Pending] = []
        matches = zip(found, unchanged(taken.facts, known.facts, found), strict=True)
        new = self._new(matches, ids, known, judge, pending)
        first = next(new, None)
        if first is not None:
            self._staging.append(target, _chained(first, new))
        self._update(pending, judge)
        for place in sorted(set(range(len(known.ids))) - set(found)):
            self._counts["vanished"] += 1
            self._tell_person(Vanished(known.ids[place]))
        whole = not taken.files and len(found) > 0
        return target, max(0, self._library.size()[0] - len(pending)) if whole else 0

    def _target(self, name: str, new: int) -> str:
        stem, there = almanac_file_of(name), self._staging.source.files()
        is_large = new > MOST_YAML or (f"{stem}.jsonl" in there and f"{stem}.yaml" not in there)
        return f"{stem}.jsonl" if is_large else f"{stem}.yaml"

    def _new(
        self,
        matches: Iterable[tuple[int, bool]],
        ids: Mapping[str | None, str],
        known: Known,
        judge: Judge,
        pending: list[_Pending],
    ) -> Iterator[dict[str, Any]]:
        """Yield the trees of new entries. Put what is an entry already into ``pending``."""
        facts = self._progress(self._spool.items(), "writing")
        for (spooled, value), (old, is_same) in zip(facts, matches, strict=True):
            fact = Fact.of(value)
            document = None if fact.whole else ids[fact.file]
            named = fact.id if old == NOBODY else known.ids[old]
            if is_same and not fact.whole:
                self._counts["same"] += 1
            elif old != NOBODY or (fact.whole and self._library.entry(named)):
                [(file, place)] = self._library.places([named])
                pending.append(_Pending(file, place, spooled, named, document))
            elif fact.is_own and self._library.entry(named):
                reason = f'is in the almanac already, as "{named}", and not from this file'
                self._tell(fact.refused(reason))
            else:
                tree = new_tree(self._renamed(fact), self._free_id(fact), document)
                if self._read(fact, tree, judge) is not None:
                    self._counts["new"] += 1
                    yield in_order(tree)

    def _free_id(self, fact: Fact) -> str:
        """Return the id of a new entry. An earlier line of the file may have had the made one."""
        if self._library.entry(fact.id) is None:
            return fact.id
        named = id_of(fact.tree, self._taken, lambda name: self._library.entry(name) is not None)
        self._taken.ids.add(key(named))
        return named

    def _update(self, pending: list[_Pending], judge: Judge) -> None:
        pending.sort()
        for file, some in groupby(pending, key=itemgetter(0)):
            self._staging.edit(file, self._edits(file, list(some), judge))

    def _edits(self, file: str, pending: list[_Pending], judge: Judge) -> Iterator[Edit]:
        """Yield the edits of the entries of a file, in the order of the file."""
        wanted = iter(pending)
        left = next(wanted, None)
        for place, old, _ in self._staging.source.pieces(file):
            if left is not None and place == left.place:
                yield from self._edits_of(left, old, judge)
                left = next(wanted, None)

    def _edits_of(self, pending: _Pending, old: dict[str, Any], judge: Judge) -> Iterator[Edit]:
        """Yield the edits of one entry, and tell what changes."""
        fact = self._renamed(Fact.of(self._spool.at(pending.spooled)))
        if fact.whole:
            mark = fact.tree.get(EXPORTED)
            now = with_unsaid(without_mark(fact.tree, pending.id), old, fact.unsaid)
            if is_untouched(mark, now) or not changes(old, now, whole=True):
                self._counts["same"] += 1
                return
            if is_conflict(mark, old):
                self._tell(fact.refused(CONFLICT.format("entry", pending.id)))
                return
        else:
            now = renewed(fact, old, pending.document or "")
        whole_tree = now if fact.whole else old | now
        if self._read(fact, whole_tree, judge) is None:
            return
        told = [each for each in changes(old, now, whole=fact.whole) if each.key != "sources"
                or fact.whole]  # fmt: skip
        self._counts["changed" if told else "same"] += 1
        if told:
            self._tell_person(Changed(pending.id, told))
        else:
            self._counts["moved"] += 1
        yield from edits((pending.place,), old, now, whole=fact.whole)

    def _renamed(self, fact: Fact) -> Fact:
        """Return a fact whose sources have the ids that documents have in the almanac."""
        sources = fact.tree.get("sources")
        if fact.whole or not isinstance(sources, list):
            return fact
        ours = [{**each, "document": self._id_of(each.get("document"))} for each in sources]
        return fact._replace(tree={**fact.tree, "sources": ours})

    def _id_of(self, named: Any) -> Any:
        return self._named[named].tree["id"] if named in self._named else named

    def _read(self, fact: Fact, tree: dict[str, Any], judge: Judge) -> Entry | None:
        """Return the entry of a tree. If something is wrong in it, tell that, and return None."""
        problems: list[Problem] = []
        entry: Entry = ENTRY.read(tree, (), problems)
        if problems:
            self._tell(fact.refused("; ".join(each.sentence for each in problems)))
            return None
        judge.read(entry)
        return entry

    def _is_elsewhere(self, name: str, files: Files) -> bool:
        """Return True if an entry that cites none of the files has an id."""
        entry = self._library.entry(name)
        if entry is None:
            return False
        names = files.opened()
        documents = map(self._library.document, (each.document for each in entry.sources))
        return not any(each and (each.file or each.title) in names for each in documents)

    def _tell(self, told: Refused | Note | Changed) -> None:
        self._counts["refused"] += isinstance(told, Refused)
        self._tell_person(told)


def _chained(first: dict[str, Any], others: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield first
    yield from others
