"""Values of drafts: entries that are proposed from documents and not yet accepted.

proposing.py makes proposals, merging.py makes drafts of them.
"""

from typing import NamedTuple

from onthisday.almanac.entry import Kind
from onthisday.drafts.chronology import YearFrom
from onthisday.drafts.figures import Figure
from onthisday.drafts.names import shortest


class Passage(NamedTuple):
    """A passage of a document that speaks of a day. ``start`` and ``end`` are code points.

    ``exact`` are its words. ``year_from`` is as in mentions.py.
    """

    start: int
    end: int
    exact: str
    year_from: YearFrom
    page: str | None = None


class Counted(NamedTuple):
    """A number that a document gives for a day, and the sentence with this number."""

    figure: Figure
    passage: Passage


class Proposal(NamedTuple):
    """What one document says about one event on a day.

    ``document`` is the name of its file. ``date`` is EDTF; with ``julian`` it is a Julian date.
    ``names`` are words of names: if another document's proposal shares them, it tells the same
    event. ``counted`` are the numbers that the document gives for that day.
    """

    document: str
    date: str
    julian: bool
    as_written: str
    kind: Kind
    title: str
    place: str | None
    people: tuple[str, ...]
    names: frozenset[str]
    passages: tuple[Passage, ...]
    counted: tuple[Counted, ...]


class Question(NamedTuple):
    """A question that a draft asks, because its documents give different numbers.

    Each answer is the file name of a document, and the number that this document gives.
    """

    question: str
    answers: tuple[tuple[str, Counted], ...]


class Draft(NamedTuple):
    """A proposed entry, made of the proposals of one or more documents.

    If the almanac already has an entry that says this, ``entry`` is the id of that entry.
    """

    id: str
    proposals: tuple[Proposal, ...]
    questions: tuple[Question, ...]
    entry: str | None = None

    @property
    def lead(self) -> Proposal:
        """The first proposal. It gives the date, the title and the kind."""
        return self.proposals[0]

    @property
    def suggested(self) -> bool:
        """Whether several documents were put together. That they tell one event is a guess."""
        return len({each.document for each in self.proposals}) > 1

    @property
    def place(self) -> str | None:
        """The place that a document names. None if no document names a place."""
        return next((each.place for each in self.proposals if each.place), None)

    @property
    def people(self) -> tuple[str, ...]:
        """The people that the documents name."""
        return shortest(name for each in self.proposals for name in each.people)
