"""What people are told if a day, a filter or a search finds nothing, or how much it finds.

In English. Used by `today`, `upcoming`, `search` and the pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onthisday.views.date_words import month_and_day, short_day, span_words

if TYPE_CHECKING:
    from datetime import date

    from onthisday.almanac.entry import Selection
    from onthisday.dates.calendars import MonthDay
    from onthisday.views.view import NextView


def nothing_recorded(day: date | MonthDay, asked: str = "") -> str:
    """Return ``Nothing is recorded for 1 July.``

    ``asked``: for what the person asked, as `asked_words` says it.
    """
    return f"Nothing is recorded for {month_and_day(day)}{asked}."


def nothing_between(first: date, last: date, asked: str = "") -> str:
    """Return ``Nothing is recorded from 28 June to 1 July.``"""
    return f"Nothing is recorded {span_words(first, last)}{asked}."


def no_round_between(first: date, last: date, asked: str = "") -> str:
    """Return ``No round anniversary is recorded from 28 June to 1 July.``"""
    return f"No round anniversary is recorded {span_words(first, last)}{asked}."


NO_ROUND_LATER = "None is recorded for a day in the nine years after that."
"""What follows `no_round_between`, if nothing is next."""


def next_on(following: NextView) -> str:
    """Return ``The next on a day: 25 February 2036, Khrushchev denounces Stalin.``"""
    return f"The next on a day: {short_day(following.day)}, {following.title}."


def nothing_later(asked: str = "") -> str:
    """Return ``Nothing is recorded for any later day.``"""
    return f"Nothing is recorded for any later day{asked}."


def asked_words(selection: Selection) -> str:
    """Return what a filter asks for: `` with the tag “stalin” and the kind death``.

    It begins with a space. It is empty if the filter lets all entries through.
    """
    tags = " or ".join(f"“{tag}”" for tag in selection.tags)
    kinds = " or ".join(selection.kinds)
    asked = (tags and f"the tag {tags}", kinds and f"the kind {kinds}")
    said = " and ".join(filter(None, asked))
    return said and f" with {said}"


def no_such_tag(tag: str, near: str = "") -> str:
    """Return ``No entry has the tag “stalim”; near it is “stalin”.``"""
    return f"No entry has the tag “{tag}”{f'; near it is “{near}”' if near else ''}."


FOUND = {
    "nothing": "Type a word to search for.",
    "none": "No entry has {asked}.",
    "one": "1 entry with {asked}.",
    "some": "{count} entries with {asked}.",
    "more": "The first {count} entries with {asked}. One more word finds fewer.",
    "withdrawn": "withdrawn",
    "making": "The words of the entries are being put in order. Try again in a few seconds.",
    "busy": "Too many people search at once. Try again in a few seconds.",
    "failed": "The search does not answer. The lists below lead to every entry.",
    "too_many": "Here are too many entries to search in. The lists below lead to every one.",
}
"""What a search says. `/search/` and its script say the same."""


def found_words(asked: str, count: int, *, more: bool) -> str:
    """Return how much a search found: ``3 entries with “stalin”.``"""
    if not asked:
        return FOUND["nothing"]
    which = "more" if more else {0: "none", 1: "one"}.get(count, "some")
    return FOUND[which].format(count=count, asked=asked if '"' in asked else f"“{asked}”")
