"""Equal answers and several citations of one document, put together so that each stands once.

Called by words.py, the pages, feeds, messages and commands. JSON and the webhook have each answer
and each citation by itself.
"""

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from onthisday.almanac.entry import Citation
from onthisday.dates.historical_date import HistoricalDate
from onthisday.views.view import AccountView, AnswerView, SourceView

Cited = TypeVar("Cited", SourceView, Citation)
"""What names a document and a place in it. Who needs no more of the document has the citation."""


class SharedAnswer(NamedTuple):
    """An answer with all who give it: one answer of each document."""

    says: str
    by: tuple[AnswerView, ...]


def shared_answers(account: AccountView, known: HistoricalDate) -> tuple[SharedAnswer, ...]:
    """Return the answers to a question, equal ones together, in the order of the entry.

    ``known`` is the entry's date: an answer that gives the same date does not say it again.
    """
    found: dict[str, dict[object, list[AnswerView]]] = {}
    for answer in account.answers:
        own = answer._replace(date=None) if answer.date == known else answer
        by = found.setdefault(own.says, {})
        by.setdefault((own.document, own.date), []).append(own)
    return tuple(
        SharedAnswer(says, tuple(map(_one_answer, by.values()))) for says, by in found.items()
    )


def sources_once(sources: tuple[Cited, ...]) -> tuple[Cited, ...]:
    """Return each document once, with all its pages and places, in the order of the entry.

    ``as_`` says of a document that is not equally sure everywhere: ``in part reported``.
    """
    if len({source.document for source in sources}) == len(sources):
        return sources
    found: dict[str, list[Cited]] = {}
    for source in sources:
        found.setdefault(source.document, []).append(source)
    return tuple(map(_one_source, found.values()))


def _one_answer(same: list[AnswerView]) -> AnswerView:
    if len(same) == 1:
        return same[0]
    return same[0]._replace(
        as_=_hedge(each.as_ for each in same),
        page=_pages(each.page for each in same),
        locator=tuple(span for each in same for span in each.locator),
    )


def _one_source(same: list[Cited]) -> Cited:
    if len(same) == 1:
        return same[0]
    return same[0]._replace(
        as_=_hedge(each.as_ for each in same),  # type: ignore[arg-type]  # also `in part reported`
        page=_pages(each.page for each in same),
        locator=tuple(span for each in same for span in each.locator),
    )


def _pages(pages: Iterable[str | None]) -> str | None:
    return ", ".join(dict.fromkeys(page for page in pages if page)) or None


def _hedge(hedges: Iterable[str]) -> str:
    different = set(hedges)
    weaker = " and ".join(sorted(different - {"stated"}))
    if not weaker:
        return "stated"
    return f"in part {weaker}" if "stated" in different else weaker
