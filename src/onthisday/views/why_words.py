"""Why an entry falls on a day, and why it was chosen, in words: for `today --explain`.

Each function takes the locale first. Called by cli/terminal.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onthisday.views.historical_words import observed_words
from onthisday.views.words import falls_beside, the_rule

if TYPE_CHECKING:
    from onthisday.locales.locale import Locale
    from onthisday.views.view import OccasionView


def why(locale: Locale, view: OccasionView) -> str:
    """Return the reason why an entry falls on this day."""
    if view.observed:
        return locale.gettext(
            "its date is {date}, and this is the day on which it is observed.",
            date=observed_words(locale, view.observed),
        )
    if view.rule:
        return _why_by_rule(locale, view.rule)
    date = view.date.edtf
    if view.date.falls_on is None:
        return locale.gettext(
            "its date, {date}, names no day, and the years since are round.", date=date
        )
    if view.uncertain:
        return locale.gettext("its date, {date}, names this day, though not surely.", date=date)
    if view.calendar == "julian":
        return locale.gettext(
            "its date, {date} in the Julian calendar, is this day in the Gregorian.", date=date
        )
    return locale.gettext("its date is {date}, precise to the day.", date=date)


def _why_by_rule(locale: Locale, rule: str) -> str:
    said = the_rule(locale, rule)
    if falls_beside(rule):
        return locale.gettext("it is remembered {days}, which is this day in this year.", days=said)
    return locale.gettext("it is remembered on {rule}, which is this day in this year.", rule=said)


def why_chosen(locale: Locale, view: OccasionView) -> str | None:
    """Return the reason why an entry was chosen among more; None if there was room for all."""
    reasons = {
        "round": locale.gettext("it was chosen because it is a round anniversary."),
        "moves": locale.gettext("it was chosen because it is seldom on this day."),
        "featured": locale.gettext("it was chosen because the curator features it."),
        "turn": locale.gettext("it was chosen because it is its turn this year."),
        "place left": locale.gettext("it was chosen because a place was left."),
    }
    return reasons.get(view.chosen or "")
