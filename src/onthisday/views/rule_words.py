"""The rules of days that move, in words: ``Easter Sunday``, ``the last Sunday of November``.

Called by words.py and the pages, for an entry that has a rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onthisday.dates.calendars import MONTHS
from onthisday.dates.feasts import AroundEaster, WeekdayOfMonth, parts_of
from onthisday.locales.locale import N_

if TYPE_CHECKING:
    from onthisday.locales.locale import Locale

_OF_MONTH = (
    (
        N_("the first Monday of {month}"), N_("the second Monday of {month}"),
        N_("the third Monday of {month}"), N_("the fourth Monday of {month}"),
        N_("the fifth Monday of {month}"), N_("the last Monday of {month}"),
    ),
    (
        N_("the first Tuesday of {month}"), N_("the second Tuesday of {month}"),
        N_("the third Tuesday of {month}"), N_("the fourth Tuesday of {month}"),
        N_("the fifth Tuesday of {month}"), N_("the last Tuesday of {month}"),
    ),
    (
        N_("the first Wednesday of {month}"), N_("the second Wednesday of {month}"),
        N_("the third Wednesday of {month}"), N_("the fourth Wednesday of {month}"),
        N_("the fifth Wednesday of {month}"), N_("the last Wednesday of {month}"),
    ),
    (
        N_("the first Thursday of {month}"), N_("the second Thursday of {month}"),
        N_("the third Thursday of {month}"), N_("the fourth Thursday of {month}"),
        N_("the fifth Thursday of {month}"), N_("the last Thursday of {month}"),
    ),
    (
        N_("the first Friday of {month}"), N_("the second Friday of {month}"),
        N_("the third Friday of {month}"), N_("the fourth Friday of {month}"),
        N_("the fifth Friday of {month}"), N_("the last Friday of {month}"),
    ),
    (
        N_("the first Saturday of {month}"), N_("the second Saturday of {month}"),
        N_("the third Saturday of {month}"), N_("the fourth Saturday of {month}"),
        N_("the fifth Saturday of {month}"), N_("the last Saturday of {month}"),
    ),
    (
        N_("the first Sunday of {month}"), N_("the second Sunday of {month}"),
        N_("the third Sunday of {month}"), N_("the fourth Sunday of {month}"),
        N_("the fifth Sunday of {month}"), N_("the last Sunday of {month}"),
    ),
)  # fmt: skip
"""For each weekday from Monday: its first to its fifth in a month, and its last.

Whole phrases, because in many languages the words change with the weekday.
"""


def rule_words(locale: Locale, rule: str) -> str:
    """Return the day of a rule in words.

    ``Easter Sunday``, ``2 days before Easter Sunday``, ``the last Sunday of November``, ``2 days
    before this day: the second Saturday of October``.
    """
    parts = parts_of(rule)
    if isinstance(parts, WeekdayOfMonth):
        month = MONTHS[parts.month - 1]
        names = {"month": locale.pgettext("month", month)}
        names["alone"] = locale.pgettext("month alone", month)
        fixed = locale.gettext(_OF_MONTH[parts.weekday][(parts.nth or 6) - 1], **names)
        return _beside(locale, parts.shift, fixed)
    return _orthodox(locale, parts.shift) if parts.orthodox else _western(locale, parts.shift)


def falls_beside_easter(rule: str) -> bool:
    """Return True for a rule such as ``easter-2``: so many days before Easter or after it."""
    parts = parts_of(rule)
    return isinstance(parts, AroundEaster) and parts.shift != 0


def _beside(locale: Locale, shift: int, fixed: str) -> str:
    """Say how many days before or after a weekday of a month.

    Why a colon: the words for the weekday stay as they are, in each language.
    """
    if not shift:
        return fixed
    if shift < 0:
        return locale.ngettext(
            "{count} day before this day: {day}",
            "{count} days before this day: {day}",
            -shift,
            day=fixed,
        )
    return locale.ngettext(
        "{count} day after this day: {day}", "{count} days after this day: {day}", shift, day=fixed
    )


def _western(locale: Locale, shift: int) -> str:
    if not shift:
        return locale.gettext("Easter Sunday")
    if shift < 0:
        return locale.ngettext(
            "{count} day before Easter Sunday", "{count} days before Easter Sunday", -shift
        )
    return locale.ngettext(
        "{count} day after Easter Sunday", "{count} days after Easter Sunday", shift
    )


def _orthodox(locale: Locale, shift: int) -> str:
    if not shift:
        return locale.gettext("Orthodox Easter Sunday")
    if shift < 0:
        return locale.ngettext(
            "{count} day before Orthodox Easter Sunday",
            "{count} days before Orthodox Easter Sunday",
            -shift,
        )
    return locale.ngettext(
        "{count} day after Orthodox Easter Sunday",
        "{count} days after Orthodox Easter Sunday",
        shift,
    )
