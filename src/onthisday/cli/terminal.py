"""Write a day as text for a terminal. Called by showing.py.

The words come from views/words.py. Isolates stay in the lines: a terminal that knows two directions
needs them, and most others show nothing for them. English with names in Latin letters has none.

Not here: Markdown (markdown.py), JSON (views/as_json.py).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from onthisday.characters import FSI, ended, spaced
from onthisday.cli.wrapping import wrapped
from onthisday.dates.historical_date import HistoricalDate
from onthisday.locales.locale import ENGLISH, Locale, capital
from onthisday.views import date_words, found_words, source_words, words
from onthisday.views.together import shared_answers, sources_once
from onthisday.views.view import AccountView, DayView, NextView, OccasionView, SourceView

_BOLD, _DIM, _ACCENT = "1", "2", "36"


class Layout(NamedTuple):
    """How to lay out a day as text.

    - ``width``: characters in a line.
    - ``locale``: the language of the words.
    - ``explain``: say why each entry falls on the day.
    - ``brief``: leave out summaries and details.
    - ``asked``: what the filter asks for (`found_words.asked_words`).
    """

    width: int
    locale: Locale = ENGLISH
    colour: bool = False
    explain: bool = False
    brief: bool = False
    asked: str = ""

    def lines(self, day: DayView, since: date | None = None) -> Iterator[str]:
        """Yield the lines of a day. ``since``: the first of several days, if all are empty."""
        if since is None:
            yield self._styled(capital(date_words.long_day(self.locale, day.day)), _BOLD)
        if not day.occasions:
            yield from self.sentence(nothing_in(self.locale, day, since, self.asked))
            yield from self._next(day.next)
        yield from self._occasions(day.occasions)

    def part(self, heading: str, occasions: Iterable[OccasionView]) -> Iterator[str]:
        """Yield the lines of a part of a planner: a day, a month or a year."""
        yield self._styled(heading, _BOLD)
        yield from self._occasions(occasions)

    def sentence(self, text: str) -> Iterator[str]:
        """Yield the lines of a sentence that stands alone."""
        return self._wrapped(text)

    def _occasions(self, occasions: Iterable[OccasionView]) -> Iterator[str]:
        for occasion in occasions:
            yield ""
            yield from self._occasion(occasion)

    def _next(self, following: NextView | None) -> Iterator[str]:
        if following is None:
            yield from self._wrapped(found_words.nothing_later(self.locale, self.asked))
            return
        yield from self._wrapped(found_words.next_day(self.locale, following))

    def _occasion(self, view: OccasionView) -> Iterator[str]:
        for line in self._wrapped(words.since_line(self.locale, view)):
            yield self._styled(line, _ACCENT)
        for line in self._wrapped(view.title):
            yield self._styled(line, _BOLD)
        if view.summary and not self.brief:
            yield from self._wrapped(view.summary, indent=2)
        if view.corrections and not self.brief:
            yield from self._corrections(view)
        if self.explain:
            yield from self._wrapped(_why(self.locale, view), indent=2)
        if self.brief:
            yield from self._wrapped(source_words.sources_in_brief(self.locale, view), indent=2)
            return
        yield from self._sources(sources_once(view.sources))
        yield from self._accounts(view)

    def _corrections(self, view: OccasionView) -> Iterator[str]:
        from onthisday.views.correction_words import correction_words  # only now: few have some

        for correction in reversed(view.corrections):
            yield from self._wrapped(correction_words(self.locale, correction), indent=2)

    def _sources(self, sources: tuple[SourceView, ...]) -> Iterator[str]:
        yield ""
        several = len(sources) > 1
        heading = source_words.sources_heading if several else source_words.source_heading
        yield self._styled(f"  {heading(self.locale)}", _DIM)
        for source in sources:
            yield from self._item(source_words.source_words(self.locale, source))

    def _accounts(self, view: OccasionView) -> Iterator[str]:
        if not view.accounts:
            return
        yield ""
        yield self._styled(f"  {source_words.where_they_differ(self.locale)}", _DIM)
        for account in view.accounts:
            yield from self._account(account, view.date)

    def _account(self, account: AccountView, known: HistoricalDate) -> Iterator[str]:
        yield from self._wrapped(account.question, indent=2)
        for answer in shared_answers(account, known):
            yield from self._item(source_words.answer_words(self.locale, answer))

    def _item(self, text: str) -> Iterator[str]:
        return self._wrapped(text, indent=4, mark="– ")

    def _wrapped(self, text: str, indent: int = 0, mark: str = "") -> Iterator[str]:
        """Break a text into lines. Control characters become spaces, to protect the terminal."""
        first, plain = " " * indent + mark, spaced(text).strip()
        if plain and len(first) + len(plain) <= self.width:
            return iter((first + plain,))
        lines = wrapped(plain, self.width, first, " " * len(first))
        return ended(lines) if FSI in text else lines

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour else text


def _why(locale: Locale, view: OccasionView) -> str:
    from onthisday.views import why_words  # only now: few people ask

    both = (why_words.why(locale, view), why_words.why_chosen(locale, view))
    return locale.gettext("Why: {text}", text=" ".join(filter(None, both)))


def nothing_in(locale: Locale, day: DayView, since: date | None, asked: str) -> str:
    """Return the line that says that a day is empty, or several days since another one."""
    if since is None:
        return found_words.nothing_recorded(locale, day.day, asked)
    return found_words.nothing_between(locale, since, day.day, asked)
