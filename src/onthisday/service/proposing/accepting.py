"""Use case: add an accepted draft to the almanac, and before it the documents that it cites.

Text is only added to the almanac's files. What is in them stays as it is. cli/draft_accepting.py
asks the person, and calls this.
"""

import json
from collections.abc import Container, Iterable
from typing import Any

from onthisday.almanac.entry import Entry
from onthisday.almanac.source import Source
from onthisday.schema.entry_schema import ENTRY
from onthisday.schema.shapes import Problem
from onthisday.service.proposing.drafting import ReadDocument
from onthisday.service.reading.problems import DOCUMENTS

ACCEPTED = "accepted.yaml"
"""The almanac's file that accepted drafts are added to.

The curator may move the entries to another file.
"""


def entry_of(tree: Any) -> Entry | tuple[str, ...]:
    """Return the entry in a YAML tree (lists and dicts), or messages that say what is wrong.

    The tree must be a list with exactly one entry.
    """
    if not isinstance(tree, list) or len(tree) != 1:
        return ("must be one item that begins with a dash: - id: …",)
    problems: list[Problem] = []
    entry: Entry = ENTRY.read(tree[0], (), problems)
    return entry if not problems else tuple(each.sentence for each in problems)


def keep(
    source: Source,
    text: str,
    entry: Entry,
    read: Iterable[ReadDocument],
    ids: dict[str, str],
    registered: Container[str],
) -> tuple[str, ...]:
    """Add an entry to the almanac. First add the documents that it cites and that are new.

    Return the ids of the added documents. Raises Unwritable.

    - ``text``: the entry as YAML.
    - ``ids``: the id of each document, by its file's name.
    - ``registered``: the ids of documents that the almanac has already.
    """
    cited = {citation.document for citation in entry.citations}
    new = [each for each in read if ids[each.name] in cited and ids[each.name] not in registered]
    if new:
        source.append(DOCUMENTS, "\n".join(document_yaml(ids[each.name], each) for each in new))
    source.append(ACCEPTED, text)
    return tuple(ids[each.name] for each in new)


def document_yaml(document_id: str, read: ReadDocument) -> str:
    """Return a document as YAML text for documents.yaml."""
    about = read.about
    values = {
        "title": read.title,
        "author": about.author,
        "publisher": about.publisher,
        "published": about.published,
        "language": read.language,
        "file": read.name,
    }
    lines = [
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if value
    ]
    return "\n  ".join([f"- id: {document_id}", *lines, f"sha256: {read.sha256}"]) + "\n"
