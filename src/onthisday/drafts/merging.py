"""What several documents propose together: drafts, and the questions on which they differ.

A day is the same day by whatever calendar it is named. Proposals of one day that share names become
one draft. That is a guess, which every draft of several documents says of itself; there is no
benchmark for it, so it is kept simple: two names in common, or all that the poorer one has. Called
by service/proposing/drafting.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from onthisday.dates.calendars import CivilDay
from onthisday.dates.edtf import parse
from onthisday.drafts.proposal import Counted, Draft, Passage, Proposal, Question
from onthisday.drafts.titles import slug

ENOUGH = 2
"""Names that two proposals of a day share where they speak of the same thing."""


def drafts_of(proposals: Iterable[Proposal]) -> tuple[Draft, ...]:
    """Return the drafts that proposals make, oldest day first; ids are unique among them."""
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
    date = parse(proposal.date, "julian" if proposal.julian else "gregorian")
    assert date.civil is not None  # proposals have days with their years
    return date.civil


def _together(proposals: Sequence[Proposal]) -> Iterator[list[Proposal]]:
    """Yield the proposals of a day by event, the one that says most of it first."""
    events: list[list[Proposal]] = []
    by_name: dict[str, list[int]] = defaultdict(list)
    for proposal in proposals:
        near = dict.fromkeys(index for name in proposal.names for index in by_name[name])
        found = next((index for index in near if _is_same(events[index], proposal)), None)
        if found is None:
            found = len(events)
            events.append([])
        if more := _new_passages(events[found], proposal):
            events[found].append(proposal._replace(passages=more))
        for name in proposal.names:
            if found not in by_name[name]:
                by_name[name].append(found)
    for event in events:
        yield sorted(event, key=_rank)


def _new_passages(event: list[Proposal], proposal: Proposal) -> tuple[Passage, ...]:
    """Return a proposal's passages that the event does not have: one may name a day twice."""
    own = (each for each in event if each.document == proposal.document)
    there = {(passage.start, passage.end) for each in own for passage in each.passages}
    return tuple(each for each in proposal.passages if (each.start, each.end) not in there)


def _rank(proposal: Proposal) -> tuple[bool, bool]:
    """Put first who names the day by its own calendar, and whose title a heading gives."""
    return (not proposal.julian, len(proposal.title) > _LONG)


_LONG = 70
"""Characters of a title that was taken from a sentence rather than from a heading, mostly."""


def _is_same(event: list[Proposal], proposal: Proposal) -> bool:
    known = frozenset[str]().union(*(each.names for each in event))
    common = len(known & proposal.names)
    return common >= min(ENOUGH, len(proposal.names), len(known)) > 0


def _questions(proposals: Sequence[Proposal]) -> Iterator[Question]:
    """Yield what documents count differently: the same thing, and no amount in common."""
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
    """Return an id of a draft's title and year, and remember it."""
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
