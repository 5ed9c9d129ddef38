"""Corrections in words: what was wrong in an entry, and that an entry is withdrawn.

The terminal, feeds, calendars, pages and messages take their words from here. Each function takes
the locale first. Not here: what an entry tells now (words.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onthisday.views.date_words import short_day
from onthisday.views.words import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from onthisday.almanac.entry import Correction
    from onthisday.locales.locale import Locale


def corrections_heading(locale: Locale) -> str:
    """Return ``Corrections``."""
    return locale.gettext("Corrections")


def its_page(locale: Locale) -> str:
    """Return the words of the link to an entry's page."""
    return locale.gettext("The page of this entry")


def what_and_when(locale: Locale, correction: Correction) -> str:
    """Return ``Corrected on 2 March 2026``, ``Withdrawn on 2 March 2026``."""
    day = short_day(locale, correction.on)
    if correction.now is None:
        return locale.gettext("Withdrawn on {day}", day=day)
    return locale.gettext("Corrected on {day}", day=day)


def why(correction: Correction) -> str:
    """Return the reason as a sentence: ``The minutes count 1,436.``"""
    said = " ".join(correction.why.split())
    return said if said.endswith((".", "!", "?", "…", ".”", "。", "؟")) else f"{said}."


def correction_words(locale: Locale, correction: Correction) -> str:
    """Return ``Corrected on 2 March 2026: was “1,400”; now “1,436”. The minutes count 1,436.``"""
    words = {
        "what": what_and_when(locale, correction),
        "was": _quoted(locale, correction.was),
        "why": locale.isolate(why(correction)),
    }
    if not correction.now:
        return locale.gettext("{what}: was {was}. {why}", **words)
    now = _quoted(locale, correction.now)
    return locale.gettext("{what}: was {was}; now {now}. {why}", now=now, **words)


def _quoted(locale: Locale, text: str) -> str:
    return quoted(locale, locale.isolate(" ".join(text.split())))


def correction_title(locale: Locale, corrections: Sequence[Correction]) -> str:
    """Return ``Correction`` or ``Withdrawn``: the first word of a message that puts it right."""
    if corrections[-1].now is None:
        return locale.pgettext("the first word of a message", "Withdrawn")
    return locale.pgettext("the first word of a message", "Correction")


def correction_lines(locale: Locale, correction: Correction) -> tuple[str, ...]:
    """Return ``It said: …``, ``It says now: …`` and ``Why: …``; the second not of a withdrawal."""
    was, now, reason = (
        text and locale.isolate(text) for text in (correction.was, correction.now, correction.why)
    )
    lines = [locale.gettext("It said: {text}", text=was)]
    if correction.now is not None:
        lines.append(locale.gettext("It says now: {text}", text=now))
    return (*lines, locale.gettext("Why: {text}", text=reason))


def withdrawn_title(locale: Locale, title: str) -> str:
    """Return ``Withdrawn: Khrushchev speaks in the Bolshoi Theatre``."""
    return locale.gettext("Withdrawn: {title}", title=locale.isolate(title))


def withdrawn_on(locale: Locale, day: date) -> str:
    """Return ``withdrawn on 2 March 2026``, for a list."""
    return locale.gettext("withdrawn on {day}", day=short_day(locale, day))
