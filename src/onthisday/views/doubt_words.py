"""Which part of a date is in doubt, in words: ``11 June 2004 (year uncertain)``.

Why not "perhaps 11 June 2004": then readers think that all of it is in doubt.

Called by historical_words.py, which loads it only for such a date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onthisday.locales.locale import N_

if TYPE_CHECKING:
    from onthisday.dates.historical_date import HistoricalDate
    from onthisday.locales.locale import Locale

_DOUBTS = {
    # Translators: what is in doubt of a date, as in "11 June 2004 (year uncertain)".
    ("year", "?"): N_("year uncertain"),
    ("month", "?"): N_("month uncertain"),
    ("day", "?"): N_("day uncertain"),
    ("year and month", "?"): N_("year and month uncertain"),
    ("year and day", "?"): N_("year and day uncertain"),
    ("month and day", "?"): N_("month and day uncertain"),
    ("date", "?"): N_("date uncertain"),
    ("year", "~"): N_("year approximate"),
    ("month", "~"): N_("month approximate"),
    ("day", "~"): N_("day approximate"),
    ("year and month", "~"): N_("year and month approximate"),
    ("year and day", "~"): N_("year and day approximate"),
    ("month and day", "~"): N_("month and day approximate"),
    ("date", "~"): N_("date approximate"),
    ("year", "%"): N_("year uncertain and approximate"),
    ("month", "%"): N_("month uncertain and approximate"),
    ("day", "%"): N_("day uncertain and approximate"),
    ("year and month", "%"): N_("year and month uncertain and approximate"),
    ("year and day", "%"): N_("year and day uncertain and approximate"),
    ("month and day", "%"): N_("month and day uncertain and approximate"),
    ("date", "%"): N_("date uncertain and approximate"),
}
"""What is said of the parts that have a mark."""

_PARTS = ("year", "month", "day")


def with_doubts(locale: Locale, found: HistoricalDate, words: str) -> str:
    """Return a date's words with the parts that are in doubt, and why.

    ``11 June 2004 (year uncertain, day approximate)``.
    """
    marks = found.marks or 3 * _mark(found)
    said = locale.gettext(", ").join(filter(None, (_doubt(locale, marks, one) for one in "?%~")))
    # Translators: {doubt} is as in "11 June 2004 (year uncertain)".
    return locale.gettext("{date} ({doubt})", date=words, doubt=said)


def _mark(found: HistoricalDate) -> str:
    """Return the mark that all parts of a date have."""
    if found.uncertain:
        return "%" if found.approximate else "?"
    return "~"


def _doubt(locale: Locale, marks: str, mark: str) -> str | None:
    """Return what is said of the parts that have a mark; None if no part has it."""
    parts = [part for part, own in zip(_PARTS, marks, strict=True) if own == mark]
    if not parts:
        return None
    named = "date" if len(parts) == len(_PARTS) else " and ".join(parts)
    return locale.gettext(_DOUBTS[named, mark])
