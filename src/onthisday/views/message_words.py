"""Messages in words: their first lines, digests, tests and alerts.

Each function takes the locale first. Used by messages/. words.py has what messages share with
pages, feeds and the terminal, and correction_words.py the words of corrections.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from onthisday.locales.locale import capital
from onthisday.views.date_words import (
    month_and_day,
    month_of_year,
    span_words,
)
from onthisday.views.words import date_uncertain, in_list, moves, occasion_date

if TYPE_CHECKING:
    from datetime import date

    from onthisday.dates.calendars import MonthDay
    from onthisday.locales.locale import Locale
    from onthisday.views.view import OccasionView

When = Literal["today", "tomorrow", "named"]
"""How a text may speak of a day: it is today, it is tomorrow, or it can only be named."""


def why_today(locale: Locale, view: OccasionView, day: MonthDay, when: When = "today") -> str:
    """Return ``70 years ago today``; ``On 25 February, 70 years ago`` if it is another day.

    It is the beginning of a message. If the date is uncertain, it says ``Perhaps 70 years ago``.
    """
    since = in_list(locale, view)
    if when != "today":
        return _on_another_day(locale, month_and_day(locale, day), since, when)
    if not since or not view.years:
        return locale.pgettext("the first line of a message", "Today")
    if view.observed:
        return capital(since)
    # Translators: {since} is as in "70 years ago". The first letter becomes a capital.
    return capital(locale.gettext("{since} today", since=since))


def _on_another_day(locale: Locale, day: str, since: str | None, when: When) -> str:
    if when == "tomorrow" and since:
        return locale.gettext("Tomorrow, {day}, {since}", day=day, since=since)
    if since:
        return locale.gettext("On {day}, {since}", day=day, since=since)
    return named_day(locale, day, when)


def named_day(locale: Locale, day: str, when: When) -> str:
    """Return ``On 3 May``, ``Tomorrow, 3 May``."""
    if when == "tomorrow":
        return locale.gettext("Tomorrow, {day}", day=day)
    return locale.pgettext("the first line of a message", "On {day}", day=day)


def when_and_where(locale: Locale, view: OccasionView, when: When = "today") -> str:
    """Return ``25 February 1956, Moscow``. It also says if the date is uncertain."""
    doubt = date_uncertain(locale) if view.uncertain and view.calendar == "julian" else None
    observed = _remembered(locale, when) if view.observed else moves(locale, view)
    place = view.place and locale.isolate(view.place)
    parts = (occasion_date(locale, view), doubt, place, observed)
    return locale.gettext(", ").join(filter(None, parts))


def _remembered(locale: Locale, when: When) -> str:
    if when == "today":
        return locale.gettext("remembered today")
    return locale.gettext("remembered on this day")


def own_day(locale: Locale, view: OccasionView) -> str | None:
    """Return ``29 February 1952`` if an entry falls on another day than its own, else None.

    In a list under a day, it would else seem to have happened on that day.
    """
    return occasion_date(locale, view) if view.observed else None


def lead_and_title(locale: Locale, *, dated: bool) -> str:
    """Return ``{lead}: {title}``, in which nothing is filled in; with ``dated`` also a date."""
    if dated:
        # Translators: as in "70 years ago (29 February 1952): The founding of the club".
        return locale.gettext("{lead} ({date}): {title}")
    return locale.gettext("{lead}: {title}")


def when_and_count(locale: Locale) -> str:
    """Return ``{when} — {count}``, in which nothing is filled in."""
    # Translators: the first line of a message, as in "On 3 May — 4 anniversaries".
    return locale.pgettext("the first line of a message", "{when} — {count}")


def since_and_where(locale: Locale) -> str:
    """Return ``{since} · {where}``, in which nothing is filled in."""
    # Translators: the first line of a message, as in "70 years ago today · 25 February 1956, Rome".
    return locale.pgettext("the first line of a message", "{since} · {where}")


def several_on(
    locale: Locale, day: MonthDay, count: int, when: When = "today", *, late: bool = False
) -> tuple[str, str]:
    """Return ``On 3 May`` and ``4 anniversaries``: the first line about several entries."""
    named, several = month_and_day(locale, day), anniversaries(locale, count)
    if not late:
        return named_day(locale, named, when), several
    if when == "tomorrow":
        return locale.gettext("Late: tomorrow, {day}", day=named), several
    return locale.gettext("Late: on {day}", day=named), several


def anniversaries(locale: Locale, count: int) -> str:
    """Return ``4 anniversaries``."""
    return locale.ngettext("{count} anniversary", "{count} anniversaries", count)


def digest_title(locale: Locale, first: date, last: date, *, late: bool = False) -> str:
    """Return ``The week from 2 to 8 March``, ``March 2026``: what a digest is about."""
    if (last - first).days > 6:
        month = month_of_year(locale, first.year, first.month)
        return locale.gettext("Late: {month}", month=month) if late else capital(month)
    days = span_words(locale, first, last)
    if late:
        return locale.gettext("Late: the week {days}", days=days)
    # Translators: {days} is as in "from 2 to 8 March".
    return locale.gettext("The week {days}", days=days)


def day_and_more(locale: Locale, more: int) -> str:
    """Return ``{day} (and 3 more)``, in which the day is not filled in; ``{day}`` for 0."""
    if not more:
        return "{day}"
    return locale.ngettext(
        "{day} (and {count} more)", "{day} (and {count} more)", more, day="{day}"
    )


def more_later(locale: Locale, more: int) -> str:
    """Return ``and 3 more on later days``."""
    return locale.ngettext("and {count} more on later days", "and {count} more on later days", more)


def late(locale: Locale, text: str) -> str:
    """Return the first line of a message that comes late: ``Late: 70 years ago``."""
    return locale.gettext("Late: {text}", text=text)


def test_subject(locale: Locale, subject: str) -> str:
    """Return the subject of a mail by which a person tries out a channel."""
    # Translators: the subject of a mail that only tries out whether mails arrive.
    return locale.gettext("Test: {subject}", subject=subject)


def test_note(locale: Locale) -> str:
    """Return the beginning of a test message."""
    return locale.gettext("This is a test: onthisday can send messages here.")


ALERT_TITLE = "On this day: something is wrong"
"""The first line of a message to the people who run the program. It is in English, as the rest."""
