"""Accounts of one entry: whether their answers differ, and come from who can disagree."""

import re
from collections.abc import Iterator

from onthisday.almanac.entry import Account, Answer, Entry
from onthisday.checks.citing import Followed, dependent
from onthisday.checks.faults import Fault
from onthisday.dates.edtf import HistoricalDate, parse
from onthisday.dates.human_dates import edtf_of
from onthisday.dates.ranges import may_overlap


def answer_faults(entry: Entry, followed: Followed) -> Iterator[Fault]:
    """Yield which of an entry's accounts show no disagreement, or count one witness twice."""
    for index, account in enumerate(entry.accounts):
        path = ("accounts", index)
        why = _no_disagreement(account)
        if why is not None:
            message = f'entry "{entry.id}": on "{account.question}" {why}'
            yield Fault((*path, "answers"), "no-disagreement", message)
        for one, other in _agreeing(account, followed):
            message = (
                f'entry "{entry.id}": on "{account.question}" {one} and {other} say the same, and '
                "one follows the other; count them as one, or silence this and say why"
            )
            yield Fault((*path, "answers"), "not-independent", message)


def _no_disagreement(account: Account) -> str | None:
    first, *others = account.answers
    if all(_agree(first, other) for other in others) and _all_agree(others):
        return (
            "the answers do not differ; a vaguer one is no disagreement: "
            "add who differs, or make one source of it"
        )
    return None


def _all_agree(answers: list[Answer]) -> bool:
    return all(_agree(one, other) for place, other in enumerate(answers) for one in answers[:place])


def _agree(one: Answer, other: Answer) -> bool:
    """Say whether two answers are the same in other words: the same words, or dates of which one
    puts the other vaguer. Dates beside other words decide nothing where the words differ."""
    dates = _date_said(one), _date_said(other)
    if dates[0] is not None and dates[1] is not None:
        return may_overlap(dates[0], dates[1])
    return _words(one.says) == _words(other.says) and _may_be_one(one.date, other.date)


def _may_be_one(one: HistoricalDate | None, other: HistoricalDate | None) -> bool:
    return one is None or other is None or may_overlap(one, other)


def _date_said(answer: Answer) -> HistoricalDate | None:
    """Return the date that an answer is, where its words say nothing else."""
    said = re.sub(r"^(?:on|in) ", "", answer.says.strip(" ."), flags=re.IGNORECASE)
    try:
        return parse(edtf_of(said) or said)
    except ValueError:
        return None


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def _agreeing(account: Account, followed: Followed) -> Iterator[tuple[str, str]]:
    """Yield the documents that answer the same, and of which one follows the other."""
    names = tuple(dict.fromkeys(answer.citation.document for answer in account.answers))
    for one, other in dependent(names, followed):
        mine = [answer for answer in account.answers if answer.citation.document == one]
        theirs = [answer for answer in account.answers if answer.citation.document == other]
        if any(_agree(mine_, theirs_) for mine_ in mine for theirs_ in theirs):
            yield one, other
