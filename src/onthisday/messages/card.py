"""`Card`: what a message says, short or full, as values.

A short card says why today, what happened, one thing worth knowing, how sure it is, and where to
read on. A full one also has each question on which sources differ, and each source.

A sentence, a question and a source are shown whole or not at all. Only a title is cut, if it alone
is too long. What is left out is counted.

fitting.py makes cards, and lines.py lays them out.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from onthisday.almanac.entry import Correction
from onthisday.config import Channel
from onthisday.messages.message import Message
from onthisday.views.view import OccasionView, SourceView


class Amount(NamedTuple):
    """How much a card may say of an entry.

    - ``sentences``: how many of the summary.
    - ``units``: how long they may be together, in UTF-16 units. One alone may be twice as long.
    - ``answers``: how many to each question on which sources differ; without one, no questions.
    - ``sources``: whether each is named.
    - ``told``: of how many entries of one day more than the title is told.
    """

    sentences: int
    units: int = 600
    answers: int = 0
    sources: bool = False
    told: int = 3


SHORT = Amount(sentences=3)

FULL = Amount(sentences=999, units=100_000, answers=999, sources=True, told=999)


class Item(NamedTuple):
    """What a card says of an entry.

    - ``when``: whether it says since when, and where.
    - ``sure``: whether it says how many sources there are, and whether they differ.
    - ``questions``: those on which sources differ, with their answers, in words.
    - ``more_questions``, ``more_sources``: how many are left out.
    - ``day``: its day, in a digest.
    """

    view: OccasionView
    title: str
    day: date | None = None
    when: bool = False
    sure: bool = False
    sentences: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    more_questions: int = 0
    sources: tuple[SourceView, ...] = ()
    more_sources: int = 0


class Card(NamedTuple):
    """What a message says.

    - ``more``: how many entries are left out.
    - ``sure``: whether it says, for all entries together, how many sources there are.
    - ``alert``: the text of an alert, as much as fits. Then there are no items.
    - ``corrections``: what is put right, as much as fits. Then the one item has its title alone.
    """

    message: Message
    items: tuple[Item, ...] = ()
    more: int = 0
    sure: bool = False
    alert: str | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def only(self) -> Item | None:
        """The item of a message that is about one entry alone, and is no digest."""
        alone = len(self.message.view.occasions) == 1 and self.message.last is None
        return self.items[0] if alone else None


Fits = Callable[[Card], bool]
"""Says whether a card fits into a service's message."""


def amount_of(channel: Channel, short: Amount = SHORT) -> Amount:
    """Return how much a channel is told. ``short`` is what its service takes for short."""
    return FULL if channel.length == "full" else short
