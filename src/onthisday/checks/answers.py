"""Check the accounts of one entry: do the answers differ, and are the documents independent?

An account is a question on which documents disagree. Called by service/checking/report.py.
"""

import re
from collections.abc import Iterator

from onthisday.almanac.entry import Account, Answer, Entry
from onthisday.checks.citing import Followed, dependent
from onthisday.checks.faults import Fault
from onthisday.dates.edtf import parse
from onthisday.dates.historical_date import HistoricalDate
from onthisday.dates.human_dates import edtf_of
from onthisday.dates.ranges import may_overlap


def answer_faults(entry: Entry, followed: Followed) -> Iterator[Fault]:
    """Yield a fault for each account whose answers do not differ or are not independent.

    Two answers are not independent if they are the same, and one document follows the other
    (took its facts from it) or both follow a third one. ``followed``: which documents a document
    follows.
    """
    for index, account in enumerate(entry.accounts):
        path = ("accounts", index)
        why = _no_disagreement(account)
        if why is not None:
            message = f'entry "{entry.id}": on "{account.question}" {why}'
            yield Fault((*path, "answers"), "no-disagreement", message)
        for one, other in _agreeing(account, followed):
            message = (
                f'entry "{entry.id}": on "{account.question}" {one} and {other} say the same, and '
                "one of them follows the other; keep one answer, or silence this with a reason"
            )
            yield Fault((*path, "answers"), "not-independent", message)


def _no_disagreement(account: Account) -> str | None:
    first, *others = account.answers
    if all(_agree(first, other) for other in others) and _all_agree(others):
        return (
            "the answers do not differ, and a vaguer answer counts as the same; add one that "
            "differs, or take the account out and keep its documents as sources"
        )
    return None


def _all_agree(answers: list[Answer]) -> bool:
    return all(_agree(one, other) for place, other in enumerate(answers) for one in answers[:place])


def _agree(one: Answer, other: Answer) -> bool:
    """Return True if two answers do not contradict each other.

    - If both answers are only a date: the two dates may mean the same day.
    - Otherwise: the words are the same. If both answers also have a ``date``, these two dates may
      mean the same day.
    """
    date = _date_said(one)
    other_date = date and _date_said(other)  # most answers are no date; to read one takes long
    if date and other_date:
        return may_overlap(date, other_date)
    return _words(one.says) == _words(other.says) and _may_be_one(one.date, other.date)


def _may_be_one(one: HistoricalDate | None, other: HistoricalDate | None) -> bool:
    return one is None or other is None or may_overlap(one, other)


def _date_said(answer: Answer) -> HistoricalDate | None:
    """Return the date in an answer's words. Return None if the words are not just a date."""
    said = re.sub(r"^(?:on|in) ", "", answer.says.strip(" ."), flags=re.IGNORECASE)
    try:
        return parse(edtf_of(said) or said)
    except ValueError:
        return None


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def _agreeing(account: Account, followed: Followed) -> Iterator[tuple[str, str]]:
    """Yield the pairs of documents that give the same answer and are not independent."""
    names = tuple(dict.fromkeys(answer.citation.document for answer in account.answers))
    for one, other in dependent(names, followed):
        mine = [answer for answer in account.answers if answer.citation.document == one]
        theirs = [answer for answer in account.answers if answer.citation.document == other]
        if any(_agree(mine_, theirs_) for mine_ in mine for theirs_ in theirs):
            yield one, other
