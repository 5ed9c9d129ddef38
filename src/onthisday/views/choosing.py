"""Choose some of a day's occasions, where there is no room for all: in a channel, a feed, `today`.

    chosen(occasions, 3)

Pure: it knows the occasions of one day and nothing else. So every machine chooses the same, and
nothing is stored. Called by service/sending/making.py, feeds/ and cli/.

How the places are given:

1. At most half of them, rounded down, go to round anniversaries: 100 before 50, 25 and 10. What is
   left of that half goes to what is remembered on a day that moves, and to entries that the curator
   has `featured`. With one place, these have it in even years.
2. The other places go round. The entries of a day stand in a ring, and each year takes the next
   ones. Within twice as many years as the places need to show every entry once, each entry has had
   its turn.
3. A place that nobody has taken goes to the entry on the other side of the ring.

Why a ring that begins in ORIGIN: a new entry makes the ring one longer. So what is chosen in a year
moves by one place for each time that the ring was gone round since ORIGIN. If the ring was counted
from the year 0, a new entry would change all places of every year.

Neighbours in the ring differ in tags, place and century (`_ring`), so that a year shows different
things.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Literal, NamedTuple

from onthisday.almanac.entry import Entry
from onthisday.almanac.occasions import Occasion

ORIGIN = 2026
"""The year in which every ring begins. It never changes: otherwise all that feeds show changes."""

ROUND = (100, 50, 25, 10)
"""The round anniversaries, the roundest first."""

Reason = Literal["all", "round", "moves", "featured", "turn", "place left"]
"""Why an occasion was chosen. ``all``: there was room for all."""


class Choice(NamedTuple):
    """An occasion that was chosen, and why."""

    occasion: Occasion
    why: Reason


def chosen(occasions: Sequence[Occasion], places: int) -> tuple[Occasion, ...]:
    """Return at most ``places`` occasions of one day, in the order in which they were given."""
    return tuple(choice.occasion for choice in choices(occasions, places))


def choices(occasions: Sequence[Occasion], places: int) -> tuple[Choice, ...]:
    """Return the occasions that `chosen` returns, each with the reason."""
    if len(occasions) <= places:
        return tuple(Choice(occasion, "all") for occasion in occasions)
    why = _reasons(occasions, places)
    return tuple(Choice(each, why[each.id]) for each in occasions if each.id in why)


def _reasons(occasions: Sequence[Occasion], places: int) -> dict[str, Reason]:
    """Return the ids of the occasions that are chosen, each with the reason."""
    year = occasions[0].day.year
    ring = _ring([each for each in occasions if each.entry.rule is None])
    first = places // 2 if places > 1 else 1 - year % 2
    reasons: dict[str, Reason] = {}
    _take(reasons, _first(occasions, year), first)
    _take(reasons, ((each, "turn") for each in _turn(ring, year, places)), places)
    left = (*_across(ring, year, places), *occasions)  # the ring may be short: feasts are not in it
    _take(reasons, ((each, "place left") for each in left), places)
    return reasons


def _take(reasons: dict[str, Reason], more: Iterable[tuple[Occasion, Reason]], most: int) -> None:
    """Take more occasions, each with its reason, until there are ``most``."""
    for occasion, why in more:
        if len(reasons) >= most:
            return
        reasons.setdefault(occasion.id, why)


def _first(occasions: Sequence[Occasion], year: int) -> Iterator[tuple[Occasion, Reason]]:
    """Yield the occasions that come before the turns, the most important first."""
    some = [each for each in occasions if _roundness(each) or _is_marked(each.entry)]
    mixed = sorted(some, key=lambda each: _number(f"{each.entry.id} {year}"))
    rounds = sorted((each for each in mixed if _roundness(each)), key=_roundness, reverse=True)
    yield from ((each, "round") for each in rounds)
    yield from ((each, "moves") for each in mixed if each.entry.rule is not None)
    yield from ((each, "featured") for each in mixed if each.entry.featured)


def _is_marked(entry: Entry) -> bool:
    return entry.featured or entry.rule is not None


def _roundness(occasion: Occasion) -> int:
    """Return 100, 50, 25 or 10 for a round anniversary, otherwise 0."""
    years = occasion.years or 0
    return next((step for step in ROUND if years > 0 and years % step == 0), 0)


def _turn(ring: Sequence[Occasion], year: int, places: int) -> Iterator[Occasion]:
    """Yield the occasions whose turn it is in a year."""
    if places > 1:
        yield from _from(ring, (year - ORIGIN) * _step(places), _step(places))
    elif year % 2:
        yield from _from(ring, (year - ORIGIN) // 2, 1)


def _step(places: int) -> int:
    """Return how many places go round: at least half of them, rounded up."""
    return places - places // 2


def _across(ring: Sequence[Occasion], year: int, places: int) -> Iterator[Occasion]:
    """Yield all occasions, beginning on the other side of the ring."""
    begin = (year - ORIGIN) * _step(places) if places > 1 else (year - ORIGIN) // 2
    yield from _from(ring, begin + len(ring) // 2, len(ring))


def _from(ring: Sequence[Occasion], begin: int, count: int) -> Iterator[Occasion]:
    return (ring[(begin + n) % len(ring)] for n in range(min(count, len(ring))))


def _ring(occasions: Iterable[Occasion]) -> list[Occasion]:
    """Return the occasions in an order in which neighbours differ.

    A new entry changes the places of few others.
    """
    return _spread([*occasions], (_tags, _place, _century))


Feature = Callable[[Entry], str]


def _spread(occasions: list[Occasion], features: Sequence[Feature]) -> list[Occasion]:
    """Return the occasions so that those that are alike in the first feature lie far apart.

    Each group of them is spread evenly over the whole, and inside a group by the other features.
    """
    if len(occasions) < 2:
        return occasions
    if not features:
        return sorted(occasions, key=lambda each: _number(each.entry.id))
    groups: dict[str, list[Occasion]] = {}
    for occasion in occasions:
        groups.setdefault(features[0](occasion.entry), []).append(occasion)
    placed: list[tuple[float, int, int, Occasion]] = []
    for name, group in groups.items():
        number, fraction = _number(name), _fraction(name)
        for n, occasion in enumerate(_spread(group, features[1:])):
            placed.append(((n + fraction) / len(group), number, n, occasion))
    return [occasion for *_, occasion in sorted(placed, key=lambda each: each[:3])]


def _tags(entry: Entry) -> str:
    return entry.tags[0] if entry.tags else ""


def _place(entry: Entry) -> str:
    return entry.place or ""


def _century(entry: Entry) -> str:
    year = entry.date.civil_year
    return "" if year is None else str(year // 100)


def _number(text: str) -> int:
    """Return a number that looks like chance and is always the same for a text."""
    return int.from_bytes(sha256(text.encode()).digest()[:8])


def _fraction(text: str) -> float:
    """Return a number from 0 to 1 that looks like chance and is always the same for a text."""
    return _number(text) / 2**64
