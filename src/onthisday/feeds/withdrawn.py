"""What feeds and calendars show of entries that are withdrawn.

A program that reads a feed or a calendar keeps what it was given. What is only left out there stays
with the reader for ever. So an occasion that was shown is shown on, under its id, and says that it
is withdrawn. Nobody else asks for withdrawn entries (`Published.with_withdrawn`): a message, a page
of a day or `today` is made anew each time, and there they just fall on no day.

Used by feed.py, items.py and calendar.py.
"""

from collections.abc import Iterable, Sequence

from onthisday.almanac.occasions import Occasion
from onthisday.views.choosing import chosen


def once_told(occasions: Iterable[Occasion], ahead: int = 0) -> list[Occasion]:
    """Return the occasions without those that nobody was shown before they were withdrawn.

    ``ahead``: so many days before its day an occasion is shown.
    """
    return [each for each in occasions if _was_told(each, ahead)]


def _was_told(occasion: Occasion, ahead: int) -> bool:
    withdrawn = occasion.entry.withdrawn
    return withdrawn is None or (occasion.day - withdrawn).days <= ahead


def standing(occasions: Iterable[Occasion]) -> list[Occasion]:
    """Return the occasions whose entries are not withdrawn."""
    return [each for each in occasions if each.entry.withdrawn is None]


def shown_of(occasions: Sequence[Occasion], places: int) -> tuple[Occasion, ...]:
    """Return the chosen occasions of a day, and the withdrawn ones that were among the chosen.

    A withdrawn one takes no place of another: the places are given as if it was not there.
    """
    stand = standing(occasions)
    if len(stand) == len(occasions):
        return chosen(occasions, places)
    were = {each.id for each in chosen(occasions, places) if each.entry.withdrawn}
    shown = were | {each.id for each in chosen(stand, places)}
    return tuple(each for each in occasions if each.id in shown)
