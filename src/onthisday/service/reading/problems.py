"""Collect what is wrong in the files of an almanac while they are read.

The problems of one entry or document come from schema/. Here they become findings, with a file and
a line. Also found here: problems that show only in the whole almanac, such as an id that is there
twice. Used by compiling.py.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

from onthisday.almanac.compiled import Compiled, Faulty, Twice, Unknown
from onthisday.almanac.source import Piece, Source
from onthisday.errors import Finding, InvalidInput, TreePath, Unreadable, by_place
from onthisday.schema.glimpses import cited_in, id_in, words_in
from onthisday.schema.shapes import Problem, Record

DOCUMENTS = "documents.yaml"


class Unread(NamedTuple):
    """What could not be understood of an almanac's files.

    - ``findings``: why not, sorted by file and line.
    - ``files``: true if a file, or a line of it, is not the YAML or JSON that its name says. So
      nobody knows what it has.
    - ``entries``, ``documents``: how many have a mistake, and are left out.
    - ``documents_file``: true if nobody knows which documents there are.
    - ``words``: single words in what is left out: it may be ids of documents, or tags.
    """

    findings: tuple[Finding, ...] = ()
    files: bool = False
    entries: int = 0
    documents: int = 0
    documents_file: bool = False
    words: frozenset[str] = frozenset()


READ = Unread()
"""All could be understood."""


class Problems:
    """Collects problems. At the end it finds their lines. Each file is read once for that."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._problems: dict[str, list[Problem]] = {}
        self._unreadable: list[Finding] = []
        self._words: set[str] = set()
        self._entries = 0
        self._left_out = 0
        self._listed: set[str | None] = set()
        self._based: list[tuple[str | None, int, str]] = []
        self._documents_file = False

    def entry(self, record: Record, name: str, piece: Piece) -> Any:
        """Return the entry of an item, or a `Faulty` if something is wrong. Note what is wrong.

        ``name``: the file of the item.
        """
        entry = self._read(record, "entry", name, piece)
        if entry is not None:
            return entry
        self._entries += 1
        cited = frozenset(document for _, document in cited_in(piece.tree))
        return Faulty(piece.place, id_in(piece.tree), cited)

    def document(self, record: Record, piece: Piece) -> tuple[Any, str | None]:
        """Return the document of an item, and its id. Note what is wrong.

        The document is None if something is wrong. The id is None if nobody can tell it.
        """
        document, name = self._read(record, "document", DOCUMENTS, piece), id_in(piece.tree)
        if document is None:
            self._left_out += 1
        self._listed.add(name)
        followed = id_in(piece.tree, "based_on")
        if followed is not None:
            self._based.append((name, piece.place, followed))
        return document, name

    def _read(self, record: Record, what: str, name: str, piece: Piece) -> Any:
        found: list[Problem] = []
        place, tree, whole = piece
        value = record.read(tree, (), found)
        if found:
            self._words |= words_in(tree)
            label = tree.get("id") if isinstance(tree, dict) else None
            label = f'{what} "{label}"' if isinstance(label, str) else f"this {what}"
            for problem in found:
                message = f"{label}{_joined(problem)}"
                self.add(name, (place, *problem.path), message, problem.rule)
        return value if whole else None

    def add(self, name: str, path: TreePath, message: str, rule: str) -> None:
        """Note one problem of a file."""
        self._problems.setdefault(name, []).append(Problem(path, message, rule))

    def unreadable(self, name: str, error: InvalidInput | Unreadable) -> None:
        """Note that a file, or some lines of it, cannot be read."""
        if isinstance(error, Unreadable):
            where = self._source.shown(name)
            self._unreadable.append(Finding("error", "unreadable", where, None, error.why))
        else:
            self._unreadable.extend(error.findings)
        self._documents_file |= name == DOCUMENTS

    def across(self, compiled: Compiled) -> None:
        """Note the problems that show only in the whole almanac.

        These are an id that is there twice, and a document that is named but not there. A document
        that is there, and has a mistake of its own, is not missed. If nobody can tell which
        documents there are, none is missed.
        """
        self._twice(compiled.entries_there_twice())
        if self._documents_file or None in self._listed:
            return
        self._unknown_bases()
        found = [each for each in compiled.unknown_documents() if each.document not in self._listed]
        for name, unknown in groupby(found, lambda each: each.file):
            self._unknown(name, list(unknown))

    def _unknown_bases(self) -> None:
        for name, place, followed in self._based:
            if followed not in self._listed:
                message = (
                    f'document "{name}" is based on "{followed}", which is not in this file; '
                    "add it, or correct the id"
                )
                self.add(DOCUMENTS, (place, "based_on"), message, "unknown-document")

    def _twice(self, found: list[Twice]) -> None:
        places: dict[str, list[TreePath]] = {}
        for twice in found:
            places.setdefault(twice.first_file, []).append((twice.first_place, "id"))
        lines = {name: iter(self._source.lines(name, paths)) for name, paths in places.items()}
        for twice in found:
            first = f"{self._source.shown(twice.first_file)}:{next(lines[twice.first_file])}"
            message = f'entry "{twice.id}" is there twice, first in {first}; rename one'
            self.add(twice.file, (twice.place, "id"), message, "duplicate")

    def _unknown(self, name: str, found: Iterable[Unknown]) -> None:
        """Note the citations of unknown documents in a file, each where it stands."""
        by_place: dict[int, list[Unknown]] = {}
        for each in found:
            by_place.setdefault(each.place, []).append(each)
        documents = self._source.shown(DOCUMENTS)
        for place, tree, _ in self._pieces(name):
            at = {document: path for path, document in reversed(list(cited_in(tree)))}
            for each in by_place.get(place, ()):
                label = f'entry "{each.entry}"' if each.entry else "this entry"
                message = (
                    f'{label} cites the document "{each.document}", which is not in '
                    f"{documents}; add it there or correct the id"
                )
                path = at.get(each.document, ("sources",))
                self.add(name, (place, *path), message, "unknown-document")

    def _pieces(self, name: str) -> Iterable[Piece]:
        try:
            yield from self._source.pieces(name)
        except InvalidInput:
            pass  # noted when the file was read first

    def unread(self) -> Unread:
        """Return all that was noted."""
        findings = self._unreadable.copy()
        for name, problems in self._problems.items():
            lines = self._source.lines(name, [problem.path for problem in problems])
            shown = self._source.shown(name)
            findings += [
                Finding("error", problem.rule, shown, line, problem.message)
                for problem, line in zip(problems, lines, strict=True)
            ]
        findings.sort(key=by_place)
        return Unread(
            tuple(findings),
            bool(self._unreadable),
            self._entries,
            self._left_out,
            self._documents_file or None in self._listed,
            frozenset(self._words),
        )


def _joined(problem: Problem) -> str:
    """Return a problem's message in a form that can follow the name of the entry or document."""
    return problem.message.removeprefix("it") if not problem.path else f": {problem.message}"
