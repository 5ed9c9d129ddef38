"""An occasion in words, in English. "70 years ago" is written here and nowhere else.

The terminal, feeds, pages and messages take their words from here. To add a language, write these
functions a second time, and those of the other modules of words beside this one.

Not here: sources (source_words.py), dates (date_words.py), corrections (correction_words.py), the
first lines of messages (message_words.py), what was looked for (found_words.py).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from onthisday.dates.calendars import MONTHS, MonthDay
from onthisday.views.date_words import (
    month_day,
    new_style,
    observed_words,
    old_style,
    rule_words,
    short_day,
    spoken,
    year_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from onthisday.almanac.entry import Entry
    from onthisday.views.view import (
        ImageView,
        OccasionView,
    )


FEED_SUBTITLE = "What happened on this day, with its sources."

READ_IN_SOURCE = "Read it in the source"

IN_ITS_WORDS = "In the source’s words"

A_DAY = "an item a day"

THIS_MONTH, THIS_YEAR = "This month", "This year"
"""What a round anniversary falls in, if its entry is dated to a month or a year."""

ROUND, COMING = "Round anniversaries", "What comes"


def years_ago(years: int | None) -> str | None:
    """Return ``70 years ago``, ``1 year ago``, ``this year``; None if the year is unknown."""
    if years is None:
        return None
    if years == 0:
        return "this year"
    return f"{years:,} years ago" if years > 1 else "1 year ago"


def since_words(view: OccasionView) -> str | None:
    """Return ``70 years ago``, or ``about 70 years ago`` if the date names no exact year."""
    since = years_ago(view.years)
    return f"about {since}" if since and view.years and not view.date.names_one_year else since


def occasion_date(view: Entry | OccasionView) -> str:
    """Return an occasion's date in words. A Julian day is given in both calendars.

    A feast that moves, and whose first year is not known, has the day of its rule.
    """
    found = view.date
    if view.rule and found.year is None:
        return rule_words(view.rule)
    if found.calendar == "gregorian":
        return spoken(found)
    own, civil = view.as_written or f"{spoken(found)} {old_style(found)}", found.civil
    if civil is None:
        return own
    year = "" if civil.year == found.year else f" {year_words(civil.year)}"
    return f"{own}, {civil.day} {MONTHS[civil.month - 1]}{year} {new_style(found)}"


def headline(view: OccasionView) -> str:
    """Return ``70 years ago: Khrushchev denounces Stalin in a closed session``."""
    since = in_list(view)
    return f"{since[0].upper()}{since[1:]}: {view.title}" if since else sure_title(view)


def this_month_or_year(view: OccasionView, *, month: bool) -> str:
    """Return ``this month, 120 years ago``, ``this year, perhaps 120 years ago``."""
    return ", ".join(filter(None, ("this month" if month else "this year", in_list(view))))


def not_dated_to_the_day(year: int, month: int | None) -> str:
    """Return ``June 2026, not dated to the day``: a heading."""
    return f"{f'{MONTHS[month - 1]} ' if month else ''}{year}, not dated to the day"


def since_line(view: OccasionView) -> str:
    """Return ``70 years ago · 25 February 1956 · Moscow``.

    It also says if the date is uncertain, or if the entry falls on another day than its own.
    """
    observed = "remembered on this day" if view.observed else moves(view)
    uncertain = "date uncertain" if view.uncertain else None
    parts = (since_words(view), occasion_date(view), uncertain, observed, view.place)
    return " · ".join(part for part in parts if part)


def moves(view: OccasionView) -> str | None:
    """Return ``remembered 2 days before Easter Sunday``, if its date does not say it already."""
    known = view.rule and view.date.year is not None
    return f"remembered {on_rule(view.rule)}" if known and view.rule else None


def on_rule(rule: str) -> str:
    """Return ``on Easter Sunday``, ``2 days before Easter Sunday``."""
    said = rule_words(rule)
    return said if said[0].isdigit() else f"on {said}"


def feast_days(days: Iterable[date]) -> str:
    """Return ``3 April 2026, 26 March 2027 and 14 April 2028``."""
    *first, last = map(short_day, days)
    return f"{', '.join(first)} and {last}" if first else last


def to_come(day: date, view: OccasionView) -> str:
    """Return ``25 February 2026, 70 years ago``: the day of an occasion that is to come."""
    since = in_list(view) if view.years else None
    return ", ".join(filter(None, (short_day(day), since)))


def why(view: OccasionView) -> str:
    """Return the reason why an entry falls on this day."""
    if view.observed:
        own = observed_words(view.observed)
        return f"its date is {own}, and this is the day on which it is observed."
    if view.rule:
        return f"it is remembered {on_rule(view.rule)}, which is this day in this year."
    if view.date.month_day is None or view.date.approximate:
        return f"its date, {view.date.edtf}, names no day, and the years since are round."
    if view.uncertain:
        return f"its date, {view.date.edtf}, names this day, though not surely."
    if view.calendar == "julian":
        return f"its date, {view.date.edtf} in the Julian calendar, is this day in the Gregorian."
    return f"its date is {view.date.edtf}, precise to the day."


def why_chosen(view: OccasionView) -> str | None:
    """Return the reason why an entry was chosen among more; None if there was room for all."""
    return _WHY_CHOSEN.get(view.chosen or "")


_WHY_CHOSEN = {
    "round": "it was chosen because it is a round anniversary.",
    "moves": "it was chosen because it is seldom on this day.",
    "featured": "it was chosen because the curator features it.",
    "turn": "it was chosen because it is its turn this year.",
    "place left": "it was chosen because a place was left.",
}


def sure_title(entry: Entry | OccasionView) -> str:
    """Return a title that also says if the entry's date is uncertain, for where no date stands."""
    return f"{entry.title} (date uncertain)" if entry.date.uncertain else entry.title


