"""Write a day as text for a terminal. Called by showing.py.

The words come from views/words.py. Not here: Markdown (markdown.py), JSON (views/as_json.py).
"""

import textwrap
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from onthisday.characters import spaced
from onthisday.dates.edtf import HistoricalDate
from onthisday.views import date_words, found_words, source_words, words
from onthisday.views.correction_words import correction_words
from onthisday.views.together import shared_answers, sources_once
from onthisday.views.view import AccountView, DayView, NextView, OccasionView, SourceView

_BOLD, _DIM, _ACCENT = "1", "2", "36"


class Layout(NamedTuple):
    """How to lay out a day as text.

    - ``width``: characters in a line.
    - ``explain``: say why each entry falls on the day.
    - ``brief``: leave out summaries and details.
    - ``asked``: what the filter asks for (`found_words.asked_words`).
    """

    width: int
    colour: bool = False
    explain: bool = False
    brief: bool = False
    asked: str = ""

    def lines(self, day: DayView, since: date | None = None) -> Iterator[str]:
        """Yield the lines of a day. ``since``: the first of several days, if all are empty."""
        if since is None:
            yield self._styled(date_words.long_day(day.day), _BOLD)
        if not day.occasions:
            yield from self.sentence(nothing_in(day, since, self.asked))
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
            yield from self._wrapped(found_words.nothing_later(self.asked))
            return
        day = date_words.short_day(following.day)
        yield from self._wrapped(f"Next: {day}, {following.title}.")

    def _occasion(self, view: OccasionView) -> Iterator[str]:
        for line in self._wrapped(words.since_line(view)):
            yield self._styled(line, _ACCENT)
        for line in self._wrapped(view.title):
            yield self._styled(line, _BOLD)
        if view.summary and not self.brief:
            yield from self._wrapped(view.summary, indent=2)
        for correction in () if self.brief else reversed(view.corrections):
            yield from self._wrapped(correction_words(correction), indent=2)
        if self.explain:
            both = f"{words.why(view)} {words.why_chosen(view) or ''}".rstrip()
            yield from self._wrapped(f"Why: {both}", indent=2)
        if self.brief:
            yield from self._wrapped(source_words.sources_in_brief(view), indent=2)
            return
        yield from self._sources(sources_once(view.sources))
        yield from self._accounts(view)

    def _sources(self, sources: tuple[SourceView, ...]) -> Iterator[str]:
        yield ""
        yield self._styled(f"  Source{'s' if len(sources) > 1 else ''}", _DIM)
        for source in sources:
            yield from self._item(source_words.source_words(source))

    def _accounts(self, view: OccasionView) -> Iterator[str]:
        if not view.accounts:
            return
        yield ""
        yield self._styled("  Where the sources differ", _DIM)
        for account in view.accounts:
            yield from self._account(account, view.date)

    def _account(self, account: AccountView, known: HistoricalDate) -> Iterator[str]:
        yield from self._wrapped(account.question, indent=2)
        for answer in shared_answers(account, known):
            yield from self._item(source_words.answer_words(answer))

    def _item(self, text: str) -> Iterator[str]:
        return self._wrapped(text, indent=4, mark="– ")

    def _wrapped(self, text: str, indent: int = 0, mark: str = "") -> Iterator[str]:
        """Break a text into lines. Control characters become spaces, to protect the terminal."""
        first = " " * indent + mark
        yield from textwrap.wrap(
            spaced(text),
            self.width,
            initial_indent=first,
            subsequent_indent=" " * len(first),
            break_on_hyphens=False,
        )

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour else text


def nothing_in(day: DayView, since: date | None, asked: str) -> str:
    """Return the line that says that a day is empty, or several days since another one."""
    if since is None:
        return found_words.nothing_recorded(day.day, asked)
    return found_words.nothing_between(since, day.day, asked)
