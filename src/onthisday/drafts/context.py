"""The text around a date.

Which passage belongs to the date, whether that is a heading, who "he" is, and how far the text
still speaks of the day. Called by proposing.py.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import islice

from onthisday.almanac.entry import Span
from onthisday.drafts.date_phrases import is_dateline
from onthisday.drafts.mentions import Mention
from onthisday.drafts.names import Names, names_in
from onthisday.drafts.paragraphs import Unwrapped
from onthisday.drafts.sentences import Passages

_NEAR = 200
"""How many code points before a line that is only a date its heading is looked for.

For "he", a name is looked for in twice as many.
"""

_REACH = 600
"""Code points after a mention that still speak of its day, if no other day is named there."""

_LONGEST_HEADING = 150

_PRONOUN = re.compile(r"(?:he|she)\b", re.IGNORECASE)
_GAP = re.compile(r"\s{1,9}")
_WORDS = re.compile(r"[^\W\d_][^\W\d_]+")


class Context:
    """A text without its wrapping, with all mentions of days in it. All places are its own."""

    def __init__(self, page: Unwrapped, days: Iterable[Mention]) -> None:
        self._text, self._days, self._passages = page.text, sorted(days), Passages(page)
        self._changes = _changes(self._days)
        self._begins: dict[int, bool] = {}
        self._names: dict[Span, Names] = {}

    def words(self, span: Span) -> str:
        """Return the words of a span."""
        return self._text[span.start : span.end]

    def names(self, span: Span) -> Names:
        """Return the people and the place that a span names."""
        if span not in self._names:  # many dates may stand in one sentence
            self._names[span] = names_in(self.words(span), self._language(span))
        return self._names[span]

    def _language(self, span: Span) -> str:
        """Return the language of the last day that is named before the end of a span."""
        place = bisect_left(self._days, (span.end,)) - 1
        return self._days[max(0, place)].language if self._days else "en"

    def sentence(self, start: int, end: int) -> Span:
        """Return the sentence that holds ``text[start:end]``, or two (`Passages.around`)."""
        return self._passages.around(start, end)

    def passage(self, mention: Mention) -> Span:
        """Return the passage that belongs to a mention.

        Mostly it is the sentence. If the line is only a date, it is the line with the sentence
        below. If that sentence is missing or names another day, it is the heading that belongs to
        the line (`_with_heading`), with the line. Of "until 31 October 1961. Then …" it is both
        sentences.
        """
        span = self.sentence(mention.start, mention.end)
        if mention.happened is not None:
            return Span(span.start, self.sentence(mention.happened, mention.happened + 1).end)
        rest = self._text[span.start : mention.start] + self._text[mention.end : span.end]
        if has_words(rest) and not self.is_dateline(mention, span):
            return span
        below = self._below(span.end)
        if below is not None and not self._names_another_day(below, mention):
            return Span(span.start, below.end)
        return self._with_heading(span, mention)

    def is_dateline(self, mention: Mention, span: Span) -> bool:
        """Return True if a sentence is only a date, perhaps with a place or a label before it."""
        start, end = mention.start - span.start, mention.end - span.start
        return is_dateline(self.words(span), start, end, mention.language)

    def is_heading(self, span: Span) -> bool:
        """Return True if a passage is a line by itself that does not end like a sentence."""
        line = self.words(span)
        before = self._text[max(0, span.start - 9) : span.start].rstrip(" \t#*=>-")
        after = self._text[span.end : span.end + 9].lstrip(" \t")
        return (
            len(line) <= _LONGEST_HEADING
            and line.rstrip("\"'”’»)")[-1:] not in {".", "!", "?", "…", ":"}
            and before[-1:] in {"", "\n", "\f", "\r"}
            and after[:1] in {"", "\n", "\f", "\r"}
        )

    def antecedent(self, span: Span) -> tuple[str, ...]:
        """Return who "he" or "she" at the beginning of a passage is.

        The answer is the person who is named earlier in the same line. If nobody or several people
        are named there, return nothing.
        """
        if not _PRONOUN.match(self.words(span)):
            return ()
        near = max(0, span.start - 2 * _NEAR)
        line = self._text.rfind("\n", near, span.start) + 1
        people = names_in(self._text[line or near : span.start], self._language(span)).people
        return people if len(people) == 1 else ()

    def reach(self, mention: Mention) -> int:
        """Return where a text stops speaking of a mention's day.

        That is at the next other day, or after a fixed number of code points.
        """
        return min(mention.end + _REACH, self._next_other_day(mention.end, mention))

    def _with_heading(self, span: Span, mention: Mention) -> Span:
        """Return a line that is only a date, with the heading above it or below it.

        It is the nearer one. If both are as near, a heading above that stands right below another
        day is that day's, as in a list of days. If such a list begins with a heading, nobody can
        tell, and the line stays alone.
        """
        above, below = self._above(span.start), self._line_below(span.end)
        if below is None or self._names_another_day(below, mention):
            return Span(above, span.end)
        before = _breaks(self._text[max(0, span.start - 9) : span.start])
        after = _breaks(self._text[span.end : below.start])
        if above == span.start or after < before:
            return Span(span.start, below.end)
        other = self._day_above(above)
        if before < after or other is None:
            return Span(above, span.end)
        return Span(span.start, below.end) if self._begins_list(other) else span

    def _day_above(self, start: int) -> Mention | None:
        """Return the day that stands right above a line; None if something else does."""
        place = bisect_left(self._days, (start,)) - 1
        is_above = place >= 0 and not self._text[self._days[place].end : start].strip(" \t\r\n.:")
        return self._days[place] if is_above else None

    def _begins_list(self, mention: Mention) -> bool:
        """Return True if a list of days and headings, by turns, begins with a day.

        What is known of a day is kept, because each day of a list asks for the days above it.
        """
        asked: list[int] = []
        while mention.start not in self._begins:
            asked.append(mention.start)
            start = self.sentence(mention.start, mention.end).start
            above = self._above(start)
            other = self._day_above(above)
            if above == start or other is None:
                self._begins[mention.start] = above == start
            else:
                mention = other
        begins = self._begins[mention.start]
        self._begins.update(dict.fromkeys(asked, begins))
        return begins

    def _below(self, end: int) -> Span | None:
        """Return the sentence after a line; None if there is none, or if it is a heading."""
        found = self._line_below(end)
        return None if found is None or self.is_heading(found) else found

    def _line_below(self, end: int) -> Span | None:
        gap = _GAP.match(self._text, end)
        if gap is None or gap.end() >= len(self._text):
            return None
        return self.sentence(gap.end(), gap.end() + 1)

    def _above(self, start: int) -> int:
        """Return where the heading above a line begins, or ``start`` if there is none."""
        lines = self._text[max(0, start - _NEAR) : start].rstrip().splitlines()
        heading = lines[-1].strip() if lines else ""
        if not heading or heading[-1] in ".!?" or len(heading) > _LONGEST_HEADING:
            return start
        begin = self._text.rindex(heading, 0, start)
        return begin + len(heading) - len(heading.lstrip("#*= "))

    def _names_another_day(self, span: Span, mention: Mention) -> bool:
        return self._next_other_day(span.start, mention) < span.end

    def _next_other_day(self, start: int, mention: Mention) -> int:
        """Return the first place from ``start`` on that names another day than the mention."""
        place = bisect_left(self._days, (start,))
        if place < len(self._days) and self._days[place].day == mention.day:
            place = self._changes[place]
        return self._days[place].start if place < len(self._days) else len(self._text)


def _breaks(gap: str) -> int:
    """Return how many line breaks the spaces at the end of a text, or a text of spaces, have."""
    return gap[len(gap.rstrip()) :].count("\n")


def _changes(days: list[Mention]) -> list[int]:
    """Return for each mention the place of the next one of another day, or the number of them."""
    places = [len(days)] * len(days)
    for place in range(len(days) - 2, -1, -1):
        is_other = days[place + 1].day != days[place].day
        places[place] = place + 1 if is_other else places[place + 1]
    return places


def has_words(text: str) -> bool:
    """Return True if a text has two words or more, so that it says more than a date."""
    return len(list(islice(_WORDS.finditer(text), 2))) > 1
