"""A part of `check`: find entries that tell the same event twice.

Entries are compared with others of the same day and of near days. checks/duplicates.py decides
which of them tell the same event. To save memory, only short forms of the entries (sketches) are
kept: those of one day and of the two weeks before it. Called by report.py.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from onthisday.almanac.entry import Entry
from onthisday.almanac.library import Library, Told
from onthisday.checks.duplicates import CALENDARS_APART, TwoDates, duplicate_faults, exchanged
from onthisday.checks.faults import Fault
from onthisday.checks.likeness import Sketch, common_stems
from onthisday.dates.calendars import MonthDay

_SAMPLE = 20_000


def sample_of(library: Library) -> tuple[Told, ...]:
    """Return what some entries tell, from which is learnt which words are common or names."""
    return tuple(islice(library.told(), _SAMPLE))


Note = Callable[[str, Fault], None]
"""A function: it notes a fault of an entry, by its id."""


def compare_days(
    library: Library, sample: tuple[Told, ...], note: Note, read: Callable[[Entry], None]
) -> None:
    """Note entries that tell the same event.

    - ``sample``: what some entries tell, from which is learnt which words are common.
    - ``read``: is called once for each entry that has a day.
    """
    common = common_stems(sample)
    days, two = sorted(library.days()), TwoDates()
    for day in days:
        sketches = list(_sketched(_each(library.on(day), read), common))
        _note(note, duplicate_faults(sketches))
        _note(note, two.faults(sketches, _exchanged(library, day, common)))
    for day in days:  # the first days of January again, to compare them with December
        if day > MonthDay(1, CALENDARS_APART):
            break
        _note(note, two.faults(_sketched(library.on(day), common)))


def compare_within_days(
    library: Library, days: Iterable[MonthDay], note: Note, read: Callable[[Entry], None]
) -> None:
    """Note entries of some days that tell the same event as others of their day."""
    common = common_stems(sample_of(library))
    for day in days:
        _note(note, duplicate_faults(list(_sketched(_each(library.on(day), read), common))))


def _each(entries: Iterable[Entry], read: Callable[[Entry], None]) -> Iterator[Entry]:
    for entry in entries:
        read(entry)
        yield entry


def _exchanged(library: Library, day: MonthDay, common: frozenset[str]) -> Iterator[Sketch]:
    other = exchanged(day)
    return _sketched(library.on(other), common) if other else iter(())


def _sketched(entries: Iterable[Entry], common: frozenset[str]) -> Iterator[Sketch]:
    """Return sketches of the entries that stand. A withdrawn one is told twice on purpose."""
    return (Sketch(entry, common) for entry in entries if entry.withdrawn is None)


def _note(note: Note, faults: Iterable[tuple[str, Fault]]) -> None:
    for entry, fault in faults:
        note(entry, fault)
