"""Which titles a card has: of a day, or of a digest. As many as fit; what is left out is counted.

Used by fitting.py, which adds what more is told of each entry.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from onthisday.messages.card import Card, Fits, Item
from onthisday.messages.cutting import at_word
from onthisday.messages.message import Message

_T = TypeVar("_T")

TITLES = (300, 150, 100, 60, 40)
"""How long a title may be, in UTF-16 units, from the longest to the shortest."""


def of_a_day(message: Message, fits: Fits) -> Card:
    """Return a card of all titles, or of as many as fit.

    Titles become shorter before one is left out, but not so short that they say nothing.
    """
    count = len(message.view.occasions)
    for most in TITLES:
        card = _of_titles(message, count, most)
        if fits(card):
            return card
        if count > 1 and most <= 100:
            break
    shown = _most_titles(message, fits)
    return _of_titles(message, max(shown, 1), 100 if shown else TITLES[-1])


def of_a_digest(message: Message, fits: Fits) -> Card:
    """Return a card of all titles of a digest; or of so many of each day that they fit.

    If there is not room for one of each day, the last days are left out.
    """
    most = max(day.size for day in message.days)
    a_day = longest(range(most + 1), lambda count: fits(_of_days(message, count)))
    if a_day:
        return _of_days(message, a_day)
    one_each = _of_days(message, 1)
    counts = range(len(one_each.items) + 1)
    shown = longest(counts, lambda count: fits(_first_of(one_each, count)))
    return _first_of(one_each, max(1, shown))


def _first_of(card: Card, shown: int) -> Card:
    return card._replace(items=card.items[:shown], more=card.more + len(card.items) - shown)


def _of_days(message: Message, a_day: int) -> Card:
    """Return a card of at most so many titles of each day. Round anniversaries come before others.

    The titles stay in their order.
    """
    items: list[Item] = []
    at = 0
    for day in message.days:
        views = message.view.occasions[at : at + day.size]
        at += day.size
        best = sorted(range(day.size), key=lambda place: not views[place].milestone)[:a_day]
        shown = (views[place] for place in sorted(best))
        items += [Item(view, at_word(view.title, _TITLE), day.day) for view in shown]
    return Card(message, tuple(items), len(message.view.occasions) - len(items))


_TITLE = 100
"""How long a title in a digest may be, in UTF-16 units."""


def _most_titles(message: Message, fits: Fits) -> int:
    counts = range(len(message.view.occasions) + 1)
    return longest(counts, lambda shown: fits(_of_titles(message, shown, 100)))


def _of_titles(message: Message, shown: int, most: int) -> Card:
    views = message.view.occasions
    items = tuple(Item(view, at_word(view.title, most)) for view in views[:shown])
    return Card(message, items, len(views) - shown)


def longest(forms: Sequence[_T], fits: Callable[[_T], bool]) -> _T:
    """Return the last form that fits; the first one if none does. The forms grow longer.

    It is found by halves: a day may have a thousand entries.
    """
    fitting, too_long = 0, len(forms)
    while too_long - fitting > 1:
        middle = (fitting + too_long) // 2
        fitting, too_long = (middle, too_long) if fits(forms[middle]) else (fitting, middle)
    return forms[fitting]
