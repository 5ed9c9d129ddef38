"""Find out how alike two entries are: compare the beginnings ("stems") of their words.

A stem is the first six letters of a word. Short words (up to three letters) are not used, but short
numbers are. Stems that very many entries have are not used either.

Why so simple: an entry has only a few lines, and its names and numbers make it different from
others. In most languages, words change at the end (city, cities), and the first six letters mostly
stay. This needs no dictionary and is fast.

Called by duplicates.py, which makes faults of the result.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import chain

from onthisday.almanac.entry import Entry
from onthisday.almanac.library import Told
from onthisday.dates.calendars import CivilDay

_WORD = re.compile(r"[^\W_]+")
_STEM = re.compile(r"\b(?:[^\W_]{4,6}|\d{1,3}\b)")

_COMMON_SHARE, _COMMON_LEAST = 0.005, 10
"""A stem is common if more than 0.5 % of the entries, and more than 10 entries, have it."""

MOST_IN_BUCKET = 50
"""If more entries of the same date than this have a stem, the stem is not used to find pairs.

The stem would not help, and it would make too many pairs: two million for 2,000 entries.
"""

_RAREST = 8
"""How many stems of an entry are used to find pairs: the rarest among the entries of its date."""


class Sketch:
    """The parts of an entry that are compared.

    - ``civil``: its Gregorian day, or None.
    - ``begins``: the first word of ``said``. Few entries of a day begin alike.

    Most entries are alone on their date, and with their beginning on their day. So what they say is
    looked at only when it is asked for.
    The year of the entry is not used as a stem, because all entries of the same date have it.
    """

    def __init__(self, entry: Entry, common: frozenset[str]) -> None:
        self.id, self.kind, self.date = entry.id, entry.kind, entry.date
        self.civil = entry.date.civil
        self._title, self._summary = _plain(entry.title), entry.summary
        self._common = common
        first = _WORD.search(self._title)
        self.begins = first[0] if first else self.said.partition(" ")[0]

    @cached_property
    def said(self) -> str:
        """All its words in order, in small letters and without accents."""
        return " ".join(_WORD.findall(_told(self._title, _plain(self._summary or ""))))

    @cached_property
    def title(self) -> frozenset[str]:
        """The stems of its title."""
        return self._stems(self._title)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its title and its summary, without the common ones."""
        return self._stems(self.said) - self._common

    def _stems(self, text: str) -> frozenset[str]:
        return frozenset(_STEM.findall(text)) - {str(self.date.year)}


def common_stems(told: Collection[Told]) -> frozenset[str]:
    """Return the stems that very many entries have."""
    each = (set(_STEM.findall(_plain(_told(title, summary)))) for title, summary, _ in told)
    having = Counter(chain.from_iterable(each))
    most = max(_COMMON_LEAST, int(len(told) * _COMMON_SHARE))
    return frozenset(stem for stem, times in having.items() if times > most)


def _told(title: str, summary: str | None) -> str:
    return f"{title}\n{summary or ''}"


def candidates(sketches: Iterable[Sketch]) -> Iterator[tuple[Sketch, Sketch]]:
    """Yield the pairs of entries that are worth comparing, the earlier entry first.

    The entries of a pair have the same date and share one of their rarest stems. Nearly all entries
    that are alike share one. So we need not compare every entry with every other, which would
    take too long. (Bayardo, Ma and Srikant, "Scaling up all pairs similarity search", WWW 2007,
    "prefix filter".)
    """
    dates: dict[CivilDay | None, list[Sketch]] = {}
    for sketch in sketches:
        dates.setdefault(sketch.civil, []).append(sketch)
    for beside in dates.values():
        if len(beside) > 1:
            yield from _sharing(beside)


def _sharing(sketches: list[Sketch]) -> Iterator[tuple[Sketch, Sketch]]:
    having = Counter(chain.from_iterable(sketch.stems for sketch in sketches))
    buckets: dict[str, list[int]] = {}
    for place, sketch in enumerate(sketches):
        telling = (stem for stem in sketch.stems if 1 < having[stem] <= MOST_IN_BUCKET)
        rarest = sorted(telling, key=lambda stem: (having[stem], stem))[:_RAREST]
        others = {other for stem in rarest for other in buckets.get(stem, ())}
        yield from ((sketches[other], sketch) for other in sorted(others))
        for stem in rarest:
            buckets.setdefault(stem, []).append(place)


def is_near(one: Sketch, other: Sketch) -> bool:
    """Return True if two entries seem to tell the same event.

    Both must have the same date, and must not be a birth and a death. The entries must also share
    enough stems. The shorter entry is the one with fewer stems.

    - If the date has a year: at least 2 stems, and half of the shorter entry's stems. Or at least
      3 stems, and a third of the shorter entry's stems.
    - If the date has no year: at least 3 stems, and three quarters of the shorter entry's stems.
    """
    if {one.kind, other.kind} == {"birth", "death"} or one.civil != other.civil:
        return False
    shared = len(one.stems & other.stems)
    fewest = min(len(one.stems), len(other.stems))
    if one.civil is None:
        return shared >= 3 and shared * 4 >= fewest * 3
    return (shared >= 2 and shared * 2 >= fewest) or (shared >= 3 and shared * 3 >= fewest)


def has_same_title(one: Sketch, other: Sketch) -> bool:
    """Return True if two entries have the same title, or nearly the same.

    - The same: the titles have the same stems, at least 2.
    - Nearly the same: they share at least 3 stems, and these are at least three fifths of all
      stems of both titles.

    In both cases, at least one shared stem must not be common, and the entries must not be a birth
    and a death.
    """
    shared = one.title & other.title
    if not shared & one.stems or {one.kind, other.kind} == {"birth", "death"}:
        return False
    if one.title == other.title:
        return len(shared) >= 2
    return len(shared) >= 3 and len(shared) * 5 >= len(one.title | other.title) * 3


def _plain(text: str) -> str:
    """Return a text in small letters and without accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    for accent in filter(unicodedata.combining, set(decomposed)):
        decomposed = decomposed.replace(accent, "")
    return decomposed
