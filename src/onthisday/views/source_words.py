"""Sources in words, in English: which they are, how sure they are, where they differ.

The terminal, feeds, pages and messages take these words from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onthisday.views.date_words import days_words, spoken
from onthisday.views.together import shared_answers
from onthisday.views.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from onthisday.almanac.document import Document
    from onthisday.dates.edtf import HistoricalDate
    from onthisday.views.together import SharedAnswer
    from onthisday.views.view import AccountView, AnswerView, OccasionView, SourceView


SOURCE, SOURCES = "Source", "Sources"

WHERE_THEY_DIFFER = "Where the sources differ"


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
