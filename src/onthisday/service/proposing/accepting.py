"""Use case: put an accepted draft into the almanac, with the documents that it cites first.

Files are added to, and nothing of them is changed. Called by cli/draft_accepting.py.
"""

import json
from collections.abc import Container, Iterable
from typing import Any

from onthisday.almanac.entry import Entry
from onthisday.almanac.source import Source
from onthisday.schema.entry_schema import ENTRY
from onthisday.schema.shapes import Problem, name_of
from onthisday.service.proposing.drafting import ReadDocument
from onthisday.service.reading.compiling import DOCUMENTS

ACCEPTED = "accepted.yaml"
"""The almanac's file that accepted drafts go to; the curator may move them from there."""


def entry_of(tree: Any) -> Entry | tuple[str, ...]:
    """Return the one entry of a YAML file's tree, or what is wrong with it."""
    if not isinstance(tree, list) or len(tree) != 1:
        return ("must be one item that begins with a dash: - id: …",)
    problems: list[Problem] = []
    entry: Entry = ENTRY.read(tree[0], (), problems)
    return entry if not problems else tuple(map(_told, problems))


def _told(problem: Problem) -> str:
    name = name_of(problem.path)
    told = not problem.path or problem.message.startswith(name)
    return problem.message if told else f"{name}: {problem.message}"


def keep(
    source: Source,
    text: str,
    entry: Entry,
    read: Iterable[ReadDocument],
    ids: dict[str, str],
    registered: Container[str],
) -> tuple[str, ...]:
    """Add an entry's text to the almanac, and the documents that it cites first; return their ids.

    ``ids`` are the documents' by their file's name, ``registered`` those that the almanac has.
    Raises Unwritable.
    """
    cited = {citation.document for citation in entry.citations}
    new = [each for each in read if ids[each.name] in cited and ids[each.name] not in registered]
    if new:
        source.append(DOCUMENTS, "\n".join(document_yaml(ids[each.name], each) for each in new))
    source.append(ACCEPTED, text)
    return tuple(ids[each.name] for each in new)


def document_yaml(document_id: str, read: ReadDocument) -> str:
    """Return a document as an item of documents.yaml."""
    values = {"title": read.title, "language": read.language, "file": read.name}
    lines = [
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if value
    ]
    return "\n  ".join([f"- id: {document_id}", *lines, f"sha256: {read.sha256}"]) + "\n"
