"""Sources in words: which they are, how sure they are, where they differ.

The terminal, feeds, pages and messages take these words from here. Each function takes the locale
first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onthisday.almanac.entry import row_of
from onthisday.views.date_words import days_words
from onthisday.views.historical_words import spoken
from onthisday.views.together import shared_answers
from onthisday.views.words import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from onthisday.almanac.document import Document
    from onthisday.dates.historical_date import HistoricalDate
    from onthisday.locales.locale import Locale
    from onthisday.views.together import SharedAnswer
    from onthisday.views.view import AccountView, AnswerView, OccasionView, SourceView


def source_heading(locale: Locale) -> str:
    """Return ``Source``, for one document."""
    return locale.gettext("Source")


def sources_heading(locale: Locale) -> str:
    """Return ``Sources``."""
    return locale.gettext("Sources")


def where_they_differ(locale: Locale) -> str:
    """Return the heading of the questions that documents answer differently."""
    return locale.gettext("Where the sources differ")


def source_words(locale: Locale, source: SourceView) -> str:
    """Return ``History Today, Stalin Denounced by Nikita Khrushchev (February 2006), p. 58``."""
    return cited_words(locale, document_words(locale, source), source.page, source.as_)


def document_words(locale: Locale, document: Document | SourceView) -> str:
    """Return ``History Today, Stalin Denounced by Nikita Khrushchev (February 2006)``."""
    names = (document.author, document.publisher)
    by = [locale.isolate(name) for name in names if name and name != document.title]
    title = locale.isolate(document.title)
    if document.published:
        title = f"{title} ({spoken(locale, document.published)})"
    return _joined(locale, [*by, title])


def cited_words(locale: Locale, named: str, page: str | None, hedge: str) -> str:
    """Return ``History Today, p. 58 — reported``: a place in a document.

    ``named``: the document in words. ``hedge``: see `hedge_words`.
    """
    said = _joined(locale, [named, _page_words(locale, page)]) if page else named
    return said if hedge == "stated" else f"{said} — {hedge_words(locale, hedge)}"


def hedge_words(locale: Locale, hedge: str) -> str:
    """Return how sure a document is itself: ``reported``, ``in part rumoured``.

    ``hedge``: as `together` puts it together from several passages.
    """
    return {
        "reported": locale.gettext("reported"),
        "rumoured": locale.gettext("rumoured"),
        "reported and rumoured": locale.gettext("reported and rumoured"),
        "in part reported": locale.gettext("in part reported"),
        "in part rumoured": locale.gettext("in part rumoured"),
        "in part reported and rumoured": locale.gettext("in part reported and rumoured"),
    }[hedge]


def _joined(locale: Locale, parts: list[str]) -> str:
    return comma(locale).join(parts)


def comma(locale: Locale) -> str:
    """Return a comma and a space, as they stand between parts."""
    # Translators: what stands between the parts of a title or an address: a comma and a space.
    return locale.gettext(", ")


def sources_in_brief(locale: Locale, view: OccasionView) -> str:
    """Return ``Sources: Fakti; History Today. Documents differ on 6 questions.``"""
    named = dict.fromkeys(source.publisher or source.title for source in view.sources)
    names = apart(locale).join(map(locale.isolate, named))
    if len(named) > 1:
        said = locale.gettext("Sources: {names}.", names=names)
    else:
        said = locale.gettext("Source: {name}.", name=names)
    if not view.accounts:
        return said
    differ = locale.ngettext(
        "Documents differ on {count} question.",
        "Documents differ on {count} questions.",
        len(view.accounts),
    )
    return f"{said} {differ}"


def document_name(document: Document) -> str:
    """Return the name of a document beside an answer: its publisher, or else its title."""
    return document.publisher or document.title


def answer_words(locale: Locale, answer: SharedAnswer) -> str:
    """Return ``1,400 Soviet delegates (Fakti; Pravda)``."""
    by = apart(locale).join(answer_by(locale, each) for each in answer.by)
    return f"{locale.isolate(answer.says)} ({by})"


def apart(locale: Locale) -> str:
    """Return a semicolon and a space, as they stand between parts that have commas."""
    # Translators: what stands between things that have commas themselves: a semicolon and a space.
    return locale.gettext("; ")


def answer_by(locale: Locale, answer: AnswerView) -> str:
    """Return ``Fakti, p. 58, rumoured``: the document, the page, how sure it is, its date.

    A name with figures is in quotation marks, so that none of them seem to belong to what follows.
    """
    hedge = None if answer.as_ == "stated" else hedge_words(locale, answer.as_)
    own = answer.date and spoken(locale, answer.date)
    page = answer.page and _page_words(locale, answer.page)
    more = [part for part in (page, hedge, own) if part]
    has_figures = any(char.isdigit() for char in answer.name)
    name = quoted(locale, answer.name) if more and has_figures else locale.isolate(answer.name)
    return _joined(locale, [name, *more])


def _page_words(locale: Locale, page: str) -> str:
    """Return ``p. 58``, ``pp. 58, 60``."""
    if row := row_of(page):
        sheet, number = row
        said = locale.gettext("row {number}", number=str(number))
        return _joined(locale, [locale.isolate(sheet), said]) if sheet else said
    named = locale.isolate(page)
    if ", " in page:
        return locale.gettext("pp.\N{NO-BREAK SPACE}{pages}", pages=named)
    return locale.gettext("p.\N{NO-BREAK SPACE}{page}", page=named)


def how_sure(locale: Locale, *views: OccasionView) -> str:
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
    hedge = min((source.as_ for source in sources), key=_HEDGES.index)
    if len(names) == 1:
        return _one_source(locale, sources[0], hedge)
    said = _several_sources(locale, len(names), hedge)
    if not accounts:
        return f"{said}."
    return locale.ngettext(
        "{sources}, which differ on {count} question.",
        "{sources}, which differ on {count} questions.",
        len(accounts),
        sources=said,
    )


_HEDGES = ("stated", "reported", "rumoured")
"""How sure a source is. The surest is first."""


def _one_source(locale: Locale, source: SourceView, hedge: str) -> str:
    name = locale.isolate(source.publisher or source.title)
    if hedge == "reported":
        return locale.gettext("Source: {name}, by report.", name=name)
    if hedge == "rumoured":
        return locale.gettext("Source: {name}, as a rumour.", name=name)
    return locale.gettext("Source: {name}.", name=name)


def _several_sources(locale: Locale, count: int, hedge: str) -> str:
    if hedge == "reported":
        return locale.ngettext("{count} source, by report", "{count} sources, by report", count)
    if hedge == "rumoured":
        return locale.ngettext("{count} source, as a rumour", "{count} sources, as a rumour", count)
    return locale.ngettext("{count} source", "{count} sources", count)


def question_words(locale: Locale, account: AccountView, most: int, known: HistoricalDate) -> str:
    """Return ``How many listened? 1,400 (Fakti; Pravda); 1,500 (History Today).``

    Equal answers stand once, with all their documents. If there are more than ``most`` answers, the
    shortest are shown, in the order of the entry. ``known`` is the entry's date: an answer that
    gives the same date does not say it again.
    """
    words = [answer_words(locale, each) for each in shared_answers(account, known)]
    shown = sorted(sorted(range(len(words)), key=lambda place: len(words[place]))[:most])
    told = [words[place] for place in shown]
    if len(words) > most:
        more = len(words) - most
        told.append(locale.ngettext("and {count} more", "and {count} more", more))
    return f"{locale.isolate(account.question)} {apart(locale).join(told)}."


def more_questions(locale: Locale, count: int) -> str:
    """Return ``and 3 more questions``."""
    return locale.ngettext("and {count} more question", "and {count} more questions", count)


def more_sources(locale: Locale, count: int) -> str:
    """Return ``and 3 more sources``."""
    return locale.ngettext("and {count} more source", "and {count} more sources", count)


def answers(locale: Locale, count: int) -> str:
    """Return ``2 answers``."""
    return locale.ngettext("{count} answer", "{count} answers", count)


def proof_words(
    locale: Locale, proved: int, unproved: int, earlier: Mapping[date, int]
) -> str | None:
    """Return ``4 of 5 passages proved``, ``30 passages, proved on 25 November 2026``.

    Return None if there are no passages. ``earlier``: how many passages were proved earlier, by the
    day of that. They are not among the others.
    """
    before = sum(earlier.values())
    whole = proved + unproved + before
    if not whole:
        return None
    days = days_words(locale, earlier)
    if before == whole:
        return locale.ngettext(
            "{count} passage, proved {days}", "{count} passages, proved {days}", whole, days=days
        )
    if before and not proved:
        return locale.ngettext(
            "{before} of {count} passage proved {days}",
            "{before} of {count} passages proved {days}",
            whole,
            before=locale.number(before),
            days=days,
        )
    said = locale.ngettext(
        "{proved} of {count} passage proved",
        "{proved} of {count} passages proved",
        whole,
        proved=locale.number(proved),
    )
    if not before:
        return said
    more = locale.number(before)
    return locale.gettext("{proved}, and {more} more {days}", proved=said, more=more, days=days)
