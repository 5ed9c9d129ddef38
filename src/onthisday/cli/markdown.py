"""Write a day as Markdown (CommonMark). Called by showing.py."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from onthisday.characters import spaced
from onthisday.cli.terminal import nothing_in
from onthisday.locales.locale import ENGLISH, Locale, capital
from onthisday.views import date_words, found_words, source_words, words
from onthisday.views.correction_words import correction_words
from onthisday.views.together import shared_answers, sources_once
from onthisday.views.view import DayView, OccasionView, SourceView


def lines(
    day: DayView, since: date | None = None, *, locale: Locale = ENGLISH, asked: str = ""
) -> Iterator[str]:
    """Yield the lines of a day. ``since``: the first of several days, if all are empty.

    ``asked``: what the filter asks for (`found_words.asked_words`).
    """
    if since is None:
        yield f"# {capital(date_words.long_day(locale, day.day))}"
    if not day.occasions:
        yield from () if since else ("",)
        yield escape(nothing_in(locale, day, since, asked))
        if day.next:
            yield escape(found_words.next_day(locale, day.next))
        else:
            yield escape(found_words.nothing_later(locale, asked))
    for occasion in day.occasions:
        yield from _occasion(locale, occasion)


class Plain(NamedTuple):
    """Writes the parts of a planner."""

    locale: Locale = ENGLISH

    def part(self, heading: str, occasions: Iterable[OccasionView]) -> Iterator[str]:
        """Yield the lines of a day, a month or a year."""
        yield f"# {heading}"
        for occasion in occasions:
            yield from _occasion(self.locale, occasion)

    def sentence(self, text: str) -> Iterator[str]:
        """Yield the line of a sentence that stands alone."""
        yield escape(text)


def _occasion(locale: Locale, view: OccasionView) -> Iterator[str]:
    yield from ("", f"## [{escape(view.title)}]({view.url})", "")
    yield f"*{escape(words.since_line(locale, view))}*"
    if view.summary:
        yield from ("", escape(view.summary))
    for correction in reversed(view.corrections):
        yield from ("", f"*{escape(correction_words(locale, correction))}*")
    yield from ("", f"**{escape(source_words.sources_heading(locale))}**", "")
    yield from (f"- {_source(locale, source)}" for source in sources_once(view.sources))
    for account in view.accounts:
        yield from ("", f"**{escape(account.question)}**", "")
        answers = shared_answers(account, view.date)
        yield from (f"- {escape(source_words.answer_words(locale, each))}" for each in answers)


def _source(locale: Locale, source: SourceView) -> str:
    named = escape(source_words.source_words(locale, source))
    return f"[{named}]({source.url})" if source.url else named


def escape(text: str) -> str:
    """Return a text on one line, with backslashes, so that Markdown shows the text as it is."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", " ".join(filter(None, spaced(text).split(" "))))
