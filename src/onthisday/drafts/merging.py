"""Make drafts from the proposals of several documents, with questions where the documents differ.

Proposals of one day that share names become one draft. A Julian and a Gregorian date can be the
same day. It is a guess that such proposals tell the same event, and the draft says so
(`Draft.suggested`). No benchmark measures this guess, so the rule is simple: the proposals have two
names in common, or all the names of the proposal that has fewer names.

Called by service/proposing/drafting.py. Not here: the proposals of one document (proposing.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from onthisday.dates.calendars import CivilDay
from onthisday.drafts.proposal import Counted, Draft, Proposal, Question
from onthisday.drafts.titles import slug

ENOUGH = 2
"""If two proposals of a day share this many names, they tell the same event."""


def drafts_of(proposals: Iterable[Proposal]) -> tuple[Draft, ...]:
    """Return the drafts of these proposals, the oldest day first. No two have the same id."""
    by_day: dict[CivilDay, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        by_day[_day(proposal)].append(proposal)
    taken: set[str] = set()
    return tuple(
        Draft(_id(together, taken), tuple(together), tuple(_questions(together)))
        for day in sorted(by_day)
        for together in _together(by_day[day])
    )


def _day(proposal: Proposal) -> CivilDay:
    civil = proposal.historical.civil
    assert civil is not None  # each proposal has a day with its year
    return civil


def _together(proposals: Sequence[Proposal]) -> Iterator[list[Proposal]]:
    """Yield the proposals of a day, one list for each event. The best proposal comes first."""
    events: list[_Event] = []
    by_name: dict[str, set[int]] = defaultdict(set)  # the events with each name
    for proposal in proposals:
        near = set[int]().union(*(by_name[name] for name in proposal.names))
        found = next((index for index in sorted(near) if events[index].is_told_by(proposal)), None)
        if found is None:
            found = len(events)
            events.append(_Event())
        events[found].add(proposal)
        for name in proposal.names:
            by_name[name].add(found)
    for event in events:
        yield sorted(event.proposals, key=_rank)


class _Event:
    """Proposals that tell the same event."""

    def __init__(self) -> None:
        self.proposals: list[Proposal] = []
        self._names: set[str] = set()
        self._passages: set[tuple[str, int, int]] = set()

    def is_told_by(self, proposal: Proposal) -> bool:
        """Return True if a proposal tells this event, by the names that they share."""
        common = len(self._names & proposal.names)
        return common >= min(ENOUGH, len(proposal.names), len(self._names)) > 0

    def add(self, proposal: Proposal) -> None:
        """Add the passages of a proposal that are not here yet, if there are any.

        A passage may name a day twice, so it can come in two proposals.
        """
        places = [(proposal.document, each.start, each.end) for each in proposal.passages]
        pairs = zip(proposal.passages, places, strict=True)
        more = tuple(each for each, place in pairs if place not in self._passages)
        if more:
            self.proposals.append(proposal._replace(passages=more))
            self._passages.update(places)
            self._names |= proposal.names


def _rank(proposal: Proposal) -> tuple[bool, bool]:
    """Return the key that sorts proposals of an event.

    First come Gregorian dates. Among them, first come short titles: they are mostly headings.
    """
    return (not proposal.julian, len(proposal.title) > _LONG)


_LONG = 70
"""A title with more characters mostly comes from a sentence and not from a heading."""


def _questions(proposals: Sequence[Proposal]) -> Iterator[Question]:
    """Yield a question for each thing that documents count differently.

    If all documents have one number in common, there is no question.
    """
    things: dict[str, dict[str, list[Counted]]] = defaultdict(lambda: defaultdict(list))
    for proposal in proposals:
        for counted in proposal.counted:
            things[counted.figure.thing][proposal.document].append(counted)
    for thing, documents in things.items():
        amounts = [{each.figure.amount for each in given} for given in documents.values()]
        if len(amounts) > 1 and not set.intersection(*amounts):
            answers = tuple((name, given[0]) for name, given in documents.items())
            yield Question(f"How many {thing}?", answers)


def _id(proposals: Sequence[Proposal], taken: set[str]) -> str:
    """Return an id made of the title and the year, and add it to ``taken``."""
    lead = proposals[0]
    date = lead.date.strip("-?~%")
    named = slug(lead.title, 40)
    whole = (
        f"{named}-{date.split('-')[0]}" if named.strip("0123456789ivx-") else f"{lead.kind}-{date}"
    )
    number = 1
    found = whole
    while found in taken:
        number += 1
        found = f"{whole}-{number}"
    taken.add(found)
    return found
