"""An occasion in words. "70 years ago" is written here and nowhere else.

The terminal, feeds, pages and messages take their words from here. Each function takes the locale
first: it says the words in that language (locales/).

Not here: sources (source_words.py), dates (date_words.py, historical_words.py, rule_words.py),
corrections (correction_words.py), the first lines of messages (message_words.py), what was looked
for (found_words.py), why an entry falls on a day (why_words.py).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from onthisday.locales.locale import capital
from onthisday.views.date_words import month_and_day, month_of_year, short_day, year_words
from onthisday.views.historical_words import (
    in_both_styles,
    in_old_style,
    says_which_part,
    spoken,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from onthisday.almanac.entry import Entry
    from onthisday.dates.calendars import MonthDay
    from onthisday.locales.locale import Locale
    from onthisday.views.view import (
        ImageView,
        OccasionView,
    )


def feed_subtitle(locale: Locale) -> str:
    """Return what the site is, in one sentence."""
    return locale.gettext("What happened on this day, with its sources.")


def read_in_source(locale: Locale) -> str:
    """Return the words of the link to a passage in its source."""
    return locale.gettext("Read it in the source")


def in_its_words(locale: Locale) -> str:
    """Return what stands above the sentences that an entry cites."""
    return locale.gettext("In the source’s words")


def an_item_a_day(locale: Locale) -> str:
    """Return the title of the feed with one item for each day."""
    return locale.gettext("an item a day")


def this_month(locale: Locale) -> str:
    """Return the heading of what is dated to a month, and is round this year."""
    return locale.gettext("This month")


def this_year(locale: Locale) -> str:
    """Return the heading of what is dated to a year, and is round this year."""
    return locale.gettext("This year")


def round_anniversaries(locale: Locale) -> str:
    """Return the title of a planner that has only round anniversaries."""
    return locale.gettext("Round anniversaries")


def what_comes(locale: Locale) -> str:
    """Return the title of a planner."""
    return locale.gettext("What comes")


def quoted(locale: Locale, text: str) -> str:
    """Return a text in the quotation marks of the language."""
    # Translators: the quotation marks of your language.
    return locale.gettext("“{text}”", text=text)


@lru_cache(maxsize=4096)  # a calendar says the same few hundred for many thousand entries
def years_ago(locale: Locale, years: int | None) -> str | None:
    """Return ``70 years ago``, ``1 year ago``, ``this year``; None if the year is unknown."""
    if years is None:
        return None
    if years == 0:
        return locale.pgettext("0 years ago", "this year")
    return locale.npgettext("cldr", "{count} year ago", "{count} years ago", years)


def since_words(locale: Locale, view: OccasionView) -> str | None:
    """Return ``70 years ago``, or ``about 70 years ago`` if the date names no exact year."""
    since = years_ago(locale, view.years)
    if since and view.years and not view.date.names_one_year:
        # Translators: {since} is as in "70 years ago".
        return locale.gettext("about {since}", since=since)
    return since


def in_list(locale: Locale, view: OccasionView) -> str | None:
    """Return ``200 years ago``; ``perhaps 200 years ago`` if the date is uncertain.

    If only its year is approximate, ``about 200 years ago`` says enough.
    """
    since = since_words(locale, view)
    if since and view.date.uncertain:
        # Translators: {since} is as in "70 years ago".
        return locale.gettext("perhaps {since}", since=since)
    return since


def occasion_date(locale: Locale, view: Entry | OccasionView) -> str:
    """Return an occasion's date in words. A Julian day is given in both calendars.

    A feast that moves, and whose first year is not known, has the day of its rule.
    """
    found = view.date
    if view.rule and found.year is None:
        return the_rule(locale, view.rule)
    if found.calendar == "gregorian":
        return spoken(locale, found)
    own = locale.isolate(view.as_written) if view.as_written else in_old_style(locale, found)
    return in_both_styles(locale, found, own)


def the_rule(locale: Locale, rule: str) -> str:
    """Return the day of a rule: ``Easter Sunday``."""
    from onthisday.views.rule_words import rule_words  # loaded here: few entries have a rule

    return rule_words(locale, rule)


def headline(locale: Locale, view: OccasionView) -> str:
    """Return ``70 years ago: Khrushchev denounces Stalin in a closed session``."""
    since = in_list(locale, view)
    return titled(locale, since, view.title) if since else sure_title(locale, view)


def titled(locale: Locale, lead: str, title: str) -> str:
    """Return ``70 years ago: Khrushchev denounces Stalin``: a title after what leads to it."""
    # Translators: {lead} is as in "70 years ago".
    return locale.gettext("{lead}: {title}", lead=capital(lead), title=locale.isolate(title))


def labelled(locale: Locale, label: str) -> str:
    """Return ``Sources:``, a label before what it names."""
    return locale.gettext("{label}:", label=label)


def this_month_or_year(locale: Locale, view: OccasionView, *, month: bool) -> str:
    """Return ``this month, 120 years ago``, ``this year, perhaps 120 years ago``."""
    since = in_list(locale, view)
    if month:
        if since:
            return locale.gettext("this month, {since}", since=since)
        return locale.gettext("this month")
    if since:
        return locale.gettext("this year, {since}", since=since)
    return locale.gettext("this year")


def not_dated_to_the_day(locale: Locale, year: int, month: int | None) -> str:
    """Return ``June 2026, not dated to the day``: a heading."""
    when = month_of_year(locale, year, month) if month else locale.digits(year)
    return locale.gettext("{when}, not dated to the day", when=when)


def since_line(locale: Locale, view: OccasionView) -> str:
    """Return ``70 years ago · 25 February 1956 · Moscow``.

    It also says if the date is uncertain, or if the entry falls on another day than its own. A date
    of which a part is in doubt says so itself: ``11 June 2004 (year uncertain)``.
    """
    observed = locale.gettext("remembered on this day") if view.observed else moves(locale, view)
    says_itself = view.as_written is None and says_which_part(view.date)
    uncertain = date_uncertain(locale) if view.uncertain and not says_itself else None
    place = view.place and locale.isolate(view.place)
    when = occasion_date(locale, view)
    parts = (since_words(locale, view), when, uncertain, observed, place)
    return " · ".join(part for part in parts if part)


def date_uncertain(locale: Locale) -> str:
    """Return ``date uncertain``."""
    return locale.gettext("date uncertain")


def moves(locale: Locale, view: OccasionView) -> str | None:
    """Return ``remembered 2 days before Easter Sunday``, if its date does not say it already."""
    if not view.rule or view.date.year is None:
        return None
    if falls_beside(view.rule):
        return locale.gettext("remembered {days}", days=the_rule(locale, view.rule))
    return locale.gettext("remembered on {rule}", rule=the_rule(locale, view.rule))


def falls_beside(rule: str) -> bool:
    """Return True if a rule counts days, as in ``2 days before Easter Sunday``."""
    from onthisday.views.rule_words import falls_beside_easter  # as in `the_rule`

    return falls_beside_easter(rule)


def feast_days(locale: Locale, days: Iterable[date]) -> str:
    """Return ``3 April 2026, 26 March 2027 and 14 April 2028``."""
    return locale.listed([short_day(locale, day) for day in days])


def to_come(locale: Locale, day: date, view: OccasionView) -> str:
    """Return ``25 February 2026, 70 years ago``: the day of an occasion that is to come."""
    since = in_list(locale, view) if view.years else None
    if since is None:
        return short_day(locale, day)
    return locale.gettext("{day}, {since}", day=short_day(locale, day), since=since)


def sure_title(locale: Locale, entry: Entry | OccasionView) -> str:
    """Return a title that also says if the entry's date is uncertain, for where no date stands."""
    if not entry.date.in_doubt:
        return entry.title
    return locale.gettext("{title} (date uncertain)", title=locale.isolate(entry.title))


