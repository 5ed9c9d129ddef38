"""Messages in words, in English: their first lines, digests, tests and alerts.

Used by messages/. words.py has what messages share with pages, feeds and the terminal, and
correction_words.py the words of corrections.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from onthisday.dates.calendars import MONTHS, MonthDay
from onthisday.views.date_words import WEEKDAYS, month_and_day, month_day, span_words
from onthisday.views.words import counted, in_list, moves, occasion_date

if TYPE_CHECKING:
    from datetime import date

    from onthisday.views.view import OccasionView

When = Literal["today", "tomorrow", "named"]
"""How a text may speak of a day: it is today, it is tomorrow, or it can only be named."""


def why_today(view: OccasionView, day: MonthDay, when: When = "today") -> str:
    """Return ``70 years ago today``; ``On 25 February, 70 years ago`` if it is another day.

    It is the beginning of a message. If the date is uncertain, it says ``Perhaps 70 years ago``.
    """
    since = in_list(view)
    if when != "today":
        named = f"{_WHEN[when]} {month_day(day)}"
        return f"{named}, {since}" if since else named
    if not since or not view.years:
        return "Today"
    return f"{since[0].upper()}{since[1:]}" + ("" if view.observed else " today")


_WHEN = {"today": "On", "tomorrow": "Tomorrow,", "named": "On"}
"""How a message names its day."""


def when_and_where(view: OccasionView, when: When = "today") -> str:
    """Return ``25 February 1956, Moscow``. It also says if the date is uncertain."""
    uncertain = "date uncertain" if view.uncertain and view.calendar == "julian" else None
    that_day = f"remembered {'today' if when == 'today' else 'on this day'}"
    observed = that_day if view.observed else moves(view)
    return ", ".join(filter(None, (occasion_date(view), uncertain, view.place, observed)))


def own_day(view: OccasionView) -> str:
    """Return `` (29 February 1952)`` if an entry falls on another day than its own, else nothing.

    In a list under a day, it would else seem to have happened on that day.
    """
    return f" ({occasion_date(view)})" if view.observed else ""


def several_on(
    day: MonthDay, count: int, when: When = "today", *, late: bool = False
) -> tuple[str, str]:
    """Return ``On 3 May`` and ``4 anniversaries``: the first line about several entries."""
    named = f"{_WHEN[when]} {month_day(day)}"
    return f"Late: {named[0].lower()}{named[1:]}" if late else named, anniversaries(count)


def anniversaries(count: int) -> str:
    """Return ``4 anniversaries``."""
    return counted(count, "anniversary", "anniversaries")


def digest_title(first: date, last: date, *, late: bool = False) -> str:
    """Return ``The week from 2 to 8 March``, ``March 2026``: what a digest is about."""
    if (last - first).days > 6:
        named = f"{MONTHS[first.month - 1]} {first.year}"
    else:
        named = f"The week {span_words(first, last)}"
    return f"Late: {named.replace('The', 'the')}" if late else named


def day_of_week(day: date) -> str:
    """Return ``Monday, 2 March``."""
    return f"{WEEKDAYS[day.weekday()]}, {month_and_day(day)}"


def more_here(more: int) -> str:
    """Return `` (and 3 more)``; nothing for 0."""
    return f" (and {more:,} more)" if more else ""


def more_later(more: int) -> str:
    """Return ``and 3 more on later days``."""
    return f"and {more:,} more on later days"


TEST_NOTE = "This is a test: onthisday can send messages here."
"""The beginning of a test message."""


ALERT_TITLE = "On this day: something is wrong"
"""The first line of a message to the people who run the program."""
