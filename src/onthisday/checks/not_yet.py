"""Find keys that a curator wrote in an entry or a document, and that the program does not use yet.

Called by service/checking/report.py and documents.py.
"""

from collections.abc import Iterator

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Entry
from onthisday.checks.faults import Fault
from onthisday.schema.entry_schema import DOCUMENT, ENTRY
from onthisday.schema.unused_keys import not_used_yet


def not_yet_faults(found: Entry | Document) -> Iterator[Fault]:
    """Yield a fault for each key that has a value and is not used yet (schema/shapes.py)."""
    what, record = ("entry", ENTRY) if isinstance(found, Entry) else ("document", DOCUMENT)
    for field, name in record.unused.items():
        key = record.keys[name]
        if getattr(found, field) != key.default:
            message = f'{what} "{found.id}": {not_used_yet(name, key)}'
            yield Fault((name,), "not-yet", message)
