"""Values of drafts: entries that are proposed from documents and not yet accepted.

proposing.py makes proposals, merging.py makes drafts of them.
"""

from typing import NamedTuple

from onthisday.almanac.entry import Kind
from onthisday.dates.calendars import CALENDARS, Calendar, CivilDay
from onthisday.dates.edtf import parse
from onthisday.dates.historical_date import HistoricalDate
from onthisday.drafts.chronology import YearFrom
from onthisday.drafts.figures import Figure
from onthisday.drafts.mentions import Doubt
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

    ``document`` is the name of its file. ``date`` is EDTF, in the ``calendar``. If that is None, a
    person must say which calendar it is. ``doubt`` is why the date is not certain, as in mentions.
    ``names`` are words of names: if another document's proposal shares them, it tells the same
    event. ``counted`` are the numbers that the document gives for that day. ``died``: of a birth,
    the day, month or year of the person's death as EDTF, if the passage tells it.
    """

    document: str
    date: str
    calendar: Calendar | None
    as_written: str
    kind: Kind
    title: str
    place: str | None
    people: tuple[str, ...]
    names: frozenset[str]
    passages: tuple[Passage, ...]
    counted: tuple[Counted, ...]
    doubt: Doubt | None = None
    died: str | None = None

    @property
    def julian(self) -> bool:
        """Whether the date is of the Julian calendar."""
        return self.calendar == "julian"

    @property
    def historical(self) -> HistoricalDate:
        """The date. As long as its calendar is not known, it is read as a Gregorian one."""
        return parse(self.date, self.calendar or "gregorian")

    @property
    def civil_days(self) -> tuple[CivilDay, ...]:
        """The Gregorian days that the date may be: two if a person must say its calendar."""
        calendars = (self.calendar,) if self.calendar else CALENDARS
        days = (parse(self.date, calendar).civil for calendar in calendars)
        return tuple(day for day in days if day)


class Question(NamedTuple):
    """A question that a draft asks, because its documents give different numbers.

    Each answer is the file name of a document, and the number that this document gives.
    """

    question: str
    answers: tuple[tuple[str, Counted], ...]


class Draft(NamedTuple):
    """A proposed entry, made of the proposals of one or more documents.

    If the almanac already has an entry that says this, ``entry`` is the id of that entry.
    ``may_live``: it is a birth, and the person may be living (almanac/living.py). It is then no
    draft by default.
    """

    id: str
    proposals: tuple[Proposal, ...]
    questions: tuple[Question, ...]
    entry: str | None = None
    may_live: bool = False

    @property
    def lead(self) -> Proposal:
        """The first proposal. It gives the date, the title and the kind."""
        return self.proposals[0]

    def counted_by(self, calendar: Calendar) -> "Draft":
        """Return the draft with this calendar, where its documents do not say theirs."""
        proposals = (each._replace(calendar=each.calendar or calendar) for each in self.proposals)
        return self._replace(proposals=tuple(proposals))

    @property
    def suggested(self) -> bool:
        """Whether several documents were put together. That they tell one event is a guess."""
        return len({each.document for each in self.proposals}) > 1

    @property
    def place(self) -> str | None:
        """The place that a document names. None if no document names a place."""
        return next((each.place for each in self.proposals if each.place), None)

    @property
    def died(self) -> str | None:
        """When the person died whose birth this is, as EDTF, if a document tells it."""
        return next((each.died for each in self.proposals if each.died), None)

    @property
    def people(self) -> tuple[str, ...]:
        """The people that the documents name."""
        return shortest(name for each in self.proposals for name in each.people)