def dated_title(locale: Locale, view: OccasionView) -> str:
    """Return ``Khrushchev denounces Stalin (1956)``, for where the same words stand every year.

    A date that is in doubt stands there as a whole: ``(around 15 March 44 BC)``.
    """
    if view.date.year is None:
        return sure_title(locale, view)
    if view.date.in_doubt or not view.date.names_one_year:
        when = occasion_date(locale, view)
    else:
        when = year_of(locale, view)
    # Translators: {date} is a year, as in "1956", or a date, as in "around 1950".
    return locale.gettext("{title} ({date})", title=locale.isolate(view.title), date=when)


def year_of(locale: Locale, view: OccasionView) -> str:
    """Return the civil year of a date that names one: ``1956``, ``44 BC``."""
    return year_words(locale, view.date.civil_year or 0)


def day_headline(locale: Locale, day: MonthDay, title: str, more: int) -> str:
    """Return ``25 February: Khrushchev denounces Stalin in a closed session, and 2 more``."""
    words = {"day": month_and_day(locale, day), "title": locale.isolate(title)}
    if not more:
        return locale.gettext("{day}: {title}", **words)
    return locale.ngettext(
        "{day}: {title}, and {count} more", "{day}: {title}, and {count} more", more, **words
    )


def and_more(locale: Locale, more: int) -> str:
    """Return ``and 7 more``."""
    return locale.ngettext("and {count} more", "and {count} more", more)


def more_on(locale: Locale, more: int, day: MonthDay) -> str:
    """Return ``7 more on 25 February``."""
    named = month_and_day(locale, day)
    return locale.ngettext("{count} more on {day}", "{count} more on {day}", more, day=named)


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
    """Return ``1 entry`` or ``1,200 entries``, in English: for those who run the program.

    Without ``many``, ``one`` gets an s.
    """
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def entries(locale: Locale, count: int) -> str:
    """Return ``1,200 entries``."""
    return locale.ngettext("{count} entry", "{count} entries", count)


def how_to_cite(locale: Locale, site: str, title: str, address: str) -> str:
    """Return ``“Khrushchev denounces Stalin”, On this day, https://….``"""
    parts = (quoted(locale, title), locale.isolate(site), locale.isolate(address))
    return locale.gettext("{title}, {site}, {address}.", **dict(zip(_CITED, parts, strict=True)))


_CITED = ("title", "site", "address")


def webcal(address: str) -> str:
    """Return an address in the form that calendar programs want: ``webcal://…``."""
    return f"webcal://{address.partition('://')[2]}"


def picture_words(locale: Locale, image: ImageView) -> str:
    """Return ``Picture: The mill in 1874 (Town archive, CC BY 4.0)``."""
    return locale.gettext("Picture: {words}", words=locale.isolate(shown_in(image)))


def shown_in(image: ImageView) -> str:
    """Return ``The mill in 1874 (Town archive, CC BY 4.0)``."""
    by = ", ".join(filter(None, (image.credit, image.license)))
    return f"{image.alt} ({by})" if image.alt and by else image.alt or by


def credit_words(locale: Locale, image: ImageView) -> str:
    """Return ``Picture: Town archive, CC BY 4.0``, for a service that has a place for its words."""
    said = ", ".join(filter(None, (image.credit, image.license)))
    return locale.gettext("Picture: {words}", words=locale.isolate(said))
