"""Drafts: entries proposed from documents, not yet accepted. See proposing.py and merging.py."""

from typing import NamedTuple

from onthisday.almanac.entry import Kind
from onthisday.drafts.chronology import YearFrom
from onthisday.drafts.figures import Figure
from onthisday.drafts.names import shortest


class Passage(NamedTuple):
    """Where a document speaks of a day: code points, and the words there."""

    start: int
    end: int
    exact: str
    year_from: YearFrom
    page: str | None = None


class Counted(NamedTuple):
    """A figure that a document gives of a day, and the sentence that gives it."""

    figure: Figure
    passage: Passage


class Proposal(NamedTuple):
    """What one document says of one event on a day.

    ``document`` is its file's name. ``names`` are the words by which another document's proposal
    is known to speak of the same thing.
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
    """A thing that the documents of a draft count differently, with each one's figure."""

    question: str
    answers: tuple[tuple[str, Counted], ...]


class Draft(NamedTuple):
    """An entry as it is proposed, from the proposals of one or more documents.

    ``suggested``: that these speak of the same event is a guess. ``entry`` is the id of the entry
    of the almanac that says it already.
    """

    id: str
    proposals: tuple[Proposal, ...]
    questions: tuple[Question, ...]
    entry: str | None = None

    @property
    def lead(self) -> Proposal:
        """The proposal that gives date, title and kind."""
        return self.proposals[0]

    @property
    def suggested(self) -> bool:
        """Whether several documents were put together."""
        return len({each.document for each in self.proposals}) > 1

    @property
    def place(self) -> str | None:
        """The place that a document makes plain."""
        return next((each.place for each in self.proposals if each.place), None)

    @property
    def people(self) -> tuple[str, ...]:
        """The people that the documents name."""
        return shortest(name for each in self.proposals for name in each.people)
