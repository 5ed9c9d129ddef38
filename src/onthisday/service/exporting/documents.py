"""Use case: all documents of the almanac, for programs that keep references."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from onthisday.citing import bibtex, csl
from onthisday.citing.work import Work, work_of
from onthisday.config import Site
from onthisday.locales.locale import Locale, locale_of
from onthisday.service.exporting.export import Export

if TYPE_CHECKING:
    from onthisday.almanac.library import Library

_Pieces = Callable[[Locale, Iterable[Work]], Iterator[bytes]]


def as_bibtex(site: Site, library: "Library", _today: date) -> Export:
    """Return each document once, in BibTeX, sorted by id."""
    return _export(site, library, bibtex.pieces)


def as_csl(site: Site, library: "Library", _today: date) -> Export:
    """Return each document once, as CSL-JSON, sorted by id."""
    return _export(site, library, csl.pieces)


def _export(site: Site, library: "Library", pieces: _Pieces) -> Export:
    return Export(pieces(locale_of(site.language), map(work_of, library.documents())))
