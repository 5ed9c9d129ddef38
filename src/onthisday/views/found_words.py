"""What was looked for in words: that nothing was found, what a filter asks for, what a search says.

Each function takes the locale first. Used by the commands, the pages and the messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onthisday.views.date_words import month_and_day, short_day, span_words
from onthisday.views.words import quoted

if TYPE_CHECKING:
    from datetime import date

    from onthisday.almanac.entry import Selection
    from onthisday.dates.calendars import MonthDay
    from onthisday.locales.locale import Locale
    from onthisday.views.view import NextView


def nothing_recorded(locale: Locale, day: date | MonthDay, asked: str = "") -> str:
    """Return ``Nothing is recorded for 1 July.``

    ``asked``: for what the person asked, as `asked_words` says it.
    """
    named = month_and_day(locale, day)
    # Translators: {asked} is empty, or as in " with the tag “stalin”", with the space before it.
    return locale.gettext("Nothing is recorded for {day}{asked}.", day=named, asked=asked)


def nothing_between(locale: Locale, first: date, last: date, asked: str = "") -> str:
    """Return ``Nothing is recorded from 28 June to 1 July.``"""
    days = span_words(locale, first, last)
    # Translators: {days} is as in "from 28 June to 1 July".
    return locale.gettext("Nothing is recorded {days}{asked}.", days=days, asked=asked)


def no_round_between(locale: Locale, first: date, last: date, asked: str = "") -> str:
    """Return ``No round anniversary is recorded from 28 June to 1 July.``"""
    days = span_words(locale, first, last)
    # Translators: {days} is as in "from 28 June to 1 July".
    return locale.gettext("No round anniversary is recorded {days}{asked}.", days=days, asked=asked)


def no_round_later(locale: Locale) -> str:
    """Return what follows `no_round_between`, if nothing is next."""
    return locale.gettext("None is recorded for a day in the nine years after that.")


def next_on(locale: Locale, following: NextView) -> str:
    """Return ``The next on a day: 25 February 2036, Khrushchev denounces Stalin.``"""
    words = {"day": short_day(locale, following.day), "title": locale.isolate(following.title)}
    return locale.gettext("The next on a day: {day}, {title}.", **words)


def next_day(locale: Locale, following: NextView) -> str:
    """Return ``Next: 26 February 2026, Khrushchev leaves Moscow.``"""
    words = {"day": short_day(locale, following.day), "title": locale.isolate(following.title)}
    return locale.gettext("Next: {day}, {title}.", **words)


def nothing_later(locale: Locale, asked: str = "") -> str:
    """Return ``Nothing is recorded for any later day.``"""
    return locale.gettext("Nothing is recorded for any later day{asked}.", asked=asked)


def asked_words(locale: Locale, selection: Selection) -> str:
    """Return what a filter asks for: `` with the tag “stalin” and the kind death``.

    It begins with a space. It is empty if the filter lets all entries through.
    """
    tags = locale.listed([quoted(locale, tag) for tag in selection.tags], "or")
    kinds = locale.listed([kind_words(locale, kind) for kind in selection.kinds], "or")
    if tags and kinds:
        asked = locale.gettext("with the tag {tags} and the kind {kinds}", tags=tags, kinds=kinds)
    elif tags:
        asked = locale.gettext("with the tag {tags}", tags=tags)
    else:
        asked = kinds and locale.gettext("with the kind {kinds}", kinds=kinds)
    return asked and f" {asked}"


def kind_words(locale: Locale, kind: str) -> str:
    """Return a kind of entry: ``event``."""
    return {
        "event": locale.pgettext("a kind of entry", "event"),
        "birth": locale.pgettext("a kind of entry", "birth"),
        "death": locale.pgettext("a kind of entry", "death"),
        "marriage": locale.pgettext("a kind of entry", "marriage"),
        "holiday": locale.pgettext("a kind of entry", "holiday"),
    }.get(kind, kind)


def no_such_tag(locale: Locale, tag: str, near: str = "") -> str:
    """Return ``No entry has the tag “stalim”; near it is “stalin”.``"""
    named = quoted(locale, tag)
    if not near:
        return locale.gettext("No entry has the tag {tag}.", tag=named)
    beside = quoted(locale, near)
    return locale.gettext("No entry has the tag {tag}; near it is {near}.", tag=named, near=beside)


def search_words(locale: Locale) -> dict[str, str]:
    """Return what a search says when it has no answer, by its name. The script says the same."""
    return {
        "nothing": locale.gettext("Type a word to search for."),
        "withdrawn": locale.gettext("withdrawn"),
        "making": locale.gettext(
            "The words of the entries are being put in order. Try again in a few seconds."
        ),
        "busy": locale.gettext("Too many people search at once. Try again in a few seconds."),
        "failed": locale.gettext(
            "The search does not answer. The lists below lead to every entry."
        ),
        "too_many": locale.gettext(
            "Here are too many entries to search in. The lists below lead to every one."
        ),
    }


def found_words(locale: Locale, asked: str, count: int, *, more: bool) -> str:
    """Return how much a search found: ``3 entries with “stalin”.``"""
    if not asked:
        return search_words(locale)["nothing"]
    named = asked if '"' in asked else quoted(locale, asked)
    return found_with(locale, locale.isolate(named), count, more=more)


def found_with(locale: Locale, asked: str, count: int, *, more: bool) -> str:
    """Return how much a search found.

    ``asked``: in quotation marks; ``{asked}`` for a script.
    """
    if more:
        return locale.ngettext(
            "The first {count} entry with {asked}. One more word finds fewer.",
            "The first {count} entries with {asked}. One more word finds fewer.",
            count,
            asked=asked,
        )
    if not count:
        return locale.gettext("No entry has {asked}.", asked=asked)
    return locale.ngettext(
        "{count} entry with {asked}.", "{count} entries with {asked}.", count, asked=asked
    )
