"""A part of `check`: compare the entries of each day with each other, and with those of near days.

checks/duplicates.py decides which entries tell the same event. In memory are only the sketches
(short forms) of one day's entries and of the two weeks before. Called by report.py.
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
"""From so many entries it is learnt which words are common."""


def compare_days(library: Library, notes: Findings, read: Callable[[Entry], None]) -> None:
    """Note entries that tell the same event. ``read`` gets each entry that has a day, once."""
    common = common_stems(islice(library.entries(), _SAMPLE))
    days, two = sorted(library.days()), TwoDates()
    for day in days:
        sketches = list(_sketched(_each(library.on(day), read), common))
        _note(notes, duplicate_faults(sketches))
        _note(notes, two.faults(sketches, _exchanged(library, day, common)))
    for day in days:  # once more the days of early January, to compare December with them
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
