"""How alike the words of two entries are, cheaply: sets of word beginnings, without the common.

Why no more: an entry is a line or a few, and what tells two of them apart are its names and
numbers. Six letters of a word are enough to see one stem through its endings in most languages
that have them, and need no dictionary; words of three letters and less say nothing.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onthisday.almanac.entry import Entry
from onthisday.dates.calendars import day_number

_WORD = re.compile(r"[^\W_]+")
_STEM = re.compile(r"\b(?:[^\W_]{4,6}|\d{1,3}\b)")

_COMMON_SHARE, _COMMON_LEAST = 0.005, 10
"""A word that more than so many of some entries have, and at least so many, is common."""

MOST_IN_BUCKET = 50
"""Entries of a date that share a word and are still held against each other: a word that more have
tells nothing, and pairs grow with the square."""

_RAREST = 8
"""By so many of its words, the rarest of its date, an entry looks for others."""


class Sketch(NamedTuple):
    """What is compared of an entry: its day's number, None without a year; its words in order; the
    stems of its title; the stems of all its words that are not common. Its year is none of them:
    whatever is compared has the same."""

    id: str
    kind: str
    number: int | None
    said: str
    title: frozenset[str]
    stems: frozenset[str]


def sketch_of(entry: Entry, common: frozenset[str]) -> Sketch:
    """Return what is compared of an entry."""
    said = _plain(f"{entry.title}\n{entry.summary or ''}")
    civil, year = entry.date.civil, {str(entry.date.year)}
    return Sketch(
        id=entry.id,
        kind=entry.kind,
        number=None if civil is None else day_number(civil),
        said=" ".join(_WORD.findall(said)),
        title=frozenset(_STEM.findall(_plain(entry.title))) - year,
        stems=frozenset(_STEM.findall(said)) - common - year,
    )


def common_stems(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the stems that many of some entries have."""
    count, having = 0, Counter[str]()
    for entry in entries:
        count += 1
        having.update(set(_STEM.findall(_plain(f"{entry.title}\n{entry.summary or ''}"))))
    most = max(_COMMON_LEAST, int(count * _COMMON_SHARE))
    return frozenset(stem for stem, times in having.items() if times > most)


def candidates(sketches: Iterable[Sketch]) -> Iterator[tuple[Sketch, Sketch]]:
    """Yield pairs of one date, in their order, that share one of the rarest stems of its entries.

    Linear in the sketches: what shares only stems that very many have is left out. That two which
    are alike share one of their rarest is the prefix filter of similarity joins (Bayardo, Ma and
    Srikant, "Scaling up all pairs similarity search", WWW 2007).
    """
    dates: dict[int | None, list[Sketch]] = {}
    for sketch in sketches:
        dates.setdefault(sketch.number, []).append(sketch)
    for beside in dates.values():
        if len(beside) > 1:
            yield from _sharing(beside)


def _sharing(sketches: list[Sketch]) -> Iterator[tuple[Sketch, Sketch]]:
    having = Counter(stem for sketch in sketches for stem in sketch.stems)
    buckets: dict[str, list[int]] = {}
    for place, sketch in enumerate(sketches):
        telling = (stem for stem in sketch.stems if 1 < having[stem] <= MOST_IN_BUCKET)
        rarest = sorted(telling, key=lambda stem: (having[stem], stem))[:_RAREST]
        others = {other for stem in rarest for other in buckets.get(stem, ())}
        yield from ((sketches[other], sketch) for other in sorted(others))
        for stem in rarest:
            buckets.setdefault(stem, []).append(place)


def is_near(one: Sketch, other: Sketch) -> bool:
    """Say whether two entries of one day seem to tell the same.

    Of the same year, sharing half of the uncommon words of the one that has fewer, and two at
    least, or a third and three; of no year, three quarters and three. A birth is no death.
    """
    if {one.kind, other.kind} == {"birth", "death"} or one.number != other.number:
        return False
    shared = len(one.stems & other.stems)
    fewest = min(len(one.stems), len(other.stems))
    if one.number is None:
        return shared >= 3 and shared * 4 >= fewest * 3
    return (shared >= 2 and shared * 2 >= fewest) or (shared >= 3 and shared * 3 >= fewest)


def has_same_title(one: Sketch, other: Sketch) -> bool:
    """Say whether two entries have the same title or nearly: three words in five, and three at
    least, of which one is not common."""
    shared = one.title & other.title
    if not shared & one.stems or {one.kind, other.kind} == {"birth", "death"}:
        return False
    if one.title == other.title:
        return len(shared) >= 2
    return len(shared) >= 3 and len(shared) * 5 >= len(one.title | other.title) * 3


def _plain(text: str) -> str:
    """Return a text without case and accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