def day_headline(day: MonthDay, titles: list[str]) -> str:
    """Return ``25 February: Khrushchev denounces Stalin in a closed session, and 2 more``."""
    more = f", and {len(titles) - 1:,} more" if len(titles) > 1 else ""
    return f"{month_day(day)}: {titles[0]}{more}"


def and_more(more: int) -> str:
    """Return ``and 7 more``."""
    return f"and {more:,} more"


def more_on(more: int, day: MonthDay) -> str:
    """Return ``7 more on 25 February``."""
    return f"{more:,} more on {month_day(day)}"


def tag_words(tag: str) -> str:
    """Return a tag as people read it: ``soviet union`` for ``soviet-union``.

    A tag has no spaces, so hyphens stand for them. A hyphen stays after a prefix
    (``de-stalinization``) and before a figure (``covid-19``).
    """
    words = tag.split("-")
    said = words[0]
    for before, after in pairwise(words):
        joined = before.casefold() in _PREFIXES or not after[:1].isalpha()
        said += f"{'-' if joined else ' '}{after}"
    return said


_PREFIXES = {
    "anti", "co", "counter", "de", "ex", "mid", "neo", "non", "post", "pre", "pro", "re", "self",
    "semi", "vice",
}  # fmt: skip
"""Words that a hyphen joins to the next one."""


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return ``1 entry`` or ``1,200 entries``. Without ``many``, ``one`` gets an s."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def how_to_cite(site: str, title: str, address: str) -> str:
    """Return ``“Khrushchev denounces Stalin”, On this day, https://….``"""
    return f"“{title}”, {site}, {address}."


def webcal(address: str) -> str:
    """Return an address in the form that calendar programs want: ``webcal://…``."""
    return f"webcal://{address.partition('://')[2]}"


def in_list(view: OccasionView) -> str | None:
    """Return ``200 years ago``; ``perhaps 200 years ago`` if the date is uncertain."""
    since = since_words(view)
    return f"perhaps {since}" if since and view.uncertain else since


def picture_words(image: ImageView) -> str:
    """Return ``Picture: The mill in 1874 (Town archive, CC BY 4.0)``."""
    by = ", ".join(filter(None, (image.credit, image.license)))
    return f"Picture: {image.alt} ({by})" if image.alt and by else f"Picture: {image.alt or by}"


def credit_words(image: ImageView) -> str:
    """Return ``Picture: Town archive, CC BY 4.0``, for a service that has a place for its words."""
    return f"Picture: {', '.join(filter(None, (image.credit, image.license)))}"


def left_out(count: int, one: str) -> str:
    """Return ``and 3 more questions``."""
    return f"and {count:,} more {one if count == 1 else f'{one}s'}"
