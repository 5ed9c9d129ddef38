"""Use case: put an accepted draft into the almanac, and before it the documents that it cites.

Text is added to the almanac's files. What they have stays as it is. It does not ask the person;
cli/draft_accepting.py does, and calls this.
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
"""The file of the almanac that gets accepted drafts. The curator may move them to another one."""


def entry_of(tree: Any) -> Entry | tuple[str, ...]:
    """Return the entry of a YAML tree that must have exactly one, or what is wrong with it."""
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
    """Add an entry to the almanac, and before it the documents that it cites and that are new.

    ``text`` is the entry as YAML. ``ids`` has the id of each document by its file's name.
    ``registered`` has the ids that the almanac knows already. Return the ids of the documents that
    were added. Raises Unwritable.
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
