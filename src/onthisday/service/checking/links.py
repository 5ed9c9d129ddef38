"""A part of `check --links`: which addresses there are, and what is wrong with them.

Called by cli/check.py. asking.py asks the addresses in between.
"""

from collections.abc import Iterator

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Entry
from onthisday.almanac.library import Library
from onthisday.almanac.source import Source
from onthisday.checks.links import Links, addresses_of, link_faults
from onthisday.service.checking.findings import Findings
from onthisday.service.checking.report import Report


def all_addresses(library: Library) -> tuple[str, ...]:
    """Return the addresses of an almanac's documents and pictures, each once."""
    found = (address for each in _linking(library) for address in addresses_of(each).values())
    return tuple(dict.fromkeys(found))


def with_links(report: Report, library: Library, source: Source, links: Links) -> Report:
    """Return a report with what is wrong with addresses. Its findings are no longer in order."""
    notes = Findings(source)
    for each in _linking(library):
        what = "document" if isinstance(each, Document) else "entry"
        notes.declare(what, each.id, each.silence)
        notes.add(what, each.id, link_faults(each, links))
    return report._replace(
        findings=(*report.findings, *notes.findings(library)),
        warnings=report.warnings + notes.graded("warning"),
        silenced=report.silenced + notes.silenced,
        links=links,
    )


def _linking(library: Library) -> Iterator[Document | Entry]:
    """Yield the documents and the entries that have addresses."""
    yield from (each for each in library.documents() if addresses_of(each))
    yield from (each for each in library.entries() if addresses_of(each))
