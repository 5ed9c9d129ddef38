"""What stands around the dates of a text: their passages, headings, whom "he" means, how far a text
speaks of a day. Called by proposing.py.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import islice

from onthisday.almanac.entry import Span
from onthisday.drafts.mentions import Mention
from onthisday.drafts.names import Names, names_in
from onthisday.drafts.sentences import Passages

_NEAR = 200
"""Code points in which a line that is only a date looks for its heading; twice as many, in which
"he" looks for a name."""

_REACH = 600
"""Code points after a mention that still speak of its day, unless another day is named."""

_LONGEST_HEADING = 150

_PRONOUN = re.compile(r"(?:he|she)\b", re.IGNORECASE)
_GAP = re.compile(r"\s{1,9}")


class Context:
    """A text with the days that it names."""

    def __init__(self, text: str, days: Iterable[Mention]) -> None:
        self._text, self._days, self._passages = text, sorted(days), Passages(text)

    def words(self, span: Span) -> str:
        """Return the words of a span."""
        return self._text[span.start : span.end]

    def names(self, span: Span) -> Names:
        """Return what a span names."""
        return names_in(self.words(span))

    def sentence(self, start: int, end: int) -> Span:
        """Return the sentence, or two, that hold ``text[start:end]``."""
        return self._passages.around(start, end)

    def passage(self, mention: Mention) -> Span:
        """Return the passage of a mention: its sentence or, of a line that is only a date, that
        line with the sentence that it stands over, or the heading that it stands under."""
        span = self.sentence(mention.start, mention.end)
        if has_words(self._text[span.start : mention.start] + self._text[mention.end : span.end]):
            return span
        below = self._below(span.end)
        if below is not None and not self._names_another_day(below, mention):
            return Span(span.start, below.end)
        return Span(self._above(span.start), span.end)

    def is_heading(self, span: Span) -> bool:
        """Say whether a passage is a line by itself that ends as no sentence does."""
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
        """Return whom "he" or "she" at the beginning of a passage means, if one alone was named."""
        if not _PRONOUN.match(self.words(span)):
            return ()
        line = self._text.rfind("\n", 0, span.start) + 1
        people = names_in(self._text[max(line, span.start - 2 * _NEAR) : span.start]).people
        return people if len(people) == 1 else ()

    def reach(self, mention: Mention) -> int:
        """Return to where a text speaks of a mention's day: to the next other one, at most."""
        return min(mention.end + _REACH, self._next_other_day(mention.end, mention))

    def _below(self, end: int) -> Span | None:
        """Return the sentence after a line, if it is one."""
        gap = _GAP.match(self._text, end)
        if gap is None or gap.end() >= len(self._text):
            return None
        found = self.sentence(gap.end(), gap.end() + 1)
        return None if self.is_heading(found) else found

    def _above(self, start: int) -> int:
        """Return where the heading above a line begins; where there is none, where that does."""
        lines = self._text[max(0, start - _NEAR) : start].rstrip().splitlines()
        heading = lines[-1].strip() if lines else ""
        if not heading or heading[-1] in ".!?" or len(heading) > _LONGEST_HEADING:
            return start
        begin = self._text.rindex(heading, 0, start)
        return begin + len(heading) - len(heading.lstrip("#*= "))

    def _names_another_day(self, span: Span, mention: Mention) -> bool:
        return self._next_other_day(span.start, mention) < span.end

    def _next_other_day(self, start: int, mention: Mention) -> int:
        """Return where the text names another day than a mention's, from a place on."""
        after = islice(self._days, bisect_left(self._days, (start,)), None)
        others = (each.start for each in after if each.value != mention.value)
        return next(others, len(self._text))


def has_words(text: str) -> bool:
    """Say whether a text says more than a date does."""
    return len(re.findall(r"[^\W\d_]{2,}", text)) > 1
