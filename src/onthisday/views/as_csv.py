"""Occasions as rows of a table, for a spreadsheet. Called by cli/planner.py.

A spreadsheet runs a text that begins with ``=`` as a formula, and entries may come from others. So
such a text gets an apostrophe before it, which shows it as it is (OWASP, "CSV Injection").
"""

import csv
import io
from collections.abc import Iterable, Iterator

from onthisday.almanac.jubilees import Coming
from onthisday.characters import spaced
from onthisday.locales.locale import Locale
from onthisday.views.as_json import tree_of
from onthisday.views.date_words import weekday
from onthisday.views.presenter import Presenter
from onthisday.views.source_words import apart, source_words
from onthisday.views.together import sources_once
from onthisday.views.view import OccasionView
from onthisday.views.words import in_list, occasion_date, this_month_or_year

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""The byte order mark. It stands first, so that spreadsheets read the file as UTF-8."""

_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
"""A text that begins with one of these may be a formula. The last four are wide forms."""

COLUMNS = (
    "year", "month", "day", "weekday", "years", "since", "milestone", "kind", "title", "place",
    "when", "date", "uncertain", "about", "tags", "summary", "sources", "differ", "url", "id",
    "occasion",
)  # fmt: skip

_YES = {True: "yes", False: None}

Cell = str | int | None


def lines(locale: Locale, plan: Iterable[Coming], presenter: Presenter) -> Iterator[str]:
    """Yield the lines of the table: the header, then an occasion each. They end with CR LF.

    The first line begins with MARK.
    """
    yield MARK + _line(COLUMNS)
    for each in plan:
        for occasion in each.occasions:
            yield _line(_row(locale, each, presenter.occasion(occasion)))


def _row(locale: Locale, coming: Coming, view: OccasionView) -> Iterator[Cell]:
    day, precision, _ = coming
    dated = precision == "day"
    yield from (day.year, None if precision == "year" else day.month, day.day if dated else None)
    yield weekday(locale, day) if dated else None
    yield view.years
    yield (
        in_list(locale, view)
        if dated
        else this_month_or_year(locale, view, month=precision == "month")
    )
    yield _YES[view.milestone]
    yield from (view.kind, view.title, view.place, occasion_date(locale, view), tree_of(view.date))
    yield from (_YES[view.uncertain], _YES[view.date.approximate])
    yield from (" ".join(view.tags), view.summary)
    yield apart(locale).join(source_words(locale, each) for each in sources_once(view.sources))
    yield len(view.accounts) or None
    yield from (view.url, view.id, view.occasion)


def _line(cells: Iterable[Cell]) -> str:
    """Return a line of the table. Texts are in quotation marks, whatever separates the cells."""
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_NONNUMERIC).writerow(map(_safe, cells))
    return written.getvalue()


def _safe(cell: Cell) -> str | int:
    """Return a cell on one line, and never as a formula."""
    if isinstance(cell, int):
        return cell
    text = " ".join(spaced(cell or "").split())
    return f"'{text}" if text.startswith(_FORMULA) else text
