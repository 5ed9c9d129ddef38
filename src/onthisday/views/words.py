"""An occasion in words, in English. "70 years ago" is written here and nowhere else.

The terminal, feeds, pages and messages take their words from here. To add a language, write these
functions a second time, and nothing else.

Not here: dates in words (date_words.py).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from onthisday.dates.calendars import MONTHS, MonthDay
from onthisday.views.date_words import (
    days_words,
    month_and_day,
    month_day,
    new_style,
    observed_words,
    old_style,
    rule_words,
    short_day,
    span_words,
    spoken,
    year_words,
)
from onthisday.views.together import shared_answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from onthisday.almanac.document import Document
    from onthisday.almanac.entry import Entry, Selection
    from onthisday.dates.edtf import HistoricalDate
    from onthisday.views.together import SharedAnswer
    from onthisday.views.view import (
        AccountView,
        AnswerView,
        ImageView,
        NextView,
        OccasionView,
        SourceView,
    )


FEED_SUBTITLE = "What happened on this day, with its sources."


SOURCE, SOURCES = "Source", "Sources"


READ_IN_SOURCE = "Read it in the source"


IN_ITS_WORDS = "In the source’s words"


A_DAY = "an item a day"


WHERE_THEY_DIFFER = "Where the sources differ"


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


def source_words(source: SourceView) -> str:
    """Return ``History Today, Stalin Denounced by Nikita Khrushchev (February 2006), p. 58``."""
    names = (source.author, source.publisher)
    by = ", ".join(name for name in names if name and name != source.title)
    published = f" ({spoken(source.published)})" if source.published else ""
    page = f", {_page_words(source.page)}" if source.page else ""
    hedge = "" if source.as_ == "stated" else f" — {source.as_}"
    return f"{by + ', ' if by else ''}{source.title}{published}{page}{hedge}"


def sources_in_brief(view: OccasionView) -> str:
    """Return ``Sources: Fakti; History Today. Documents differ on 6 questions.``"""
    names = dict.fromkeys(source.publisher or source.title for source in view.sources)
    differ = counted(len(view.accounts), "question")
    said = f"{'Sources' if len(names) > 1 else 'Source'}: {'; '.join(names)}."
    return f"{said} Documents differ on {differ}." if view.accounts else said


def document_name(document: Document) -> str:
    """Return the name of a document beside an answer: its publisher, or else its title."""
    return document.publisher or document.title


def answer_words(answer: SharedAnswer) -> str:
    """Return ``1,400 Soviet delegates (Fakti; Pravda)``."""
    return f"{answer.says} ({'; '.join(map(answer_by, answer.by))})"


def answer_by(answer: AnswerView) -> str:
    """Return ``Fakti, p. 58, rumoured``: the document, the page, how sure it is, its date.

    A name with figures is in quotation marks, so that none of them seem to belong to what follows.
    """
    hedge = None if answer.as_ == "stated" else answer.as_
    own = answer.date and spoken(answer.date)
    more = [part for part in (answer.page and _page_words(answer.page), hedge, own) if part]
    has_figures = any(char.isdigit() for char in answer.name)
    return ", ".join([f"“{answer.name}”" if more and has_figures else answer.name, *more])


def _page_words(page: str) -> str:
    """Return ``p. 58``, ``pp. 58, 60``."""
    return f"{'pp' if ', ' in page else 'p'}.\N{NO-BREAK SPACE}{page}"


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


def how_sure(*views: OccasionView) -> str:
    """Return ``5 sources, which differ on 6 questions.``, for one entry or for several together.

    A source that stands alone is named: ``Source: Fakti, as a rumour.`` If another document differs
    from it, that one counts as well. Return an empty text if there is no source.
    """
    sources = [source for view in views for source in view.sources]
    accounts = [account for view in views for account in view.accounts]
    if not sources:
        return ""
    names = {source.document for source in sources}
    if len(names) == 1:
        names |= {answer.document for account in accounts for answer in account.answers}
    hedge = _HEDGES[min((source.as_ for source in sources), key=list(_HEDGES).index)]
    if len(names) == 1:
        source = sources[0]
        said = f"Source: {source.publisher or source.title}{hedge}"
    else:
        said = f"{counted(len(names), 'source')}{hedge}"
    differ = counted(len(accounts), "question")
    return f"{said}, which differ on {differ}." if accounts and len(names) > 1 else f"{said}."


_HEDGES = {"stated": "", "reported": ", by report", "rumoured": ", as a rumour"}
"""How sure the surest source is, in words. The surest is first."""


def question_words(account: AccountView, most: int, known: HistoricalDate) -> str:
    """Return ``How many listened? 1,400 (Fakti; Pravda); 1,500 (History Today).``

    Equal answers stand once, with all their documents. If there are more than ``most`` answers, the
    shortest are shown, in the order of the entry. ``known`` is the entry's date: an answer that
    gives the same date does not say it again.
    """
    words = list(map(answer_words, shared_answers(account, known)))
    shown = sorted(sorted(range(len(words)), key=lambda place: len(words[place]))[:most])
    more = f"; and {len(words) - most:,} more" if len(words) > most else ""
    return f"{account.question} {'; '.join(words[place] for place in shown)}{more}."


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


def proof_words(proved: int, unproved: int, earlier: Mapping[date, int]) -> str | None:
    """Return ``4 of 5 passages proved``, ``30 passages, proved on 25 November 2026``.

    Return None if there are no passages. ``earlier``: how many passages were proved earlier, by the
    day of that. They are not among the others.
    """
    before = sum(earlier.values())
    all_passages = proved + unproved + before
    if not all_passages:
        return None
    said, on = counted(all_passages, "passage"), days_words(earlier)
    if before == all_passages:
        return f"{said}, proved {on}"
    if not proved and before:
        return f"{before:,} of {said} proved {on}"
    more = f", and {before:,} more {on}" if before else ""
    return f"{proved:,} of {said} proved{more}"


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
