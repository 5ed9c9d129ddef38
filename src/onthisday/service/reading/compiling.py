"""Use case: bring the compiled almanac up to date with the curator's files.

Only files that have changed are read. If something is wrong in them, all findings are raised
together, and the compiled almanac stays as it was. schema/ says what a file must look like. Called
by app/workspace.py.
"""

from collections.abc import Iterator
from typing import Any

from onthisday.almanac.compiled import Compiled, Row, Twice
from onthisday.almanac.document import Document
from onthisday.almanac.file_signatures import ReadFile, changed_files, moved
from onthisday.almanac.source import Source
from onthisday.errors import Finding, InvalidInput, TreePath
from onthisday.schema.entry_schema import DOCUMENT, ENTRY
from onthisday.schema.shapes import Problem

DOCUMENTS = "documents.yaml"


def compile_changes(compiled: Compiled, source: Source, now: int, others: int = 0) -> None:
    """Compile the files that have changed. Times are in nanoseconds since 1970.

    ``others``: when the newest of the other files was written that pages are made of.

    Raises InvalidInput with all errors of these files. Raises Unreadable.
    """
    with compiled.transaction():
        there, kept = source.files(), compiled.files()
        findings = _Problems(source)
        for name in changed_files(kept, there, source.digest):
            compiled.forget(name)
            if name in there:
                # First the digest, then the content. If the file changes in between, the digest is
                # that of the older content. So the next call sees the change.
                sha256 = source.digest(name) if there[name].is_fresh(now) else None
                _compile(compiled, source, name, findings)
                compiled.keep(name, ReadFile(there[name], sha256))
        if DOCUMENTS in kept and DOCUMENTS not in there:
            compiled.set_documents(())
        findings.across(compiled)
        findings.raise_if_any()
        newest = max((others, *(signature.mtime for signature in there.values())))
        compiled.finish(moved(compiled.modified(), newest, now), str(now))


def _compile(compiled: Compiled, source: Source, name: str, findings: "_Problems") -> None:
    try:
        if name == DOCUMENTS:
            compiled.set_documents(_documents(source, findings))
        else:
            compiled.add(name, _rows(source, name, findings))
    except InvalidInput as error:
        findings.found.extend(error.findings)
        findings.knows_documents &= name != DOCUMENTS


def _rows(source: Source, name: str, findings: "_Problems") -> Iterator[Row]:
    for piece in source.pieces(name):
        entry = findings.read(ENTRY, "entry", name, piece.place, piece.tree)
        if entry is not None:
            yield Row(piece.place, entry)


def _documents(source: Source, findings: "_Problems") -> Iterator[Document]:
    seen: set[str] = set()
    based: list[tuple[str, int, str]] = []
    for piece in source.pieces(DOCUMENTS):
        document = findings.read(DOCUMENT, "document", DOCUMENTS, piece.place, piece.tree)
        if document is None:
            continue
        if document.id in seen:
            message = f'document "{document.id}" is there twice; give one of them another id'
            findings.add(DOCUMENTS, (piece.place, "id"), message, "duplicate")
            continue
        if document.based_on:
            based.append((document.id, piece.place, document.based_on))
        seen.add(document.id)
        yield document
    for document_id, place, followed in based:
        if followed not in seen:
            message = (
                f'document "{document_id}" is based on "{followed}", which is not in this file; '
                "add it, or correct the id"
            )
            findings.add(DOCUMENTS, (place, "based_on"), message, "unknown-document")


class _Problems:
    """Collects problems. At the end it finds their lines.

    Each file is read only once for that.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._problems: dict[str, list[Problem]] = {}
        self.found: list[Finding] = []
        self.knows_documents = True
        self._faulty: set[tuple[str, str]] = set()

    def read(self, record: Any, what: str, name: str, place: int, tree: Any) -> Any:
        """Return the value of a tree (dicts and lists from YAML).

        Return None if something is wrong. What is wrong is noted.

        - ``what``: "entry" or "document".
        - ``name``: the file.
        - ``place``: the number of the tree in the file.
        """
        problems: list[Problem] = []
        value = record.read(tree, (), problems)
        if problems:
            label = tree.get("id") if isinstance(tree, dict) else None
            self._faulty.add((what, str(label)))
            label = f'{what} "{label}"' if isinstance(label, str) else f"this {what}"
            for problem in problems:
                message = f"{label}{_joined(problem)}"
                self.add(name, (place, *problem.path), message, problem.rule)
        return value

    def add(self, name: str, path: TreePath, message: str, rule: str) -> None:
        """Note one problem of a file."""
        self._problems.setdefault(name, []).append(Problem(path, message, rule))

    def across(self, compiled: Compiled) -> None:
        """Note the problems that show only in the whole almanac.

        These are an id that is there twice, and a document that is cited but not there.
        """
        self._twice(compiled.entries_there_twice())
        for unknown in compiled.unknown_documents() if self.knows_documents else ():
            if ("document", unknown.document) in self._faulty:
                continue  # the document is there; its own problem is noted already
            documents = self._source.shown(DOCUMENTS)
            message = (
                f'entry "{unknown.entry}" cites the document "{unknown.document}", which is not in '
                f"{documents}; add it there or correct the id"
            )
            self.add(unknown.file, (unknown.place, "sources"), message, "unknown-document")

    def _twice(self, found: list[Twice]) -> None:
        places: dict[str, list[TreePath]] = {}
        for twice in found:
            places.setdefault(twice.first_file, []).append((twice.first_place, "id"))
        lines = {name: iter(self._source.lines(name, paths)) for name, paths in places.items()}
        for twice in found:
            first = f"{self._source.shown(twice.first_file)}:{next(lines[twice.first_file])}"
            message = f'entry "{twice.id}" is there twice, first in {first}; rename one'
            self.add(twice.file, (twice.place, "id"), message, "duplicate")

    def raise_if_any(self) -> None:
        """Raise InvalidInput if a problem was noted.

        The error has all findings, sorted by file and line.
        """
        for name, problems in self._problems.items():
            lines = self._source.lines(name, [problem.path for problem in problems])
            shown = self._source.shown(name)
            self.found += [
                Finding("error", problem.rule, shown, line, problem.message)
                for problem, line in zip(problems, lines, strict=True)
            ]
        if self.found:
            raise InvalidInput(tuple(sorted(self.found, key=lambda f: (f.file, f.line or 0))))


def _joined(problem: Problem) -> str:
    """Return a problem's message in a form that can follow the name of the entry or document."""
    return problem.message.removeprefix("it") if not problem.path else f": {problem.message}"
