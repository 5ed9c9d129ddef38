"""Which fact of a file is which entry of an earlier import of that file.

A fact is the same if its own id is the same, or its words, or the id that is made of its date and
title. Why in this order: two facts may have the same date and title. Their made ids only count
them, so the ids would change places with the lines. Of the same words twice, what stands where it
stood comes first. So a second import finds each fact where the first one left it.

A fact that changed is found by its date and its neighbours: it stands between the same facts as
before. If none of this is so, the entry has vanished from the file, and the fact is new.

Nothing here does I/O. Facts are compared by 64 bits of a digest, so that a million of them are
small.
"""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence

from onthisday.almanac.entry import Span

NOBODY = -1
"""The place of a fact that is no entry yet."""


def key(text: str) -> int:
    """Return 64 bits of a text's digest, as a number that an array holds."""
    found = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(found, "big", signed=True)


def place_of(span: Span | None, page: str | None) -> str:
    """Return where a fact stands in its file, as `Facts` compares it."""
    return (page or "") if span is None else f"{span.start}-{span.end}"


class Facts:
    """The facts of a file in their order, each by the keys of its id, words, place and date."""

    def __init__(self) -> None:
        self.ids, self.own_ids = array("q"), array("q")
        self.words, self.places, self.dates = array("q"), array("q"), array("q")

    def add(
        self, named: str, words: str, date: str, place: str = "", *, is_own: bool = False
    ) -> None:
        """Add a fact behind the others. ``is_own``: the id is the format's, and no made one."""
        self.ids.append(key(named))
        self.own_ids.append(key(named if is_own else ""))
        self.words.append(key(words))
        self.places.append(key(f"{words}\x1f{place}"))
        self.dates.append(key(date))

    def in_order(self, order: Iterable[int]) -> "Facts":
        """Return the facts in another order."""
        places, other = list(order), Facts()
        for name, values in vars(self).items():
            setattr(other, name, array("q", (values[place] for place in places)))
        return other

    def __len__(self) -> int:
        return len(self.ids)


def matched(new: Facts, old: Facts) -> "array[int]":
    """Return for each new fact the place of the old one that it is, or NOBODY."""
    found = array("q", [NOBODY]) * len(new)
    if not len(old):
        return found
    taken = bytearray(len(old))
    _pair(found, taken, new.own_ids, old.ids)
    _pair(found, taken, new.places, old.places)
    _pair(found, taken, new.words, old.words)
    _pair(found, taken, new.ids, old.ids)
    for some, others in _gaps(found, taken):
        _pair_dates(found, some, others, new.dates, old.dates)
    return found


def unchanged(new: Facts, old: Facts, found: Sequence[int]) -> Iterator[bool]:
    """Yield for each new fact whether it stands where the old one stood, in the same words."""
    for place, known in enumerate(found):
        yield known != NOBODY and new.places[place] == old.places[known]


def _pair(found: "array[int]", taken: bytearray, new: "array[int]", old: "array[int]") -> None:
    """Pair facts with the same key, in their order. What is paired already stays.

    ``first`` has the first old fact of each key, and ``later`` the next one with the same key. They
    take a third less memory than a list for each key.
    """
    first: dict[int, int] = {}
    later = array("q", [NOBODY]) * len(old)
    for place in range(len(old) - 1, -1, -1):
        if not taken[place]:
            later[place] = first.get(old[place], NOBODY)
            first[old[place]] = place
    for place, wanted in enumerate(new):
        known = NOBODY if found[place] != NOBODY else first.pop(wanted, NOBODY)
        if known != NOBODY:
            found[place], taken[known] = known, 1
            if later[known] != NOBODY:
                first[wanted] = later[known]


def _gaps(found: "array[int]", taken: bytearray) -> Iterator[tuple[range, range]]:
    """Yield runs of new facts that are nobody, and the runs of old ones between the same facts.

    If no fact of the file is as before, it is another file, and only a single fact has neighbours:
    the file's beginning and end.
    """
    start = 0
    while start < len(found):
        if found[start] != NOBODY:
            start += 1
            continue
        end = start
        while end < len(found) and found[end] == NOBODY:
            end += 1
        before = found[start - 1] if start else NOBODY
        after = found[end] if end < len(found) else len(taken)
        is_beside = before != NOBODY or after < len(taken) or end - start == 1
        if is_beside and before < after and not any(taken[before + 1 : after]):
            yield range(start, end), range(before + 1, after)
        start = end


def _pair_dates(
    found: "array[int]", some: range, others: range, new: Sequence[int], old: Sequence[int]
) -> None:
    """Pair facts between the same neighbours that have the same date, in their order."""
    waiting: dict[int, list[int]] = {}
    for other in reversed(others):
        waiting.setdefault(old[other], []).append(other)
    last = others.start - 1
    for place in some:
        places = waiting.get(new[place], [])
        while places and places[-1] <= last:
            places.pop()
        if places:
            found[place] = last = places.pop()
