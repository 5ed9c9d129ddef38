"""Use case: bring the compiled almanac up to date with the curator's files.

Only files that have changed are read. If something is wrong in them, all findings are raised
together, and the compiled almanac stays as it was. `check` compiles into an almanac of its own
what can be understood. schema/ says what a file must look like. Called by app/workspace.py.
"""

from collections.abc import Iterator, Mapping

from onthisday.almanac.compiled import Compiled, Faulty, Row
from onthisday.almanac.document import Document
from onthisday.almanac.file_signatures import ReadFile, Signature, changed_files, moved
from onthisday.almanac.source import Source
from onthisday.errors import InvalidInput, Unreadable
from onthisday.schema.entry_schema import DOCUMENT, ENTRY
from onthisday.service.reading.problems import DOCUMENTS, Problems, Unread


def compile_changes(compiled: Compiled, source: Source, now: int, others: int = 0) -> None:
    """Compile the files that have changed. Times are in nanoseconds since 1970.

    ``others``: when the newest of the other files was written that pages are made of.

    Raises InvalidInput with all errors of these files. Raises Unreadable if there is no folder.
    """
    with compiled.transaction():
        there = source.files()
        unread = _compile_files(compiled, source, there, now)
        if unread.findings:
            raise InvalidInput(unread.findings)
        newest = max((others, *(signature.mtime for signature in there.values())))
        compiled.finish(moved(compiled.modified(), newest, now), str(now))


def compile_understood(compiled: Compiled, source: Source, now: int) -> Unread:
    """Compile what can be understood, into an almanac that is empty. Return what could not be.

    For `check`, which looks at all that it can understand. An entry with a mistake is left out. If
    two entries have one id, the later one is left out.

    Raises Unreadable if there is no folder.
    """
    with compiled.transaction():
        unread = _compile_files(compiled, source, source.files(), now)
        compiled.leave_out_twice()
        compiled.finish(now, str(now))
    return unread


def _compile_files(
    compiled: Compiled, source: Source, there: Mapping[str, Signature], now: int
) -> Unread:
    kept, problems = compiled.files(), Problems(source)
    changed = changed_files(kept, there, source.digest)
    compiled.forget([name for name in changed if name in kept])
    for name in changed:
        if name in there:
            try:
                # First the digest, then the content. If the file changes in between, the digest is
                # that of the older content. So the next call sees the change.
                sha256 = source.digest(name) if there[name].is_fresh(now) else None
                _compile(compiled, source, name, problems)
            except Unreadable as error:
                problems.unreadable(name, error)
            else:
                compiled.keep(name, ReadFile(there[name], sha256))
    if DOCUMENTS in kept and DOCUMENTS not in there:
        compiled.set_documents(())
    compiled.sort()
    problems.across(compiled)
    return problems.unread()


def _compile(compiled: Compiled, source: Source, name: str, problems: Problems) -> None:
    if name == DOCUMENTS:
        compiled.set_documents(_documents(source, problems))
        return
    faulty: list[Faulty] = []
    compiled.add(name, _rows(source, name, problems, faulty))
    compiled.add_faulty(name, faulty)


def _rows(source: Source, name: str, problems: Problems, faulty: list[Faulty]) -> Iterator[Row]:
    """Yield the entries of a file that are whole. Put the others into ``faulty``."""
    try:
        for piece in source.pieces(name):
            entry = problems.entry(ENTRY, name, piece)
            if isinstance(entry, Faulty):
                faulty.append(entry)
            else:
                yield Row(piece.place, entry)
    except (InvalidInput, Unreadable) as error:
        problems.unreadable(name, error)


def _documents(source: Source, problems: Problems) -> Iterator[Document]:
    """Yield the documents that are whole."""
    seen: set[str] = set()
    try:
        for piece in source.pieces(DOCUMENTS):
            document, name = problems.document(DOCUMENT, piece)
            if name in seen:
                message = f'document "{name}" is there twice; give one of them another id'
                problems.add(DOCUMENTS, (piece.place, "id"), message, "duplicate")
            elif document is not None:
                yield document
            seen.update({name} if name else ())
    except (InvalidInput, Unreadable) as error:
        problems.unreadable(DOCUMENTS, error)
