"""Corrections in words, in English: what was wrong in an entry, and that an entry is withdrawn.

The terminal, feeds, calendars, pages and messages take their words from here. Not here: what an
entry tells now (words.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onthisday.views.date_words import short_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from onthisday.almanac.entry import Correction

CORRECTIONS = "Corrections"

ITS_PAGE = "The page of this entry"


def what_and_when(correction: Correction) -> str:
    """Return ``Corrected on 2 March 2026``, ``Withdrawn on 2 March 2026``."""
    return f"{done(correction)} on {short_day(correction.on)}"


def done(correction: Correction) -> str:
    """Return ``Corrected``, or ``Withdrawn`` for a correction that withdraws its entry."""
    return "Withdrawn" if correction.now is None else "Corrected"


def why(correction: Correction) -> str:
    """Return the reason as a sentence: ``The minutes count 1,436.``"""
    said = " ".join(correction.why.split())
    return said if said.endswith((".", "!", "?", "…", ".”", "。")) else f"{said}."


def correction_words(correction: Correction) -> str:
    """Return ``Corrected on 2 March 2026: was “1,400”; now “1,436”. The minutes count 1,436.``"""
    was, now = (text and f"“{' '.join(text.split())}”" for text in correction[1:3])
    told = f"was {was}; now {now}" if now else f"was {was}"
    return f"{what_and_when(correction)}: {told}. {why(correction)}"


def correction_title(corrections: Sequence[Correction]) -> str:
    """Return ``Correction`` or ``Withdrawn``: the first word of a message that puts it right."""
    return "Withdrawn" if corrections[-1].now is None else "Correction"


def correction_lines(correction: Correction) -> tuple[str, ...]:
    """Return ``It said: …``, ``It says now: …`` and ``Why: …``; the second not of a withdrawal."""
    now = () if correction.now is None else (f"It says now: {correction.now}",)
    return (f"It said: {correction.was}", *now, f"Why: {correction.why}")


def withdrawn_title(title: str) -> str:
    """Return ``Withdrawn: Khrushchev speaks in the Bolshoi Theatre``."""
    return f"Withdrawn: {title}"


def withdrawn_on(day: date) -> str:
    """Return ``withdrawn on 2 March 2026``, for a list."""
    return f"withdrawn on {short_day(day)}"
