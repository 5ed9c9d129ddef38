"""Use case, part of a check: the entries of each day beside each other, and of near days.

What it holds at once is the sketches of one day's entries, and of the two weeks before.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from onthisday.almanac.entry import Entry
from onthisday.almanac.library import Library
from onthisday.checks.duplicates import CALENDARS_APART, TwoDates, duplicate_faults, exchanged
from onthisday.checks.faults import Fault
from onthisday.checks.likeness import Sketch, common_stems, sketch_of
from onthisday.dates.calendars import MonthDay
from onthisday.service.checking.findings import Findings

_SAMPLE = 20_000
"""Entries by which common words are known."""


def compare_days(library: Library, notes: Findings, read: Callable[[Entry], None]) -> None:
    """Hold the entries of each day against each other; ``read`` is given each of them once."""
    common = common_stems(islice(library.entries(), _SAMPLE))
    days, two = sorted(library.days()), TwoDates()
    for day in days:
        sketches = list(_sketched(_each(library.on(day), read), common))
        _note(notes, duplicate_faults(sketches))
        _note(notes, two.faults(sketches, _exchanged(library, day, common)))
    for day in days:  # the year is a circle
        if day > MonthDay(1, CALENDARS_APART):
            break
        _note(notes, two.faults(_sketched(library.on(day), common)))


def _each(entries: Iterable[Entry], read: Callable[[Entry], None]) -> Iterator[Entry]:
    for entry in entries:
        read(entry)
        yield entry


def _exchanged(library: Library, day: MonthDay, common: frozenset[str]) -> Iterator[Sketch]:
    other = exchanged(day)
    return _sketched(library.on(other), common) if other else iter(())


def _sketched(entries: Iterable[Entry], common: frozenset[str]) -> Iterator[Sketch]:
    return (sketch_of(entry, common) for entry in entries)


def _note(notes: Findings, faults: Iterable[tuple[str, Fault]]) -> None:
    for entry, fault in faults:
        notes.add("entry", entry, (fault,))
