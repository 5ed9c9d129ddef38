"""A date as BibTeX and biblatex have it. Called by bibtex.py."""

import re

from onthisday.citing.csl_dates import YEARS_OF
from onthisday.citing.tex import tex_of
from onthisday.dates.historical_date import HistoricalDate
from onthisday.locales.locale import Locale
from onthisday.views.historical_words import spoken

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""BibTeX's own names, which a style says in its language."""

_ONE = r"-?\d{4}(?:-(?:0[1-9]|1[0-2]|2[1-4])(?:-\d\d)?)?[?~%]?"

_BIBLATEX = re.compile(rf"{_ONE}(?:/{_ONE})?", re.ASCII)
"""Those dates of EDTF that biblatex reads (its manual, section 2.3.8), and others too.

Not here: open ends, and the X of decades. biblatex reads them, but Citation.js refuses a file with
some of them, and pandoc makes year 0 of them.
"""


def date_fields(locale: Locale, found: HistoricalDate | None) -> dict[str, str]:
    """Return the fields that say a date: ``date`` for biblatex, ``year`` and ``month`` for BibTeX.

    biblatex takes ``date`` if it is there. A doubtful year is in words, such as "around 1950".
    """
    if found is None:
        return {}
    written = _written(found)
    fields = {"date": f"{{{written}}}"} if _BIBLATEX.fullmatch(written) else {}
    if not _is_plain(found):
        return fields | {"year": f"{{{tex_of(spoken(locale, found))}}}"}
    fields["year"] = f"{{{found.year}}}"
    return fields | ({"month": _MONTHS[found.month - 1]} if found.month else {})


def _written(found: HistoricalDate) -> str:
    years = YEARS_OF.get(found.precision)
    if years is None or found.year is None or found.uncertain or found.approximate:
        return found.edtf
    return f"{_edtf_year(found.year)}/{_edtf_year(found.year + years - 1)}"


def _edtf_year(year: int) -> str:
    return f"{year:05}" if year < 0 else f"{year:04}"


def _is_plain(found: HistoricalDate) -> bool:
    """Return True if a date is a day, a month or a year AD, without doubt."""
    in_doubt = found.uncertain or found.approximate or found.earliest is not None
    is_exact = found.precision in {"day", "month", "year"} and not in_doubt
    return is_exact and found.year is not None and found.year > 0
