"""Use case: bring the compiled almanac up to date with the curator's files.

Only files that have changed are read. If something is wrong in them, all findings are raised
together, and the compiled almanac stays as it was. `check` compiles into an almanac of its own
what can be understood. schema/ says what a file must look like. Called by app/workspace.py.

Files are read in blocks. Other processes may have read a block ahead (app/reading_ahead.py), but
only if nothing is wrong in it. All others are read here, so that findings are made in one place.
"""

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import chain
from typing import NamedTuple

from onthisday.almanac.compiled import Compiled, Faulty, Packed, Row
from onthisday.almanac.document import Document
from onthisday.almanac.file_signatures import ReadFile, Signature, changed_files, moved
from onthisday.almanac.source import Block, Piece, Source
from onthisday.errors import Finding, InvalidInput, Unreadable
from onthisday.schema.entry_schema import DOCUMENT, ENTRY
from onthisday.service.reading.problems import DOCUMENTS, Problems, Unread

ReadAhead = Callable[[Iterable[Block]], Generator[tuple[Block, Packed | None]]]
"""Gives the blocks back in the same order, each with its entries, or with None: nobody read it."""


def alone(blocks: Iterable[Block]) -> Generator[tuple[Block, Packed | None]]:
    """Have no block read by others."""
    return ((block, None) for block in blocks)


def compile_changes(
    compiled: Compiled, source: Source, now: int, others: int = 0, ahead: ReadAhead = alone
) -> None:
    """Compile the files that have changed. Times are in nanoseconds since 1970.

    ``others``: when the newest of the other files was written that pages are made of.

    Raises InvalidInput with all errors of these files. Raises Unreadable if there is no folder.
    """
    with compiled.transaction():
        there = source.files()
        unread = _compile_files(compiled, source, there, now, ahead)
        if unread.findings:
            raise InvalidInput(unread.findings)
        newest = max((others, *(signature.mtime for signature in there.values())))
        compiled.finish(moved(compiled.modified(), newest, now), str(now))


def compile_understood(
    compiled: Compiled, source: Source, now: int, ahead: ReadAhead = alone
) -> Unread:
    """Compile what can be understood, into an almanac that is empty. Return what could not be.

    For `check`, which looks at all that it can understand. An entry with a mistake is left out. If
    two entries have one id, the later one is left out.

    Raises Unreadable if there is no folder.
    """
    with compiled.transaction():
        unread = _compile_files(compiled, source, source.files(), now, ahead)
        compiled.leave_out_twice()
        compiled.finish(now, str(now))
    return unread


def _compile_files(
    compiled: Compiled,
    source: Source,
    there: Mapping[str, Signature],
    now: int,
    ahead: ReadAhead,
) -> Unread:
    kept, problems = compiled.files(), Problems(source)
    changed = changed_files(kept, there, source.digest)
    compiled.forget([name for name in changed if name in kept])
    names = [name for name in changed if name in there]
    blocks = _Blocks(compiled, source, there, now, problems)
    if DOCUMENTS in changed:
        documents = blocks.of([name for name in names if name == DOCUMENTS])
        compiled.set_documents(_documents(source, documents, problems))
    entries = blocks.of([name for name in names if name != DOCUMENTS])
    with closing(ahead(entries)) as found:
        _add_entries(compiled, source, found, problems)
    compiled.sort()
    problems.across(compiled)
    return problems.unread()


class _Blocks(NamedTuple):
    """Reads the files that have changed, and keeps how each was when it was read."""

    compiled: Compiled
    source: Source
    there: Mapping[str, Signature]
    now: int
    problems: Problems

    def of(self, names: Iterable[str]) -> Iterator[Block]:
        for name in names:
            try:
                # First the digest, then the content. If the file changes in between, the digest is
                # that of the older content. So the next call sees the change.
                is_fresh = self.there[name].is_fresh(self.now)
                sha256 = self.source.digest(name) if is_fresh else None
                yield from self.source.blocks(name)
            except (InvalidInput, Unreadable) as error:
                self.problems.unreadable(name, error)
            else:
                self.compiled.keep(name, ReadFile(self.there[name], sha256))


def _add_entries(
    compiled: Compiled,
    source: Source,
    read: Iterable[tuple[Block, Packed | None]],
    problems: Problems,
) -> None:
    wrong: defaultdict[str, list[Finding]] = defaultdict(list)
    for block, packed in read:
        of_file = wrong[block.name]
        if packed is not None and not of_file:
            compiled.add_packed(packed)
            continue
        faulty: list[Faulty] = []
        pieces = source.pieces_of(block, of_file)
        compiled.add(block.name, _rows(block.name, pieces, problems, faulty))
        compiled.add_faulty(block.name, faulty)
    for name, findings in wrong.items():
        if findings:
            problems.unreadable(name, InvalidInput(tuple(findings)))


def _rows(
    name: str, pieces: Iterable[Piece], problems: Problems, faulty: list[Faulty]
) -> Iterator[Row]:
    """Yield the entries that are whole. Put the others into ``faulty``."""
    for piece in pieces:
        entry = problems.entry(ENTRY, name, piece)
        if isinstance(entry, Faulty):
            faulty.append(entry)
        else:
            yield Row(piece.place, entry)


def _documents(source: Source, blocks: Iterable[Block], problems: Problems) -> Iterator[Document]:
    """Yield the documents that are whole."""
    seen: set[str] = set()
    wrong: list[Finding] = []
    for piece in chain.from_iterable(source.pieces_of(block, wrong) for block in blocks):
        document, name = problems.document(DOCUMENT, piece)
        if name in seen:
            message = f'document "{name}" is there twice; give one of them another id'
            problems.add(DOCUMENTS, (piece.place, "id"), message, "duplicate")
        elif document is not None:
            yield document
        seen.update({name} if name else ())
    if wrong:
        problems.unreadable(DOCUMENTS, InvalidInput(tuple(wrong)))
