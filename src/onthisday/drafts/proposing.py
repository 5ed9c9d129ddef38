"""Make proposals from one document: for each day, its passages, a title, people and a place.

Sentences give the passages, headings give the titles. If a line is only a date, the sentence below
or the heading above belongs to it (context.py).

Called by service/proposing/drafting.py. Not here: putting several documents together (merging.py).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, islice

from onthisday.almanac.entry import Kind, Span
from onthisday.dates.calendars import Calendar
from onthisday.drafts.context import Context, has_words
from onthisday.drafts.figures import Figures
from onthisday.drafts.life_words import kind_in
from onthisday.drafts.lives import Lives
from onthisday.drafts.mentions import Mention
from onthisday.drafts.names import names_in, shortest
from onthisday.drafts.paragraphs import Paragraph, Unwrapped, unwrapped
from onthisday.drafts.proposal import Counted, Passage, Proposal
from onthisday.drafts.titles import says_something, title_of, whole_title
from onthisday.texts.extract import page_ends, page_of

Wanted = Callable[[Mention], bool]

MOST_PASSAGES = 3
"""How many passages of a document are proposed for a day. The first ones say the most."""

_MOST_COUNTED = 12
"""How many figures of a document are kept for a day."""

_PRONOUN = re.compile(r"^(?:he|she)\b", re.IGNORECASE)


def by_default(mention: Mention) -> bool:
    """Return True if the mention is proposed by default: it is certain, with a written year."""
    return mention.proposed


def doubtful_too(mention: Mention) -> bool:
    """Return True for every day that has a year, even if it was inferred or is ambiguous.

    Furniture (furniture.py) is left out.
    """
    is_day = mention.precision == "day" and not mention.value.startswith("XXXX")
    return is_day and not mention.furniture


def proposals_of(
    document: str,
    text: str,
    mentions: Sequence[Mention],
    wanted: Wanted,
    first: int = 0,
    whole: Sequence[Paragraph] | None = None,
) -> Iterator[Proposal]:
    """Yield the proposals of a document. The days come in the order in which it names them first.

    ``wanted`` says which mentions make proposals. A long document is read in parts: ``text`` is a
    part that begins at the document's code point ``first``. The places of ``mentions`` count from
    the start of the part. The places of the proposals count from the start of the document.
    ``whole`` are the paragraphs of the text, if they are known already.
    """
    if not any(map(wanted, mentions)):
        return
    days: dict[tuple[str, Calendar | None], list[Mention]] = defaultdict(list)
    page = unwrapped(text, whole)
    dates = [_moved(mention, page) for mention in mentions if not mention.furniture]
    for date in dates:
        if date.precision == "day":
            days[date.day, date.calendar].append(date)
    reader = _TextReader(document, text, page, dates, first)
    for named in days.values():
        if asked := [mention for mention in named if wanted(mention)]:
            yield from reader.proposals(asked, named)


def _moved(mention: Mention, page: Unwrapped) -> Mention:
    """Return a mention with its place in the text without its wrapping, and its words there."""
    start, end = page.places.within(mention.start), page.places.within(mention.end - 1) + 1
    told = mention.happened
    happened = None if told is None else page.places.within(told)
    return mention._replace(start=start, end=end, text=page.text[start:end], happened=happened)


class _TextReader:
    """A document's text without its wrapping, with all dates that it names.

    ``text`` is the text as the document has it. Passages are places in that one.
    """

    def __init__(
        self, document: str, text: str, page: Unwrapped, dates: list[Mention], first: int
    ) -> None:
        self._document, self._written, self._first = document, text, first
        self._text, self._places = page.text, page.places
        self._pages = page_ends(text)
        self._context = Context(page, (date for date in dates if date.precision == "day"))
        self._lives = Lives(self._context, dates)
        self._figures = Figures(page)

    def proposals(self, wanted: list[Mention], named: list[Mention]) -> Iterator[Proposal]:
        """Yield a proposal for each event of one day.

        ``named`` are all mentions of the day, ``wanted`` are those to make proposals of.
        """
        spans = {mention: self._context.passage(mention) for mention in wanted}
        telling: list[Mention] = []
        headings: list[Mention] = []
        for mention in wanted:
            is_heading = self._context.is_heading(spans[mention])
            (headings if is_heading else telling).append(mention)
        events = self._events(telling or headings[:1], spans)
        counted = tuple(islice(self._counted(named), _MOST_COUNTED))
        for event in events:
            title = self._title(headings if len(events) == 1 else [], event[0], spans)
            if title:
                yield self._proposal(event, spans, title, counted)

    def _proposal(
        self,
        event: list[Mention],
        spans: dict[Mention, Span],
        title: str,
        counted: tuple[Counted, ...],
    ) -> Proposal:
        told = [
            (span, next(mentions))
            for span, mentions in groupby(event[:MOST_PASSAGES], key=spans.__getitem__)
        ]
        passages = tuple(self._cited(span, mention) for span, mention in told)
        words = [self._context.words(span) for span, _ in told]
        lead = event[0]
        life = self._lives.of(lead, spans[lead])
        names = names_in(" . ".join((title, *words)), lead.language)
        people = self._people([spans[mention] for mention in event])
        return Proposal(
            document=self._document,
            date=lead.value,
            calendar=lead.calendar,
            as_written=lead.text,
            kind=life.kind or self._kind(title, lead, spans[lead]),
            title=life.title or _with_subject(title, people),
            place=self._context.names(life.own).place if life.is_part else names.place,
            people=people,
            names=names.words | {word.casefold() for name in people for word in name.split()},
            passages=passages,
            counted=counted,
            doubt=lead.doubt,
            died=life.died,
        )

    def _kind(self, title: str, lead: Mention, passage: Span) -> Kind:
        """Return the kind that the title says, if the words around the date say nothing."""
        said = None if self._lives.tells_lives(passage) else kind_in(title, lead.language)
        return said or "event"

    def _events(self, mentions: list[Mention], spans: dict[Mention, Span]) -> list[list[Mention]]:
        """Return the mentions of one day, one list for each event.

        Two mentions are of the same event if they share a name, or if one of them has no name. A
        birth and a death are two events.
        """
        kinds = [self._lives.of(each, spans[each]).kind for each in mentions]
        told = list(zip(mentions, kinds, strict=True))
        deaths = [each for each, kind in told if kind == "death"]
        others = [each for each, kind in told if kind != "death"]
        parts = [others, deaths] if "birth" in kinds and deaths else [mentions]
        return [event for part in parts for event in self._of_names(part, spans)]

    def _of_names(self, mentions: list[Mention], spans: dict[Mention, Span]) -> list[list[Mention]]:
        events: list[list[Mention]] = []
        of_name: dict[str, int] = {}  # the first event with each name
        for mention in mentions:
            words = self._context.names(spans[mention]).words
            is_of_first = bool(events) and not (words and of_name)
            places = [of_name[word] for word in words if word in of_name]
            found = 0 if is_of_first else min(places, default=len(events))
            if found == len(events):
                events.append([])
            events[found].append(mention)
            for word in words:
                of_name[word] = min(found, of_name.get(word, found))
        return events

    def _title(self, headings: list[Mention], lead: Mention, spans: dict[Mention, Span]) -> str:
        """Return a title: a heading without its date or, if none says more, the sentence.

        It is empty if there is nothing but a date: then the text does not say what happened.
        """
        if lead.happened is not None and not headings:
            return title_of(self._text[lead.happened : spans[lead].end], 0, 0)
        title = ""
        for mention in (*headings, lead):
            span = self._lives.of(mention, spans[mention]).clause
            start, end = mention.start - span.start, mention.end - span.start
            title = title_of(self._text[span.start : span.end], start, end, mention.language)
            if has_words(title):
                return title
        life = self._lives.of(lead, spans[lead])
        line = self._context.sentence(lead.start, lead.end)
        if life.kind or not self._context.is_dateline(lead, line):
            return whole_title(self._context.words(life.own))
        has_heading = spans[lead].start < line.start
        return title if has_heading and says_something(title) else ""

    def _people(self, spans: list[Span]) -> tuple[str, ...]:
        """Return the names of people that stand in the sentences.

        A name is found by its capital letters. Headings are not searched, because there every word
        may begin with a capital letter.
        """
        found = (
            name
            for span in dict.fromkeys(spans)
            if not self._context.is_heading(span)
            for name in self._context.names(span).people
        )
        return shortest(found) or self._context.antecedent(spans[0])

    def _counted(self, named: list[Mention]) -> Iterator[Counted]:
        """Yield the numbers that are given for a day. ``named`` are all mentions of the day."""
        seen = set()
        for mention in named:
            begin = self._context.sentence(mention.start, mention.end).start
            for figure in self._figures.between(begin, self._context.reach(mention)):
                if figure not in seen:
                    seen.add(figure)
                    span = self._context.sentence(figure.start, figure.end)
                    yield Counted(figure, self._cited(span, mention))

    def _cited(self, span: Span, mention: Mention) -> Passage:
        start, end = self._places.of(span.start), self._places.after(span.end)
        return Passage(
            self._first + start,
            self._first + end,
            self._written[start:end],
            mention.year_from,
            page_of(self._pages, start),
        )


def _with_subject(title: str, people: tuple[str, ...]) -> str:
    """Return a title in which "he" or "she" is replaced by the name, if there is only one."""
    return _PRONOUN.sub(people[0], title, count=1) if len(people) == 1 else title
