"""Keys of an entry or a document that are set, and not used yet."""

from collections.abc import Iterator

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Entry
from onthisday.checks.faults import Fault
from onthisday.schema.entry_schema import DOCUMENT, ENTRY
from onthisday.schema.unused_keys import not_used_yet


def not_yet_faults(found: Entry | Document) -> Iterator[Fault]:
    """Yield which keys of an entry or a document are declared unused (schema/shapes.py)."""
    what, record = ("entry", ENTRY) if isinstance(found, Entry) else ("document", DOCUMENT)
    for field, name in record.unused.items():
        key = record.keys[name]
        if getattr(found, field) != key.default:
            message = f'{what} "{found.id}": {not_used_yet(name, key)}'
            yield Fault((name,), "not-yet", message)
